"""Dashboard sessions, and the one-time tokens that begin them."""

from datetime import timedelta
from typing import Final, Protocol

from deftly.domain.access import LOCAL_OWNER, Principal
from deftly.store.database import Database
from deftly.store.transaction import Snapshot, Transaction
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
_FIND: Final = "SELECT expires_at FROM sessions WHERE sha256 = ? AND expires_at > ?"
_RENEW: Final = "UPDATE sessions SET expires_at = ? WHERE sha256 = ? AND expires_at < ?"
_END: Final = "DELETE FROM sessions WHERE sha256 = ?"


class Sessions(Protocol):
    """Who is logged in to the dashboard."""

    async def create_login_token(self) -> str:
        """Return a token that begins one session within 10 minutes."""
        ...

    async def redeem(self, token: str) -> str | None:
        """Return a session for the token, which is used up; None if it is not or no longer good."""
        ...

    async def find(self, session: str) -> Principal | None:
        """Return whose session it is; it ends 30 days after its last use."""
        ...

    async def end(self, session: str) -> None:
        """End the session, if it has not ended."""
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

    async def find(self, session: str) -> Principal | None:
        """See ``Sessions.find``."""
        digest = _digest(session)

        def look(view: Snapshot) -> str | None:
            row = view.one(_FIND, [digest, format_time(view.now())])
            return None if row is None else str(row["expires_at"])

        expires_at = await self._database.read(look)
        if expires_at is None:
            return None
        self._renew(digest, expires_at)
        return LOCAL_OWNER

    async def end(self, session: str) -> None:
        """See ``Sessions.end``."""
        await self._database.change(_END, [_digest(session)])

    def _renew(self, digest: str, expires_at: str) -> None:
        fresh = self._database.clock.now() + SESSION_LASTS
        if expires_at < format_time(fresh - _RENEWED_EVERY):
            renewed = format_time(fresh)
            self._database.change_later(_RENEW, [renewed, digest, renewed])


def _digest(text: str) -> str:
    return sha256_hex(text.encode(errors="surrogatepass"))
