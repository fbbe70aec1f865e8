"""Values with a shape: choices, flags, numbers, identifiers, dates and addresses."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind
from deftly.agent.models.roles import (
    Bound,
    Role,
    bound_of,
    example_of,
    kind_of,
    role_of,
    subjects_of,
)
from deftly.agent.models.toolcard import Parameter, ToolCard
from deftly.values import JsonScalar, JsonValue

_MOST_CUE: Final = re.compile(
    r"(?:under|below|less than|at most|up to|max(?:imum)?(?: of)?|cheaper than|no more than|within"
    r"|not over|budget(?: of| is)?)\W*$"
)
_LEAST_CUE: Final = re.compile(r"(?:over|above|more than|at least|min(?:imum)?(?: of)?)\W*$")
_MONEY_BEFORE: Final = re.compile(r"[$€£]\s*$")
_MONEY_AFTER: Final = re.compile(
    r"\s*(?:[$€£]|(?:dollars?|bucks|usd|euros?|eur|pounds?|gbp)\b)", re.IGNORECASE
)
_NEGATION: Final = re.compile(r"\b(?:no|not|without|don't|dont|never|n't)\b(?:\W+\w+){0,2}\W*$")

_NEAR_CHARACTERS: Final = 28
_NO_FIT: Final = 0
_WELCOME_BY_LIKENESS: Final = {3: 1.0, 1: 0.2, 0: 0.0, -2: -0.5}
_TELLING_KINDS: Final = frozenset({Kind.IDENTIFIER, Kind.UUID, Kind.EMAIL, Kind.URL})


def find_choice(parameter: Parameter, text: str) -> JsonScalar:
    """Return the allowed value the text names, the longest one if several; None if none."""
    spoken = [wording.stem(word) for word in wording.words(text)]
    choices = parameter.schema.get("enum")
    named = [c for c in (choices if isinstance(choices, list) else ()) if isinstance(c, str)]
    for alike in (_same, _same_meaning):
        told = [choice for choice in named if _stands_in(choice, spoken, alike)]
        if told:
            return max(told, key=len)
    return None


def _stands_in(choice: str, spoken: Sequence[str], alike: Callable[[str, str], bool]) -> bool:
    wanted = [wording.stem(word) for word in wording.words(choice)]
    spans = (spoken[i : i + len(wanted)] for i in range(len(spoken) - len(wanted) + 1))
    return bool(wanted) and any(all(map(alike, wanted, span)) for span in spans)


def _same(one: str, other: str) -> bool:
    return one == other


def _same_meaning(one: str, other: str) -> bool:
    return one == other or wording.meaning(one) == wording.meaning(other) is not None


def find_flag(parameter: Parameter, text: str) -> JsonScalar:
    """Return true or false if the text speaks of the parameter, None if it does not."""
    wanted = {wording.stem(w) for w in wording.words(parameter.name) if not wording.is_filler(w)}
    low = text.lower()
    for match in re.finditer(r"[a-z]+", low):
        if wording.stem(match.group()) in wanted:
            return _NEGATION.search(low[: match.start()]) is None
    return None


def find_number(parameter: Parameter, text: str, free: Sequence[Found]) -> Found | None:
    """Return the number meant for the parameter.

    ``under`` and ``over`` decide between limits; an optional number is taken only if
    something in the text points to it.
    """
    numbers = [each for each in free if each.kind is Kind.NUMBER and _is_kind(parameter, each)]
    ranked = [(number_fit(parameter, text, each), each) for each in numbers]
    fitting = [(fit, each) for fit, each in ranked if fit > _NO_FIT]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    plain = [each for fit, each in ranked if fit == _NO_FIT]
    return plain[0] if parameter.required and len(plain) == 1 else None


def _is_kind(parameter: Parameter, number: Found) -> bool:
    return parameter.kind == "number" or isinstance(number.value, int)


def number_fit(parameter: Parameter, text: str, number: Found) -> int:
    """Return how strongly the words around a number point to the parameter; negative: away."""
    before = text[max(0, number.start - _NEAR_CHARACTERS) : number.start].lower()
    after = text[number.end : number.end + _NEAR_CHARACTERS].lower()
    spoken = _spoken_bound(before)
    bound = bound_of(parameter)
    fit = 2 * _shared(parameter, f"{before} {after}")
    if spoken is not Bound.NONE:
        return fit + 3 if spoken is bound else -1
    if is_money(text, number):
        return fit + 2 if _speaks_of_money(parameter) else -1
    return fit


def _spoken_bound(before: str) -> Bound:
    plain = _MONEY_BEFORE.sub("", before)
    if _MOST_CUE.search(plain):
        return Bound.MOST
    return Bound.LEAST if _LEAST_CUE.search(plain) else Bound.NONE


def is_money(text: str, number: Found) -> bool:
    """Say whether the value is a number with a currency beside it."""
    if number.kind is not Kind.NUMBER:
        return False
    before, after = text[: number.start], text[number.end :]
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after))


def _speaks_of_money(parameter: Parameter) -> bool:
    spoken = f"{parameter.name} {parameter.description}"
    return any(
        term in {"amount", "total", "salary", "fee"} or wording.meaning(term) == "price"
        for term in (wording.stem(word) for word in wording.words(spoken))
    )


def _shared(parameter: Parameter, near: str) -> int:
    named = set(wording.terms(parameter.name))
    return len(named.intersection(wording.terms(near)))


def find_identifier(parameter: Parameter, text: str, free: Sequence[Found]) -> Found | None:
    """Return the identifier meant for the parameter: by its shape, then by the word before it."""
    scored = [(_identifier_fit(parameter, text, each), each) for each in free]
    fitting = [(fit, each) for fit, each in scored if fit > _NO_FIT]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _identifier_fit(parameter: Parameter, text: str, found: Found) -> int:
    if found.kind not in {Kind.IDENTIFIER, Kind.UUID, Kind.NUMBER}:
        return _NO_FIT
    near = text[max(0, found.start - _NEAR_CHARACTERS) : found.start]
    close = {wording.stem(word) for word in wording.words(near)[-3:]}
    cue = 3 if close & subjects_of(parameter) else 0
    if found.kind is Kind.NUMBER:
        counts = not found.written.isdigit() or is_money(text, found)
        return _NO_FIT if counts or not (cue or parameter.required) else 1 + cue
    return 2 + cue + _likeness(example_of(parameter), found)


def _likeness(example: str | None, found: Found) -> int:
    """Return 3 for the example's letters and build, 1 for its build, -2 for another; 0 unknown."""
    value = str(found.value)
    if example is None or value.isdigit():  # "#88": people leave the letters out
        return 0
    if _build(example) != _build(value):
        return -2
    return 3 if _letters(example) == _letters(value) else 1


def welcome(tool: ToolCard, text: str, values: Sequence[Found]) -> float:
    """Return 1 if the text's values look made for the tool, -1 if it has no place for them."""
    telling = [each for each in values if each.kind in _TELLING_KINDS or is_money(text, each)]
    places = (_place_for(each, text, value) for each in tool.parameters for value in telling)
    return max(places, default=-1.0) if telling else 0.0


def _place_for(parameter: Parameter, text: str, found: Found) -> float:
    match role_of(parameter):
        case Role.IDENTIFIER if found.kind in {Kind.IDENTIFIER, Kind.UUID}:
            return _WELCOME_BY_LIKENESS[_likeness(example_of(parameter), found)]
        case Role.TYPED if found.kind is kind_of(parameter):
            return 1.0
        case Role.NUMBER if is_money(text, found) and number_fit(parameter, text, found) > _NO_FIT:
            return 1.0
        case _:
            return -1.0


def _build(identifier: str) -> str:
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "9", identifier))


def _letters(identifier: str) -> str:
    return re.sub(r"[^A-Za-z]", "", identifier).lower()


def find_typed(parameter: Parameter, _text: str, free: Sequence[Found]) -> Found | None:
    """Return the first address, date or time of the kind the parameter asks for."""
    kind = kind_of(parameter)
    return next((each for each in free if each.kind is kind), None)


def find_list(parameter: Parameter, item_role: Role, free: Sequence[Found]) -> list[Found]:
    """Return every value that fits the items of a list parameter."""
    kinds: dict[Role, set[Kind]] = {
        Role.NUMBER: {Kind.NUMBER},
        Role.IDENTIFIER: {Kind.IDENTIFIER, Kind.UUID},
        Role.TEXT: {Kind.QUOTED},
    }
    wanted = kinds.get(item_role, set())
    kind = kind_of(parameter)
    if kind is not None:
        wanted = {kind}
    return [each for each in free if each.kind in wanted]


def as_argument(parameter: Parameter, found: Found) -> JsonValue:
    """Return the found value in the parameter's type."""
    if parameter.kind == "string" and not isinstance(found.value, str):
        return found.written.lstrip("#").strip()
    if parameter.kind == "number" and isinstance(found.value, float) and found.value.is_integer():
        return int(found.value)
    return found.value
