"""Whose conversation is whose: the first to use an id has it."""

from typing import Final, Protocol

from deftly.errors import NotFound
from deftly.store.database import Database
from deftly.store.transaction import Transaction
from deftly.values import format_time

_CLAIM: Final = """
    INSERT INTO conversations (id, principal, created_at) VALUES (?, ?, ?)
    ON CONFLICT (id) DO NOTHING
"""
_OWNER: Final = "SELECT principal FROM conversations WHERE id = ?"
_REMEMBERED_MAX: Final = 10_000


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

    def _remember(self, conversation_id: str, owner: str) -> None:
        if len(self._owners) >= _REMEMBERED_MAX:
            self._owners.pop(next(iter(self._owners)))
        self._owners[conversation_id] = owner


def _unknown() -> NotFound:
    return NotFound("There is no such conversation.")
