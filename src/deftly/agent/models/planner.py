"""The local model's next move: call an action, ask for what is missing, or say something.

Everything it knows it reads from the conversation: what it asked before it recognises by
its own wording, so there is no hidden state and a restart loses nothing.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from deftly.agent.models import smalltalk, spoken, wording
from deftly.agent.models.choice import choose, choose_alone, choose_to_ask, shown_to_engine
from deftly.agent.models.clauses import clauses_of
from deftly.agent.models.engine import SuggestedCall
from deftly.agent.models.replies import Done, failed, reply_to
from deftly.agent.models.retrieval import ENOUGH, Index, Match
from deftly.agent.models.roles import Role, role_of
from deftly.agent.models.slots import Filled, fill, fits, read_reply
from deftly.agent.models.toolcard import Parameter, ToolCard
from deftly.values import JsonObject, JsonValue

Suggest: TypeAlias = Callable[[str, Sequence[ToolCard]], Awaitable[tuple[SuggestedCall, ...]]]

_MOST_CHARACTERS: Final = 2000
_WITHOUT_SHAPE: Final = frozenset(
    {Role.QUERY, Role.REASON, Role.MESSAGE, Role.TEXT, Role.PERSON, Role.PLACE, Role.OTHER}
)
_REFERS_BACK: Final = re.compile(
    r"\b(?:it|its|that|this|them|those|these|same|again|there|him|her|his|their|one)\b",
    re.IGNORECASE,
)
_BARE_KINDS: Final = frozenset({Role.QUERY, Role.REASON, Role.MESSAGE, Role.TEXT})


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of the conversation so far."""

    by_person: bool
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What the model is asked to go on from.

    Attributes:
        earlier: The messages before the person's last one, oldest first.
        text: The person's last message.
        calls: How many calls this turn has made already.
        news: What came back since the model last spoke.
        answered: Whether it has spoken in this turn already.
        remembered: Arguments and results of the calls so far by name, the latest of each.
    """

    earlier: tuple[Spoken, ...]
    text: str
    calls: int = 0
    news: tuple[Done, ...] = ()
    answered: bool = False
    remembered: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """Call this action with these arguments."""

    tool: ToolCard
    arguments: JsonObject


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person this; a question is said too."""

    text: str


async def next_step(
    turn: Turn, tools: Sequence[ToolCard], index: Index, suggest: Suggest, today: date
) -> Call | Say:
    """Return what to do next in a turn."""
    text = turn.text[:_MOST_CHARACTERS]
    if turn.news:
        return await _after_results(turn, tools, index, suggest, today)
    waiting = _question_before(turn, tools)
    if waiting is not None:
        step = _answered(waiting, turn, index, today)
        if step is not None:
            return step
    talk = smalltalk.small_talk(text)
    if not index.rank(text) or talk not in {None, smalltalk.Talk.BACKING_OUT}:
        return Say(smalltalk.answer_to(talk, tools))
    first = clauses_of(text, index)[0]
    step = await _request(first, turn, tools, index, suggest, today)
    return step or Say(smalltalk.answer_to(talk, tools))


async def _after_results(
    turn: Turn, tools: Sequence[ToolCard], index: Index, suggest: Suggest, today: date
) -> Call | Say:
    """Go on with the next request of the message, or tell what came of the calls."""
    text = turn.text[:_MOST_CHARACTERS]
    clauses = () if turn.answered else clauses_of(text, index)
    told = "\n\n".join(reply_to(done) for done in turn.news)
    if turn.calls >= len(clauses):
        return Say(told)
    if any(failed(done) for done in turn.news):
        return Say(f"{told}\n\nI have not done the rest of what you asked.")
    step = await _request(clauses[turn.calls], turn, tools, index, suggest, today)
    match step:
        case Call() if any(_is_done(step, done) for done in turn.news):
            return Say(told)
        case Call():
            return step
        case Say():
            return Say(f"{told}\n\n{step.text}")
        case None:
            return Say(told)


def _is_done(call: Call, done: Done) -> bool:
    return (call.tool.name, call.arguments) == (done.tool.name, done.arguments)


async def _request(
    clause: str, turn: Turn, tools: Sequence[ToolCard], index: Index, suggest: Suggest, today: date
) -> Call | Say | None:
    """Return the step for one request; what it leaves open may stand in the rest of the text."""
    text = turn.text[:_MOST_CHARACTERS]
    ranked = index.rank(clause)
    if not ranked:
        return None
    sure = choose_alone(clause, ranked)
    filled = fill(sure, clause, today) if sure is not None else None
    # The engine takes its time, so it is asked for what the text does not show by itself.
    if sure is None or filled is None or _engine_may_know(filled):
        suggestions = await suggest(clause, shown_to_engine(ranked, tools))
        choice = choose(clause, ranked, suggestions)
        if choice is None:
            return _question_alone(ranked, clause, today)
        sure, filled = choice.tool, fill(choice.tool, clause, today, choice.suggested)
    if filled.missing and clause != text:
        filled = _together(sure, filled, fill(sure, text, today))
    filled = _with_remembered(sure, filled, clause, turn.remembered)
    return _call_or_ask(sure, filled)


def _question_alone(ranked: Sequence[Match], clause: str, today: date) -> Say | None:
    tool = choose_to_ask(ranked)
    missing = fill(tool, clause, today).missing if tool is not None else ()
    return Say(spoken.question_for(tool, missing)) if tool is not None and missing else None


def _engine_may_know(filled: Filled) -> bool:
    return any(role_of(each) in _WITHOUT_SHAPE for each in filled.missing)


def _with_remembered(
    tool: ToolCard, filled: Filled, text: str, remembered: Mapping[str, JsonValue]
) -> Filled:
    """Return it with what "it" stands for: values of calls made before, by their names."""
    if not filled.missing or not remembered or not _REFERS_BACK.search(text):
        return filled
    known = {
        each.name: remembered[each.name]
        for each in filled.missing
        if each.name in remembered and fits(each.schema, remembered[each.name])
    }
    return _together(tool, filled, Filled(known, ()))


def _call_or_ask(tool: ToolCard, filled: Filled) -> Call | Say:
    if filled.missing:
        return Say(spoken.question_for(tool, filled.missing))
    return Call(tool, filled.arguments)


def _together(tool: ToolCard, first: Filled, more: Filled) -> Filled:
    known = {**more.arguments, **first.arguments}
    arguments = {each.name: known[each.name] for each in tool.parameters if each.name in known}
    missing = (each for each in tool.parameters if each.required and each.name not in known)
    return Filled(arguments, tuple(missing))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A question of ours that the person's message may answer."""

    tool: ToolCard
    asked_with: str


def _question_before(turn: Turn, tools: Sequence[ToolCard]) -> _Waiting | None:
    """Return the action our last message asked about, and all that was said for it so far."""
    lines = turn.earlier
    if turn.calls or not lines or lines[-1].by_person:
        return None
    # A question may follow what a first action returned, so it is the last paragraph.
    question = lines[-1].text.rsplit("\n\n", 1)[-1]
    tool = next((each for each in tools if spoken.asks_for(question, each)), None)
    if tool is None:
        return None
    said: list[str] = []
    for line in reversed(lines[:-1]):
        if line.by_person:
            said.append(line.text)
        elif not spoken.asks_for(line.text.rsplit("\n\n", 1)[-1], tool):
            break
    return _Waiting(tool, " . ".join(reversed(said))[-_MOST_CHARACTERS:])


def _answered(waiting: _Waiting, turn: Turn, index: Index, today: date) -> Call | Say | None:
    """Return the step that follows from the answer, None if the message is about something else."""
    text = turn.text[:_MOST_CHARACTERS]
    if smalltalk.small_talk(text) is smalltalk.Talk.BACKING_OUT:
        return Say(smalltalk.answer_to(smalltalk.Talk.BACKING_OUT, ()))
    before = fill(waiting.tool, waiting.asked_with, today)
    given = _given(waiting.tool, before.missing, text, today)
    if _asks_for_another(waiting.tool, text, index, by_value=bool(given)):
        return None
    if not given:
        talk = smalltalk.small_talk(text)
        if talk is not None or text.rstrip().endswith("?"):
            return None
    after = _together(waiting.tool, before, Filled(given, ()))
    return _call_or_ask(waiting.tool, after)


def _given(tool: ToolCard, missing: Sequence[Parameter], text: str, today: date) -> JsonObject:
    """Return the missing values a reply holds; what is left of it answers the last open text."""
    wanted: JsonObject = {
        "properties": {each.name: each.schema for each in missing},
        "required": [each.name for each in missing],
    }
    if len(missing) == 1:
        value = read_reply(missing[0], text, today)
        return {} if value is None or _is_talk(missing[0], text) else {missing[0].name: value}
    filled = fill(ToolCard(tool.name, tool.description, wanted), text, today)
    given = filled.arguments
    if given and len(filled.missing) == 1 and role_of(filled.missing[0]) in _BARE_KINDS:
        rest = _without(text, [str(value) for value in given.values()])
        value = read_reply(filled.missing[0], rest, today) if wording.content_words(rest) else None
        if value is not None:
            given = {**given, filled.missing[0].name: value}
    return given


def _is_talk(parameter: Parameter, text: str) -> bool:
    return role_of(parameter) in _BARE_KINDS | {Role.PERSON, Role.PLACE} and (
        smalltalk.small_talk(text) is not None or text.rstrip().endswith("?")
    )


def _without(text: str, values: Sequence[str]) -> str:
    for value in values:
        text = re.sub(rf"#?{re.escape(value)}", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(" ,.;:-")


def _asks_for_another(tool: ToolCard, text: str, index: Index, *, by_value: bool) -> bool:
    """Say whether a message starts another request instead of answering the question."""
    best = next(iter(index.rank(text)), None)
    if best is None or best.tool.name == tool.name or not best.telling:
        return False
    first = next(iter(wording.terms(text)), "")
    opens = first in set(wording.terms(best.tool.name)) or text.rstrip().endswith("?")
    return opens and best.score >= (2 * ENOUGH if by_value else ENOUGH)
