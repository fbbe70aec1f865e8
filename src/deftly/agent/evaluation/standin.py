"""What stands in for the engine while a model is tried: calls are recorded, nothing is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Never

from deftly.catalog.loading import Candidate, candidate_of
from deftly.catalog.snapshot import Entry, Snapshot, snapshot_of
from deftly.domain.run import Call, Outcome, Question, RunFault, Status
from deftly.egress.client import GuardedClient
from deftly.egress.policy import Policy
from deftly.egress.resolve import SystemResolver
from deftly.errors import HandlerUnavailable, InvalidDefinition, NotFound
from deftly.handlers.http import HttpTools
from deftly.handlers.tools import HandlerTools
from deftly.values import JsonObject, JsonValue

_NOWHERE: Final = "https://evaluation.example.com/"
_EPOCH: Final = "2026-01-01T00:00:00.000Z"


def compile_actions(actions: Iterable[JsonObject]) -> Snapshot:
    """Return the actions compiled, ready to be offered to a model and never to be run.

    One without a handler is taken for a GET if its mode is ``auto``, and for a POST if not.

    Raises:
        InvalidDefinition: One can never work; the sentence names it.
    """
    tools = _unarmed()
    entries: dict[str, Entry] = {}
    for number, authored in enumerate(actions, 1):
        file = str(authored.get("name") or f"actions[{number - 1}]")
        made = candidate_of(file, "", _with_handler(authored), heads={}, now=_EPOCH, tools=tools)
        if not isinstance(made, Candidate):
            raise InvalidDefinition(f"The action {file} cannot be used: {made.message}")
        if made.tool in entries:
            raise InvalidDefinition(f"Two actions are called {made.tool}; give each its own name.")
        compiled = replace(made.compiled, is_imagined=True)
        entries[made.tool] = Entry(compiled, made.authored, file, "")
    return snapshot_of(entries.values(), ())


def _with_handler(authored: JsonObject) -> JsonObject:
    if "handler" in authored:
        return authored
    method = "GET" if authored.get("executionMode") == "auto" else "POST"
    return {**authored, "handler": {"type": "http", "method": method, "url": _NOWHERE}}


class _NoWidgets:
    """Knows none: nothing is shown in an evaluation."""

    def find(self, name: str) -> Never:
        """Refuse."""
        raise NotFound(f"The widget {name} is not shown in an evaluation.")


def _unarmed() -> HandlerTools:
    """Return what definitions are checked with; no secret can be read with it."""

    async def refuse(name: str, _place: str, /, *, may_bind: bool) -> str:
        del may_bind
        raise HandlerUnavailable(f"The secret {name} is not read in an evaluation.")

    client = GuardedClient(policy=Policy((), frozenset()), resolver=SystemResolver())
    return HandlerTools(HttpTools(client, refuse), _NoWidgets())


@dataclass(frozen=True, slots=True)
class Recorded:
    """A call that reached the engine's place with arguments that fit.

    Attributes:
        asked: A person was asked before.
        writes: The action may change data.
    """

    tool: str
    arguments: JsonObject
    asked: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """The actions of an evaluation, which stay as they are."""

    snapshot: Snapshot


class RecordingEngine:
    """Binds and holds as the engine does; where that one would run, this one writes down."""

    def __init__(self, snapshot: Snapshot, results: Mapping[str, JsonValue]) -> None:
        """Take the actions, and what their calls answer by tool name."""
        self._snapshot = snapshot
        self._results = {name.lower(): value for name, value in results.items()}
        self._held: dict[str, Recorded] = {}
        self.recorded: list[Recorded] = []

    async def call(self, call: Call) -> Outcome:
        """Write the call down, or hold it.

        Raises:
            NotFound: There is no such enabled action.
            InvalidArguments: They do not fit.
        """
        compiled = self._snapshot.by_tool.get(call.tool)
        if compiled is None or not compiled.action.enabled:
            raise NotFound(f"There is no enabled action called {call.tool}.")
        arguments = compiled.schema.bind(call.arguments)
        asked = compiled.asks(cautious=call.cautious)
        recorded = Recorded(call.tool, arguments, asked, compiled.plan.writes)
        self.recorded.append(recorded)
        run_id = f"run-{len(self.recorded)}"
        if not asked:
            return self._done(recorded, run_id)
        self._held[run_id] = recorded
        question = Question(id=run_id, expires_at=_EPOCH, summary={"tool": call.tool}, url="")
        return Outcome(Status.CONFIRM_REQUIRED, run_id, 0.0, confirmation=question)

    def settle(self, question_id: str, *, agreed: bool) -> Outcome:
        """Return the outcome of a held call once the person has answered."""
        recorded = self._held.pop(question_id)
        if agreed:
            return self._done(recorded, question_id)
        fault = RunFault(code="denied", message="The person declined this call.")
        return Outcome(Status.DENIED, question_id, 0.0, error=fault)

    def _done(self, recorded: Recorded, run_id: str) -> Outcome:
        canned: JsonValue = {**recorded.arguments, "status": "done"}
        result: JsonObject = {
            "http_status": 200,
            "ok": True,
            "data": self._results.get(recorded.tool, canned),
        }
        return Outcome(Status.SUCCEEDED, run_id, 0.0, result=result, has_result=True)
