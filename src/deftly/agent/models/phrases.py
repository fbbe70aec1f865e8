"""What the owner says people say, word by word, and words of one family."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import without_values
from deftly.agent.models.toolcard import ToolCard

_QUOTED: Final = re.compile(r"[\"“]([^\"“”]{3,80})[\"”]")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[.!?;:…]")
_FEWEST_SHARED_LETTERS: Final = 5
_SHARED_SHARE: Final = 0.6
_TOO_COMMON: Final = frozenset(
    """i you it the a an to of in on at for and is are my me we us do does did can could would
    please with that this have be your our i'd will want like from""".split()
)


def phrases_of(tool: ToolCard) -> tuple[str, ...]:
    """Return the sentences the owner expects: the example questions and what is quoted."""
    return (*tool.questions, *_QUOTED.findall(tool.description))


def pairs_of(text: str) -> Iterable[tuple[str, str]]:
    """Yield the pairs of neighbouring words, except those that every sentence has."""
    spoken = _WORD.findall(without_values(text, instead=".").lower().replace("’", "'"))
    for one, other in pairwise(spoken):
        telling = not (one in _TOO_COMMON and other in _TOO_COMMON)
        if telling and one[0].isalpha() and other[0].isalpha():
            yield wording.stem(one), wording.stem(other)


def akin(word: str, known: Iterable[str]) -> str | None:
    """Return the known word of the same family: ``vaccination`` for ``vaccinate``."""
    best: tuple[int, str] | None = None
    for other in known:
        shared = _shared_start(word, other)
        enough = max(_FEWEST_SHARED_LETTERS, round(_SHARED_SHARE * max(len(word), len(other))))
        whole = shared == min(len(word), len(other)) > _FEWEST_SHARED_LETTERS
        if (shared >= enough or whole) and (best is None or (-shared, other) < best):
            best = (-shared, other)
    return best[1] if best is not None else None


def _shared_start(one: str, other: str) -> int:
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
