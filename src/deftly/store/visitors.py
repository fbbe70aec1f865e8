"""Visitors who have written something, for thirty days after the last time."""

from datetime import timedelta
from typing import Final, Protocol, cast

from deftly.domain.visitor import RESUME_LIFETIME_S, Visitor
from deftly.store.database import Database
from deftly.store.transaction import Row, Snapshot
from deftly.values import JsonObject, canonical_json, format_time, parse_json

_KEPT: Final = timedelta(seconds=RESUME_LIFETIME_S)
# How late one who changed nothing may be noted as seen: not every message is a write.
_NOTED_EVERY_S: Final = 3600
_REMEMBERED_MAX: Final = 10_000

_NOTE: Final = """
    INSERT INTO visitors (id, agent_id, origin, user_id, user, page, network, seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET page = excluded.page, seen_at = excluded.seen_at,
        network = coalesce(network, excluded.network),
        user_id = coalesce(excluded.user_id, user_id), user = coalesce(excluded.user, user)
    WHERE user_id IS NULL OR excluded.user_id IS NULL OR excluded.user_id = user_id
"""
_GET: Final = "SELECT * FROM visitors WHERE id = ?"
_OF_USER: Final = """
    SELECT * FROM visitors WHERE agent_id = ? AND origin = ? AND user_id = ?
    ORDER BY seen_at DESC, id LIMIT 1
"""
_OLD: Final = "SELECT 1 FROM visitors WHERE seen_at < ? LIMIT 1"
_FORGET: Final = "DELETE FROM visitors WHERE seen_at < ?"


class Visitors(Protocol):
    """Whom to go on as when a visitor is not there."""

    async def note(self, visitor: Visitor, network: str) -> None:
        """Remember the visitor as they are now; whom they were verified as stays.

        Args:
            visitor: Who writes.
            network: A digest of where they write from. The first stays: who moves about would
                leave what they asked for to another place, and begin anew.
        """
        ...

    async def get(self, visitor_id: str) -> Visitor | None:
        """Return the visitor as last noted."""
        ...

    async def of_user(self, agent_id: str, origin: str, user_id: str) -> Visitor | None:
        """Return who this verified user was last."""
        ...

    async def forget_old(self) -> None:
        """Forget those who have not written for thirty days."""
        ...


class SqliteVisitors:
    """``Visitors`` in the database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database
        self._noted: dict[str, tuple[bytes, float]] = {}

    async def note(self, visitor: Visitor, network: str) -> None:
        """See ``Visitors.note``."""
        user, page = _text(visitor.user), _text(visitor.page)
        content = f"{user} {page}".encode()
        known, at_s = self._noted.get(visitor.id, (b"", 0.0))
        now_s = self._database.clock.monotonic_s()
        if known == content and now_s - at_s < _NOTED_EVERY_S:
            return
        at = format_time(self._database.clock.now())
        place = (visitor.id, visitor.agent_id, visitor.origin)
        await self._database.change(_NOTE, [*place, visitor.user_id, user, page, network, at])
        if len(self._noted) >= _REMEMBERED_MAX:
            self._noted.pop(next(iter(self._noted)))
        self._noted[visitor.id] = (content, now_s)

    async def get(self, visitor_id: str) -> Visitor | None:
        """See ``Visitors.get``."""
        return _visitor(await self._database.read(lambda view: view.one(_GET, [visitor_id])))

    async def of_user(self, agent_id: str, origin: str, user_id: str) -> Visitor | None:
        """See ``Visitors.of_user``."""
        key = [agent_id, origin, user_id]
        return _visitor(await self._database.read(lambda view: view.one(_OF_USER, key)))

    async def forget_old(self) -> None:
        """See ``Visitors.forget_old``."""

        def look(view: Snapshot) -> str | None:
            before = format_time(view.now() - _KEPT)
            return before if view.one(_OLD, [before]) else None

        # Looked at first, so that nothing is locked while there is nothing to do.
        before = await self._database.read(look)
        if before is not None:
            await self._database.change(_FORGET, [before])


def _text(values: object) -> str | None:
    return None if values is None else canonical_json(cast("JsonObject", values)).decode()


def _visitor(row: Row | None) -> Visitor | None:
    if row is None:
        return None
    return Visitor(
        row["id"], row["agent_id"], row["origin"], _object(row["user"]), _object(row["page"])
    )


def _object(text: str | None) -> JsonObject | None:
    return None if text is None else cast("JsonObject", parse_json(text))
