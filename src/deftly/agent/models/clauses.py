"""Several requests in one message, taken apart in the order they were made."""

import re
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.retrieval import ENOUGH, Index, Match

MOST_STEPS: Final = 4

_JOINT: Final = re.compile(
    r"(?:[,.;!?]\s*)?\b(?:and then|and after that|after that|and also|then|also|and)\b\s*"
    r"|(?<=[.!?;])(?<!\b[dmDM]r\.)(?<!\b[mM]s\.)(?<!\b[mM]rs\.)(?<!\b[nN]o\.)(?<!\b[sS]t\.)\s+",
    re.IGNORECASE,
)


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
    for joint in _JOINT.finditer(text):
        before, after = text[start : joint.start()], text[joint.end() :]
        if len(clauses) < MOST_STEPS - 1 and _differ(before, _up_to_joint(after), index):
            clauses.append(before.strip())
            start = joint.end()
    clauses.append(text[start:].strip())
    return tuple(clauses)


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
    return all(
        match.telling and match.score >= (ENOUGH if _asks(text, match) else 2 * ENOUGH)
        for text, match in ((before, one), (after, other))
    )


def _asks(text: str, match: Match) -> bool:
    """Say whether a text is a request by its form: a question, or the action's verb first."""
    first = next(iter(wording.terms(text)), "")
    verbs = {next(iter(wording.terms(name)), "") for name in (match.tool.name, *match.tool.similes)}
    meanings = {wording.meaning(verb) for verb in verbs} - {None}
    return _REQUEST.match(text) is not None or first in verbs or wording.meaning(first) in meanings
