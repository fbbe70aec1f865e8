"""The values a parameter allows, and which of them a text names.

They are read from ``enum``, and from a description that lists them: flat parameters have
no other place for it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.phrases import akin
from deftly.agent.models.toolcard import Parameter
from deftly.agent.models.typos import nearest

_ITEM: Final = r"['\"`“]?[A-Za-z][\w+&-]*(?: [A-Za-z][\w+&-]*){0,2}['\"`”]?"
_COMMA: Final = r"\s*(?:,\s*(?:or\s+|and\s+)?|\||/|\bor\b)\s*"
_LIST: Final = rf"(?P<list>{_ITEM}(?:{_COMMA}{_ITEM})+)"
_LISTED: Final = (
    re.compile(
        rf"(?:one of|either|allowed(?: values)?|values|options|choices)\W+{_LIST}", re.IGNORECASE
    ),
    re.compile(rf"[:(–=]\s*{_LIST}\s*(?:[).;]|$)"),
    re.compile(rf"^\s*{_LIST}\s*\.?$"),
)
_ONLY_EXAMPLES: Final = re.compile(
    r"\b(?:such as|e\.\s?g|for example|like|for instance)\b", re.IGNORECASE
)
_NO_CHOICE: Final = frozenset(
    "a an the of in to for with by is are it its what which who how day date time".split()
)
_FORMAT: Final = re.compile(r"[YMDHS:-]+")
_MOST: Final = 24

# What people say for a code that everybody knows.
_SAID_FOR: Final[Mapping[str, str]] = {
    "eur": "euro euros",
    "usd": "dollar dollars bucks",
    "gbp": "pound pounds sterling quid",
    "chf": "franc francs",
    "jpy": "yen",
    "celsius": "centigrade",
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A choice, and where in the text's words it is named."""

    choice: str
    start: int
    end: int


def choices_of(parameter: Parameter) -> tuple[str, ...]:
    """Return the values a text parameter allows, none if it is open."""
    listed = parameter.schema.get("enum")
    if isinstance(listed, list):
        return tuple(each for each in listed if isinstance(each, str))
    if parameter.kind != "string" or "format" in parameter.schema or "pattern" in parameter.schema:
        return ()
    return _listed_in(parameter.description)


def _listed_in(description: str) -> tuple[str, ...]:
    if _ONLY_EXAMPLES.search(description):
        return ()
    for pattern in _LISTED:
        match = pattern.search(description)
        if match is not None:
            items = [each.strip(" '\"`“”") for each in re.split(_COMMA, match.group("list"))]
            if 1 < len(items) <= _MOST and all(map(_may_be_choice, items)):
                return tuple(items)
    return ()


def _may_be_choice(item: str) -> bool:
    words = item.lower().split()
    return bool(words) and _NO_CHOICE.isdisjoint(words) and not _FORMAT.fullmatch(item)


def spoken_for(choice: str) -> str:
    """Return a choice and the words people say for it."""
    return f"{choice} {_SAID_FOR.get(choice.lower(), '')}"


def named_choices(parameter: Parameter, text: str) -> tuple[Named, ...]:
    """Return the choices a text names, in the order it names them; a longer name wins.

    Tried are the very words, then what means the same, then words with a slip in them.
    """
    spoken = wording.words(text)
    stems = [wording.stem(word) for word in spoken]
    choices = choices_of(parameter)
    exactly = _places(choices, spoken, _same, stem=str)
    if exactly:
        return exactly
    for alike in (_same, _same_meaning):
        found = _places(choices, stems, alike)
        if found:
            return found
    parts = {word for choice in choices for word in wording.words(choice)}
    spoken = [nearest(word, parts) or word if word not in parts else word for word in spoken]
    stems = [wording.stem(word) for word in spoken]
    joined = _joined_places(choices, spoken)
    if joined:
        return joined
    by_word = {word: choice for choice in choices for word in (choice.lower(),) if " " not in word}
    slips = (
        Named(by_word[near], at, at + 1)
        for at, word in enumerate(spoken)
        if not wording.is_filler(word)
        and (near := nearest(word, by_word) or akin(word, by_word)) is not None
    )
    return tuple(slips) or _by_a_part(parameter, choices, stems)


def _by_a_part(
    parameter: Parameter, choices: Sequence[str], stems: Sequence[str]
) -> tuple[Named, ...]:
    """Return the choice of several words that is told in another order, or in part.

    A part is enough where a value is needed, and only if no other choice has that word.
    """
    for choice in choices:
        wanted = [term for term in map(wording.stem, wording.words(choice)) if len(term) > 3]  # noqa: PLR2004  # "of", "the"
        if len(wording.words(choice)) < 2:  # noqa: PLR2004  # one word was tried already
            continue
        others = {
            wording.stem(word) for each in choices if each != choice for word in wording.words(each)
        }
        shared = [term for term in wanted if term in stems and term not in others]
        if wanted and len(shared) >= (1 if parameter.required else max(2, len(wanted))):
            at = stems.index(shared[0])
            return (Named(choice, at, at + 1),)
    return ()


def _places(
    choices: Sequence[str],
    stems: Sequence[str],
    alike: Callable[[str, str], bool],
    stem: Callable[[str], str] = wording.stem,
) -> tuple[Named, ...]:
    found: list[Named] = []
    for choice in sorted(choices, key=len, reverse=True):
        wanted = [stem(word) for word in wording.words(choice)]
        for at in range(len(stems) - len(wanted) + 1 if wanted else 0):
            taken = any(at < other.end and other.start < at + len(wanted) for other in found)
            if not taken and all(map(alike, wanted, stems[at:])):
                found.append(Named(choice, at, at + len(wanted)))
    return tuple(sorted(found, key=lambda named: named.start))


def _joined_places(choices: Sequence[str], spoken: Sequence[str]) -> tuple[Named, ...]:
    """Return the choices that are written in one word or in two: ``x_ray`` is "xray"."""
    by_letters = {"".join(wording.words(choice)): choice for choice in choices}
    found = []
    for at in range(len(spoken)):
        for count in (2, 1):
            said = "".join(spoken[at : at + count])
            said = nearest(said, by_letters) or said
            if at + count <= len(spoken) and said in by_letters:
                found.append(Named(by_letters[said], at, at + count))
    return tuple(found)


def _same(one: str, other: str) -> bool:
    return one == other or other in _SPOKEN.get(one, ())


def _same_meaning(one: str, other: str) -> bool:
    return one == other or wording.meaning(one) == wording.meaning(other) is not None


_SPOKEN: Final = {
    wording.stem(code): frozenset(map(wording.stem, said.split()))
    for code, said in _SAID_FOR.items()
}
