"""Trying an action: the same steps as a call, with the tester's word as the approval."""

from dataclasses import dataclass, replace

from deftly.catalog.compile import CompiledAction
from deftly.catalog.edit_checks import refuse_trial
from deftly.domain.access import Principal
from deftly.domain.run import (
    ConsoleLine,
    Ending,
    Run,
    RunEvent,
    RunFault,
    ShownCard,
    Status,
    Trigger,
)
from deftly.engine.execution import Executor, new_run
from deftly.engine.recorder import Recorder
from deftly.engine.redaction import Redactor
from deftly.errors import CallerError, DeftlyError, InvalidArguments, Problem
from deftly.handlers.answer import MODEL_TEXT_LIMIT
from deftly.handlers.handler import Invocation, Prepared
from deftly.values import Clock, IdSource, JsonObject, JsonValue, dump_json


@dataclass(frozen=True, slots=True)
class TestReport:
    """What a tester sees.

    Attributes:
        output: The result's data as text.
        result: What an agent would get.
        request: What was sent, secrets by name.
        received: What came back as text, before the result path.
        note: What its author should know although it succeeded.
        console: What its code wrote to the console.
    """

    ok: bool
    output: str
    duration_ms: float
    result: JsonValue = None
    has_result: bool = False
    request: JsonObject | None = None
    received: str | None = None
    error: RunFault | None = None
    card: ShownCard | None = None
    note: str | None = None
    console: tuple[ConsoleLine, ...] = ()

    def wire(self) -> JsonObject:
        """Return the JSON object callers see."""
        told: JsonObject = {"ok": self.ok, "output": self.output, "durationMs": self.duration_ms}
        if self.has_result:
            told["result"] = self.result
        if self.request is not None:
            told["request"] = self.request
        if self.received is not None:
            told["received"] = self.received
        if self.card is not None:
            told["widget"] = {"name": self.card.widget, "card": self.card.card}
        if self.note is not None:
            told["note"] = self.note
        if self.console:
            told["console"] = [line.wire() for line in self.console]
        if self.error is not None:
            told["error"] = self.error.message
            told["code"] = self.error.code
        return told


class Tester:
    """Runs actions for whoever manages them."""

    def __init__(self, executor: Executor, recorder: Recorder, clock: Clock, ids: IdSource) -> None:
        """Take what a call takes, but the gate."""
        self._executor = executor
        self._recorder = recorder
        self._clock = clock
        self._ids = ids

    async def test(
        self, compiled: CompiledAction, params: JsonValue, principal: Principal, *, stored: bool
    ) -> TestReport:
        """Run an action; only a stored one leaves a run behind.

        Raises:
            NotAllowed: It is an owner's, and the principal could not call it either.
        """
        refuse_trial(compiled.action, principal, stored=stored)
        run_id = self._ids.new_id()
        try:
            arguments = compiled.schema.bind(_object(params))
            prepared = compiled.plan.prepare(Invocation(run_id=run_id, arguments=arguments))
        except DeftlyError as refusal:
            return _refused(refusal)
        run = new_run(
            compiled.action,
            arguments,
            run_id=run_id,
            at=self._clock.now(),
            principal=principal,
            trigger=Trigger.TEST,
            status=Status.RUNNING,
        )
        return await self._executor.unhindered(
            self._carry_out(compiled, run, prepared, stored=stored)
        )

    async def _carry_out(
        self, compiled: CompiledAction, run: Run, prepared: Prepared, *, stored: bool
    ) -> TestReport:
        if stored:
            await self._recorder.begin(run)
        ending = await self._executor.execute(lambda: prepared)
        if stored:
            ending, _ = await self._recorder.finish_begun(run, ending)
        report = _report(compiled.action.handler.type, ending, prepared.shown)
        return replace(report, received=_received(prepared))

    def preview(self, compiled: CompiledAction, params: JsonValue) -> JsonObject:
        """Return the rendered request with secrets by name; nothing is sent.

        Raises:
            InvalidArguments: They do not fit.
            HandlerUnavailable: This kind cannot be rendered here.
        """
        arguments = compiled.schema.bind(_object(params))
        invocation = Invocation(run_id=self._ids.new_id(), arguments=arguments)
        return compiled.plan.prepare(invocation).shown


def _object(params: JsonValue) -> JsonObject:
    if params is None or isinstance(params, dict):
        return params or {}
    message = "params must be an object: the value of each parameter by its name."
    raise InvalidArguments(message, details=[Problem("params", message)])


def _refused(refusal: DeftlyError) -> TestReport:
    message = refusal.message
    if isinstance(refusal, CallerError) and refusal.details:
        message = " ".join(problem.message for problem in refusal.details)
    return TestReport(
        ok=False, output="", duration_ms=0, error=RunFault(code=refusal.code, message=message)
    )


def _report(kind: str, ending: Ending, request: JsonObject) -> TestReport:
    if ending.event is not RunEvent.SUCCEEDED:
        return TestReport(
            ok=False,
            output="",
            duration_ms=ending.duration_ms,
            request=request,
            error=ending.error,
            console=ending.console,
        )
    data, fault = _read(kind, ending.result)
    return TestReport(
        ok=fault is None,
        output=as_text(data),
        duration_ms=ending.duration_ms,
        result=ending.result,
        has_result=True,
        request=request,
        error=fault,
        card=ending.card,
        note=ending.note,
        console=ending.console,
    )


def _received(prepared: Prepared) -> str | None:
    answer = prepared.received
    if answer is None:
        return None
    return as_text(Redactor(prepared.revealed).value(answer["data"]))


def _read(kind: str, result: JsonValue) -> tuple[JsonValue, RunFault | None]:
    """Return the data of a result, and what the other end found wrong."""
    match kind, result:
        case "http", {"http_status": int(status), "data": data}:
            failed = not 200 <= status < 300  # noqa: PLR2004 - RFC 9110
            return data, RunFault(code="http_status", message=f"HTTP {status}") if failed else None
        case "shell", {"exit_code": int(code), "stdout": stdout}:
            return stdout, RunFault(code="exit_code", message=f"Exit code {code}") if code else None
        case _:
            return result, None


def as_text(data: JsonValue) -> str:
    """Return data as a person reads it: text as it is, anything else as compact JSON."""
    text = data if isinstance(data, str) else dump_json(data).decode()
    return text[:MODEL_TEXT_LIMIT]
