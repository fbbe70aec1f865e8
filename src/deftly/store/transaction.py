"""What a unit of work sees of the database: a snapshot to read, a transaction to write."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from deftly.store.steady_clock import SteadyClock
from deftly.values import format_time, parse_time

if TYPE_CHECKING:
    from deftly.domain.event import Event

Parameter: TypeAlias = str | bytes | int | float | None
Row: TypeAlias = sqlite3.Row

_RAISE_MARK = "UPDATE time_mark SET at = max(at, ?) RETURNING at"


class Snapshot:
    """One consistent view of the database."""

    def __init__(self, connection: sqlite3.Connection, clock: SteadyClock) -> None:
        """Look through an open transaction of the connection."""
        self._cursor = connection.cursor()
        self._clock = clock

    def all(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[Row]:
        """Return every row of the answer."""
        return self._cursor.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Parameter] = ()) -> Row | None:
        """Return the first row of the answer, if there is one."""
        rows = self._cursor.execute(sql, parameters).fetchall()
        return rows[0] if rows else None

    def now(self) -> datetime:
        """Return the time as far as this process knows it."""
        return self._clock.now()


class Transaction(Snapshot):
    """A writable view; everything done through it is committed or undone as one.

    Attributes:
        announced: Events appended so far, for listeners in this process.
    """

    def __init__(self, connection: sqlite3.Connection, clock: SteadyClock) -> None:
        """Write through an open transaction of the connection."""
        super().__init__(connection, clock)
        self.announced: list[Event] = []
        self._now: datetime | None = None

    def change(self, sql: str, parameters: Sequence[Parameter] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return self._cursor.execute(sql, parameters).rowcount

    def now(self) -> datetime:
        """Return the database's time: the clock's, or the highest ever seen if that is later.

        One moment for the whole commit, kept so that no later one lies before it.
        """
        if self._now is None:
            row = self.one(_RAISE_MARK, [format_time(self._clock.now())])
            if row is None:
                message = "the table time_mark has lost its row"
                raise sqlite3.IntegrityError(message)
            self._now = parse_time(row["at"])
            self._clock.raise_to(self._now)
        return self._now
