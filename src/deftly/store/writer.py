"""The one thread that writes: whatever waits is committed together, each part on its own.

Every piece of work runs inside a savepoint (a single statement is atomic without one), so
a failing piece undoes nothing of its neighbours. Nobody hears of success before COMMIT.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

from deftly.domain.event import Event
from deftly.store.connections import is_full, is_locked, open_writer, unavailable
from deftly.store.steady_clock import SteadyClock
from deftly.store.transaction import Parameter, Transaction
from deftly.store.write_lock import WriteLock
from deftly.values import light_value

Work: TypeAlias = Callable[[Transaction], object]

_JOBS_PER_COMMIT: Final = 256
# One statement for each number of rows is kept prepared; sqlite3 keeps 128 of all kinds.
_ROWS_PER_STATEMENT: Final = 32
CLOSED: Final = "The database is closed: the server is shutting down."


@dataclass(frozen=True, slots=True)
class Row:
    """How rows of one table are inserted.

    Attributes:
        into: The statement up to and with ``VALUES``.
        columns: How many values a row has.
    """

    into: str
    columns: int

    @lru_cache  # noqa: B019 - rows are constants of modules
    def statement(self, rows: int) -> str:
        """Return the statement for so many rows."""
        row = f"({', '.join('?' * self.columns)})"
        return f"{self.into} {', '.join([row] * rows)}"


@light_value
class Insert:
    """One row to be inserted, in one statement with its neighbours.

    Each statement lets go of the interpreter's lock and has to get it back from a busy
    loop: rows by themselves cost three times as much under load (measured).
    """

    row: Row
    values: Sequence[Parameter]


@dataclass(slots=True, eq=False)
class Job:
    """One queued piece of work and what became of it.

    Attributes:
        answer: Where the caller waits; None when nobody does.
        durable: The commit is on the disk before the caller hears of it.
        atomic: The work is one statement, which SQLite undoes by itself.
        insert: A row that goes with its neighbours' instead of work of its own.
        queued_s: When it was queued, on the monotonic clock.
    """

    work: Work
    answer: asyncio.Future[object] | None
    durable: bool = False
    atomic: bool = False
    insert: Insert | None = None
    queued_s: float = field(default_factory=time.monotonic)
    result: object = None
    fault: Exception | None = None

    def run(self, tx: Transaction, connection: sqlite3.Connection) -> None:
        """Do the work inside the open transaction, keeping its own failure to itself.

        Raises:
            sqlite3.Error: The database failed, not the work.
        """
        announced = len(tx.announced)
        try:
            if self.atomic:
                self.result = self.work(tx)
            else:
                connection.execute("SAVEPOINT job")
                self.result = self.work(tx)
                connection.execute("RELEASE job")
        except Exception as fault:
            if isinstance(fault, sqlite3.Error) and unavailable(fault):
                raise
            self.fault = fault
            del tx.announced[announced:]
            if not self.atomic:
                connection.execute("ROLLBACK TO job")
                connection.execute("RELEASE job")

    def reply(self) -> None:
        """Let the caller go on; called in the loop."""
        if self.answer is None or self.answer.done():
            return
        if self.fault is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.fault)


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs that were answered together, and the events they announced."""

    jobs: list[Job]
    announced: list[Event]


class Writer:
    """A queue and the thread that empties it."""

    def __init__(
        self,
        path: Path,
        clock: SteadyClock,
        busy_timeout_s: float,
        deliver: Callable[[Batch], None],
    ) -> None:
        """Prepare; ``deliver`` is called in the writer's thread once for each batch."""
        self._path = path
        self._clock = clock
        self._busy_timeout_s = busy_timeout_s
        self._deliver = deliver
        self._queue: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._connection: sqlite3.Connection | None = None
        self._durable = False  # how the connection commits just now
        self._lock = WriteLock(path)
        self._in_order = False  # the last commit went well
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="deftly-writer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def is_free(self) -> bool:
        """Tell whether a commit would go through now; False also where nothing is known."""
        return self._in_order and self._lock.is_free()

    def put(self, jobs: list[Job]) -> None:
        """Queue jobs; one list wakes the thread once."""
        self._queue.put(jobs)

    def end(self) -> None:
        """Take no more jobs; called in the thread that puts them, so none slips in behind."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)

    def join(self) -> None:
        """Wait until the jobs that were queued are done, then close the connection."""
        self._thread.join()
        self._drop_connection()
        self._lock.close()

    def _serve(self) -> None:
        while jobs := self._next_jobs():
            self._answer(jobs)

    def _next_jobs(self) -> list[Job]:
        jobs: list[Job] = []
        while (more := self._queue.get()) is not None:
            jobs += more
            if len(jobs) >= _JOBS_PER_COMMIT or self._queue.empty():
                return jobs
        if jobs:
            self._queue.put(None)  # the end comes after these
        return jobs

    def _answer(self, jobs: list[Job]) -> None:
        try:
            announced = self._commit(jobs)
            self._in_order = True
        except sqlite3.Error as fault:
            self._in_order = False
            self._recover(fault)
            if len(jobs) > 1 and not is_locked(fault):
                # One of them may be what does not fit: each for itself.
                for job in jobs:
                    self._answer([job])
                return
            for job in jobs:
                job.fault = unavailable(fault) or fault
            self._deliver(Batch(jobs, []))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the callers are told
            self._drop_connection()
            for job in jobs:
                job.fault = fault
            self._deliver(Batch(jobs, []))
        else:
            self._deliver(Batch(jobs, announced))

    def _commit(self, jobs: list[Job]) -> list[Event]:
        connection = self._connected()
        self._sync(connection, durable=any(job.durable for job in jobs))
        self._begin(connection, jobs[0].queued_s)
        self._lock.ours = True
        try:
            tx = Transaction(connection, self._clock)
            for row, alike in groupby(jobs, key=_row_of):
                if row is None:
                    for job in alike:
                        job.fault = None
                        job.run(tx, connection)
                else:
                    _insert(tx, row, list(alike))
            connection.execute("COMMIT")
        finally:
            self._lock.ours = False
        return tx.announced

    def _sync(self, connection: sqlite3.Connection, *, durable: bool) -> None:
        if durable is not self._durable:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    def _begin(self, connection: sqlite3.Connection, waiting_since_s: float) -> None:
        waited_s = time.monotonic() - waiting_since_s
        # Those who queued up behind a lock do not wait for it a second time in full.
        impatient = waited_s > self._busy_timeout_s / 10
        if impatient:
            left_ms = max(1, int((self._busy_timeout_s - waited_s) * 1000))
            connection.execute(f"PRAGMA busy_timeout = {left_ms}")
        try:
            connection.execute("BEGIN IMMEDIATE")
        finally:
            if impatient:
                connection.execute(f"PRAGMA busy_timeout = {int(self._busy_timeout_s * 1000)}")

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_writer(self._path, self._busy_timeout_s)
            self._durable = False
            self._connection.execute("SELECT 1 FROM time_mark").fetchone()  # makes the lock's file
            self._lock.opened()
        return self._connection

    def _recover(self, fault: sqlite3.Error) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._drop_connection()  # closing undoes as well
        if not is_locked(fault) and not is_full(fault):
            self._drop_connection()  # a fresh one knows nothing of the failure

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _row_of(job: Job) -> Row | None:
    return None if job.insert is None else job.insert.row


def _insert(tx: Transaction, row: Row, jobs: Sequence[Job]) -> None:
    """Insert the rows of all jobs, many in one statement."""
    inserts = [job.insert for job in jobs if job.insert is not None]
    for first in range(0, len(inserts), _ROWS_PER_STATEMENT):
        portion = inserts[first : first + _ROWS_PER_STATEMENT]
        values = [value for one in portion for value in one.values]
        tx.change(row.statement(len(portion)), values)
    for job in jobs:
        job.fault, job.result = None, None
