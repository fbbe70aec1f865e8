"""Users as rows, and who of them counts as an owner."""

from dataclasses import dataclass
from typing import Final

from deftly.domain.access import Role
from deftly.domain.user import User
from deftly.errors import LastOwner, NotFound
from deftly.store.transaction import Row, Snapshot, Transaction
from deftly.values import format_time, sha256_hex

_GET: Final = "SELECT * FROM users WHERE id = ?"
_INVITED: Final = "SELECT * FROM users WHERE invitation = ? AND invited_until > ? AND disabled = 0"
_OTHER_OWNERS: Final = """
    SELECT count(*) AS number FROM users
    WHERE id <> ? AND role = 'owner' AND disabled = 0 AND password IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What a password is compared with.

    Attributes:
        password: Its digest, as ``Passwords`` makes it.
    """

    user: User
    password: str | None


def user_row(view: Snapshot, user_id: str) -> Row:
    """Return a user's row.

    Raises:
        NotFound: There is none with this id.
    """
    row = view.one(_GET, [user_id])
    if row is None:
        message = "There is no such user."
        raise NotFound(message)
    return row


def invited_row(view: Snapshot, token: str) -> Row | None:
    """Return the row of whom the token invites now."""
    return view.one(_INVITED, [digest_of(token), format_time(view.now())])


def refuse_last_owner(tx: Transaction, user: User) -> None:
    """Keep one owner who can sign in, where there is one.

    Raises:
        LastOwner: The user is that one.
    """
    if user.role is not Role.OWNER or not user.can_sign_in:
        return
    row = tx.one(_OTHER_OWNERS, [user.id])
    if row is None or row["number"] == 0:
        message = (
            f"{user.name} is the last owner who can sign in; make somebody else an owner first. "
            "An invited owner counts once their password is set."
        )
        raise LastOwner(message)


def digest_of(text: str) -> str:
    """Return the form in which a token or a session is kept."""
    return sha256_hex(text.encode(errors="surrogatepass"))


def known_of(row: Row) -> Known:
    """Return the user of a row with the digest of their password."""
    return Known(user_of(row), row["password"])


def user_of(row: Row) -> User:
    """Return the user of a row."""
    return User(
        id=row["id"],
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        disabled=bool(row["disabled"]),
        has_password=row["password"] is not None,
        created_at=row["created_at"],
        invited_until=row["invited_until"],
        signed_in_at=row["signed_in_at"],
    )
