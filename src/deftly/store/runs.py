"""The run log: what was called, by whom, and how it ended."""

from dataclasses import dataclass
from typing import Final, Protocol

from deftly.domain.run import Ending, Run, RunEvent, Status, Trigger, advance, origin_of
from deftly.errors import InvalidRequest
from deftly.store import idempotency as keys
from deftly.store import run_rows
from deftly.store.cursors import cursor_of, place_of
from deftly.store.database import Database
from deftly.store.idempotency import Idempotency
from deftly.store.lease import ProcessLease
from deftly.store.run_figures import RunFigures
from deftly.store.transaction import Parameter, Snapshot, Transaction
from deftly.store.writer import Insert
from deftly.values import format_time

PAGE_MAX: Final = 500
_FINISH: Final = """
    UPDATE runs SET status = ?, result = ?, error_code = ?, error_message = ?, finished_at = ?,
        duration_ms = ?, sent_bytes = ?, received_bytes = ?, card = ?
    WHERE id = ? AND status = ? AND process = ?
"""
# Calls are committed nearly in the order they were made: the end of the list is among the few that
# were made last.
_MADE_BEFORE: Final = """
    seq <= (SELECT max(seq) FROM (
        SELECT seq FROM runs WHERE status <> 'running' AND created_at < ?
        ORDER BY created_at DESC LIMIT 64
    )) AND created_at < ?
"""
_CURSOR: Final = "runs"


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs to list; None picks all.

    Attributes:
        action: An action's id.
        principal: A principal's id.
        before: A time of ours: only runs called before it.
    """

    action: str | None = None
    status: Status | None = None
    trigger: Trigger | None = None
    conversation_id: str | None = None
    principal: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some runs, newest first.

    Attributes:
        next: Cursor of the page after this one; None at the end.
    """

    runs: tuple[Run, ...]
    next: str | None


class Runs(Protocol):
    """The run log."""

    @property
    def figures(self) -> RunFigures:
        """Numbers about it."""
        ...

    async def begin(self, run: Run, *, idempotency: Idempotency | None = None) -> Run | None:
        """Record a running run as this process's; committed on return.

        Returns:
            None for a fresh run; else the earlier run of the same key and arguments, as it
            stands, and nothing was recorded.

        Raises:
            IdempotencyConflict: The key was used with other arguments.
            StoreUnavailable: Nothing was recorded.
        """
        ...

    async def earlier(self, principal: str, tool: str, idempotency: Idempotency) -> Run | None:
        """Return the run of the same key and arguments, where there is one.

        Raises:
            IdempotencyConflict: The key was used with other arguments.
            StoreUnavailable: The database cannot be read now.
        """
        ...

    def is_free(self) -> bool:
        """Tell whether a run could be recorded now; False also where that is not known."""
        ...

    async def record(self, run: Run, ending: Ending) -> None:
        """Record a run that nobody was told of before, with its ending.

        Raises:
            StoreUnavailable: Nothing was recorded.
        """
        ...

    async def finish(self, run_id: str, ending: Ending) -> bool:
        """Record how a run of this process ended; False if it is not ours to finish any more.

        Raises:
            StoreUnavailable: Nothing was recorded.
        """
        ...

    async def get(self, run_id: str) -> Run:
        """Return one run.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def list(self, which: RunFilter, *, cursor: str | None, limit: int) -> RunPage:
        """Return at most ``limit`` runs (1 to 500) without their cards, newest first.

        Raises:
            InvalidRequest: The cursor is none of ours, or the limit is out of range.
        """
        ...

    async def settle_lost(self, run_id: str | None = None) -> tuple[Run, ...]:
        """Move runs of processes that died (or this one) to ``unknown``; return those moved."""
        ...


class SqliteRuns:
    """``Runs`` in the database."""

    def __init__(self, database: Database, lease: ProcessLease) -> None:
        """Write as the process that holds the lease."""
        self._database = database
        self._lease = lease
        self.figures = RunFigures(database)

    async def begin(self, run: Run, *, idempotency: Idempotency | None = None) -> Run | None:
        """See ``Runs.begin``."""
        if run.status is not origin_of(RunEvent.SUCCEEDED):
            message = f"a run begins as running, not as {run.status}"
            raise ValueError(message)
        values = run_rows.values_of(run, self._lease.process_id)
        if idempotency is None:
            await self._database.insert(Insert(run_rows.ROW, values))
            return None

        def work(tx: Transaction) -> Run | None:
            earlier = keys.claim(tx, run, idempotency)
            if earlier is None:
                tx.change(run_rows.INSERT, values)
            return earlier

        return await self._database.write(work)

    async def earlier(self, principal: str, tool: str, idempotency: Idempotency) -> Run | None:
        """See ``Runs.earlier``."""
        return await self._database.read(lambda view: keys.find(view, principal, tool, idempotency))

    def is_free(self) -> bool:
        """See ``Runs.is_free``."""
        return self._database.is_free()

    async def record(self, run: Run, ending: Ending) -> None:
        """See ``Runs.record``."""
        at = format_time(self._database.clock.now())
        values = run_rows.values_of_ended(run, ending, at, self._lease.process_id)
        await self._database.insert(Insert(run_rows.ROW, values))

    async def finish(self, run_id: str, ending: Ending) -> bool:
        """See ``Runs.finish``."""
        origin = origin_of(ending.event)
        fault = ending.error
        changed = await self._database.change(
            _FINISH,
            (
                advance(origin, ending.event),
                run_rows.text_of(ending.result),
                None if fault is None else fault.code,
                None if fault is None else fault.message,
                format_time(self._database.clock.now()),
                ending.duration_ms,
                ending.sent_bytes,
                ending.received_bytes,
                run_rows.card_text_of(ending.card, ending.note, ending.console),
                run_id,
                origin,
                self._lease.process_id,
            ),
        )
        return changed == 1

    async def get(self, run_id: str) -> Run:
        """See ``Runs.get``."""
        return await self._database.read(lambda view: run_rows.fetch(view, run_id))

    async def list(self, which: RunFilter, *, cursor: str | None, limit: int) -> RunPage:
        """See ``Runs.list``."""
        if not 1 <= limit <= PAGE_MAX:
            message = f"limit must be between 1 and {PAGE_MAX}"
            raise InvalidRequest(message)
        before = None if cursor is None else place_of(_CURSOR, cursor)
        return await self._database.read(lambda view: _page(view, which, before, limit))

    async def settle_lost(self, run_id: str | None = None) -> tuple[Run, ...]:
        """See ``Runs.settle_lost``."""
        is_alive = self._lease.is_alive
        return await self._database.write(lambda tx: run_rows.settle_lost(tx, is_alive, run_id))


def _page(view: Snapshot, which: RunFilter, before: int | None, limit: int) -> RunPage:
    conditions, bound = _conditions(which)
    if before is not None:
        conditions.append("seq < ?")
        bound.append(before)
    if which.before is not None:
        conditions.append(_MADE_BEFORE)
        bound += [which.before, which.before]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    statement = f"SELECT {run_rows.LISTED} FROM runs {where} ORDER BY seq DESC LIMIT ?"
    rows = view.all(statement, [*bound, limit + 1])
    shown = rows[:limit]
    following = cursor_of(_CURSOR, shown[-1]["seq"]) if len(rows) > limit else None
    return RunPage(tuple(run_rows.run_of(row) for row in shown), following)


def _conditions(which: RunFilter) -> tuple[list[str], list[Parameter]]:
    # Most selective first. SQLite, without statistics, might take any of the indexes: a plus
    # sign keeps it from all but the first.
    common = which.status is Status.SUCCEEDED
    columns: list[tuple[str, Parameter]] = [
        ("conversation_id", which.conversation_id),
        ("status", None if common else which.status),
        ("action_id", which.action),
        ("principal", which.principal),
        ("trigger", which.trigger),
        ("status", which.status if common else None),
    ]
    given = [(column, value) for column, value in columns if value is not None]
    conditions = [f"{'+' if n else ''}{column} = ?" for n, (column, _) in enumerate(given)]
    return conditions, [value for _, value in given]
