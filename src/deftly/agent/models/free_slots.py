"""Values without a shape: search words, reasons, messages, and what names are given for."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from deftly.agent.models import proper_names, wording
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
_MOST_WORDS_LEFT: Final = 4
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
    if role is Role.PLACE and proper_names.is_on_the_way(parameter):
        return proper_names.on_the_way(text, is_source=proper_names.is_start(parameter))
    reader = _READERS.get(role)
    found = reader(text) if reader is not None else None
    if role is Role.TEXT and wording.words(parameter.name)[-1:] == ["name"]:
        found = proper_names.person(without_values(text, instead="."))
    if found is None and role in {Role.PLACE, Role.PERSON, Role.TEXT}:
        found = _after_its_name(tool, parameter, text)
    if found is None and role is Role.PERSON:
        found = proper_names.low_person(tool, text, login=wants_login(parameter))
    searches = wording.meaning(next(wording.terms(tool.name), "")) == "search"
    searched = searches and parameter.required and role not in {Role.PERSON, Role.PLACE}
    if found is None and (role is Role.QUERY or searched):
        found = search_words(tool, text)
    if found is None and role is Role.TEXT and parameter.required:
        found = _what_is_left(tool, text)
    return found.strip(" ,.;!?") or None if found is not None else None


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
    Role.PLACE: proper_names.place,
    Role.PERSON: proper_names.person,
}
