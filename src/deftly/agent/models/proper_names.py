"""Names of places and people in what was said: capitals, and the words that go before them."""

import re
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.toolcard import Parameter, ToolCard

_CAPITALS: Final = r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3}"  # as phones type it
_WORD_IN_CAPITALS: Final = r"[A-Z][\w'’-]*"
_TITLE: Final = r"(?:[Dd]r|[Dd]octor|[Mm]rs?|[Mm]s|[Mm]iss|[Pp]rof(?:essor)?|[Nn]urse|[Cc]oach)\.?"
_BEFORE_A_PERSON: Final = (
    rf"{_TITLE}|for|to|with|from|see|by|user|give|named|called|name is|name's|[Ii] am|[Ii]'m|about"
)
_FROM_PLACE: Final = re.compile(
    rf"\b(?:from|leaving|departing|starting in)\s+(?P<value>{_CAPITALS}|[a-z]{{3,}})"
)
_TO_PLACE: Final = re.compile(
    rf"\b(?:to|into|towards?|for|in)\s+(?!(?:fly|go|get|travel|book|the|a)\b)"
    rf"(?P<value>{_CAPITALS}|[a-z]{{3,}})"
)
_PLACE: Final = re.compile(
    rf"\b(?:in|to|from|at|near|for|around|outside|round)\s+(?P<value>{_CAPITALS})"
)
_BETWEEN: Final = re.compile(
    rf"\b(?:betw\w+|from|form)\s+(?P<one>{_CAPITALS}|[a-z]{{3,}})\s+(?:and|to)\s+"
    rf"(?P<other>{_CAPITALS}|[a-z]{{3,}})"
    rf"|(?P<first>{_WORD_IN_CAPITALS})\s+to\s+(?P<second>{_CAPITALS})"
)
_STARTING: Final = re.compile(
    rf"\b(?:start\w*|i'm|i am|we're|we are)\s+(?:in|at)\s+(?P<value>{_CAPITALS})"
)
_LOW_PLACE: Final = re.compile(r"\b(?:in|near|around)\s+(?P<value>[a-z]{3,}(?:\s[a-z]{4,})?)\W*$")
_PERSON: Final = re.compile(
    rf"(?<!\w)(?:{_BEFORE_A_PERSON})\s+(?:{_TITLE}\s+)?(?P<value>{_CAPITALS})"
)
_CUE_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_BEFORE_A_PERSON})\s+$")
_ANY_NAME: Final = re.compile(rf"(?<=[a-z,.:])\s+(?P<value>{_CAPITALS})")
_SOURCES: Final = frozenset("origin from source departure start pickup".split())
_TARGETS: Final = frozenset("destination to target arrival dropoff".split())
_LOW_NAME: Final = re.compile(
    r"(?:\b(?P<cue>for|to|with|of|by|from|user|does|has|named|called|give|let|grant|tell)\s+)?"
    r"(?<![\w.@-])(?P<value>[A-Za-z][\w]*(?:[._-]\w+)*)(?![\w@])"
)


def is_on_the_way(parameter: Parameter) -> bool:
    """Say whether a place is where something starts or where it goes."""
    return not {*_SOURCES, *_TARGETS}.isdisjoint(wording.words(parameter.name))


def is_start(parameter: Parameter) -> bool:
    """Say whether a place is where something starts."""
    return not _SOURCES.isdisjoint(wording.words(parameter.name))


def without_title(name: str) -> str:
    """Return a name without the title before it."""
    return re.sub(rf"^{_TITLE}\s+", "", name)


def on_the_way(text: str, *, is_source: bool) -> str | None:
    """Return the place something starts from, or the one it goes to."""
    way = _BETWEEN.search(text)
    if way is not None:
        ends = (way["one"] or way["first"], way["other"] or way["second"])
        if not any(wording.is_filler(end.lower()) for end in ends):
            return ends[0] if is_source else ends[1]
    pattern = _FROM_PLACE if is_source else _TO_PLACE
    starts = [match["value"] for match in _STARTING.finditer(text)]
    matches = [match["value"] for match in pattern.finditer(text)]
    if is_source:
        matches += starts
    elif len(matches) > 1:
        matches = [each for each in matches if each not in starts]
    plain = [each for each in matches if not wording.is_filler(each.lower())]
    in_capitals = (each for each in plain if each[0].isupper())
    return next(in_capitals, next(iter(plain), None))


def may_be_name(said: str, text: str) -> bool:
    """Say whether words may be a name: written as one, or after a word that goes before names."""
    before = text[: max(0, text.lower().find(said.lower()))]
    return said != said.lower() or _CUE_BEFORE.search(before) is not None


def place(text: str) -> str | None:
    """Return the first place."""
    match = _PLACE.search(text) or _LOW_PLACE.search(text)
    return match.group("value") if match is not None else None


def person(text: str) -> str | None:
    """Return the first person."""
    for pattern in (_PERSON, _ANY_NAME):
        for match in pattern.finditer(text):
            words = re.split(r"['’\s]", match["value"].lower())
            if not wording.is_filler(words[0]):
                return match["value"]
    return None


def low_person(tool: ToolCard, text: str, *, login: bool) -> str | None:
    """Return a name in small letters after a word that goes before names.

    A login name may stand anywhere: it is a word that means nothing.
    """
    own = {*wording.terms(tool.name), *wording.terms(tool.description)}
    own.update(*map(wording.terms, tool.similes))
    for match in _LOW_NAME.finditer(text):
        value = match["value"]
        parts = re.findall(r"[a-z]+", value.lower())
        if value.endswith("ing"):
            continue
        odd = not any(map(wording.is_filler, parts)) and own.isdisjoint(map(wording.stem, parts))
        if odd and not any(map(wording.meaning, map(wording.stem, parts))):
            if match["cue"]:
                return value
            if login and (match.start() == 0 or re.search(r"[._\d]", value)):
                return value
    return None
