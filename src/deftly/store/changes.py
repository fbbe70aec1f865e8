"""The log of facts: appended with the fact itself, followed from any process.

A follower gets every event in the order of commit. A subscriber is for caches: it hears
that something changed, at once from this process and within a fraction of a second from
others, possibly twice.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

from deftly.domain.event import Event, EventKind
from deftly.store.database import Database
from deftly.store.transaction import Row, Snapshot, Transaction
from deftly.store.watch import CommitWatch
from deftly.values import JsonObject, dump_json, format_time, parse_json

_APPEND: Final = "INSERT INTO changes (at, kind, subject, data) VALUES (?, ?, ?, ?) RETURNING seq"
_AFTER: Final = "SELECT * FROM changes WHERE seq > ? ORDER BY seq LIMIT ?"
_BOUNDS: Final = """
    SELECT (SELECT min(seq) FROM changes) AS oldest, (SELECT max(seq) FROM changes) AS newest
"""
# Worded as the partial index is.
_BESIDE_RUNS: Final = """
    SELECT * FROM changes WHERE seq > ? AND kind NOT IN ('run.started', 'run.changed') ORDER BY seq
"""
_NEWEST: Final = "SELECT coalesce(max(seq), 0) FROM changes"

_PAGE: Final = 500
# Under load there is a commit every millisecond or two; a follower reads less often.
_PACE_S: Final = 0.02

Subscriber = Callable[[Event], None]


class Lagged(Exception):
    """The follower's place is no longer in the log; it reads the present state and starts anew."""


def append(tx: Transaction, kind: EventKind, subject: str, data: JsonObject) -> None:
    """Append an event in the transaction of the fact it tells of."""
    at = format_time(tx.now())
    row = tx.one(_APPEND, [at, kind.value, subject, dump_json(data).decode()])
    seq = row["seq"] if row is not None else 0
    tx.announced.append(Event(seq=seq, at=at, kind=kind, subject=subject, data=data))


@dataclass(frozen=True, slots=True)
class _Subscription:
    kinds: frozenset[EventKind]
    hear: Subscriber


class Changes:
    """Reads the log and wakes those who wait for it."""

    def __init__(self, database: Database) -> None:
        """Listen to this process's commits; call ``start`` to hear of other processes too."""
        self._database = database
        self._subscriptions: list[_Subscription] = []
        self._woken = asyncio.Event()
        self._seen: int | None = None
        self._watch = CommitWatch(database, self._unseen, self._heard)
        database.on_commit(self._heard)

    def start(self) -> None:
        """Start looking for other processes' commits, ten times a second."""
        self._watch.start()

    async def close(self) -> None:
        """Stop looking."""
        await asyncio.to_thread(self._watch.close)

    def subscribe(self, kinds: Collection[EventKind], hear: Subscriber) -> None:
        """Call ``hear`` in the loop for each event of these kinds, once or twice.

        Not for kinds of runs: there are too many; follow the log for those.
        """
        self._subscriptions.append(_Subscription(frozenset(kinds), hear))

    async def latest(self) -> int:
        """Return the newest event's number; 0 when there is none."""
        return await self._database.read(lambda view: _bounds(view)[1])

    async def wait(self, after: int) -> None:
        """Return as soon as there is an event later than ``after``."""
        while True:
            woken = self._woken
            if await self.latest() > after:
                return
            await woken.wait()

    async def follow(self, after: int) -> AsyncGenerator[Event, None]:
        """Yield every event later than ``after``, for ever.

        Raises:
            Lagged: Events after that place were dropped (the newest 100,000 are kept), or the
                log has never come so far, as when an older database was put in its place.
            StoreUnavailable: The database cannot be read now.
        """
        loop = asyncio.get_running_loop()
        while True:
            started_s = loop.time()
            woken = self._woken
            events = await self._database.read(partial(_page, after=after))
            for event in events:
                yield event
                after = event.seq
            if len(events) < _PAGE:
                await woken.wait()
                await asyncio.sleep(max(0.0, started_s + _PACE_S - loop.time()))

    def _unseen(self, connection: sqlite3.Connection) -> list[Event]:
        if self._seen is None:
            (self._seen,) = connection.execute(_NEWEST).fetchone()
        events = [event_of(row) for row in connection.execute(_BESIDE_RUNS, [self._seen])]
        if events:
            self._seen = events[-1].seq
        return events

    def _heard(self, events: Sequence[Event]) -> None:
        self._wake()
        self._tell(events)

    def _wake(self) -> None:
        woken, self._woken = self._woken, asyncio.Event()
        woken.set()

    def _tell(self, events: Sequence[Event]) -> None:
        for event in events:
            for subscription in self._subscriptions:
                if event.kind in subscription.kinds:
                    subscription.hear(event)


def event_of(row: Row) -> Event:
    """Return the event a row of the log holds; absent values are left out of its data."""
    data = cast("JsonObject", parse_json(row["data"]))
    return Event(
        seq=row["seq"],
        at=row["at"],
        kind=EventKind(row["kind"]),
        subject=row["subject"],
        data={name: value for name, value in data.items() if value is not None},
    )


def _page(view: Snapshot, after: int) -> list[Event]:
    oldest, newest = _bounds(view)
    if after > newest or after + 1 < oldest:
        message = f"event {after} is not in the log any more: it holds {oldest} to {newest}"
        raise Lagged(message)
    return [event_of(row) for row in view.all(_AFTER, [after, _PAGE])]


def _bounds(view: Snapshot) -> tuple[int, int]:
    row = view.one(_BOUNDS)
    return (0, 0) if row is None or row["newest"] is None else (row["oldest"], row["newest"])
