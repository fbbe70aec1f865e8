"""Every call, whatever door it came through: bind, gate, run, record.

``Engine.call`` is the only way to a handler; ``confirm`` is its second half for calls a
person was asked about, and ``test`` the same steps with the tester's word as approval.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from deftly.catalog.catalog import Catalog
from deftly.catalog.compile import CompiledAction
from deftly.domain.access import Principal
from deftly.domain.run import Call, Ending, Outcome, Run, Status, outcome_of
from deftly.engine.answers import EarlierRuns
from deftly.engine.execution import Executor, new_run, outcome_of_ending
from deftly.engine.gate import Gate, arguments_digest, as_shown
from deftly.engine.invoking import invocation_confirmed, invocation_of
from deftly.engine.limits import CallLimiter
from deftly.engine.recorder import Recorder
from deftly.engine.testing import Tester, TestReport
from deftly.engine.verdicts import told_outcome
from deftly.errors import DeftlyError, EgressDenied, HandlerUnavailable, NoBrowser, NotFound
from deftly.handlers.handler import Plan, Prepared
from deftly.store.changes import Changes
from deftly.store.conversations import Conversations
from deftly.store.idempotency import Idempotency
from deftly.store.runs import Runs
from deftly.values import Clock, IdSource, JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class EngineStores:
    """Where calls leave their traces."""

    runs: Runs
    conversations: Conversations
    changes: Changes


class Engine:
    """Carries out calls."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        gate: Gate,
        limiter: CallLimiter,
        stores: EngineStores,
        clock: Clock,
        ids: IdSource,
    ) -> None:
        """Take the collaborators."""
        self._catalog = catalog
        self._gate = gate
        self._limiter = limiter
        self._runs = stores.runs
        self._conversations = stores.conversations
        self._clock = clock
        self._ids = ids
        self._executor = Executor(clock)
        self._recorder = Recorder(stores.runs)
        self._earlier = EarlierRuns(stores.runs, stores.changes, gate)
        self._tester = Tester(self._executor, self._recorder, clock, ids)

    async def call(self, call: Call) -> Outcome:
        """Run an action, or hold it until a person has answered.

        Raises:
            NotFound: There is no such enabled action, or the conversation is not the caller's.
            InvalidArguments: They do not fit; nothing was sent.
            TooMany: A limit is reached; nothing was sent.
            IdempotencyConflict: The key was used with other arguments.
            StoreUnavailable: The call cannot be recorded; nothing was sent.
        """
        compiled = self._find(call.tool)
        arguments = compiled.schema.bind(call.arguments)
        if call.conversation_id is not None:
            await self._conversations.claim(call.conversation_id, call.principal.id)
        idempotency = _idempotency(call, arguments)
        if idempotency is not None:
            # A repeat costs nothing, so no limit stands in its way.
            earlier = await self._runs.earlier(call.principal.id, call.tool, idempotency)
            if earlier is not None:
                return await self._earlier.outcome(earlier, call.principal, compiled.plan.timeout_s)
        self._limiter.take(call.principal, compiled.action)
        asks = compiled.asks(cautious=call.cautious)
        run = self._new_run(call, compiled, arguments, held=asks)
        try:
            prepared = compiled.plan.prepare(invocation_of(call, run))
            if asks:
                return await self._hold(call, compiled, prepared, run)
        except (HandlerUnavailable, EgressDenied, NoBrowser) as refusal:
            outcome = await self._refuse(call, run, refusal, compiled.plan.timeout_s)
        else:
            outcome = await self._start(call, run, prepared, compiled.plan)
        return told_outcome(outcome, call.principal)

    def _find(self, tool: str) -> CompiledAction:
        compiled = self._catalog.snapshot.by_tool.get(tool)
        if compiled is None or not compiled.action.enabled:
            message = f"There is no enabled action called {tool}."
            raise NotFound(message)
        return compiled

    def _new_run(
        self,
        call: Call,
        compiled: CompiledAction,
        arguments: Mapping[str, JsonValue],
        *,
        held: bool,
    ) -> Run:
        return new_run(
            compiled.action,
            arguments,
            run_id=self._ids.new_ordered_id(),
            at=self._clock.now(),
            principal=call.principal,
            trigger=call.trigger,
            conversation_id=call.conversation_id,
            status=Status.CONFIRM_REQUIRED if held else Status.RUNNING,
        )

    async def _hold(
        self, call: Call, compiled: CompiledAction, prepared: Prepared, run: Run
    ) -> Outcome:
        idempotency = _idempotency(call, run.arguments)
        held, question = await self._gate.hold(call, compiled, prepared, run, idempotency)
        if question is None:
            return await self._earlier.outcome(held, call.principal, compiled.plan.timeout_s)
        return outcome_of(held, question=question)

    async def _start(self, call: Call, run: Run, prepared: Prepared, plan: Plan) -> Outcome:
        if not plan.writes and call.idempotency_key is None:
            return await self._look_up(run, prepared)
        return await self._once(
            call, run, lambda: self._carry_out(run, lambda: prepared), plan.timeout_s
        )

    async def _look_up(self, run: Run, prepared: Prepared) -> Outcome:
        """Carry out what changes nothing: it may be given up, and is recorded once."""
        record = await self._recorder.begin_look_up(run)
        started_s = self._clock.monotonic_s()
        try:
            ending = await self._executor.execute(lambda: prepared)
        except asyncio.CancelledError:
            given_up = self._executor.abandoned(started_s)
            self._executor.afterwards(self._recorder.finish(record, given_up))
            raise
        ending, recorded = await self._recorder.finish(record, ending)
        return outcome_of_ending(run, ending, recorded=recorded)

    async def _refuse(
        self, call: Call, run: Run, refusal: DeftlyError, timeout_s: float
    ) -> Outcome:
        """Record a call that was refused before anything was sent."""
        run = run.with_(status=Status.RUNNING, started_at=run.created_at)
        ending = self._executor.refused(refusal)
        return await self._once(call, run, partial(self._finish, run, ending), timeout_s)

    async def _once(
        self, call: Call, run: Run, work: Callable[[], Awaitable[Outcome]], timeout_s: float
    ) -> Outcome:
        """Do the work, or answer with the run an idempotency key had before."""
        # From the record on: a caller who goes away must not leave a run that never ends.
        done = await self._executor.unhindered(self._begun(call, run, work))
        if isinstance(done, Run):
            return await self._earlier.outcome(done, call.principal, timeout_s)
        return done

    async def _begun(
        self, call: Call, run: Run, work: Callable[[], Awaitable[Outcome]]
    ) -> Outcome | Run:
        earlier = await self._recorder.begin(run, _idempotency(call, run.arguments))
        return await work() if earlier is None else earlier

    async def _carry_out(self, run: Run, prepare: Callable[[], Prepared]) -> Outcome:
        return await self._finish(run, await self._executor.execute(prepare))

    async def _finish(self, run: Run, ending: Ending) -> Outcome:
        ending, recorded = await self._recorder.finish_begun(run, ending)
        return outcome_of_ending(run, ending, recorded=recorded)

    async def confirm(
        self, confirmation_id: str, token: JsonValue, principal: Principal
    ) -> Outcome:
        """Run a held call, once; a second confirm gets the first one's outcome.

        Raises:
            NotFound: Unknown id or wrong token, told apart by nobody.
            ConfirmationClosed: It was denied, has expired, or the action was changed.
            StoreUnavailable: The claim cannot be recorded; nothing was sent.
        """
        confirmation = await self._gate.find(confirmation_id)
        await self._catalog.settle(confirmation.action_id)
        compiled = self._runnable(confirmation.action_id)
        work = self._claimed(confirmation_id, token, principal, compiled)
        # From the claim on: a caller who goes away must not leave a run that never ends.
        done = await self._executor.unhindered(work)
        if isinstance(done, Run):
            return await self._answered(done, principal)
        return told_outcome(done, principal)

    async def _claimed(
        self,
        confirmation_id: str,
        token: JsonValue,
        principal: Principal,
        compiled: CompiledAction | None,
    ) -> Outcome | Run:
        """Claim the run and carry it out; return the run as it stands if it is not ours."""
        version_hash = compiled.version_hash if compiled else None
        claimed = await self._gate.claim(confirmation_id, token, principal, version_hash)
        if not claimed.won or compiled is None:
            return claimed.run
        invocation = invocation_confirmed(claimed)
        return await self._carry_out(
            claimed.run,
            lambda: as_shown(compiled.plan.prepare(invocation), claimed.confirmation),
        )

    def _runnable(self, action_id: str) -> CompiledAction | None:
        compiled = self._catalog.snapshot.by_id.get(action_id)
        return compiled if compiled is not None and compiled.action.enabled else None

    async def deny(self, confirmation_id: str, token: JsonValue, principal: Principal) -> Outcome:
        """Refuse a held call for good; a second deny gets the same outcome.

        Raises:
            NotFound: Unknown id or wrong token, told apart by nobody.
            ConfirmationClosed: It has expired, or the action was changed.
        """
        claimed = await self._gate.deny(confirmation_id, token, principal)
        if claimed.run.status is Status.DENIED:
            return outcome_of(claimed.run)
        return await self._answered(claimed.run, principal)

    async def _answered(self, run: Run, principal: Principal) -> Outcome:
        compiled = self._catalog.snapshot.by_id.get(run.action_id)
        timeout_s = compiled.plan.timeout_s if compiled else 0.0
        return await self._earlier.closed_or_outcome(run, principal, timeout_s)

    async def issue_token(self, confirmation_id: str, principal: Principal) -> str:
        """Return a further token for an open confirmation.

        Raises:
            NotFound: There is no such confirmation.
            NotAllowed: The principal may not confirm.
            ConfirmationClosed: It is answered already.
        """
        await self._gate.find(confirmation_id)
        return await self._gate.issue_token(confirmation_id, principal)

    async def test(
        self, compiled: CompiledAction, params: JsonValue, principal: Principal, *, stored: bool
    ) -> TestReport:
        """Run an action for its tester; only a stored one leaves a run behind."""
        return await self._tester.test(compiled, params, principal, stored=stored)

    def preview(self, compiled: CompiledAction, params: JsonValue) -> JsonObject:
        """Return the rendered request with secrets by name; nothing is sent."""
        return self._tester.preview(compiled, params)

    async def catch_up(self) -> None:
        """Record endings the store could not take when they came."""
        await self._recorder.catch_up()

    async def close(self, grace_s: float) -> None:
        """Wait for the runs under way; what is not done by then is found as unknown later."""
        await self._executor.drain(grace_s)
        await self._recorder.catch_up()


def _idempotency(call: Call, arguments: Mapping[str, JsonValue]) -> Idempotency | None:
    if call.idempotency_key is None:
        return None
    return Idempotency(
        key=call.idempotency_key,
        arguments_digest=arguments_digest(arguments),
    )
