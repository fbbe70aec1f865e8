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

from deftly.agent.models import free_slots, typed_slots, wording
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
    Role.PLACE,
    Role.PERSON,
    Role.TEXT,
    Role.OTHER,
    Role.QUERY,
)
_LEAD_IN: Final = re.compile(
    r"^(?:(?:sure|ok|okay|yes|yeah|well|sorry|hi|oh|please)\b[,.! ]*)*"
    r"(?:(?:it|that|this|they|my|the|its)(?:'s)?(?: [a-z]+){0,3}? (?:is|are|was|would be)\b:?"
    r"|it's|that's|because(?: of)?|for)?\s*",
    re.IGNORECASE,
)
_FINDERS: Final[dict[Role, Callable[[Parameter, str, Sequence[Found]], Found | None]]] = {
    Role.TYPED: typed_slots.find_typed,
    Role.IDENTIFIER: typed_slots.find_identifier,
    Role.NUMBER: typed_slots.find_number,
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
    roles = {parameter.name: role_of(parameter) for parameter in tool.parameters}
    for parameter in sorted(tool.parameters, key=lambda each: _ORDER.index(roles[each.name])):
        hint = (suggested or {}).get(parameter.name)
        value = _value_for(tool, parameter, _rest(text, free, roles[parameter.name]), free, hint)
        if value is not None and fits(parameter.schema, value):
            found[parameter.name] = value
    arguments = {each.name: found[each.name] for each in tool.parameters if each.name in found}
    missing = (each for each in tool.parameters if each.required and each.name not in found)
    return Filled(arguments, tuple(missing))


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
    whole = _LEAD_IN.sub("", text.strip(), count=1).strip(" .!\"'")
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


def _value_for(
    tool: ToolCard, parameter: Parameter, text: str, free: list[Found], hint: JsonValue
) -> JsonValue:
    role = role_of(parameter)
    if role in _FINDERS:
        return _take(parameter, _FINDERS[role](parameter, text, free), free)
    match role:
        case Role.CHOICE:
            return typed_slots.find_choice(parameter, text)
        case Role.FLAG:
            return typed_slots.find_flag(parameter, text)
        case Role.LIST:
            return _list_for(parameter, text, free)
        case Role.OTHER:
            return hint if stands_in(hint, text) else None
        case _:
            return _text_for(tool, parameter, text, free, hint)


def _take(parameter: Parameter, found: Found | None, free: list[Found]) -> JsonValue:
    if found is None:
        return None
    free.remove(found)
    return typed_slots.as_argument(parameter, found)


def _list_for(parameter: Parameter, text: str, free: list[Found]) -> JsonValue:
    items = parameter.schema.get("items")
    item = Parameter(parameter.name, items if isinstance(items, dict) else {}, required=True)
    role = role_of(item)
    if role is Role.CHOICE:
        chosen = typed_slots.find_choice(item, text)
        return None if chosen is None else [chosen]
    values = typed_slots.find_list(item, role, free)
    for each in values:
        free.remove(each)
    return [typed_slots.as_argument(item, each) for each in values] or None


def _text_for(
    tool: ToolCard, parameter: Parameter, text: str, free: list[Found], hint: JsonValue
) -> JsonValue:
    quoted = free_slots.quotation(free)
    if quoted is not None:
        return _take(parameter, quoted, free)
    role = role_of(parameter)
    if isinstance(hint, str) and stands_in(hint, text) and _says_more(hint, tool):
        return hint
    # An optional text needs somebody to point at it; the engine did not.
    by_cue = {Role.REASON, Role.MESSAGE, Role.PLACE, Role.TEXT}
    if not parameter.required and role not in by_cue:
        return None
    return free_slots.find_free(tool, parameter, text, role)


def _says_more(hint: str, tool: ToolCard) -> bool:
    """Say whether a text holds more than the tool's own name: "return" is no reason to return."""
    return not set(wording.terms(without_values(hint))) <= set(wording.terms(tool.name))


def stands_in(value: JsonValue, text: str) -> bool:
    """Say whether every text and number of the value is written in the text."""
    match value:
        case str():
            return bool(value.strip()) and value.strip().lower() in text.lower()
        case bool() | None:
            return False
        case int() | float():
            numbers = find_values(text, date.min)
            return any(each.kind is Kind.NUMBER and each.value == value for each in numbers)
        case list():
            return bool(value) and all(stands_in(each, text) for each in value)
        case dict():
            return bool(value) and all(stands_in(each, text) for each in value.values())
