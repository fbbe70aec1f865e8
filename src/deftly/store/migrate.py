"""Bringing the tables up to date, whoever else starts at the same moment."""

import sqlite3
from collections.abc import Iterator
from importlib import resources

from deftly.errors import InvalidSettings


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the migrations this database has not seen, all of them or none.

    Raises:
        InvalidSettings: A newer Deftly has written it.
        sqlite3.Error: It cannot be written.
    """
    if _version_of(connection) == len(_files()):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply(connection, _version_of(connection))
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _apply(connection: sqlite3.Connection, present: int) -> None:
    files = _files()
    if present > len(files):
        message = (
            f"The database was written by a newer Deftly (its tables have version {present}, "
            f"this one knows {len(files)}): install that version, or put back an older backup."
        )
        raise InvalidSettings(message)
    for name in files[present:]:
        for statement in _statements(_text_of(name)):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(files)}")


def _version_of(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _files() -> list[str]:
    folder = resources.files("deftly.store.migrations")
    return sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))


def _text_of(name: str) -> str:
    return (resources.files("deftly.store.migrations") / name).read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    # Not executescript(): that one commits before it starts.
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
