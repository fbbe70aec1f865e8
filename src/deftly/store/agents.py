"""The newest usable version of each agent's file: what stays live while the file is broken.

Earlier versions are not kept.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol, cast

from deftly.domain.event import EventKind
from deftly.store import changes
from deftly.store.database import Database
from deftly.store.transaction import Row, Transaction
from deftly.values import JsonObject, dump_json, format_time, parse_json

_ALL: Final = "SELECT * FROM agents ORDER BY id"
_GET: Final = "SELECT * FROM agents WHERE id = ?"
_PUT: Final = """
    INSERT OR REPLACE INTO agents
        (id, name, file, file_sha256, content_digest, version, definition, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_DELETE: Final = "DELETE FROM agents WHERE id = ? RETURNING name"


@dataclass(frozen=True, slots=True)
class AgentHead:
    """The newest usable version of an agent.

    Attributes:
        file: Its name in the folder of agents.
        file_sha256: Of the file's bytes.
        content_digest: Of all its author can change: equal digests are no new version.
        version: To be recorded: the lowest number it may get. Recorded: its number.
        definition: As authored.
        at: When it was stored; empty in one that is to be recorded.
    """

    agent_id: str
    name: str
    file: str
    file_sha256: str
    content_digest: str
    version: int
    definition: JsonObject
    at: str = ""


class AgentHeads(Protocol):
    """What is known of each agent's file."""

    async def all(self) -> tuple[AgentHead, ...]:
        """Return the newest usable version of every agent that has a file."""
        ...

    async def record(self, heads: Iterable[AgentHead]) -> tuple[AgentHead, ...]:
        """Store them, all or none; one whose content is known keeps its version and time."""
        ...

    async def forget(self, agent_ids: Collection[str]) -> None:
        """Store that these have no file any more; unknown ones are passed over."""
        ...


class SqliteAgentHeads:
    """``AgentHeads`` in the database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self) -> tuple[AgentHead, ...]:
        """See ``AgentHeads.all``."""
        return await self._database.read(lambda view: tuple(map(_head_of, view.all(_ALL))))

    async def record(self, heads: Iterable[AgentHead]) -> tuple[AgentHead, ...]:
        """See ``AgentHeads.record``."""
        given = tuple(heads)
        return await self._database.write(lambda tx: tuple(_record(tx, one) for one in given))

    async def forget(self, agent_ids: Collection[str]) -> None:
        """See ``AgentHeads.forget``."""
        given = tuple(agent_ids)

        def work(tx: Transaction) -> None:
            for one in given:
                _forget(tx, one)

        await self._database.write(work)


def _record(tx: Transaction, given: AgentHead) -> AgentHead:
    row = tx.one(_GET, [given.agent_id])
    known = None if row is None else _head_of(row)
    if known is not None and known.content_digest == given.content_digest:
        stored = replace(given, version=known.version, at=known.at)
        if stored != known:
            _put(tx, stored)
        return stored
    version = max(given.version, 1 if known is None else known.version + 1)
    stored = replace(given, version=version, at=format_time(tx.now()))
    _put(tx, stored)
    news: JsonObject = {"name": stored.name, "version": stored.version}
    changes.append(tx, EventKind.AGENT_CHANGED, stored.agent_id, news)
    return stored


def _put(tx: Transaction, head: AgentHead) -> None:
    tx.change(
        _PUT,
        (
            head.agent_id,
            head.name,
            head.file,
            head.file_sha256,
            head.content_digest,
            head.version,
            dump_json(head.definition).decode(),
            head.at,
        ),
    )


def _forget(tx: Transaction, agent_id: str) -> None:
    row = tx.one(_DELETE, [agent_id])
    if row is not None:
        changes.append(tx, EventKind.AGENT_DELETED, agent_id, {"name": row["name"]})


def _head_of(row: Row) -> AgentHead:
    return AgentHead(
        agent_id=row["id"],
        name=row["name"],
        file=row["file"],
        file_sha256=row["file_sha256"],
        content_digest=row["content_digest"],
        version=row["version"],
        definition=cast("JsonObject", parse_json(row["definition"])),
        at=row["at"],
    )
