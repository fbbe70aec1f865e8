"""Users: people with a role, a password, and at most one open invitation."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from deftly.domain.access import Role
from deftly.domain.event import EventKind
from deftly.domain.user import User, checked_name, normal_email
from deftly.errors import EmailTaken, Problem
from deftly.store import changes
from deftly.store.database import Database
from deftly.store.transaction import Row, Transaction
from deftly.store.user_rows import (
    Known,
    digest_of,
    invited_row,
    known_of,
    refuse_last_owner,
    user_of,
    user_row,
)
from deftly.values import format_time

INVITATION_LASTS: Final = timedelta(days=7)

_INSERT: Final = """
    INSERT INTO users (id, email, name, role, disabled, password, created_at)
    VALUES (?, ?, ?, ?, 0, ?, ?) RETURNING *
"""
_LIST: Final = "SELECT * FROM users ORDER BY created_at, id"
_BY_EMAIL: Final = "SELECT * FROM users WHERE email = ?"
_CHANGE: Final = "UPDATE users SET name = ?, role = ?, disabled = ? WHERE id = ? RETURNING *"
_DELETE: Final = "DELETE FROM users WHERE id = ?"
_PASSWORD: Final = """
    UPDATE users SET password = ?, invitation = NULL, invited_until = NULL
    WHERE id = ? AND (? IS NULL OR password = ?)
"""  # noqa: S105 - a statement
_INVITE: Final = "UPDATE users SET invitation = ?, invited_until = ? WHERE id = ?"
_END_SESSIONS: Final = "DELETE FROM sessions WHERE user_id = ? AND sha256 <> ?"


@dataclass(frozen=True, slots=True)
class UserChange:
    """What to change of a user; none of what is left out."""

    name: str | None = None
    role: Role | None = None
    disabled: bool | None = None


class Users(Protocol):
    """People who sign in by themselves.

    What ends or changes a user's rights holds for their open sessions at once, in every process.
    """

    async def create(self, email: str, name: str, role: Role, password: str | None) -> User:
        """Add a user; ``password`` is a digest.

        Raises:
            InvalidRequest: No address, or no name.
            EmailTaken: Somebody has the address.
        """
        ...

    async def list(self) -> tuple[User, ...]:
        """Return the users, oldest first."""
        ...

    async def get(self, user_id: str) -> Known:
        """Return one user.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def by_email(self, email: str) -> Known | None:
        """Return the user with this address, in its normal form."""
        ...

    async def change(self, user_id: str, change: UserChange) -> User:
        """Change some fields; disabling ends the user's sessions.

        Raises:
            NotFound: There is none with this id.
            LastOwner: No other owner could sign in.
            InvalidRequest: No name.
        """
        ...

    async def set_password(
        self, user_id: str, password: str, *, present: str | None = None, keep: str = ""
    ) -> bool:
        """Store a digest, drop the invitation, and end all sessions but the one to keep.

        Returns False, with nothing changed, where ``present`` is not the digest any more.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def invite(self, user_id: str) -> tuple[User, str]:
        """Return a token that sets a password once within 7 days; an earlier one is void.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def invited(self, token: str) -> User | None:
        """Return whom the token invites; it stays good."""
        ...

    async def accept(self, token: str, password: str) -> User | None:
        """Store the digest for whom the token invites, which is used up; None if it is no good."""
        ...

    async def delete(self, user_id: str) -> None:
        """Remove a user and their sessions.

        Raises:
            NotFound: There is none with this id.
            LastOwner: No other owner could sign in.
        """
        ...


class SqliteUsers:
    """``Users`` in the database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def create(self, email: str, name: str, role: Role, password: str | None) -> User:
        """See ``Users.create``."""
        user_id = self._database.ids.new_id()
        values = (user_id, normal_email(email), checked_name(name), role.value, password)

        def work(tx: Transaction) -> Row:
            try:
                (row,) = tx.all(_INSERT, [*values, format_time(tx.now())])
            except sqlite3.IntegrityError:
                message = "email is that of another user already."
                raise EmailTaken(message, details=[Problem("email", message)]) from None
            _announce(tx, user_id)
            return row

        return user_of(await self._database.write(work))

    async def list(self) -> tuple[User, ...]:
        """See ``Users.list``."""
        rows = await self._database.read(lambda view: view.all(_LIST))
        return tuple(map(user_of, rows))

    async def get(self, user_id: str) -> Known:
        """See ``Users.get``."""
        return known_of(await self._database.read(lambda view: user_row(view, user_id)))

    async def by_email(self, email: str) -> Known | None:
        """See ``Users.by_email``."""
        row = await self._database.read(lambda view: view.one(_BY_EMAIL, [email]))
        return None if row is None else known_of(row)

    async def change(self, user_id: str, change: UserChange) -> User:
        """See ``Users.change``."""
        name = None if change.name is None else checked_name(change.name)

        def work(tx: Transaction) -> Row:
            before = user_of(user_row(tx, user_id))
            role = change.role or before.role
            disabled = before.disabled if change.disabled is None else change.disabled
            if disabled or role is not Role.OWNER:
                refuse_last_owner(tx, before)
            (row,) = tx.all(_CHANGE, [name or before.name, role.value, int(disabled), user_id])
            if disabled:
                tx.change(_END_SESSIONS, [user_id, ""])
            _announce(tx, user_id)
            return row

        return user_of(await self._database.write(work))

    async def set_password(
        self, user_id: str, password: str, *, present: str | None = None, keep: str = ""
    ) -> bool:
        """See ``Users.set_password``."""
        kept = digest_of(keep)

        def work(tx: Transaction) -> bool:
            user_row(tx, user_id)
            if tx.change(_PASSWORD, [password, user_id, present, present]) == 0:
                return False
            tx.change(_END_SESSIONS, [user_id, kept])
            _announce(tx, user_id)
            return True

        return await self._database.write(work, durable=True)

    async def invite(self, user_id: str) -> tuple[User, str]:
        """See ``Users.invite``."""
        token = self._database.ids.new_token()

        def work(tx: Transaction) -> Row:
            until = format_time(tx.now() + INVITATION_LASTS)
            tx.change(_INVITE, [digest_of(token), until, user_id])
            row = user_row(tx, user_id)
            _announce(tx, user_id)
            return row

        return user_of(await self._database.write(work)), token

    async def invited(self, token: str) -> User | None:
        """See ``Users.invited``."""
        row = await self._database.read(lambda view: invited_row(view, token))
        return None if row is None else user_of(row)

    async def accept(self, token: str, password: str) -> User | None:
        """See ``Users.accept``."""

        def work(tx: Transaction) -> Row | None:
            found = invited_row(tx, token)
            if found is None:
                return None
            user_id: str = found["id"]
            tx.change(_PASSWORD, [password, user_id, None, None])
            tx.change(_END_SESSIONS, [user_id, ""])
            _announce(tx, user_id)
            return user_row(tx, user_id)

        row = await self._database.write(work, durable=True)
        return None if row is None else user_of(row)

    async def delete(self, user_id: str) -> None:
        """See ``Users.delete``."""

        def work(tx: Transaction) -> None:
            refuse_last_owner(tx, user_of(user_row(tx, user_id)))
            tx.change(_DELETE, [user_id])
            tx.change(_END_SESSIONS, [user_id, ""])
            changes.append(tx, EventKind.USER_CHANGED, user_id, {"deleted": True})

        await self._database.write(work)


def _announce(tx: Transaction, user_id: str) -> None:
    # Whoever may read hears of it: no name, no address.
    changes.append(tx, EventKind.USER_CHANGED, user_id, {})
