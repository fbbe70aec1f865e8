"""Which tools have a place for what a text holds: their arguments are tried on it.

Words say little where many actions speak of the same things. That a text shows all that one
of them needs, and nothing that it has no place for, says a lot.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind, without_values
from deftly.agent.models.proper_names import is_on_the_way
from deftly.agent.models.roles import Role, example_of, role_of
from deftly.agent.models.slots import Filled, fill
from deftly.agent.models.spoken import starts_with_verb
from deftly.agent.models.toolcard import Parameter, ToolCard

if TYPE_CHECKING:
    from deftly.agent.models.retrieval import Match

_MOST_TRIED: Final = 12
_COMPLETE: Final = 0.15
_FOR_EACH: Final = 0.08
_FOR_EACH_UNUSED: Final = 0.12
_FOR_EACH_MISSING: Final = 0.06
_OPENING: Final = 0.15
_NAME_SHARE: Final = 2.0
_ASKED_SHARE: Final = 0.75
_ASKS: Final = re.compile(
    r"\W*(?:(?:hi|hello|hey|sorry|so|and|please|pls)\b\W*)*(?:is|are|does|do|did|has|have|any)\b"
    r"|\W*(?:[\w']+\W+){0,2}?(?:how|what|when|which|where|who)(?:'?s)?\b",
    re.IGNORECASE,
)
_WISHES: Final = re.compile(
    r"\b(?:i'd like|i would like|we'd like|please|can you|could you|i want|i need)\b", re.IGNORECASE
)
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b(?!-\d)")
_FOREIGN_SHARE: Final = 0.25
_OWN: Final = 0.1
_SURE_ROLES: Final = frozenset({Role.CHOICE, Role.TYPED, Role.IDENTIFIER, Role.NUMBER, Role.FLAG})
_SHAPED: Final = frozenset(
    {Kind.IDENTIFIER, Kind.EMAIL, Kind.PHONE, Kind.DATE, Kind.TIME, Kind.URL}
)
_SOME_DAY: Final = date(2000, 1, 1)


def letters_of(tools: Iterable[ToolCard]) -> Mapping[str, frozenset[str]]:
    """Return which tools show identifiers with these letters: ``a`` for ``A-1042``."""
    owners: dict[str, set[str]] = {}
    for tool in tools:
        for parameter in tool.parameters:
            example = example_of(parameter) if role_of(parameter) is Role.IDENTIFIER else None
            if example is not None and (letters := _letters(example)):
                owners.setdefault(letters, set()).add(tool.name)
    return {letters: frozenset(names) for letters, names in owners.items()}


def by_coverage(
    matches: Sequence["Match"],
    text: str,
    values: Sequence[Found],
    letters: Mapping[str, frozenset[str]],
) -> tuple["Match", ...]:
    """Return the matches, best first, the first of them by how well they fit the text too."""
    tried: list[Match] = []
    asks = _ASKS.match(text) is not None and _WISHES.search(text) is None
    names = _names_in(text)
    first = next(iter(wording.terms(text)), "")
    perfect: list[str] = []
    for match in matches[:_MOST_TRIED]:
        filled = fill(match.tool, text, _SOME_DAY)
        sure = [each for each in match.tool.parameters if _is_sure(each, filled)]
        needed = any(each.required for each in match.tool.parameters)
        complete = needed and not filled.missing
        unused = _unused(values, filled) + _NAME_SHARE * _names_unused(names, filled)
        foreign = _is_foreign(match.tool, values, letters)
        score = match.score + _COMPLETE * complete + _FOR_EACH * len(sure)
        score -= _FOR_EACH_UNUSED * unused + _FOR_EACH_MISSING * len(filled.missing)
        score *= _ASKED_SHARE if asks and wording.acts(match.tool.name) else 1
        score *= _FOREIGN_SHARE if foreign else 1
        own = _shows_own(match.tool, values, letters)
        score += _OWN * own
        if complete and not unused and not foreign and (own or len(sure) > 2):  # noqa: PLR2004
            perfect.append(match.tool.name)
        shown = complete and bool(sure)
        on_the_way = sum(role_of(each) is Role.PLACE for each in sure)
        score += _FOR_EACH * on_the_way
        score += _OPENING * (first in verbs_of(match.tool))
        tried.append(
            replace(
                match,
                score=score,
                complete=shown,
                missing=len(filled.missing),
                shown=len(sure),
            )
        )
    alone = perfect[0] if len(perfect) == 1 else None
    known = [
        replace(each, made_for=True, telling=True) if each.tool.name == alone else each
        for each in tried
    ]
    known.sort(key=lambda each: (-each.score, each.tool.name))
    return (*known, *matches[_MOST_TRIED:])


def _is_sure(parameter: Parameter, filled: Filled) -> bool:
    if parameter.name not in filled.arguments:
        return False
    role = role_of(parameter)
    return role in _SURE_ROLES or (role is Role.PLACE and is_on_the_way(parameter))


def _unused(values: Sequence[Found], filled: Filled) -> int:
    taken = " ".join(str(value) for value in filled.arguments.values()).lower()
    shaped = [each for each in values if each.kind in _SHAPED]
    dates = sum(each.kind is Kind.DATE for each in shaped)
    has_date = re.search(r"\d{4}-\d\d-\d\d", taken) is not None
    others = (each for each in shaped if each.kind not in {Kind.DATE, Kind.NUMBER})
    unused = sum(_plain(str(each.value)) not in _plain(taken) for each in others)
    given = filled.arguments.values()
    unused += sum(each.value not in given for each in values if each.kind is Kind.NUMBER)
    return unused + (dates > 0 and not has_date)


def verbs_of(tool: ToolCard) -> set[str]:
    """Return the stems of the verbs its names start with; "ticket" is none."""
    names = (tool.name, *tool.similes)
    firsts = {name: next(iter(wording.terms(name)), "") for name in names}
    return {first for name, first in firsts.items() if wording.acts(name) or starts_with_verb(name)}


def _names_in(text: str) -> list[str]:
    plain = without_values(text)
    return [each for each in _NAME.findall(plain) if not wording.is_filler(each.lower())]


def _names_unused(names: Sequence[str], filled: Filled) -> int:
    taken = " ".join(str(value) for value in filled.arguments.values()).lower()
    return min(1, sum(name.lower() not in taken for name in names))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9@.:]", "", text.lower())


def _is_foreign(
    tool: ToolCard, values: Sequence[Found], letters: Mapping[str, frozenset[str]]
) -> bool:
    owners = _owners(values, letters)
    return bool(owners) and not any(tool.name in names for names in owners)


def _shows_own(
    tool: ToolCard, values: Sequence[Found], letters: Mapping[str, frozenset[str]]
) -> bool:
    return any(tool.name in names for names in _owners(values, letters))


def owners_in(values: Sequence[Found], letters: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the tools that show identifiers like one of these."""
    return frozenset().union(*_owners(values, letters))


def _owners(values: Sequence[Found], letters: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    said = (_letters(str(each.value)) for each in values if each.kind is Kind.IDENTIFIER)
    return [owners for each in said if each and (owners := _owners_of(each, letters))]


def _owners_of(said: str, letters: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return who shows these letters; of letters nobody shows, who shows as many."""
    if said in letters:
        return letters[said]
    alike = (names for shown, names in letters.items() if len(shown) == len(said))
    return frozenset().union(*alike)


def _letters(identifier: str) -> str:
    """Return the letters an identifier starts with; in a code such as K7PX2M there are none."""
    match = re.fullmatch(r"([A-Za-z]{1,6})[-_/]?\d+", identifier)
    return match.group(1).lower() if match is not None else ""
