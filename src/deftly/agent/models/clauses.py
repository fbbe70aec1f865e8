"""Several requests in one message, taken apart in the order they were made."""

import re
from datetime import date
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.coverage import verbs_of
from deftly.agent.models.found import Found, Kind, find_values, without_values
from deftly.agent.models.retrieval import ENOUGH, Index, Match
from deftly.agent.models.roles import Role, role_of

MOST_STEPS: Final = 4

_JOINT: Final = re.compile(
    r"(?:[,.;!?]\s*)?\b(?:and then|and after that|after that|and also|oh and|then|also|plus"
    r"|and)\b\s*"
    r"|(?<=[.!?;])(?<!\b[dmDM]r\.)(?<!\b[mM]s\.)(?<!\b[mM]rs\.)(?<!\b[nN]o\.)(?<!\b[sS]t\.)\s+",
    re.IGNORECASE,
)


_TOLD: Final = re.compile(r"\W*(?:they|it|he|she)\b", re.IGNORECASE)
_ONLY_NAMES_NUMBERS: Final = frozenset("number numbers no nr id code ref reference".split())
_SIDE_BY_SIDE: Final = re.compile(r"(?:[\s,;&]|and|or|also|then|plus|[A-Za-z]{0,6}-?\d+)+")
_FOR_IDENTIFIERS: Final = frozenset({Role.IDENTIFIER, Role.LIST})
_REQUEST: Final = re.compile(
    r"\W*(?:please |pls |if so |if not |can you |could you )*(?:what|where|when|which|who|how|is"
    r"|are|do|does|did|can|could|has|have|will|show|list|tell|give|check|find|look|see|read|pull|get)\b",
    re.IGNORECASE,
)


def clauses_of(text: str, index: Index) -> tuple[str, ...]:
    """Return the requests in a message; one that cannot be taken apart is returned whole.

    A cut is made only where what stands on both sides asks for something by itself and
    the two ask for different actions: "black and white shoes" stays together.
    """
    clauses: list[str] = []
    start = 0
    values = [(each.start, each.end) for each in find_values(text, date.min)]
    for joint in _JOINT.finditer(text):
        if any(first < joint.end() - 1 and joint.start() < last for first, last in values):
            continue
        before, after = text[start : joint.start()], text[joint.end() :]
        if len(clauses) < MOST_STEPS - 1 and _differ(before, _up_to_joint(after), index):
            clauses.append(before.strip())
            start = joint.end()
    clauses.append(text[start:].strip())
    each = (one for clause in clauses for one in _for_each_identifier(clause, index))
    return tuple(each)[:MOST_STEPS]


def _for_each_identifier(clause: str, index: Index) -> tuple[str, ...]:
    """Return the clause once for each of the identifiers it names side by side.

    "Show A-1 and A-2" are two requests, unless an action takes two identifiers of that kind.
    """
    found = [each for each in find_values(clause, date.min) if each.kind is Kind.IDENTIFIER]
    alike = [each for each in found if _letters(each) == _letters(found[0])]
    best = next(iter(index.rank(clause)), None)
    if len(alike) < 2 or len(alike) != len(found) or best is None:  # noqa: PLR2004
        return (clause,)
    places = [each for each in best.tool.parameters if role_of(each) in _FOR_IDENTIFIERS]
    between = clause[alike[0].end : alike[-1].start]
    if len(places) != 1 or role_of(places[0]) is Role.LIST or not _SIDE_BY_SIDE.fullmatch(between):
        return (clause,)
    return tuple(
        f"{clause[: alike[0].start]}{each.written}{clause[alike[-1].end :]}" for each in alike
    )


def _letters(found: Found) -> str:
    return re.sub(r"[^a-z]", "", found.written.lower())


def _up_to_joint(text: str) -> str:
    joint = _JOINT.search(text)
    return text[: joint.start()] if joint is not None else text


def _differ(before: str, after: str, index: Index) -> bool:
    ranked = index.rank(before)[:1], index.rank(after)[:1]
    if not all(ranked):
        return False
    (one,), (other,) = ranked
    if one.tool.name == other.tool.name:
        return False
    return all(_stands_alone(text, match) for text, match in ((before, one), (after, other)))


def _stands_alone(text: str, match: Match) -> bool:
    """Say whether a part of a message is a request by itself."""
    if not match.telling or not match.words:
        return False
    if _asks(text, match):
        return match.score >= ENOUGH
    says_more = not _ONLY_NAMES_NUMBERS.issuperset(wording.content_words(without_values(text)))
    told = says_more and (match.shown > 0 or not match.missing)
    return told and match.score >= 2 * ENOUGH


def _asks(text: str, match: Match) -> bool:
    """Say whether a text is a request by its form: a question, or the action's verb first."""
    if _TOLD.match(text):
        return False
    first = next(iter(wording.terms(text)), "")
    verbs = verbs_of(match.tool)
    meanings = {wording.meaning(verb) for verb in verbs} - {None}
    return _REQUEST.match(text) is not None or first in verbs or wording.meaning(first) in meanings
