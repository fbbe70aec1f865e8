"""What looks like a key wherever it stands: by its issuer's mark, or because chance wrote it."""

import re
from collections.abc import Callable
from typing import Final

from deftly.domain.template.placeholder import PLACEHOLDER

# Keys of well-known issuers and JSON Web Tokens.
ISSUED: Final = (
    r"(?:(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}"
    r"|xox[abeprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{30,}|glpat-[A-Za-z0-9_-]{16,}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"
    r"|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|ya29\.[A-Za-z0-9_-]{16,})"
)
_SHAPES: Final = re.compile(
    rf"(?<![A-Za-z0-9]){ISSUED}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\Z)"
    r"|(?i:(?<=\bbasic )|(?<=\bbearer ))(?=[A-Za-z+/_.~-]*(?:[0-9]|[a-z][A-Z]))"
    r"[A-Za-z0-9+/_.~-]{12,}={0,2}",
    re.DOTALL,
)
_WORD: Final = re.compile(r"[A-Za-z0-9_+/-]{20,}={0,2}")
_PARTS: Final = re.compile(r"[A-Za-z0-9]+")
# Ids that people read: of objects, and of contracts on a chain.
_IDS: Final = re.compile(
    r"(?i:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|0x[0-9a-f]{40})"
)
_TURN: Final = re.compile(r"(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])")
_RUN: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_SHORTEST: Final = 20
_SHORTEST_PART: Final = 8
# Tried on random texts of 20 to 64 characters: it finds 85 to 100 of 100; names in camel case
# with numbers in them have longer runs.
_SHORT_RUN: Final = 2.5
_MIDDLE_RUN: Final = 3.15
_MANY_TURNS: Final = 4


def without_keys(text: str, instead: Callable[[str], str]) -> str:
    """Return the text with something else for each key in it; placeholders stay as they are."""
    kept: list[str] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        kept += (_without(text[at : found.start()], instead), found[0])
        at = found.end()
    return "".join((*kept, _without(text[at:], instead)))


def has_key(text: str) -> bool:
    """Tell whether there is a key in the text."""
    return without_keys(text, lambda _: "") != text


def _without(text: str, instead: Callable[[str], str]) -> str:
    marked = _SHAPES.sub(lambda found: instead(found[0]), text)
    if marked != text:
        return without_keys(marked, instead)
    return _WORD.sub(lambda found: instead(found[0]) if _is_chance(found[0]) else found[0], text)


def _is_chance(word: str) -> bool:
    """Tell whether no person would have thought of a word: letters and digits without order."""
    if _IDS.fullmatch(word):
        return False
    # Paths and names are made of short parts; a key has long ones.
    joined = "".join(part for part in _PARTS.findall(word) if len(part) >= _SHORTEST_PART)
    if len(joined) < _SHORTEST or not any(map(str.isdigit, joined)):
        return False
    run = len(joined) / len(_RUN.findall(joined))
    if run < _SHORT_RUN:
        return True
    is_one_case = joined.islower() or joined.isupper()
    return len(_TURN.findall(joined)) >= _MANY_TURNS and (is_one_case or run < _MIDDLE_RUN)
