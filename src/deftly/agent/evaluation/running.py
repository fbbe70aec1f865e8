"""Holding the conversations of a case file with a model, and noting what it did."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from typing import Final

from pydantic_ai.models import Model

from deftly.agent.evaluation import judging
from deftly.agent.evaluation.cases import Case, CaseSet, Step
from deftly.agent.evaluation.standin import Offered, Recorded, RecordingEngine
from deftly.agent.events import AgentEvent, TextDelta, TurnFailed, TurnFinished
from deftly.agent.loop import INSTRUCTIONS, Conversation
from deftly.agent.models.local import LocalModel
from deftly.agent.models.toolcard import Parameter, ToolCard
from deftly.agent.toolset import ActionToolset, Caller
from deftly.catalog.snapshot import Snapshot
from deftly.domain.access import LOCAL_OWNER
from deftly.domain.run import Trigger
from deftly.errors import InvalidRequest

_MOST_QUESTIONS: Final = 8


@dataclass(frozen=True, slots=True)
class StepResult:
    """What came of one message.

    Attributes:
        asked: The reply asks for every parameter it was to ask for.
        fault: The sentence of a turn that broke off.
        took_ms: From the message to the end of the turn; nobody was waited for.
    """

    step: Step
    made: tuple[Recorded, ...]
    reply: str
    asked: bool
    took_ms: float
    fault: str = ""

    @property
    def is_right(self) -> bool:
        """Whether all of it is as expected."""
        return not self.fault and judging.is_right(self.step, self.made, asked_for=self.asked)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case, message by message."""

    case: Case
    steps: tuple[StepResult, ...]

    @property
    def is_right(self) -> bool:
        """Whether every step went as expected, and nothing was written unasked."""
        unasked = self.case.no_automatic_write and self.automatic_writes
        return not unasked and all(each.is_right for each in self.steps)

    @property
    def automatic_writes(self) -> int:
        """How many calls that may change data went through without a person."""
        made = (call for each in self.steps for call in each.made)
        return sum(call.writes and not call.asked for call in made)


class DayClock:
    """A clock that stands at noon of one day; seconds go on."""

    def __init__(self, day: date) -> None:
        """Take the day, as the machine's own time zone has it."""
        self._now = datetime.combine(day, time_of_day(12)).astimezone()

    def now(self) -> datetime:
        """Return noon of the day, in UTC."""
        return self._now.astimezone(UTC)

    def monotonic_s(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()


@asynccontextmanager
async def open_model(
    name: str, today: date | None, build: Callable[[str], Model]
) -> AsyncIterator[Model]:
    """Hold the named model, loaded; the local one believes that it is the given day.

    Raises:
        ModelUnavailable: There is no such model here; the message says what to set.
    """
    model = build(name)
    if not isinstance(model, LocalModel):
        yield model
        return
    local = LocalModel(clock=DayClock(today)) if today is not None else model
    try:
        await local.prewarm()
        yield local
    finally:
        await local.close()


def check_cases(cases: CaseSet, snapshot: Snapshot) -> None:
    """Refuse cases that expect what no action has: they could never be right.

    Raises:
        InvalidRequest: With the case and what it names.
    """
    for case in cases.cases:
        for step in case.steps:
            for reason in _faults(step, snapshot):
                raise InvalidRequest(f"{cases.name}, {case.id}: {reason}")


def _faults(step: Step, snapshot: Snapshot) -> Iterator[str]:
    for call in step.calls or ():
        compiled = snapshot.by_tool.get(call.tool.lower())
        if compiled is None:
            names = ", ".join(sorted(snapshot.by_tool))
            yield f"there is no action {call.tool}; there are {names}."
            continue
        declared = compiled.schema.declared_names
        for name in call.arguments:
            if name not in declared:
                known = ", ".join(declared) or "none"
                yield f"{call.tool} has no argument {name}; it has {known}."
    everything = {name for one in snapshot.actions for name in one.schema.declared_names}
    for name in step.asks:
        if name not in everything:
            yield f"no action has an argument {name} to ask for."


async def run_sets(
    sets: Sequence[tuple[CaseSet, Snapshot]], name: str, build: Callable[[str], Model]
) -> list[tuple[CaseSet, list[CaseResult]]]:
    """Return what came of every case of some sets with the named model.

    Raises:
        ModelUnavailable: There is no such model here; the message says what to set.
    """
    results = []
    for cases, actions in sets:
        async with open_model(name, cases.today, build) as model:
            results.append((cases, [one async for one in run_cases(cases, actions, model)]))
    return results


async def run_cases(cases: CaseSet, snapshot: Snapshot, model: Model) -> AsyncIterator[CaseResult]:
    """Hold one conversation a case, and yield what came of each."""
    for case in cases.cases:
        yield await _run_case(case, cases, snapshot, model)


async def _run_case(case: Case, cases: CaseSet, snapshot: Snapshot, model: Model) -> CaseResult:
    engine = RecordingEngine(snapshot, case.results)
    # With the local model every write asks, here as everywhere.
    cautious = isinstance(model, LocalModel)
    caller = Caller(LOCAL_OWNER, Trigger.CHAT, f"evaluation-{case.id}", cautious=cautious)
    toolset = ActionToolset(engine, Offered(snapshot), caller)
    instructions = INSTRUCTIONS
    if cases.today is not None:
        instructions += f"\nToday is {cases.today:%A}, {cases.today.isoformat()}."
    conversation = Conversation(model=model, toolset=toolset, instructions=instructions)
    talk = _Talk(conversation, engine, agrees=not case.no_automatic_write)
    results = [await talk.step(step, _wanted(step, snapshot)) for step in case.steps]
    return CaseResult(case, tuple(results))


def _wanted(step: Step, snapshot: Snapshot) -> tuple[tuple[str, Parameter], ...]:
    """Return the parameters to be asked for, with the tools that have them."""
    cards = [
        ToolCard(one.action.tool, one.action.description, one.action.input_schema)
        for one in snapshot.actions
    ]
    return tuple(
        (card.name, parameter)
        for card in cards
        for parameter in card.parameters
        if parameter.name in step.asks
    )


class _Talk:
    """A conversation, and a person who answers its questions at once."""

    def __init__(
        self, conversation: Conversation, engine: RecordingEngine, *, agrees: bool
    ) -> None:
        self._conversation = conversation
        self._engine = engine
        self._agrees = agrees

    async def step(self, step: Step, wanted: Sequence[tuple[str, Parameter]]) -> StepResult:
        before = len(self._engine.recorded)
        started = time.perf_counter()
        said, fault, finished = await self._read(self._conversation.run_turn(step.say))
        for _ in range(_MOST_QUESTIONS):
            if finished is None or not finished.waiting:
                break
            outcomes = {
                one.call_id: self._engine.settle(one.question.id, agreed=self._agrees)
                for one in finished.waiting
            }
            more, fault, finished = await self._read(self._conversation.resume(outcomes))
            said += more
        took_ms = (time.perf_counter() - started) * 1000
        asked = all(
            any(judging.asks_for(said, one, tool) for tool, one in wanted if one.name == name)
            for name in step.asks
        )
        made = tuple(self._engine.recorded[before:])
        return StepResult(step, made, said, asked, took_ms, fault)

    async def _read(
        self, events: AsyncGenerator[AgentEvent, None]
    ) -> tuple[str, str, TurnFinished | None]:
        said, fault, finished = "", "", None
        async with aclosing(events) as turn:
            async for event in turn:
                match event:
                    case TextDelta(text=text):
                        said += text
                    case TurnFailed(message=message):
                        fault = message
                    case TurnFinished():
                        finished = event
                    case _:
                        pass
        return said, fault, finished
