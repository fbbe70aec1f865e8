"""A thread that notices commits, whichever process made them."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from deftly.store.database import Database

T = TypeVar("T")

_EVERY_S: Final = 0.1


class CommitWatch(Generic[T]):
    """Asks SQLite ten times a second whether the file has changed."""

    def __init__(
        self,
        database: Database,
        look: Callable[[sqlite3.Connection], T],
        heard: Callable[[T], None],
    ) -> None:
        """Prepare.

        Args:
            database: Whose file to watch.
            look: Called in the thread before the first wait and after each commit.
            heard: Called in the loop with what the later looks returned.
        """
        self._database = database
        self._look = look
        self._heard = heard
        self._loop = asyncio.get_running_loop()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="deftly-watch", daemon=True)
        self._connection: sqlite3.Connection | None = None
        self._version = -1

    def start(self) -> None:
        """Take the first look, then start the thread."""
        with contextlib.suppress(sqlite3.Error):  # the thread goes on trying
            self._connect()
        self._thread.start()

    def close(self) -> None:
        """End the thread; blocks for as long as one look takes."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._disconnect()

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY_S):
            try:
                self._ask()
            except sqlite3.Error:
                # Locked or gone for the moment: ask again with a fresh connection.
                self._disconnect()
            except RuntimeError:
                return  # the loop is closed

    def _ask(self) -> None:
        connection = self._connection or self._database.open_reader()
        self._connection = connection
        version = _data_version(connection)
        if version != self._version:
            found = self._look(connection)
            self._version = version
            self._loop.call_soon_threadsafe(self._heard, found)

    def _connect(self) -> None:
        self._connection = self._database.open_reader()
        version = _data_version(self._connection)
        self._look(self._connection)
        self._version = version

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        self._version = -1
        if connection is not None:
            connection.close()


def _data_version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)
