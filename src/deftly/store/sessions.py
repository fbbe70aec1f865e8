"""Dashboard sessions, and the one-time tokens that begin them."""

from datetime import timedelta
from typing import Final, Protocol

from deftly.domain.access import LOCAL_OWNER, Principal, Role, user_principal
from deftly.domain.event import EventKind
from deftly.store import changes
from deftly.store.database import Database
from deftly.store.transaction import Row, Snapshot, Transaction
from deftly.values import format_time, sha256_hex

LOGIN_TOKEN_LASTS: Final = timedelta(minutes=10)
SESSION_LASTS: Final = timedelta(days=30)
# How late a session may learn that it was used: not every look at the dashboard is a write.
_RENEWED_EVERY: Final = timedelta(hours=1)

_ADD_TOKEN: Final = "INSERT INTO login_tokens (sha256, expires_at) VALUES (?, ?)"  # noqa: S105 - a statement
_DROP_STALE_TOKENS: Final = "DELETE FROM login_tokens WHERE expires_at <= ?"
_USE_TOKEN: Final = "DELETE FROM login_tokens WHERE sha256 = ? AND expires_at > ?"  # noqa: S105 - a statement
_ADD: Final = "INSERT INTO sessions (sha256, created_at, expires_at) VALUES (?, ?, ?)"
_DROP_STALE: Final = "DELETE FROM sessions WHERE expires_at <= ?"
_ADD_OF_USER: Final = """
    INSERT INTO sessions (sha256, created_at, expires_at, user_id)
    SELECT ?, ?, ?, id FROM users WHERE id = ? AND password = ? AND disabled = 0
"""
_SIGNED_IN: Final = "UPDATE users SET signed_in_at = ? WHERE id = ?"
# Looked up with the user at each request: a change of their rights needs no second place.
_FIND: Final = """
    SELECT s.expires_at, s.user_id, u.name, u.role
    FROM sessions AS s LEFT JOIN users AS u ON u.id = s.user_id
    WHERE s.sha256 = ? AND s.expires_at > ? AND (s.user_id IS NULL OR u.disabled = 0)
"""
_RENEW: Final = "UPDATE sessions SET expires_at = ? WHERE sha256 = ? AND expires_at < ?"
_END: Final = "DELETE FROM sessions WHERE sha256 = ? RETURNING user_id"


class Sessions(Protocol):
    """Who is logged in to the dashboard."""

    async def create_login_token(self) -> str:
        """Return a token that begins one session within 10 minutes."""
        ...

    async def redeem(self, token: str) -> str | None:
        """Return a session for the token, which is used up; None if it is not or no longer good."""
        ...

    async def open(self, user_id: str, password: str) -> str | None:
        """Return a session of the user; None if the digest is not theirs now, or they may not."""
        ...

    async def find(self, session: str) -> Principal | None:
        """Return whose session it is, with the rights they have now.

        It ends 30 days after its last use, or with its user. One that a login token began is
        the local owner's.
        """
        ...

    async def end(self, session: str) -> None:
        """End the session, if it has not ended; every process hears of it."""
        ...


class SqliteSessions:
    """``Sessions`` in the database: the SHA-256 of each, never the text itself."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def create_login_token(self) -> str:
        """See ``Sessions.create_login_token``."""
        token = self._database.ids.new_token()

        def work(tx: Transaction) -> None:
            now = tx.now()
            tx.change(_DROP_STALE_TOKENS, [format_time(now)])
            tx.change(_ADD_TOKEN, [_digest(token), format_time(now + LOGIN_TOKEN_LASTS)])

        await self._database.write(work)
        return token

    async def redeem(self, token: str) -> str | None:
        """See ``Sessions.redeem``."""
        session = self._database.ids.new_token()

        def work(tx: Transaction) -> bool:
            now = tx.now()
            at = format_time(now)
            if tx.change(_USE_TOKEN, [_digest(token), at]) == 0:
                return False
            tx.change(_DROP_STALE, [at])
            tx.change(_ADD, [_digest(session), at, format_time(now + SESSION_LASTS)])
            return True

        return session if await self._database.write(work, durable=True) else None

    async def open(self, user_id: str, password: str) -> str | None:
        """See ``Sessions.open``."""
        session = self._database.ids.new_token()

        def work(tx: Transaction) -> bool:
            now = tx.now()
            at = format_time(now)
            tx.change(_DROP_STALE, [at])
            times = (at, format_time(now + SESSION_LASTS))
            if tx.change(_ADD_OF_USER, [_digest(session), *times, user_id, password]) == 0:
                return False
            tx.change(_SIGNED_IN, [at, user_id])
            return True

        return session if await self._database.write(work, durable=True) else None

    async def find(self, session: str) -> Principal | None:
        """See ``Sessions.find``."""
        digest = _digest(session)

        def look(view: Snapshot) -> Row | None:
            return view.one(_FIND, [digest, format_time(view.now())])

        row = await self._database.read(look)
        if row is None:
            return None
        self._renew(digest, row["expires_at"])
        if row["user_id"] is None:
            return LOCAL_OWNER
        return user_principal(row["user_id"], row["name"], Role(row["role"]))

    async def end(self, session: str) -> None:
        """See ``Sessions.end``."""

        def work(tx: Transaction) -> None:
            ended = tx.one(_END, [_digest(session)])
            if ended is not None:
                subject = ended["user_id"] or LOCAL_OWNER.id
                changes.append(tx, EventKind.SESSION_ENDED, subject, {})

        await self._database.write(work)

    def _renew(self, digest: str, expires_at: str) -> None:
        fresh = self._database.clock.now() + SESSION_LASTS
        if expires_at < format_time(fresh - _RENEWED_EVERY):
            renewed = format_time(fresh)
            self._database.change_later(_RENEW, [renewed, digest, renewed])


def _digest(text: str) -> str:
    return sha256_hex(text.encode(errors="surrogatepass"))
