"""Whether a tool has a place for the values a text holds: a hint at which tool is meant."""

import re
from collections.abc import Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind
from deftly.agent.models.identifiers import likeness
from deftly.agent.models.numbers import is_money, number_fit
from deftly.agent.models.roles import Role, example_of, kind_of, role_of, subjects_of
from deftly.agent.models.toolcard import Parameter, ToolCard

_NUMBERED: Final = re.compile(
    r"(?P<word>[a-z]+)\s*(?:(?:no|nr|number|num|id|code)\b\.?\s*)?(?:is\s+)?#?\s*$"
)
_FEWEST_DIGITS: Final = 2
_WELCOME_BY_LIKENESS: Final = {3: 1.0, 2: 0.5, 1: 0.2, 0: 0.0, -2: -0.5}
_TELLING_KINDS: Final = frozenset({Kind.IDENTIFIER, Kind.UUID, Kind.EMAIL, Kind.URL})


def welcome(tool: ToolCard, text: str, values: Sequence[Found]) -> float:
    """Return 1 if the text's values look made for the tool, -1 if it has no place for them."""
    telling = [
        each
        for each in values
        if each.kind in _TELLING_KINDS or is_money(text, each) or _is_numbered(text, each)
    ]
    places = (_place_for(each, text, value) for each in tool.parameters for value in telling)
    return max(places, default=-1.0) if telling else 0.0


def _is_numbered(text: str, found: Found) -> bool:
    """Say whether a plain number goes with the word before it, as in "room 12"."""
    if found.kind is not Kind.NUMBER or not found.written.isdigit() or is_money(text, found):
        return False
    return bool(_word_before(text, found)) and len(found.written) >= _FEWEST_DIGITS


def _word_before(text: str, found: Found) -> str:
    """Return the stem of the word a number follows, "number" and the like passed over."""
    match = _NUMBERED.search(text[: found.start].lower())
    word = match["word"] if match is not None else ""
    return "" if wording.is_filler(word) else wording.stem(word)


def _place_for(parameter: Parameter, text: str, found: Found) -> float:
    match role_of(parameter):
        case Role.IDENTIFIER if found.kind in {Kind.IDENTIFIER, Kind.UUID}:
            return _WELCOME_BY_LIKENESS[likeness(example_of(parameter), found)]
        case Role.TYPED if found.kind is kind_of(parameter):
            return 1.0
        case Role.IDENTIFIER | Role.NUMBER if _is_numbered(text, found):
            return 1.0 if _word_before(text, found) in subjects_of(parameter) else -1.0
        case Role.NUMBER if is_money(text, found) and number_fit(parameter, text, found) > 0:
            return 1.0
        case _:
            return -1.0
