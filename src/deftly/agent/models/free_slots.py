"""Values without a shape: search words, reasons, places, names and messages."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind
from deftly.agent.models.roles import Role
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
    r"\b(?:saying|that says|says|said|called|named|titled|with the (?:message|title|text|note)"
    r"|the (?:message|note|title|text|subject) (?:is |should be )?)\W*(?:that )?"
    r"(?P<value>[^\n]{2,500})|:\s+(?P<rest>[^\n]{2,500})",
    re.IGNORECASE,
)
_CAPITALS: Final = r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3}"  # as phones type it
_BEFORE_A_PERSON: Final = r"for|to|with|from|named|called|name is|name's|[Ii] am|[Ii]'m|about"
_PLACE: Final = re.compile(rf"\b(?:in|to|from|at|near|for|around)\s+(?P<value>{_CAPITALS})")
_LOW_PLACE: Final = re.compile(r"\b(?:in|near|around)\s+(?P<value>[a-z]{3,}(?:\s[a-z]{4,})?)\W*$")
_PERSON: Final = re.compile(rf"\b(?:{_BEFORE_A_PERSON})\s+(?P<value>{_CAPITALS})")
_ANY_NAME: Final = re.compile(rf"(?<=[a-z,] )(?P<value>{_CAPITALS})")
_SEARCH_NOISE: Final = frozenset(
    """search find browse look show list cheap cheapest cheaper price cost max maximum min minimum
    under below over above less than most least up dollars dollar bucks usd euros euro eur pounds
    budget stock sell carry look looking shopping interested""".split()
)
_INNER: Final = frozenset("and for of with in to the a without".split())


def find_free(tool: ToolCard, parameter: Parameter, text: str, role: Role) -> str | None:
    """Return what the text holds for a parameter without a shape, None if nothing points to it."""
    reader = _READERS.get(role)
    found = reader(text) if reader is not None else _after_its_name(parameter, text)
    if found is None and role is Role.QUERY:
        found = search_words(tool, text)
    return found.strip(" ,.;!?") or None if found is not None else None


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
    return (match.group("value") or match.group("rest")) if match is not None else None


def _place(text: str) -> str | None:
    match = _PLACE.search(text) or _LOW_PLACE.search(text)
    return match.group("value") if match is not None else None


def _person(text: str) -> str | None:
    match = _PERSON.search(text) or _ANY_NAME.search(text)
    return match.group("value") if match is not None else None


def _after_its_name(parameter: Parameter, text: str) -> str | None:
    """Return the word after the parameter's own name: ``size L``, ``colour: red``."""
    name = r"\W+".join(re.escape(word) for word in wording.words(parameter.name))
    match = re.search(rf"\b{name}\b\s*(?:is|=|:|to|of)?\s+(?P<value>[\w'-]+)", text, re.IGNORECASE)
    if match is None or wording.is_filler(match.group("value").lower()):
        return None
    return match.group("value")


_READERS: Final[dict[Role, Callable[[str], str | None]]] = {
    Role.REASON: _reason,
    Role.MESSAGE: _message,
    Role.PLACE: _place,
    Role.PERSON: _person,
}
