"""How connections are opened, and what SQLite's failures mean to callers."""

import os
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from deftly.errors import InvalidSettings, StoreUnavailable

OLDEST_SQLITE: Final = (3, 38, 0)
_WRITER_CACHE_KIB: Final = 32 * 1024
_READER_CACHE_KIB: Final = 4 * 1024
# A checkpoint every 4,000 pages (16 MB) instead of 1,000: fewer pauses of the writer.
_CHECKPOINT_PAGES: Final = 4000

_SENTENCES: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: "The database is locked by another process; try again shortly.",
    sqlite3.SQLITE_LOCKED: "The database is locked by another process; try again shortly.",
    sqlite3.SQLITE_PROTOCOL: "The database is locked by another process; try again shortly.",
    sqlite3.SQLITE_FULL: "The disk that holds the database is full; free some space.",
    sqlite3.SQLITE_IOERR: "The disk that holds the database reports an error; look at the log.",
    sqlite3.SQLITE_READONLY: "The database cannot be written; make its file and folder writable.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened; make its file and folder writable.",
    sqlite3.SQLITE_PERM: "The database cannot be opened; make its file and folder writable.",
    sqlite3.SQLITE_NOMEM: "There is no memory left for the database; try again shortly.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged; put a backup in its place.",
    sqlite3.SQLITE_NOTADB: "The database file is no SQLite database; put a backup in its place.",
}


def unavailable(fault: sqlite3.Error) -> StoreUnavailable | None:
    """Return what callers are told, or None where our own statement is at fault."""
    sentence = _SENTENCES.get(_code_of(fault))
    if sentence is None:
        return None
    return StoreUnavailable(sentence, internal=f"{fault.sqlite_errorname}: {fault}")


def is_locked(fault: sqlite3.Error) -> bool:
    """Tell whether another process holds the lock, so that waiting may help."""
    return _code_of(fault) == sqlite3.SQLITE_BUSY


def is_full(fault: sqlite3.Error) -> bool:
    """Tell whether there is no room, so that something smaller may still fit."""
    return _code_of(fault) == sqlite3.SQLITE_FULL


def _code_of(fault: sqlite3.Error) -> int:
    # The lowest eight bits; the others tell the circumstances.
    return int(getattr(fault, "sqlite_errorcode", 0)) & 0xFF


def open_writer(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    """Return a connection that may write, to a file only its owner can read.

    Raises:
        sqlite3.Error: The file cannot be opened.
        InvalidSettings: This system cannot keep our kind of database.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} is too old; Python needs 3.38 or newer."
        raise InvalidSettings(message)
    _make_private(path)
    connection = _open(path, "rw", busy_timeout_s)
    try:
        _use_wal(connection, path, busy_timeout_s)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    """Return a connection that cannot write."""
    return _open(path, "ro", busy_timeout_s)


def _open(path: Path, mode: str, busy_timeout_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_timeout_s,
        isolation_level=None,  # transactions begin and end where we say so
        check_same_thread=False,  # one thread at a time uses it, another one closes it
    )
    connection.row_factory = sqlite3.Row
    cache_kib = _WRITER_CACHE_KIB if mode == "rw" else _READER_CACHE_KIB
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    return connection


def _make_private(path: Path) -> None:
    # Only ever a new file: to close a descriptor of a file that SQLite has open in this process
    # would drop SQLite's locks on it (POSIX), and others would take us for gone.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    except OSError as fault:
        sentence = _SENTENCES[sqlite3.SQLITE_CANTOPEN]
        raise StoreUnavailable(sentence, internal=str(fault)) from fault


def _use_wal(connection: sqlite3.Connection, path: Path, busy_timeout_s: float) -> None:
    # SQLite does not wait by itself when two processes change the mode at once.
    deadline_s = time.monotonic() + busy_timeout_s
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as fault:
            if not is_locked(fault) or time.monotonic() > deadline_s:
                raise
            time.sleep(0.01)
        else:
            break
    if mode != "wal":
        message = f"{path.name} lies on a file system without shared memory; use a local folder."
        raise InvalidSettings(message)
