"""The history of definitions: every stored version, and which one is the latest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol, cast

from deftly.domain.event import EventKind
from deftly.errors import EditConflict, NotFound
from deftly.store import changes, confirmation_rows
from deftly.store.database import Database
from deftly.store.transaction import Row, Transaction
from deftly.values import JsonObject, dump_json, format_time, parse_json

_HEAD: Final = "SELECT * FROM revisions WHERE action_id = ? AND head = 1"
_HEADS: Final = "SELECT * FROM revisions WHERE head = 1 AND kind <> 'deleted'"
_HISTORY: Final = "SELECT * FROM revisions WHERE action_id = ? ORDER BY version DESC"
_GET: Final = "SELECT * FROM revisions WHERE action_id = ? AND version = ?"
_MOVED: Final = "UPDATE revisions SET file = ?, file_sha256 = ? WHERE action_id = ? AND version = ?"
_BEHEAD: Final = "UPDATE revisions SET head = 0 WHERE action_id = ? AND head = 1"
_INSERT: Final = """
    INSERT INTO revisions (action_id, version, kind, name, file, file_sha256, content_digest,
        version_hash, definition, enabled, author, at, head)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
"""


class RevisionKind(StrEnum):
    """Why a version was stored."""

    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Edit:
    """A definition to be stored.

    Attributes:
        file: Its name in the folder of actions.
        file_sha256: Of the file's bytes.
        content_digest: Of all its author can change: equal digests are no new version.
        version_hash: Of what a person agrees to: another one voids pending confirmations.
        definition: As authored.
        version: The lowest number it may get, such as the one its file names.
    """

    action_id: str
    name: str
    file: str
    file_sha256: str
    content_digest: str
    version_hash: str
    definition: JsonObject
    enabled: bool
    author: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Revision:
    """A stored version of a definition; the fields are those of ``Edit``.

    Attributes:
        at: When it was stored.
    """

    action_id: str
    version: int
    kind: RevisionKind
    name: str
    file: str
    file_sha256: str
    content_digest: str
    version_hash: str
    definition: JsonObject
    enabled: bool
    author: str
    at: str


class Revisions(Protocol):
    """What was stored of each action, and when."""

    async def record(self, edits: Iterable[Edit], seen: Mapping[str, int]) -> tuple[Revision, ...]:
        """Store versions, all or none, or refresh the latest one's file where nothing else differs.

        A new version voids the action's pending confirmations (all of them when it is
        disabled) and is announced, in one transaction.

        Args:
            edits: What was read.
            seen: The latest version that was known before it was read, by action; none of one
                that was new then, or deleted.

        Raises:
            EditConflict: Another version was stored meanwhile, which may be newer than what was
                read: read it again.
        """
        ...

    async def delete(self, action_id: str, author: str, *, seen: int) -> Revision:
        """Store that the action is gone and void what is pending.

        Raises:
            NotFound: It is gone already, or never was.
            EditConflict: It is not at the version that was ``seen``: look again if it is gone.
        """
        ...

    async def announce(self, action_ids: Iterable[str]) -> None:
        """Tell that something about these is new which is in no version of them."""
        ...

    async def heads(self) -> tuple[Revision, ...]:
        """Return the latest version of every action that is not deleted."""
        ...

    async def history(self, action_id: str) -> tuple[Revision, ...]:
        """Return every version, newest first; none for an unknown action."""
        ...

    async def get(self, action_id: str, version: int) -> Revision:
        """Return one version.

        Raises:
            NotFound: There is none with this number.
        """
        ...


class SqliteRevisions:
    """``Revisions`` in the database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def record(self, edits: Iterable[Edit], seen: Mapping[str, int]) -> tuple[Revision, ...]:
        """See ``Revisions.record``."""
        given = tuple(edits)
        return await self._database.write(
            lambda tx: tuple(_record(tx, edit, seen.get(edit.action_id)) for edit in given)
        )

    async def delete(self, action_id: str, author: str, *, seen: int) -> Revision:
        """See ``Revisions.delete``."""
        return await self._database.write(lambda tx: _delete(tx, action_id, author, seen))

    async def announce(self, action_ids: Iterable[str]) -> None:
        """See ``Revisions.announce``."""
        given = tuple(action_ids)
        await self._database.write(lambda tx: _announce_all(tx, given))

    async def heads(self) -> tuple[Revision, ...]:
        """See ``Revisions.heads``."""
        return await self._database.read(lambda view: tuple(map(_revision_of, view.all(_HEADS))))

    async def history(self, action_id: str) -> tuple[Revision, ...]:
        """See ``Revisions.history``."""
        rows = await self._database.read(lambda view: view.all(_HISTORY, [action_id]))
        return tuple(map(_revision_of, rows))

    async def get(self, action_id: str, version: int) -> Revision:
        """See ``Revisions.get``."""
        row = await self._database.read(lambda view: view.one(_GET, [action_id, version]))
        if row is None:
            message = f"There is no version {version} of this action."
            raise NotFound(message)
        return _revision_of(row)


def _record(tx: Transaction, edit: Edit, seen: int | None) -> Revision:
    row = tx.one(_HEAD, [edit.action_id])
    head = None if row is None else _revision_of(row)
    if head is not None and _is_same(head, edit):
        return _refresh(tx, head, edit)
    if seen != (None if head is None or head.kind is RevisionKind.DELETED else head.version):
        raise _overtaken(edit.name)
    present = 0 if head is None else head.version
    stored = _stored(edit, max(present + 1, edit.version), format_time(tx.now()))
    _insert(tx, stored)
    keep = stored.version_hash if stored.enabled else None
    confirmation_rows.void_other_versions(tx, stored.action_id, keep)
    _announce(tx, stored)
    return stored


def _overtaken(name: str) -> EditConflict:
    return EditConflict(f"Another version of {name} was stored meanwhile. Load it again.")


def _announce(tx: Transaction, head: Revision) -> None:
    news: JsonObject = {"name": head.name, "version": head.version, "enabled": head.enabled}
    changes.append(tx, EventKind.ACTION_CHANGED, head.action_id, news)


def _announce_all(tx: Transaction, action_ids: Iterable[str]) -> None:
    for action_id in action_ids:
        row = tx.one(_HEAD, [action_id])
        if row is not None and row["kind"] != RevisionKind.DELETED:
            _announce(tx, _revision_of(row))


def _is_same(head: Revision, edit: Edit) -> bool:
    return head.kind is not RevisionKind.DELETED and head.content_digest == edit.content_digest


def _refresh(tx: Transaction, head: Revision, edit: Edit) -> Revision:
    if (head.file, head.file_sha256) == (edit.file, edit.file_sha256):
        return head
    tx.change(_MOVED, [edit.file, edit.file_sha256, head.action_id, head.version])
    return replace(head, file=edit.file, file_sha256=edit.file_sha256)


def _delete(tx: Transaction, action_id: str, author: str, seen: int) -> Revision:
    row = tx.one(_HEAD, [action_id])
    if row is None or row["kind"] == RevisionKind.DELETED:
        message = "Action not found"
        raise NotFound(message)
    if row["version"] != seen:
        raise _overtaken(row["name"])
    gone = replace(
        _revision_of(row),
        version=row["version"] + 1,
        kind=RevisionKind.DELETED,
        author=author,
        at=format_time(tx.now()),
    )
    _insert(tx, gone)
    confirmation_rows.void_other_versions(tx, action_id, None)
    changes.append(tx, EventKind.ACTION_DELETED, action_id, {"name": gone.name})
    return gone


def _insert(tx: Transaction, revision: Revision) -> None:
    tx.change(_BEHEAD, [revision.action_id])
    tx.change(
        _INSERT,
        (
            revision.action_id,
            revision.version,
            revision.kind,
            revision.name,
            revision.file,
            revision.file_sha256,
            revision.content_digest,
            revision.version_hash,
            dump_json(revision.definition).decode(),
            revision.enabled,
            revision.author,
            revision.at,
        ),
    )


def _stored(edit: Edit, version: int, at: str) -> Revision:
    return Revision(
        action_id=edit.action_id,
        version=version,
        kind=RevisionKind.CHANGED,
        name=edit.name,
        file=edit.file,
        file_sha256=edit.file_sha256,
        content_digest=edit.content_digest,
        version_hash=edit.version_hash,
        definition=edit.definition,
        enabled=edit.enabled,
        author=edit.author,
        at=at,
    )


def _revision_of(row: Row) -> Revision:
    return Revision(
        action_id=row["action_id"],
        version=row["version"],
        kind=RevisionKind(row["kind"]),
        name=row["name"],
        file=row["file"],
        file_sha256=row["file_sha256"],
        content_digest=row["content_digest"],
        version_hash=row["version_hash"],
        definition=cast("JsonObject", parse_json(row["definition"])),
        enabled=bool(row["enabled"]),
        author=row["author"],
        at=row["at"],
    )
