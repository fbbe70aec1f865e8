"""Whose conversation is whose, and the list of those an agent holds."""

import base64
import binascii
from dataclasses import dataclass
from typing import Final, Protocol

from deftly.domain.conversation import Conversation
from deftly.domain.event import EventKind
from deftly.domain.run import RunEvent, RunFault
from deftly.errors import ConversationBusy, InvalidRequest, NotFound
from deftly.store import changes, confirmation_rows, run_rows
from deftly.store.database import Database
from deftly.store.transaction import Parameter, Row, Snapshot, Transaction
from deftly.values import format_time

PAGE_MAX: Final = 200
_CLAIM: Final = """
    INSERT INTO conversations (id, principal, created_at) VALUES (?, ?, ?)
    ON CONFLICT (id) DO NOTHING
"""
_OWNER: Final = "SELECT principal FROM conversations WHERE id = ?"
_BY_KEY: Final = "SELECT * FROM conversations WHERE agent = ? AND principal = ? AND thread = ?"
_OPEN: Final = """
    INSERT INTO conversations (id, principal, created_at, agent, thread, title, updated_at)
    VALUES (?, ?, ?, ?, ?, '', ?)
"""
_GET: Final = "SELECT * FROM conversations WHERE id = ? AND agent IS NOT NULL"
_LIST: Final = """
    SELECT * FROM conversations WHERE agent IS NOT NULL {more}
    ORDER BY updated_at DESC, id DESC LIMIT ?
"""
_RENAME: Final = "UPDATE conversations SET title = ? WHERE id = ? AND agent IS NOT NULL"
# The row stays: nobody else may ever use the id.
_FORGET: Final = """
    UPDATE conversations SET agent = NULL, thread = NULL, title = NULL, updated_at = NULL
    WHERE id = ? AND agent IS NOT NULL AND turn IS NULL
"""
_PENDING: Final = """
    SELECT id FROM runs WHERE conversation_id = ? AND +status = 'confirm_required'
"""
_DELETES: Final = tuple(
    f"DELETE FROM {table} WHERE conversation_id = ?"
    for table in ("open_calls", "client_calls", "conversation_history", "conversation_events")
)
_REMEMBERED_MAX: Final = 10_000
_GONE: Final = RunFault(
    code="conversation_deleted",
    message="Its conversation was deleted before anybody answered; nothing was sent.",
)


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Some conversations, the one used last first.

    Attributes:
        next: Cursor of the page after this one; None at the end.
    """

    conversations: tuple[Conversation, ...]
    next: str | None


class Conversations(Protocol):
    """Conversations and who they belong to."""

    async def claim(self, conversation_id: str, principal_id: str) -> None:
        """Make the conversation this principal's, if it is nobody's yet.

        Raises:
            NotFound: It is somebody else's; that is all anyone is told.
        """
        ...

    async def owner_of(self, conversation_id: str) -> str:
        """Return the id of the principal it belongs to.

        Raises:
            NotFound: It is nobody's.
        """
        ...

    async def open(self, agent: str, principal_id: str, thread_id: str) -> Conversation:
        """Return the conversation with this key; it is made where there is none."""
        ...

    async def find(self, agent: str, principal_id: str, thread_id: str) -> Conversation:
        """Return the conversation with this key.

        Raises:
            NotFound: There is none.
        """
        ...

    async def get(self, conversation_id: str) -> Conversation:
        """Return one conversation.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def list(
        self, principal_id: str | None, *, cursor: str | None, limit: int
    ) -> ConversationPage:
        """Return at most ``limit`` conversations (1 to 200) of one principal, or of all.

        Raises:
            InvalidRequest: The cursor is none of ours, or the limit is out of range.
        """
        ...

    async def rename(self, conversation_id: str, title: str) -> Conversation:
        """Give it another title.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def delete(self, conversation_id: str) -> None:
        """Forget what was said; what waits for a person in it is void. Runs stay in the log.

        Raises:
            NotFound: There is none with this id.
            ConversationBusy: A turn is under way.
        """
        ...


class SqliteConversations:
    """``Conversations`` in the database; owners never change, so memory is good for ever."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database
        self._owners: dict[str, str] = {}

    async def claim(self, conversation_id: str, principal_id: str) -> None:
        """See ``Conversations.claim``."""
        owner = self._owners.get(conversation_id)
        if owner is None:

            def work(tx: Transaction) -> str:
                tx.change(_CLAIM, [conversation_id, principal_id, format_time(tx.now())])
                row = tx.one(_OWNER, [conversation_id])
                return principal_id if row is None else str(row["principal"])

            owner = await self._database.write(work)
            self._remember(conversation_id, owner)
        if owner != principal_id:
            raise _unknown()

    async def owner_of(self, conversation_id: str) -> str:
        """See ``Conversations.owner_of``."""
        row = await self._database.read(lambda view: view.one(_OWNER, [conversation_id]))
        if row is None:
            raise _unknown()
        return str(row["principal"])

    async def open(self, agent: str, principal_id: str, thread_id: str) -> Conversation:
        """See ``Conversations.open``."""
        key = [agent, principal_id, thread_id]
        fresh_id = self._database.ids.new_id()

        def work(tx: Transaction) -> Row | None:
            row = tx.one(_BY_KEY, key)
            if row is not None:
                return row
            at = format_time(tx.now())
            tx.change(_OPEN, [fresh_id, principal_id, at, agent, thread_id, at])
            return tx.one(_GET, [fresh_id])

        return _conversation(await self._database.write(work))

    async def find(self, agent: str, principal_id: str, thread_id: str) -> Conversation:
        """See ``Conversations.find``."""
        key = [agent, principal_id, thread_id]
        return _conversation(await self._database.read(lambda view: view.one(_BY_KEY, key)))

    async def get(self, conversation_id: str) -> Conversation:
        """See ``Conversations.get``."""
        row = await self._database.read(lambda view: view.one(_GET, [conversation_id]))
        return _conversation(row)

    async def list(
        self, principal_id: str | None, *, cursor: str | None, limit: int
    ) -> ConversationPage:
        """See ``Conversations.list``."""
        if not 1 <= limit <= PAGE_MAX:
            message = f"limit must be between 1 and {PAGE_MAX}"
            raise InvalidRequest(message)
        before = None if cursor is None else _place_of(cursor)
        return await self._database.read(lambda view: _page(view, principal_id, before, limit))

    async def rename(self, conversation_id: str, title: str) -> Conversation:
        """See ``Conversations.rename``."""

        def work(tx: Transaction) -> Row | None:
            if tx.change(_RENAME, [title, conversation_id]):
                changes.append(tx, EventKind.CONVERSATION_CHANGED, conversation_id, {})
            return tx.one(_GET, [conversation_id])

        return _conversation(await self._database.write(work))

    async def delete(self, conversation_id: str) -> None:
        """See ``Conversations.delete``."""
        await self._database.write(lambda tx: forget(tx, conversation_id))

    def _remember(self, conversation_id: str, owner: str) -> None:
        if len(self._owners) >= _REMEMBERED_MAX:
            self._owners.pop(next(iter(self._owners)))
        self._owners[conversation_id] = owner


def forget(tx: Transaction, conversation_id: str) -> None:
    """Forget one conversation; see ``Conversations.delete``."""
    if not tx.change(_FORGET, [conversation_id]):
        _conversation(tx.one(_GET, [conversation_id]))
        raise ConversationBusy("A turn is under way in this conversation; try again soon.")
    # First: a question that is void goes on with nothing.
    tx.change(_DELETES[0], [conversation_id])
    for row in tx.all(_PENDING, [conversation_id]):
        confirmation_rows.close(tx, row["id"], RunEvent.VOIDED)
        run_rows.explain(tx, row["id"], _GONE)
    for statement in _DELETES[1:]:
        tx.change(statement, [conversation_id])
    changes.append(tx, EventKind.CONVERSATION_CHANGED, conversation_id, {"deleted": True})


def _conversation(row: Row | None) -> Conversation:
    if row is None:
        raise _unknown()
    return Conversation(
        id=row["id"],
        agent=row["agent"],
        principal=row["principal"],
        thread_id=row["thread"],
        title=row["title"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        busy=row["turn"] is not None,
    )


def _page(
    view: Snapshot, principal_id: str | None, before: tuple[str, str] | None, limit: int
) -> ConversationPage:
    more, bound = "", list[Parameter]()
    if principal_id is not None:
        more, bound = "AND principal = ?", [principal_id]
    if before is not None:
        more, bound = f"{more} AND (updated_at, id) < (?, ?)", [*bound, *before]
    rows = view.all(_LIST.format(more=more), [*bound, limit + 1])
    shown = rows[:limit]
    following = _cursor_of(shown[-1]) if len(rows) > limit else None
    return ConversationPage(tuple(_conversation(row) for row in shown), following)


def _cursor_of(row: Row) -> str:
    place = f"{row['updated_at']} {row['id']}"
    return base64.urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def _place_of(cursor: str) -> tuple[str, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        at, conversation_id = text.split(" ")
    except (ValueError, binascii.Error):
        message = "cursor is not one this list has given; leave it out to start anew"
        raise InvalidRequest(message) from None
    return at, conversation_id


def _unknown() -> NotFound:
    return NotFound("There is no such conversation.")
