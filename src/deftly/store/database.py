"""The database: grouped writes in one thread, snapshots in a few, time that never runs back."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Self, TypeVar, cast

from deftly.domain.event import Event
from deftly.errors import StoreUnavailable
from deftly.store.connections import open_reader, open_writer, unavailable
from deftly.store.migrate import migrate
from deftly.store.steady_clock import SteadyClock
from deftly.store.transaction import Parameter, Snapshot, Transaction
from deftly.store.writer import CLOSED, Batch, Insert, Job, Writer
from deftly.values import Clock, IdSource, parse_time

T = TypeVar("T")
CommitListener = Callable[[Sequence[Event]], None]

BUSY_TIMEOUT_S: Final = 5.0
_READERS: Final = 2


class Database:
    """One file, safe for several processes; belongs to the loop it was opened in.

    Attributes:
        path: The file.
        clock: The database's time; expiry is measured by it and by nothing else.
        ids: Where ids and tokens come from.
    """

    def __init__(
        self, path: Path, clock: SteadyClock, ids: IdSource, *, busy_timeout_s: float
    ) -> None:
        """Use ``open``."""
        self.path = path
        self.clock = clock
        self.ids = ids
        self._busy_timeout_s = busy_timeout_s
        self._loop = asyncio.get_running_loop()
        self._listeners: list[CommitListener] = []
        self._writer = Writer(path, clock, busy_timeout_s, self._from_writer)
        self._pool = ThreadPoolExecutor(_READERS, thread_name_prefix="deftly-reader")
        self._local = threading.local()
        self._readers: set[sqlite3.Connection] = set()
        self._closed = False
        self._queued: list[Job] = []

    @classmethod
    async def open(
        cls, path: Path, *, clock: Clock, ids: IdSource, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> Self:
        """Open the file, making it and its tables where they are missing.

        Raises:
            StoreUnavailable: It cannot be opened or written now.
            InvalidSettings: A newer Deftly wrote it, or this system cannot keep it.
        """
        steady = SteadyClock(clock)
        await asyncio.to_thread(_prepare, path, steady, busy_timeout_s)
        database = cls(path, steady, ids, busy_timeout_s=busy_timeout_s)
        database._writer.start()
        return database

    async def close(self) -> None:
        """Finish the writes that wait and close every connection."""
        self._closed = True
        self._hand_over()
        self._writer.end()
        await asyncio.to_thread(self._pool.shutdown)
        for connection in self._readers:
            connection.close()
        self._readers.clear()
        # The writer's goes last: only it can tidy the log into the file.
        await asyncio.to_thread(self._writer.join)

    async def write(self, work: Callable[[Transaction], T], *, durable: bool = False) -> T:
        """Run the work in a transaction and return what it returned, after the commit.

        It runs in the writer's thread, together with others; when the commit fails it may
        run once more, so it changes nothing but the database. It runs even if the caller
        is cancelled meanwhile.

        Args:
            work: All of it or nothing happens; its own exception comes back to the caller.
            durable: Return only when a loss of power could no longer undo it.

        Raises:
            StoreUnavailable: Nothing was written.
        """
        answer: asyncio.Future[object] = self._loop.create_future()
        self._queue(Job(work, answer, durable=durable))
        return cast("T", await answer)

    async def change(self, sql: str, parameters: Sequence[Parameter]) -> int:
        """Run one statement, the fastest write; return how many rows it changed.

        Raises:
            StoreUnavailable: Nothing was written.
        """
        answer: asyncio.Future[object] = self._loop.create_future()
        self._queue(Job(lambda tx: tx.change(sql, parameters), answer, atomic=True))
        return cast("int", await answer)

    async def insert(self, insert: Insert) -> None:
        """Insert one row, the fastest write under load: rows queued together go together.

        Raises:
            StoreUnavailable: Nothing was written.
        """
        answer: asyncio.Future[object] = self._loop.create_future()
        self._queue(Job(_nothing, answer, atomic=True, insert=insert))
        await answer

    def is_free(self) -> bool:
        """Tell whether a write would go through now; False also where nothing is known."""
        return not self._closed and self._writer.is_free()

    def change_later(self, sql: str, parameters: Sequence[Parameter]) -> None:
        """Run one statement some time; for notes whose loss matters to nobody."""
        self._queue(Job(lambda tx: tx.change(sql, parameters), None, atomic=True))

    async def read(self, look: Callable[[Snapshot], T]) -> T:
        """Return what ``look`` finds in one snapshot; it runs in a reader's thread.

        Raises:
            StoreUnavailable: The database cannot be read now.
        """
        if self._closed:
            raise StoreUnavailable(CLOSED)
        return await self._loop.run_in_executor(self._pool, self._look, look)

    def on_commit(self, listener: CommitListener) -> None:
        """Call the listener in the loop after each commit of ours, before its callers go on."""
        self._listeners.append(listener)

    def open_reader(self) -> sqlite3.Connection:
        """Return a further connection that cannot write; the caller closes it."""
        return open_reader(self.path, self._busy_timeout_s)

    def _queue(self, job: Job) -> None:
        """Hand the job over with all others of this turn of the loop."""
        if self._closed:
            raise StoreUnavailable(CLOSED)
        if not self._queued:
            self._loop.call_soon(self._hand_over)
        self._queued.append(job)

    def _hand_over(self) -> None:
        jobs, self._queued = self._queued, []
        if jobs:
            self._writer.put(jobs)

    def _look(self, look: Callable[[Snapshot], T]) -> T:
        try:
            connection = self._reader()
            connection.execute("BEGIN")
            try:
                return look(Snapshot(connection, self.clock))
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as fault:
            self._drop_reader()
            raise unavailable(fault) or fault from fault

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self.open_reader()
            self._readers.add(connection)
        return connection

    def _drop_reader(self) -> None:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            self._readers.discard(connection)
            connection.close()

    def _from_writer(self, batch: Batch) -> None:
        try:
            self._loop.call_soon_threadsafe(self._answer, batch)
        except RuntimeError:
            # The loop is closed: nobody waits any more, and what was committed stays.
            return

    def _answer(self, batch: Batch) -> None:
        try:
            for listener in self._listeners:
                listener(batch.announced)
        finally:
            for job in batch.jobs:
                job.reply()


def _prepare(path: Path, clock: SteadyClock, busy_timeout_s: float) -> None:
    try:
        connection = open_writer(path, busy_timeout_s)
        try:
            migrate(connection)
            (highest,) = connection.execute("SELECT at FROM time_mark").fetchone()
            clock.raise_to(parse_time(highest))
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise unavailable(fault) or fault from fault


def _nothing(tx: Transaction) -> None:
    """Stand for the work of a row that is inserted with its neighbours'."""
    del tx
