"""Values without a shape: search words, reasons, places, names and messages."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind, find_values, without_values
from deftly.agent.models.roles import Role, wants_login
from deftly.agent.models.toolcard import Parameter, ToolCard

_SUBJECT: Final = r"it|they|this|that|these|(?:the|my|one|a) \w+"
_STATE: Final = (
    r"'s|'re| is| are| was| were| doesn't| does not| don't| do not| didn't| did not| arrived| came"
    r"| has| have| had| stopped| won't"
)
_REASON: Final = re.compile(
    r"\b(?:because(?: of)?|since|due to|reason(?: is| being)?:?)\s+(?P<value>[^.;!?]{2,200})"
    rf"|\b(?P<clause>(?:{_SUBJECT})(?:{_STATE})\b[^.;!?]{{2,200}})",
    re.IGNORECASE,
)
_MESSAGE: Final = re.compile(
    r"\b(?:tell|inform|remind|let|pass(?: this| it)? on)\b[^,:;.!?]{0,40}?"
    r"\b(?:that|know)\s+(?:that\s+)?(?:says?\s+)?"
    r"(?P<that>[^\n]{2,500})"
    r"|\b(?:saying|that says|says|said|called|named|titled|with the (?:message|title|text|note)"
    r"|the (?:message|note|title|text|subject) (?:is |should be )?)\W*(?:that )?"
    r"(?P<value>[^\n]{2,500})|:\s+(?P<rest>[^\n]{2,500})",
    re.IGNORECASE,
)
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
_MOST_WORDS_LEFT: Final = 4
_LOW_NAME: Final = re.compile(
    r"(?:\b(?P<cue>for|to|with|of|by|from|user|does|has|named|called|give|let|grant|tell)\s+)?"
    r"(?<![\w.@-])(?P<value>[A-Za-z][\w]*(?:[._-]\w+)*)(?![\w@])"
)
_TELLS: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|won't|doesn't|don't|isn't|can't|keeps?|stopped|broke"
    r"|smells?|leaks?|leaking|makes?)\b",
    re.IGNORECASE,
)
_COMMAND: Final = re.compile(
    r"^\W*(?:please|pls|can|could|would|will|i (?:want|need|would|'d)|i'd|let's)\b", re.IGNORECASE
)
_PIECES: Final = re.compile(
    r"(?<=[.!?;])\s+|,\s+(?=(?:please|pls|can|could|would|will|so|i want|i need|i'd)\b)",
    re.IGNORECASE,
)
_POLITE: Final = re.compile(
    r"^(?:(?:hi|hello|hey|sorry|so|well|ok|okay|fyi|just so you know)\b[,.! ]*)+", re.IGNORECASE
)
_SEARCH_NOISE: Final = frozenset(
    """search find browse look show list cheap cheapest cheaper price cost max maximum min minimum
    under below over above less than most least up dollars dollar bucks usd euros euro eur pounds
    budget stock sell carry look looking shopping interested""".split()
)
_INNER: Final = frozenset("and for of with in to the a without".split())


def find_free(tool: ToolCard, parameter: Parameter, text: str, role: Role) -> str | None:
    """Return what the text holds for a parameter without a shape, None if nothing points to it."""
    if "address" in wording.words(parameter.name):
        return _address(text)
    way = set(wording.words(parameter.name))
    if role is Role.PLACE and is_on_the_way(parameter):
        return _on_the_way(text, is_source=bool(way & _SOURCES))
    reader = _READERS.get(role)
    found = reader(text) if reader is not None else None
    if role is Role.TEXT and wording.words(parameter.name)[-1:] == ["name"]:
        found = _person(without_values(text, instead="."))
    if found is None and role in {Role.PLACE, Role.PERSON, Role.TEXT}:
        found = _after_its_name(tool, parameter, text)
    if found is None and role is Role.PERSON:
        found = _low_person(tool, text, login=wants_login(parameter))
    searches = wording.meaning(next(wording.terms(tool.name), "")) == "search"
    searched = searches and parameter.required and role not in {Role.PERSON, Role.PLACE}
    if found is None and (role is Role.QUERY or searched):
        found = search_words(tool, text)
    if found is None and role is Role.TEXT and parameter.required:
        found = _what_is_left(tool, text)
    return found.strip(" ,.;!?") or None if found is not None else None


def is_on_the_way(parameter: Parameter) -> bool:
    """Say whether a place is where something starts or where it goes."""
    return not {*_SOURCES, *_TARGETS}.isdisjoint(wording.words(parameter.name))


def without_title(name: str) -> str:
    """Return a name without the title before it."""
    return re.sub(rf"^{_TITLE}\s+", "", name)


def _on_the_way(text: str, *, is_source: bool) -> str | None:
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


def _address(text: str) -> str | None:
    values = find_values(text, date.min)
    return next((each.written for each in values if each.kind is Kind.ADDRESS), None)


def _what_is_left(tool: ToolCard, text: str) -> str | None:
    """Return the longest stretch that neither the owner's words nor small words explain."""
    own = {*wording.terms(tool.name), *wording.terms(tool.description)}
    own.update(*map(wording.terms, tool.similes))
    for parameter in tool.parameters:
        own.update(wording.terms(f"{parameter.name} {parameter.description}"))
    own |= {term for term in wording.terms(text) if wording.meaning(term) in _meanings(own)}
    runs = _runs(without_values(text, instead="."), own)
    best = max(runs, key=len, default="")
    return best if 0 < len(best.split()) <= _MOST_WORDS_LEFT else None


def _meanings(terms: set[str]) -> set[str]:
    return {meaning for term in terms if (meaning := wording.meaning(term)) is not None}


def may_be_name(said: str, text: str) -> bool:
    """Say whether words may be a name: written as one, or after a word that goes before names."""
    before = text[: max(0, text.lower().find(said.lower()))]
    return said != said.lower() or _CUE_BEFORE.search(before) is not None


def find_told(tool: ToolCard, text: str) -> str | None:
    """Return the whole text if it tells something instead of asking for the tool by its verb.

    "The lift is stuck" is what is to be reported; "report a problem" is not.
    """
    if not wording.acts(tool.name) or _message(text) is not None:
        return None
    opening = next(wording.terms(tool.name), "")
    for piece in _PIECES.split(_POLITE.sub("", text)):
        asks = piece.rstrip().endswith("?") or _COMMAND.match(piece)
        if _TELLS.search(piece) and not asks and opening not in set(wording.terms(piece)):
            return piece.strip(" ,.;!") or None
    return None


def _low_person(tool: ToolCard, text: str, *, login: bool) -> str | None:
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


def quotation(free: Sequence[Found]) -> Found | None:
    """Return the first quotation that nothing else has taken."""
    return next((each for each in free if each.kind is Kind.QUOTED), None)


def search_words(tool: ToolCard, text: str) -> str | None:
    """Return the longest stretch that is neither filler nor command: what is searched for."""
    own = set(wording.terms(tool.name))
    for also_own in (True, False):
        noise = own if also_own else set()
        runs = _runs(text, noise)
        if runs:
            return max(runs, key=len)
    return None


def _runs(text: str, noise: set[str]) -> list[str]:
    """Return the stretches of telling words, small words kept inside a stretch."""
    runs: list[str] = []
    run: list[str] = []
    for token in [*re.findall(r"[\w'’-]+|[^\w\s]", text), "."]:
        low = token.lower()
        if (run and low in _INNER) or _is_telling(low, noise):
            run.append(token)
        elif run:
            while run and run[-1].lower() in _INNER:
                run.pop()
            runs.append(" ".join(run))
            run = []
    return runs


def _is_telling(low: str, noise: set[str]) -> bool:
    if not low[0].isalpha() or wording.is_filler(low):
        return False
    return low not in _SEARCH_NOISE and wording.stem(low) not in noise


def _reason(text: str) -> str | None:
    match = _REASON.search(text)
    return (match.group("value") or match.group("clause")) if match is not None else None


def _message(text: str) -> str | None:
    match = _MESSAGE.search(text)
    if match is None:
        return None
    return match.group("that") or match.group("value") or match.group("rest")


def _place(text: str) -> str | None:
    match = _PLACE.search(text) or _LOW_PLACE.search(text)
    return match.group("value") if match is not None else None


def _person(text: str) -> str | None:
    for pattern in (_PERSON, _ANY_NAME):
        for match in pattern.finditer(text):
            words = re.split(r"['’\s]", match["value"].lower())
            if not wording.is_filler(words[0]):
                return match["value"]
    return None


def _after_its_name(tool: ToolCard, parameter: Parameter, text: str) -> str | None:
    """Return the word after the parameter's own name: ``size L``, ``colour: red``."""
    name = r"\W+".join(re.escape(word) for word in wording.words(parameter.name))
    listed = re.search(rf"\b{name}\b\s*[:=]\s*(?P<value>[^.,;\n]{{2,80}})", text, re.IGNORECASE)
    if listed is not None and not wording.is_filler(listed["value"].strip().lower()):
        return listed["value"].strip()
    match = re.search(rf"\b{name}\b\s*(?:is|=|:|to|of)?\s+(?P<value>[\w'-]+)", text, re.IGNORECASE)
    if match is None or wording.is_filler(match.group("value").lower()):
        return None
    own = {
        *wording.terms(tool.name),
        *(t for one in tool.parameters for t in wording.terms(one.name)),
    }
    return None if wording.stem(match.group("value").lower()) in own else match.group("value")


_READERS: Final[dict[Role, Callable[[str], str | None]]] = {
    Role.REASON: _reason,
    Role.MESSAGE: _message,
    Role.PLACE: _place,
    Role.PERSON: _person,
}
