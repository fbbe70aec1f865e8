"""Which action a request means: the retrieval's order, checked against the engine's call.

The engine alone is timid: asked in natural words it mostly stays silent. The retrieval
alone takes a shared word for a wish. Where both point to one action it is taken; where
only the retrieval speaks it has to be sure, and for an action that changes something it
has to have seen the verb.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.engine import SuggestedCall
from deftly.agent.models.retrieval import ENOUGH, Match
from deftly.agent.models.toolcard import ToolCard
from deftly.values import JsonObject

SHOWN_TO_ENGINE: Final = 3
ALL_SHOWN_UP_TO: Final = 6

_SURE: Final = 2 * ENOUGH
_ASKED: Final = 1.3 * ENOUGH
_CLEAR_LEAD: Final = 1.3
_STRONG_WORDS: Final = 2
_AGREED: Final = 0.2
_RIVAL_SHARE: Final = 0.7
_CLOSE_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """An action, and the arguments the engine would give it."""

    tool: ToolCard
    suggested: JsonObject


def shown_to_engine(ranked: Sequence[Match], tools: Sequence[ToolCard]) -> tuple[ToolCard, ...]:
    """Return the tools the engine is asked about: all of a few, the best ranked of many.

    Reading three tools takes it most of a second, and it keeps what it has read: a small
    set that stays the same costs that once.
    """
    if len(tools) <= ALL_SHOWN_UP_TO:
        return tuple(tools)
    return tuple(match.tool for match in ranked[:SHOWN_TO_ENGINE])


def choose_alone(text: str, ranked: Sequence[Match]) -> ToolCard | None:
    """Return the action the retrieval is sure of by itself, None if the engine is to be asked."""
    likely = [match for match in ranked if _may_be_meant(match, text, ())]
    if not likely or likely[0] is not ranked[0]:
        return None
    best, *others = likely
    clear = all(_CLEAR_LEAD * other.score <= best.score for other in others[:1])
    known = best.telling or best.complete
    return best.tool if known and best.score >= _SURE and clear else None


def choose_to_ask(ranked: Sequence[Match]) -> ToolCard | None:
    """Return the action a text that does not name the act may be about: reason for a question.

    "I lost my card" asks for nothing, and hardly anybody says it for another reason.
    """
    best = next(iter(ranked), None)
    if best is not None and best.shown and best.score >= _ASKED:
        return best.tool
    if best is None or best.score < _SURE:
        return None
    return best.tool if best.telling or best.words >= _STRONG_WORDS else None


def choose(
    text: str, ranked: Sequence[Match], suggestions: Sequence[SuggestedCall]
) -> Choice | None:
    """Return the action the text asks for, None if it asks for none of them."""
    likely = [match for match in ranked if _may_be_meant(match, text, suggestions)]
    if not likely:
        return None
    best = likely[0]
    if not best.telling:
        close = (each for each in likely if each.score >= _CLOSE_SHARE * best.score)
        best = next((each for each in close if each.telling), best)
    for match in likely:
        meant = any(call.meant and call.tool == match.tool.name for call in suggestions)
        if meant and match.score >= max(_AGREED, _RIVAL_SHARE * best.score):
            best = match
            break
    suggested = next((call for call in suggestions if call.tool == best.tool.name), None)
    sure = best.score >= ENOUGH and (best.telling or best.complete)
    sure = sure or best.made_for
    agreed = suggested is not None and best.score >= _AGREED and (suggested.meant or best.telling)
    if not (sure or agreed):
        return None
    return Choice(best.tool, suggested.arguments if suggested is not None else {})


def _may_be_meant(match: Match, text: str, suggestions: Sequence[SuggestedCall]) -> bool:
    if match.made_for and (match.words or not wording.acts(match.tool.name)):
        return True
    if not wording.acts(match.tool.name) or names_the_act(match.tool, text):
        return True
    strong = match.telling and match.words >= _STRONG_WORDS
    shown = match.complete and match.words + match.shown > _STRONG_WORDS
    if match.score >= _SURE and (strong or shown):
        return True
    meant = any(call.meant and call.tool == match.tool.name for call in suggestions)
    return meant and match.telling


def names_the_act(tool: ToolCard, text: str) -> bool:
    """Say whether the text has a verb of the tool's names, or one that means the same.

    The verbs that only say that something new comes about (``create``, ``add``) leave the
    meaning to the noun: ``create_return`` is asked for by "return".
    """
    spoken = set(wording.terms(text))
    spoken |= {meaning for term in spoken if (meaning := wording.meaning(term)) is not None}
    acts: set[str] = set()
    for name in (tool.name, *tool.similes):
        parts = list(wording.terms(name))
        verbs = parts[:2] if parts and wording.meaning(parts[0]) == "create" else parts[:1]
        acts.update(verbs)
        acts.update(filter(None, map(wording.meaning, verbs)))
    return bool(acts & spoken)
