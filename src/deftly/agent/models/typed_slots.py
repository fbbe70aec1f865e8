"""Values with a shape: choices, flags, dates, addresses and lists."""

import re
from collections.abc import Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.choices import Named
from deftly.agent.models.found import Found, Kind
from deftly.agent.models.identifiers import spelled_like
from deftly.agent.models.roles import Role, example_of, kind_of
from deftly.agent.models.toolcard import Parameter, ToolCard
from deftly.agent.models.typos import nearest
from deftly.values import JsonScalar, JsonValue

_NEGATION: Final = re.compile(r"\b(?:no|not|without|don't|dont|never|n't)\b(?:\W+\w+){0,2}\W*$")
_NO_EARLIER: Final = re.compile(
    r"\b(?:not before|no earlier than|not earlier than)\W*$", re.IGNORECASE
)
_TRUE_OR_FALSE: Final = re.compile(
    r"\btrue\b(?P<yes>[^;]*?)\W*\bfalse\b(?P<no>[^;]*)", re.IGNORECASE
)
_TOWARDS: Final = frozenset("to into in target destination onto count".split())
_FROM: Final = frozenset("from source origin".split())
_STARTS: Final = frozenset("since from start begin starting after in checkin arrival".split())
_ENDS: Final = frozenset("until till to end through before by due deadline out return".split())
_NOT_THIS: Final = re.compile(
    r"\b(?:instead of|rather than|not|no longer|can't (?:do|make))(?: on)?\W*$", re.IGNORECASE
)
_FEWEST_PHONE_DIGITS: Final = 5


def find_choice(parameter: Parameter, text: str, named: Sequence[Named]) -> Named | None:
    """Return the choice meant for the parameter among those the text names.

    ``to`` and ``from`` decide between parameters that allow the same values; without such a
    word the longest name counts.
    """
    if not named:
        return None
    wanted = set(wording.words(parameter.name))
    spoken = wording.words(text)

    def fit(one: Named) -> tuple[int, int]:
        before = set(spoken[max(0, one.start - 2) : one.start])
        to, source = bool(before & _TOWARDS), bool(before & _FROM)
        cue = (to - source) if wanted & _TOWARDS else (source - to) if wanted & _FROM else 0
        return cue, len(one.choice)

    best = max(named, key=fit)
    return best if fit(best)[0] >= 0 else None


def find_flag(tool: ToolCard, parameter: Parameter, text: str) -> JsonScalar:
    """Return true or false if the text speaks of the parameter, None if it does not.

    What all of the tool is about says nothing about one flag of it.
    """
    wanted = {wording.stem(w) for w in wording.words(parameter.name) if not wording.is_filler(w)}
    own = {*wording.terms(tool.name), *wording.terms(tool.description)}
    wanted = wanted - own or wanted
    low = text.lower()
    told = _TRUE_OR_FALSE.search(parameter.description)
    if told is not None:
        spoken = set(wording.terms(text))
        if_true, if_false = (set(wording.terms(told[part])) for part in ("yes", "no"))
        shared = len(spoken & (if_true - if_false)) - len(spoken & (if_false - if_true))
        if shared:
            return shared > 0
    for match in re.finditer(r"[a-z]+", low):
        stem = wording.stem(match.group())
        if stem in wanted or nearest(stem, wanted) is not None:
            return _NEGATION.search(low[: match.start()]) is None
    return None


def find_typed(parameter: Parameter, text: str, free: Sequence[Found]) -> Found | None:
    """Return the address, date or time meant for the parameter.

    Of several the first counts, unless a word before one says that it is a start or an end.
    """
    kind = kind_of(parameter)
    wanted = set(wording.words(parameter.name))
    best, best_fit = None, -1
    for each in free:
        if each.kind is not kind and not _is_bare_phone(kind, each):
            continue
        words = re.findall(r"[a-z]+", f"{text[: each.start]} {each.written.split()[0]}".lower())
        before = set(words[-2:])
        if _NO_EARLIER.search(text[: each.start]):
            before = {"after"}
        starts, ends = bool(before & _STARTS), bool(before & _ENDS)
        if _NOT_THIS.search(text[: each.start]):
            continue
        fit = (ends - starts) if wanted & _ENDS else (starts - ends) if wanted & _STARTS else 0
        if fit > best_fit:
            best, best_fit = each, fit
    return best


def _is_bare_phone(kind: Kind | None, found: Found) -> bool:
    digits = sum(character.isdigit() for character in found.written)
    return kind is Kind.PHONE and found.kind is Kind.IDENTIFIER and digits > _FEWEST_PHONE_DIGITS


def find_list(parameter: Parameter, item_role: Role, free: Sequence[Found]) -> list[Found]:
    """Return every value that fits the items of a list parameter."""
    kinds: dict[Role, set[Kind]] = {
        Role.NUMBER: {Kind.NUMBER},
        Role.IDENTIFIER: {Kind.IDENTIFIER, Kind.UUID},
        Role.TEXT: {Kind.QUOTED},
    }
    wanted = kinds.get(item_role, set())
    kind = kind_of(parameter)
    if kind is not None:
        wanted = {kind}
    return [each for each in free if each.kind in wanted]


def as_argument(parameter: Parameter, found: Found) -> JsonValue:
    """Return the found value in the parameter's type."""
    if parameter.kind == "string" and not isinstance(found.value, str):
        return found.written.lstrip("#").strip()
    if found.kind is Kind.IDENTIFIER and isinstance(found.value, str):
        return spelled_like(example_of(parameter), found.value)
    if parameter.kind == "number" and isinstance(found.value, float) and found.value.is_integer():
        return int(found.value)
    return found.value
