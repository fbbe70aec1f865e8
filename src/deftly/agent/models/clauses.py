"""Several requests in one message, taken apart in the order they were made."""

import re
from typing import Final

from deftly.agent.models.retrieval import ENOUGH, Index

MOST_STEPS: Final = 4

_JOINT: Final = re.compile(
    r"(?:[,.;!?]\s*)?\b(?:and then|and after that|after that|and also|then|also|and)\b\s*"
    r"|(?<=[.!?;])\s+",
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
    one, other = index.rank(before)[:1], index.rank(after)[:1]
    if not one or not other:
        return False
    sure = all(match.score >= 2 * ENOUGH and match.telling for match in (*one, *other))
    return sure and one[0].tool.name != other[0].tool.name
