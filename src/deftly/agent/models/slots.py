"""Arguments for a tool, from what the text holds and what the engine suggests.

A value with a shape (a choice, a number, an identifier, a date) is taken from the text
itself. The engine is asked for the rest, and believed only where its value stands in the
text: it invents when it is unsure. What both leave open is looked for by simple cues.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import jsonschema_rs

from deftly.agent.models import (
    free_slots,
    hints,
    identifiers,
    numbers,
    proper_names,
    typed_slots,
)
from deftly.agent.models.choices import Named, named_choices
from deftly.agent.models.found import Found, Kind, find_values, without_values
from deftly.agent.models.roles import Role, role_of
from deftly.agent.models.toolcard import Parameter, ToolCard
from deftly.values import JsonObject, JsonValue

_PATTERNS: Final = jsonschema_rs.FancyRegexOptions(backtrack_limit=10_000)

# The surest first: what one takes, the next cannot have.
_ORDER: Final[tuple[Role, ...]] = (
    Role.CHOICE,
    Role.TYPED,
    Role.IDENTIFIER,
    Role.NUMBER,
    Role.LIST,
    Role.FLAG,
    Role.REASON,
    Role.MESSAGE,
    Role.TEXT,
    Role.PLACE,
    Role.PERSON,
    Role.OTHER,
    Role.QUERY,
)
_LEAD_IN: Final = re.compile(
    r"^(?:(?:sure|ok|okay|yes|yeah|well|sorry|hi|oh|please)\b[,.! ]*)*"
    r"(?:(?:it|that|this|they|my|the|its)(?:'s)?(?: [a-z]+){0,3}? (?:is|are|was|would be)\b:?"
    r"|it's|that's|because(?: of)?|for)?\s*",
    re.IGNORECASE,
)
_LEAD_IN_TO_MESSAGE: Final = re.compile(
    r"^(?:(?:sure|ok|okay|yes|yeah|well|sorry|hi|oh|please)\b[,.! ]*)*"
    r"(?:(?:the |my )?(?:message|text|note|title|subject|description)(?: is|'s| should be)?:?\s"
    r"|(?:it|that)(?:'s| is) that\s|that\s)?\s*",
    re.IGNORECASE,
)
_WORDED: Final = frozenset({Role.MESSAGE, Role.REASON, Role.TEXT, Role.QUERY})
_NAMES: Final = frozenset({Role.TEXT, Role.PLACE, Role.PERSON})
_FINDERS: Final[dict[Role, Callable[[Parameter, str, Sequence[Found]], Found | None]]] = {
    Role.TYPED: typed_slots.find_typed,
    Role.NUMBER: numbers.find_number,
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known and what has to be asked for.

    Attributes:
        arguments: In the order of the declaration.
        missing: The required parameters the text says nothing about.
    """

    arguments: JsonObject
    missing: tuple[Parameter, ...]


def fill(
    tool: ToolCard, text: str, today: date, suggested: Mapping[str, JsonValue] | None = None
) -> Filled:
    """Return the arguments for a tool; values that do not fit their schema are left out."""
    free = list(find_values(text, today))
    found: dict[str, JsonValue] = {}
    named: list[Named] = []
    roles = {parameter.name: role_of(parameter) for parameter in tool.parameters}
    low = text.lower()
    for parameter in sorted(
        tool.parameters, key=lambda each: (_ORDER.index(roles[each.name]), each.name not in low)
    ):
        hint = (suggested or {}).get(parameter.name)
        role = roles[parameter.name]
        if role is Role.CHOICE:
            value = _choice_for(parameter, _without_days(text), named)
        else:
            rest = _rest(text, free, role)
            if role in _NAMES and not proper_names.is_on_the_way(parameter):
                rest = _without_taken(rest, found)
            if role in {Role.PERSON, Role.PLACE}:
                rest = without_values(rest, instead=".")
            if role is Role.IDENTIFIER:
                rivals = [p for p in tool.parameters if roles[p.name] is role and p != parameter]
                rivals = [rival for rival in rivals if rival.name not in found]
                chosen = identifiers.find_identifier(parameter, text, free, rivals)
                value = _take(parameter, chosen, free)
            else:
                value = _value_for(tool, parameter, rest, free, hint)
        if role in _WORDED and value in found.values():
            continue  # whom a message is for is not what it says
        if value is not None and fits(parameter.schema, value):
            found[parameter.name] = value
    _take_leftover_number(tool, text, free, found)
    arguments = {each.name: found[each.name] for each in tool.parameters if each.name in found}
    missing = (each for each in tool.parameters if each.required and each.name not in found)
    return Filled(arguments, tuple(missing))


def _without_days(text: str) -> str:
    """Return the text without dates and times: "the first of April" is not first class."""
    plain = list(text)
    for each in find_values(text, date.min.replace(year=2000)):
        if each.kind in {Kind.DATE, Kind.TIME}:
            plain[each.start : each.end] = "." * (each.end - each.start)
    return "".join(plain)


def _choice_for(parameter: Parameter, text: str, taken: list[Named]) -> JsonValue:
    named = [each for each in named_choices(parameter, text) if each not in taken]
    chosen = typed_slots.find_choice(parameter, text, named)
    if chosen is None:
        return None
    taken.append(chosen)
    return chosen.choice


def _take_leftover_number(
    tool: ToolCard, text: str, free: list[Found], found: dict[str, JsonValue]
) -> None:
    open_numbers = [
        each for each in tool.parameters if each.name not in found and role_of(each) is Role.NUMBER
    ]
    if len(open_numbers) != 1 or any(
        isinstance(value, str)
        and any(re.search(rf"(?<![\w-]){re.escape(each.written)}(?!\w)", value) for each in free)
        for value in found.values()
    ):
        return
    (parameter,) = open_numbers
    value = _take(parameter, numbers.find_leftover(parameter, free, text), free)
    if value is not None and fits(parameter.schema, value):
        found[parameter.name] = value


def read_reply(parameter: Parameter, text: str, today: date) -> JsonValue:
    """Return the value a reply to the question for this parameter gives, None if it gives none.

    A reply may be the bare value, so a text parameter takes the whole of it.
    """
    alone = Parameter(parameter.name, parameter.schema, required=True)
    tool = ToolCard(
        "reply", "", {"properties": {alone.name: alone.schema}, "required": [alone.name]}
    )
    filled = fill(tool, text, today).arguments
    if alone.name in filled:
        return filled[alone.name]
    lead_in = _LEAD_IN_TO_MESSAGE if role_of(alone) is Role.MESSAGE else _LEAD_IN
    whole = lead_in.sub("", text.strip(), count=1).strip(" .!\"'")
    role = role_of(alone)
    if role is Role.IDENTIFIER and not re.fullmatch(r"[\w#./-]{1,64}", whole):
        return None
    takes_whole = role not in {
        Role.CHOICE,
        Role.FLAG,
        Role.NUMBER,
        Role.TYPED,
        Role.LIST,
        Role.OTHER,
    }
    return whole if takes_whole and whole and fits(alone.schema, whole) else None


def fits(schema: JsonObject, value: JsonValue) -> bool:
    """Say whether the value is valid; a schema that cannot stand alone lets everything pass."""
    try:
        validator = jsonschema_rs.validator_for(
            schema, validate_formats=True, pattern_options=_PATTERNS, offline=True
        )
        return bool(validator.is_valid(value))
    except (jsonschema_rs.ValidationError, ValueError):
        return True


def _rest(text: str, free: list[Found], role: Role) -> str:
    """Return the text; for words and reasons, without the values that other parameters took."""
    if role not in {Role.QUERY, Role.REASON}:
        return text
    kept = {(each.start, each.end) for each in free}
    plain = list(text)
    for each in find_values(text, date.min):
        if (each.start, each.end) not in kept:
            plain[each.start : each.end] = "." * (each.end - each.start)
    return "".join(plain)


def _without_taken(text: str, found: Mapping[str, JsonValue]) -> str:
    """Return the text without the texts that other parameters have got."""
    for value in found.values():
        if isinstance(value, str) and value:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " . ", text)
    return text


def _value_for(
    tool: ToolCard, parameter: Parameter, text: str, free: list[Found], hint: JsonValue
) -> JsonValue:
    role = role_of(parameter)
    if role in _FINDERS:
        return _take(parameter, _FINDERS[role](parameter, text, free), free)
    match role:
        case Role.FLAG:
            return typed_slots.find_flag(tool, parameter, text)
        case Role.LIST:
            return _list_for(parameter, text, free)
        case Role.OTHER:
            return hint if hints.stands_in(hint, text) else None
        case _:
            return _text_for(tool, parameter, text, free, hint)


def _take(parameter: Parameter, found: Found | None, free: list[Found]) -> JsonValue:
    if found is None:
        return None
    free[:] = [each for each in free if each.start != found.start]
    return typed_slots.as_argument(parameter, found)


def _list_for(parameter: Parameter, text: str, free: list[Found]) -> JsonValue:
    items = parameter.schema.get("items")
    item = Parameter(parameter.name, items if isinstance(items, dict) else {}, required=True)
    role = role_of(item)
    if role is Role.CHOICE:
        chosen: list[JsonValue] = [each.choice for each in named_choices(item, text)]
        return list(dict.fromkeys(chosen)) or None
    values = typed_slots.find_list(item, role, free)
    for each in values:
        free.remove(each)
    return [typed_slots.as_argument(item, each) for each in values] or None


def _text_for(
    tool: ToolCard, parameter: Parameter, text: str, free: list[Found], hint: JsonValue
) -> JsonValue:
    role = role_of(parameter)
    quoted = free_slots.quotation(free)
    if quoted is not None and not _better_kept(tool, role):
        return _take(parameter, quoted, free)
    told = free_slots.find_told(tool, text) if role is Role.MESSAGE and parameter.required else None
    if told is not None:
        return told
    on_the_way = proper_names.is_on_the_way(parameter) and role is Role.PLACE
    hinted = isinstance(hint, str) and hints.stands_in(hint, text) and not on_the_way
    if role is Role.PERSON and isinstance(hint, str):
        hinted = hinted and proper_names.may_be_name(hints.as_said(hint, text), text)
    if isinstance(hint, str) and hinted and hints.says_more(hint, tool, role):
        return proper_names.without_title(hints.as_said(hint, text))
    # An optional text needs somebody to point at it; the engine did not.
    by_cue = {Role.REASON, Role.MESSAGE, Role.PLACE, Role.TEXT}
    if not parameter.required and role not in by_cue:
        return None
    return free_slots.find_free(tool, parameter, text, role)


def _better_kept(tool: ToolCard, role: Role) -> bool:
    """Say whether a quotation is rather for another parameter than a name or a place."""
    others = {Role.MESSAGE, Role.REASON, Role.QUERY, Role.TEXT}
    return role in {Role.PERSON, Role.PLACE} and any(
        role_of(each) in others for each in tool.parameters
    )
