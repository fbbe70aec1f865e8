"""The newest usable version of each agent's and widget's file: what stays live while it is broken.

Earlier versions are not kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol, cast

from deftly.domain.event import EventKind
from deftly.errors import EditConflict
from deftly.store import changes
from deftly.store.database import Database
from deftly.store.transaction import Row, Transaction
from deftly.values import JsonObject, dump_json, format_time, parse_json

_ALL: Final = "SELECT * FROM heads WHERE kind = ? ORDER BY id"
_GET: Final = "SELECT * FROM heads WHERE kind = ? AND id = ?"
_PUT: Final = """
    INSERT OR REPLACE INTO heads
        (kind, id, name, file, file_sha256, content_digest, version, definition, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DELETE: Final = "DELETE FROM heads WHERE kind = ? AND id = ? RETURNING name, version"


class HeadKind(StrEnum):
    """What the files of a folder define."""

    AGENT = "agent"
    WIDGET = "widget"


_CHANGED: Final[Mapping[HeadKind, EventKind]] = {
    HeadKind.AGENT: EventKind.AGENT_CHANGED,
    HeadKind.WIDGET: EventKind.WIDGET_CHANGED,
}
_DELETED: Final[Mapping[HeadKind, EventKind]] = {
    HeadKind.AGENT: EventKind.AGENT_DELETED,
    HeadKind.WIDGET: EventKind.WIDGET_DELETED,
}


@dataclass(frozen=True, slots=True)
class Head:
    """The newest usable version of a definition.

    Attributes:
        file: Its name in its folder.
        file_sha256: Of the file's bytes.
        content_digest: Of all its author can change: equal digests are no new version.
        version: To be recorded: the lowest number it may get. Recorded: its number.
        definition: As authored.
        at: When it was stored; empty in one that is to be recorded.
    """

    id: str
    name: str
    file: str
    file_sha256: str
    content_digest: str
    version: int
    definition: JsonObject
    at: str = ""


class Heads(Protocol):
    """What is known of each file of one kind."""

    async def all(self) -> tuple[Head, ...]:
        """Return the newest usable version of everything that has a file."""
        ...

    async def record(self, heads: Iterable[Head], seen: Mapping[str, int]) -> tuple[Head, ...]:
        """Store them, all or none; one whose content is known keeps its version and time.

        Args:
            heads: What was read.
            seen: The version that was known before it was read, by id; none of one that was new.

        Raises:
            EditConflict: Another version was stored meanwhile, which may be newer than what was
                read: read it again.
        """
        ...

    async def forget(self, seen: Mapping[str, int]) -> None:
        """Store that these have no file any more, by id and version; unknown ones are passed over.

        Raises:
            EditConflict: One is at another version: look again if it is gone.
        """
        ...


class SqliteHeads:
    """``Heads`` in the database."""

    def __init__(self, database: Database, kind: HeadKind) -> None:
        """Keep those of one kind in this database."""
        self._database = database
        self._kind = kind

    async def all(self) -> tuple[Head, ...]:
        """See ``Heads.all``."""
        return await self._database.read(
            lambda view: tuple(map(_head_of, view.all(_ALL, [self._kind])))
        )

    async def record(self, heads: Iterable[Head], seen: Mapping[str, int]) -> tuple[Head, ...]:
        """See ``Heads.record``."""
        given = tuple(heads)
        return await self._database.write(
            lambda tx: tuple(_record(tx, self._kind, one, seen.get(one.id)) for one in given)
        )

    async def forget(self, seen: Mapping[str, int]) -> None:
        """See ``Heads.forget``."""

        def work(tx: Transaction) -> None:
            for one, version in seen.items():
                _forget(tx, self._kind, one, version)

        await self._database.write(work)


def _record(tx: Transaction, kind: HeadKind, given: Head, seen: int | None) -> Head:
    row = tx.one(_GET, [kind, given.id])
    known = None if row is None else _head_of(row)
    if known is not None and known.content_digest == given.content_digest:
        stored = replace(given, version=known.version, at=known.at)
        if stored != known:
            _put(tx, kind, stored)
        return stored
    if seen != (None if known is None else known.version):
        raise _overtaken(given.name)
    version = max(given.version, 1 if known is None else known.version + 1)
    stored = replace(given, version=version, at=format_time(tx.now()))
    _put(tx, kind, stored)
    news: JsonObject = {"name": stored.name, "version": stored.version}
    changes.append(tx, _CHANGED[kind], stored.id, news)
    return stored


def _put(tx: Transaction, kind: HeadKind, head: Head) -> None:
    tx.change(
        _PUT,
        (
            kind,
            head.id,
            head.name,
            head.file,
            head.file_sha256,
            head.content_digest,
            head.version,
            dump_json(head.definition).decode(),
            head.at,
        ),
    )


def _overtaken(name: str) -> EditConflict:
    return EditConflict(f"Another version of {name} was stored meanwhile. Load it again.")


def _forget(tx: Transaction, kind: HeadKind, head_id: str, seen: int) -> None:
    row = tx.one(_DELETE, [kind, head_id])
    if row is not None:
        if row["version"] != seen:
            raise _overtaken(row["name"])
        changes.append(tx, _DELETED[kind], head_id, {"name": row["name"]})


def _head_of(row: Row) -> Head:
    return Head(
        id=row["id"],
        name=row["name"],
        file=row["file"],
        file_sha256=row["file_sha256"],
        content_digest=row["content_digest"],
        version=row["version"],
        definition=cast("JsonObject", parse_json(row["definition"])),
        at=row["at"],
    )
