"""Which tool a sentence asks for: BM25 over what the owner wrote about each tool.

The words of a name or a simile weigh more than those of a parameter. A word that every
tool shares says little; a synonym says less than the word itself. Below ``ENOUGH`` the
sentence asks for none of them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.choices import choices_of, spoken_for
from deftly.agent.models.coverage import by_coverage, letters_of, owners_in
from deftly.agent.models.found import Found, Kind, find_values, without_values
from deftly.agent.models.phrases import akin, pairs_of, phrases_of
from deftly.agent.models.roles import Role, role_of
from deftly.agent.models.toolcard import ToolCard
from deftly.agent.models.typos import nearest
from deftly.agent.models.welcome import welcome

ENOUGH: Final = 0.33

_NAME_WEIGHT: Final = 2.0
_SIMILE_WEIGHT: Final = 1.6
_QUESTION_WEIGHT: Final = 1.4
_DESCRIPTION_WEIGHT: Final = 1.2
_PARAMETER_WEIGHT: Final = 0.5
_SYNONYM_WEIGHT: Final = 0.7
_CHOICE_WEIGHT: Final = 0.8
_VALUE_WEIGHT: Final = 0.45
_PHRASE_WEIGHT: Final = 0.3
_TYPO_WEIGHT: Final = 0.8
_MOST_WORDS_AROUND_A_VALUE: Final = 3
_SATURATION: Final = 1.0
_REPEAT_SHARE: Final = 0.1
_STRANGE_SHARE: Final = 0.4
_LENGTH_SHARE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Match:
    """How well a tool fits.

    Attributes:
        score: About 1 for one telling word in the tool's name; ``ENOUGH`` is the bar.
        telling: Whether one of the shared words sets this tool apart from most others.
        words: How many words of the text it shares.
        made_for: Whether it alone has a place for every value of the text and lacks none.
        complete: Whether the text shows all that it needs, one value of a shape at least.
        shown: How many values of a shape the text holds for it.
        missing: How many of its required values the text does not show.
    """

    tool: ToolCard
    score: float
    telling: bool
    words: int = 1
    made_for: bool = False
    complete: bool = False
    missing: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True)
class _Document:
    """A tool's terms.

    Attributes:
        own: Those of its name, its description and its choices; the words of parameters
            alone ("day", "how much") say little about what a sentence is about.
    """

    tool: ToolCard
    weights: Mapping[str, float]
    length: float
    own: frozenset[str]


class Index:
    """The tools of one conversation, ready to be asked."""

    def __init__(self, tools: Sequence[ToolCard]) -> None:
        """Read every tool once; the cost of a question does not grow with their texts."""
        self._tools = {tool.name: tool for tool in tools}
        self._documents = tuple(_document(tool) for tool in tools)
        lengths = [document.length for document in self._documents]
        self._usual_length = sum(lengths) / len(lengths) if lengths else 1.0
        self._spread = Counter(term for document in self._documents for term in document.weights)
        self._postings: dict[str, list[_Document]] = {}
        for document in self._documents:
            for term in document.weights:
                self._postings.setdefault(term, []).append(document)
        self._phrases: dict[tuple[str, str], list[str]] = {}
        for tool in tools:
            for pair in dict.fromkeys(pair for each in phrases_of(tool) for pair in pairs_of(each)):
                self._phrases.setdefault(pair, []).append(tool.name)
        self._letters = letters_of(tools)
        words = [word for tool in tools for word in _words_of(tool)]
        stems = {word: wording.stem(word) for word in words}
        self._spellings = {stem: stem for stem in stems.values()} | stems

    @property
    def tools(self) -> tuple[ToolCard, ...]:
        """All of them, in the order they were given."""
        return tuple(self._tools.values())

    def rank(self, text: str) -> tuple[Match, ...]:
        """Return the tools that have to do with the text, best first."""
        asked = self._asked(_without_quotations(text))
        scores, telling, words = self._shared_words(asked)
        self._add_phrases(text, scores)
        values = find_values(text, date.min)
        known = sum(weight for term, weight in asked.items() if term in self._postings)
        # A sentence mostly about other things shares a word by chance.
        cover = 1 - _STRANGE_SHARE + _STRANGE_SHARE * known / sum(asked.values()) if asked else 1.0
        if not scores:
            few = len(asked) <= _MOST_WORDS_AROUND_A_VALUE
            pointed_at = self._by_values(text, values) if few else ()
            if pointed_at:
                return pointed_at
        for owner in owners_in(values, self._letters):
            scores.setdefault(owner, 0.0)
        if not scores:
            return ()
        fits = {name: welcome(self._tools[name], text, values) for name in scores}
        telling |= _only_look_up(fits)
        matches = _best_first(
            Match(
                self._tools[name],
                score * cover + _VALUE_WEIGHT * fits[name],
                name in telling,
                words[name],
            )
            for name, score in scores.items()
        )
        return by_coverage(matches, text, values, self._letters)

    def _add_phrases(self, text: str, scores: dict[str, float]) -> None:
        """Add what neighbouring words say that are small words alone: "are there", "how long"."""
        for pair in pairs_of(text):
            holders = self._phrases.get(pair, ())
            for name in holders:
                total = len(self._documents)
                rarity = math.log(1 + total / len(holders)) / math.log(1 + total)
                scores[name] = scores.get(name, 0.0) + _PHRASE_WEIGHT * rarity

    def _asked(self, text: str) -> Mapping[str, float]:
        """Return the terms of a question; a word no tool knows may be one of theirs misspelled."""
        asked: dict[str, float] = {}
        for word in wording.content_words(without_values(text)):
            term, weight = wording.stem(word), 1.0
            if term not in self._postings and f"~{wording.meaning(term)}" not in self._postings:
                near = nearest(word, self._spellings) or akin(word, self._spellings)
                if near is not None:
                    term, weight = self._spellings[near], _TYPO_WEIGHT
            for one, share in _with_meanings([term], weight):
                asked[one] = max(asked.get(one, 0.0), share)
        return asked

    def _by_values(self, text: str, values: Sequence[Found]) -> tuple[Match, ...]:
        """Return the look-ups a bare value points to: ``A-1042?``, ``anything below $50?``."""
        fitting = [
            tool
            for tool in self._tools.values()
            if not wording.acts(tool.name) and welcome(tool, text, values) == 1
        ]
        alone = len(fitting) == 1
        return _best_first(Match(tool, _VALUE_WEIGHT, telling=alone) for tool in fitting)

    def _shared_words(
        self, asked: Mapping[str, float]
    ) -> tuple[dict[str, float], set[str], Counter[str]]:
        scores: dict[str, float] = {}
        telling: set[str] = set()
        words: Counter[str] = Counter()
        for term, weight in asked.items():
            for document in self._postings.get(term, ()):
                name = document.tool.name
                gained = weight * self._rarity(term) * self._share(document, term)
                scores[name] = scores.get(name, 0.0) + gained
                # A word and what it means are one word.
                words[name] += f"~{wording.meaning(term)}" not in document.weights
                if term in document.own and self._tells_apart(term, document.tool, asked):
                    telling.add(name)
        return scores, telling, words

    def _rarity(self, term: str) -> float:
        total, holders = len(self._documents), self._spread[term]
        most = math.log(1 + (total + 0.5) / 1.5)
        return math.log(1 + (total - holders + 0.5) / (holders + 0.5)) / most

    def _tells_apart(self, term: str, tool: ToolCard, asked: Mapping[str, float]) -> bool:
        """Say whether a shared word points to this tool rather than to tools in general.

        ``list`` or ``find`` do so only beside what is listed, or where anything can be found.
        """
        if self._spread[term] > max(1, len(self._documents) // 3):
            return False
        if not wording.is_general(term):
            return True
        _, *rest = (*wording.words(tool.name), "")
        nouns = list(map(wording.stem, rest))
        finds_anything = any(role_of(each) is Role.QUERY for each in tool.parameters)
        return finds_anything or not asked.keys().isdisjoint(nouns)

    def _share(self, document: _Document, term: str) -> float:
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * document.length / self._usual_length
        weight = document.weights[term]
        return weight * (1 + _SATURATION) / (weight + _SATURATION * length)


def _only_look_up(fits: Mapping[str, float]) -> set[str]:
    """Return the look-up the values of the text were made for, if there is just one."""
    most = max(fits.values())
    best = {name for name, fit in fits.items() if fit == most > 0 and not wording.acts(name)}
    return best if len(best) == 1 else set()


def _best_first(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (-match.score, match.tool.name)))


def _document(tool: ToolCard) -> _Document:
    weights: dict[str, float] = {}
    _collect(weights, [tool.name], _NAME_WEIGHT)
    _collect(weights, tool.similes, _SIMILE_WEIGHT)
    _collect(weights, tool.questions, _QUESTION_WEIGHT)
    _collect(weights, [tool.description], _DESCRIPTION_WEIGHT)
    for parameter in tool.parameters:
        _collect(weights, map(spoken_for, choices_of(parameter)), _CHOICE_WEIGHT)
    own = frozenset(weights)
    for parameter in tool.parameters:
        _collect(weights, [parameter.name, parameter.description], _PARAMETER_WEIGHT)
    return _Document(tool, weights, math.sqrt(sum(weights.values())), own)


def _words_of(tool: ToolCard) -> Iterable[str]:
    parameters = (f"{each.name} {each.description}" for each in tool.parameters)
    texts = (tool.name, *tool.similes, *tool.questions, tool.description, *parameters)
    return (word for text in texts for word in wording.content_words(without_values(text)))


def _collect(weights: dict[str, float], texts: Iterable[str], weight: float) -> None:
    """Note each term with the weight of the best place it stands in, and a bit for repeats."""
    for text in texts:
        for term, here in _with_meanings(wording.terms(without_values(text)), weight):
            now = weights.get(term, 0.0)
            weights[term] = max(now, here) + _REPEAT_SHARE * min(now, here)


def _without_quotations(text: str) -> str:
    """Return the text without what is quoted in it, unless little else is left."""
    plain = text
    for found in find_values(text, date.min):
        if found.kind is Kind.QUOTED:
            plain = plain.replace(found.written, " ")
    return plain if wording.content_words(plain) else text


def _with_meanings(stems: Iterable[str], weight: float) -> Iterable[tuple[str, float]]:
    for each in stems:
        yield each, weight
        meaning = wording.meaning(each)
        if meaning is not None:
            yield f"~{meaning}", weight * _SYNONYM_WEIGHT
