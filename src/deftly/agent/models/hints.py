"""The engine's values: which of them may be believed."""

import re
from datetime import date

from deftly.agent.models import wording
from deftly.agent.models.found import Kind, find_values, without_values
from deftly.agent.models.roles import Role
from deftly.agent.models.toolcard import ToolCard
from deftly.values import JsonValue


def stands_in(value: JsonValue, text: str) -> bool:
    """Say whether every text and number of the value is written in the text."""
    match value:
        case str():
            said = re.escape(value.strip().lower())
            return bool(said) and bool(re.search(rf"(?<!\w){said}(?!\w)", text.lower()))
        case bool() | None:
            return False
        case int() | float():
            numbers = find_values(text, date.min)
            return any(each.kind is Kind.NUMBER and each.value == value for each in numbers)
        case list():
            return bool(value) and all(stands_in(each, text) for each in value)
        case dict():
            return bool(value) and all(stands_in(each, text) for each in value.values())


def as_said(hint: str, text: str) -> str:
    """Return the words in the letters the person wrote them in."""
    at = text.lower().find(hint.strip().lower())
    return text[at : at + len(hint.strip())] if at >= 0 else hint


def says_more(hint: str, tool: ToolCard, role: Role) -> bool:
    """Say whether a text holds more than the tool's own words: "return" is no reason to return.

    A person or a place is not named by the words the owner describes the tool with.
    """
    own = set(wording.terms(tool.name))
    said = set(wording.terms(without_values(hint)))
    if not any(character.isalnum() for character in without_values(hint)):
        return False
    if role in {Role.PERSON, Role.PLACE}:
        own.update(*map(wording.terms, (*tool.similes, tool.description)))
    meanings = {wording.meaning(term) for term in own} - {None}
    return any(term not in own and wording.meaning(term) not in meanings for term in said) or (
        not said and role is not Role.TEXT
    )
