"""Rows of confirmations: written, judged and read inside somebody's transaction.

A confirmation's status is its run's, but a pending one whose time is over counts as
expired from that moment, whether or not anybody has written it down.
"""

from datetime import datetime
from typing import Final, cast

from deftly.domain.confirmation import Confirmation
from deftly.domain.run import RunEvent, Status
from deftly.errors import NotFound
from deftly.store import run_rows
from deftly.store.transaction import Parameter, Row, Snapshot, Transaction
from deftly.values import (
    JsonObject,
    canonical_json,
    dump_json,
    format_time,
    parse_json,
    parse_time,
    sha256_hex,
)

_INSERT: Final = """
    INSERT INTO confirmations (id, run_id, action_id, tool, version_hash, arguments, user, page,
        request_digest, summary, requester, conversation_id, call_digest, asked_times,
        created_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ISSUE: Final = """
    INSERT INTO confirmation_tokens (sha256, confirmation_id, principal, made_at)
    VALUES (?, ?, ?, ?)
"""
# Anybody who may answer gets as many as they ask for: the older ones make room.
TOKENS_MAX: Final = 20
_MAKE_ROOM: Final = """
    DELETE FROM confirmation_tokens WHERE sha256 IN (
        SELECT sha256 FROM confirmation_tokens WHERE confirmation_id = ? AND principal = ?
        ORDER BY made_at DESC LIMIT -1 OFFSET ?
    )
"""
_ASKED: Final = "SELECT count(*) AS times FROM confirmations WHERE call_digest = ?"
_JOINED: Final = """
    SELECT c.*, r.status AS status FROM confirmations AS c JOIN runs AS r ON r.id = c.run_id
"""
_BY_ID: Final = _JOINED + "WHERE c.id = ?"
_BY_TOKEN: Final = (
    _JOINED
    + """
    WHERE c.id = ? AND EXISTS (
        SELECT 1 FROM confirmation_tokens AS t
        WHERE t.sha256 = ? AND t.confirmation_id = c.id AND t.principal = ?
    )
"""
)
_LIST: Final = _JOINED + "WHERE {which} ORDER BY c.rowid DESC LIMIT ?"
_COUNT: Final = """
    SELECT count(*) AS number FROM confirmations AS c JOIN runs AS r ON r.id = c.run_id
    WHERE {which}
"""
# Asked of each pending run: those are few, and the answered ones grow without end.
_DUE: Final = """
    EXISTS (SELECT 1 FROM confirmations AS c WHERE c.run_id = runs.id AND c.expires_at <= ?)
"""
_OTHER_VERSIONS: Final = """
    EXISTS (
        SELECT 1 FROM confirmations AS c
        WHERE c.run_id = runs.id AND c.action_id = ? AND c.version_hash IS NOT ?
    )
"""
_THIS: Final = "id = ?"
_ANSWERED: Final = "UPDATE confirmations SET answered_by = ?, answered_at = ? WHERE id = ?"


def insert(tx: Transaction, confirmation: Confirmation) -> None:
    """Write the row and count how often the same call was asked, this time included."""
    digest = call_digest(confirmation)
    asked = tx.one(_ASKED, [digest])
    tx.change(
        _INSERT,
        (
            confirmation.id,
            confirmation.run_id,
            confirmation.action_id,
            confirmation.tool,
            confirmation.version_hash,
            dump_json(confirmation.arguments).decode(),
            dump_json(confirmation.user).decode(),
            dump_json(confirmation.page).decode(),
            confirmation.request_digest,
            dump_json(confirmation.summary).decode(),
            confirmation.requester,
            confirmation.conversation_id,
            digest,
            1 + (asked["times"] if asked is not None else 0),
            confirmation.created_at,
            confirmation.expires_at,
        ),
    )


def insert_token(tx: Transaction, confirmation_id: str, sha256: str, principal: str) -> None:
    """Write who may answer with which token; the last twenty of each count."""
    tx.change(_MAKE_ROOM, [confirmation_id, principal, TOKENS_MAX - 1])
    tx.change(_ISSUE, [sha256, confirmation_id, principal, format_time(tx.now())])


def call_digest(confirmation: Confirmation) -> str:
    """Return what is equal for the same call, asked again where it was asked before."""
    conversation = confirmation.conversation_id
    place = [confirmation.requester] if conversation is None else ["in", conversation]
    return sha256_hex(canonical_json([confirmation.tool, confirmation.arguments, *place]))


def fetch(view: Snapshot, confirmation_id: str) -> Confirmation:
    """Return the confirmation as it stands.

    Raises:
        NotFound: There is none with this id.
    """
    row = view.one(_BY_ID, [confirmation_id])
    if row is None:
        raise unknown()
    return confirmation_of(row, view.now())


def fetch_for(
    view: Snapshot, confirmation_id: str, token_sha256: str, principal_id: str
) -> Confirmation:
    """Return the confirmation that this token lets this principal answer.

    Raises:
        NotFound: The same for an unknown id, a wrong token and somebody else's token.
    """
    row = view.one(_BY_TOKEN, [confirmation_id, token_sha256, principal_id])
    if row is None:
        raise unknown()
    return confirmation_of(row, view.now())


def newest(view: Snapshot, status: Status | None, limit: int) -> tuple[Confirmation, ...]:
    """Return the newest confirmations with this status; expiry counts as of now."""
    now = view.now()
    which, bound = _which(status, format_time(now))
    rows = view.all(_LIST.format(which=which), [*bound, limit])
    return tuple(confirmation_of(row, now) for row in rows)


def count(view: Snapshot, status: Status) -> int:
    """Return how many there are with this status; expiry counts as of now."""
    which, bound = _which(status, format_time(view.now()))
    row = view.one(_COUNT.format(which=which), bound)
    return 0 if row is None else int(row["number"])


def _which(status: Status | None, now: str) -> tuple[str, list[Parameter]]:
    match status:
        case None:
            return "true", []
        case Status.CONFIRM_REQUIRED:
            return "r.status = ? AND c.expires_at > ?", [status, now]
        case Status.EXPIRED:
            condition = "(r.status = ? OR (r.status = ? AND c.expires_at <= ?))"
            return condition, [status, Status.CONFIRM_REQUIRED, now]
        case _:
            return "r.status = ?", [status]


def expire_due(tx: Transaction) -> tuple[str, ...]:
    """Close the pending ones whose time is over; return their runs' ids."""
    return run_rows.refuse(tx, RunEvent.EXPIRED, _DUE, [format_time(tx.now())])


def void_other_versions(tx: Transaction, action_id: str, keep_hash: str | None) -> tuple[str, ...]:
    """Close the action's pending ones asked about another version; return their runs' ids."""
    return run_rows.refuse(tx, RunEvent.VOIDED, _OTHER_VERSIONS, [action_id, keep_hash])


def close(tx: Transaction, run_id: str, event: RunEvent) -> bool:
    """Close this one if it is pending; the row count of one conditional update decides."""
    return len(run_rows.refuse(tx, event, _THIS, [run_id])) == 1


def note_answer(tx: Transaction, confirmation_id: str, principal: str) -> None:
    """Write who answered."""
    tx.change(_ANSWERED, [principal, format_time(tx.now()), confirmation_id])


def confirmation_of(row: Row, now: datetime) -> Confirmation:
    """Return the confirmation a joined row holds."""
    status = Status(row["status"])
    if status is Status.CONFIRM_REQUIRED and parse_time(row["expires_at"]) <= now:
        status = Status.EXPIRED
    return Confirmation(
        id=row["id"],
        run_id=row["run_id"],
        action_id=row["action_id"],
        tool=row["tool"],
        version_hash=row["version_hash"],
        arguments=cast("JsonObject", parse_json(row["arguments"])),
        user=cast("JsonObject", parse_json(row["user"])),
        page=cast("JsonObject", parse_json(row["page"])),
        request_digest=row["request_digest"],
        summary=cast("JsonObject", parse_json(row["summary"])),
        requester=row["requester"],
        conversation_id=row["conversation_id"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        status=status,
        asked_times=row["asked_times"],
        answered_by=row["answered_by"],
        answered_at=row["answered_at"],
    )


def unknown() -> NotFound:
    """Return the one answer to whoever may not know more."""
    return NotFound("There is no such confirmation, or the token is not for it.")
