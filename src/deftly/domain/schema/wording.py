"""What a validator found, as sentences from which a model can correct its arguments."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, TypeAlias

from jsonschema_rs import ValidationError, ValidationErrorKind

from deftly.domain.schema.place import place_text, pointer
from deftly.domain.schema.tree import Location
from deftly.errors import Problem
from deftly.values import JsonValue, NotJsonError, dump_json

PROBLEMS_LIMIT: Final = 50
QUOTED_LIMIT: Final = 80
_CHOICES_LIMIT: Final = 20
_FORMS_LIMIT: Final = 4

_TYPES: Final[Mapping[str, str]] = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "an array",
    "object": "an object",
    "null": "null",
}
_FORMATS: Final[Mapping[str, str]] = {
    "date": "a date such as 2026-01-31",
    "time": "a time such as 12:30:00Z",
    "date-time": "a date and time such as 2026-01-31T12:30:00Z",
    "duration": "a duration such as P1DT2H",
    "email": "an email address",
    "idn-email": "an email address",
    "hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "uri": "an absolute URL",
    "uuid": "a UUID",
    "regex": "a regular expression",
}


def problems_of(
    faults: Iterator[ValidationError], descriptions: Mapping[str, str]
) -> list[Problem]:
    """Return one problem for each fault, fifty at most and then how many are left out.

    ``descriptions`` are those of the parameters, by name, in the order declared.
    """
    problems: dict[Problem, None] = {}
    for fault in faults:
        problems.update((problem, None) for problem in _problems_of(fault, descriptions))
    listed = list(problems)
    left_out = len(listed) - PROBLEMS_LIMIT
    if left_out > 0:
        return [*listed[:PROBLEMS_LIMIT], Problem("", f"There are {left_out} more problems.")]
    return listed


def quoted(value: JsonValue) -> str:
    """Return a value as sentences name it, cut at 80 characters."""
    match value:
        case str():
            return f"the text {_cut(_json(value))}"
        case bool() | None:
            return _json(value)
        case int() | float():
            return f"the number {_cut(_json(value))}"
        case list():
            return f"the array {_cut(_json(value))}" if value else "an empty array"
        case dict():
            return f"the object {_cut(_json(value))}" if value else "an empty object"


def _json(value: JsonValue) -> str:
    try:
        return dump_json(value).decode()
    except NotJsonError:
        return "…"


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED_LIMIT else text[: QUOTED_LIMIT - 1] + "…"


def _problems_of(fault: ValidationError, descriptions: Mapping[str, str]) -> Iterator[Problem]:
    place = tuple(fault.instance_path)
    match fault.kind:
        case ValidationErrorKind.Required(property=name):
            yield _missing(place, name, descriptions)
        case (
            ValidationErrorKind.AdditionalProperties(unexpected=names)
            | ValidationErrorKind.UnevaluatedProperties(unexpected=names)
        ):
            for name in names:
                yield _unknown(place, name, descriptions)
        case ValidationErrorKind.PropertyNames(error=inner):
            subject = place_text(place) or "The argument object"
            yield Problem(pointer(place), f"{subject}: the name {_reason(inner)}.")
        case _:
            subject = place_text(place) or "The argument object"
            yield Problem(pointer(place), f"{subject} {_reason(fault)}.")


def _missing(place: Location, name: str, descriptions: Mapping[str, str]) -> Problem:
    subject = place_text((*place, name))
    description = "" if place else descriptions.get(name, "")
    sentence = (
        f"{subject} is required: {_cut(description)}" if description else f"{subject} is required."
    )
    return Problem(pointer((*place, name)), sentence)


def _unknown(place: Location, name: str, descriptions: Mapping[str, str]) -> Problem:
    where = pointer((*place, name))
    subject = _cut(place_text((*place, name)))
    if place:
        return Problem(where, f"{subject} is not a member of {place_text(place)}; leave it out.")
    known = list(descriptions)
    close = get_close_matches(name[:QUOTED_LIMIT], known, n=1)
    if close:
        advice = f"did you mean {close[0]}?"
    elif known:
        advice = f"the parameters are {_listed(known)}."
    else:
        advice = "there are no parameters."
    return Problem(where, f"{subject} is not a parameter; {advice}")


def _listed(words: list[str], joint: str = "and") -> str:
    kept = words if len(words) <= _CHOICES_LIMIT else [*words[:_CHOICES_LIMIT], "…"]
    return f"{', '.join(kept[:-1])} {joint} {kept[-1]}" if len(kept) > 1 else kept[0]


_Reason: TypeAlias = Callable[[ValidationError], str]


def _reason(fault: ValidationError) -> str:
    """Return the end of a sentence about the value itself."""
    known = _REASONS.get(type(fault.kind).__name__)
    return known(fault) if known else f"does not fit: {_cut(fault.message)}"


def _type(fault: ValidationError) -> str:
    names = [_TYPES.get(name, name) for name in fault.kind.value]
    return f"must be {_listed(names, 'or')}, not {quoted(_instance(fault))}"


def _instance(fault: ValidationError) -> JsonValue:
    value: JsonValue = fault.instance  # type: ignore[assignment] # Decimal is for big numbers
    return value if isinstance(value, str | bool | list | dict | int | float | None) else str(value)


def _forms(fault: ValidationError) -> str:
    forms = dict.fromkeys(_reason(branch[0]) for branch in fault.kind.value if branch)
    return "fits none of the allowed forms: it " + ", or ".join(list(forms)[:_FORMS_LIMIT])


def _choices(fault: ValidationError) -> str:
    choices = [_cut(_json(one)) for one in fault.kind.value]
    return f"must be {_listed(choices, 'or')}, not {quoted(_instance(fault))}"


def _format(fault: ValidationError) -> str:
    name = fault.kind.value
    return f"must be {_FORMATS.get(name, f'a valid {name}')}, not {quoted(_instance(fault))}"


def _limit(words: str, unit: str = "") -> _Reason:
    def reason(fault: ValidationError) -> str:
        limit = fault.kind.value
        plural = "s" if unit and limit != 1 else ""
        text = f"must {words} {_cut(str(limit))} {unit}{plural}".rstrip()
        return text if unit else f"{text}, not {_cut(str(fault.instance))}"

    return reason


_REASONS: Final[Mapping[str, _Reason]] = {
    "Type": _type,
    "Enum": _choices,
    "Constant": lambda fault: f"must be {_cut(_json(fault.kind.value))}",
    "Format": _format,
    "Pattern": lambda fault: (
        f"must match the pattern {_cut(fault.kind.value)}, unlike {quoted(_instance(fault))}"
    ),
    "BacktrackLimitExceeded": lambda _: (
        "takes too long to check against its pattern; send a shorter or plainer text"
    ),
    "Minimum": _limit("be at least"),
    "Maximum": _limit("be at most"),
    "ExclusiveMinimum": _limit("be more than"),
    "ExclusiveMaximum": _limit("be less than"),
    "MultipleOf": _limit("be a multiple of"),
    "MinLength": _limit("have at least", "character"),
    "MaxLength": _limit("have at most", "character"),
    "MinItems": _limit("have at least", "element"),
    "MaxItems": _limit("have at most", "element"),
    "MinProperties": _limit("have at least", "member"),
    "MaxProperties": _limit("have at most", "member"),
    "UniqueItems": lambda _: "must not have the same element twice",
    "FalseSchema": lambda _: "is not allowed here; leave it out",
    "Not": lambda fault: f"must not be {quoted(_instance(fault))}",
    "Contains": lambda _: "lacks an element of the kind it must have",
    "AnyOf": _forms,
    "OneOfNotValid": _forms,
    "OneOfMultipleValid": lambda _: "fits more than one of the allowed forms; it must fit one",
    "UnevaluatedItems": lambda _: "has elements that are not allowed",
}
