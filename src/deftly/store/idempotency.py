"""Idempotency keys: the same key for the same call gives the first run again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from deftly.domain.run import Run
from deftly.errors import IdempotencyConflict
from deftly.store import run_rows
from deftly.store.transaction import Snapshot, Transaction
from deftly.values import format_time

KEPT: Final = timedelta(hours=24)

_FORGET: Final = "DELETE FROM idempotency WHERE claimed_at <= ?"
_FIND: Final = """
    SELECT run_id, arguments_digest FROM idempotency
    WHERE principal = ? AND tool = ? AND key = ? AND claimed_at > ?
"""
_CLAIM: Final = """
    INSERT INTO idempotency (principal, tool, key, arguments_digest, run_id, claimed_at)
    VALUES (?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A key and what it was given for; unique per principal and tool.

    Attributes:
        arguments_digest: SHA-256 of the canonical arguments.
    """

    key: str
    arguments_digest: str


def claim(tx: Transaction, run: Run, idempotency: Idempotency | None) -> Run | None:
    """Claim the key for this run, or return the run that has claimed it in the last 24 hours.

    Raises:
        IdempotencyConflict: That run was called with other arguments.
    """
    if idempotency is None:
        return None
    now = tx.now()
    tx.change(_FORGET, [format_time(now - KEPT)])
    earlier = find(tx, run.principal, run.tool, idempotency)
    if earlier is None:
        named = (run.principal, run.tool, idempotency.key)
        tx.change(_CLAIM, [*named, idempotency.arguments_digest, run.id, format_time(now)])
    return earlier


def find(view: Snapshot, principal: str, tool: str, idempotency: Idempotency) -> Run | None:
    """Return the run that has claimed the key in the last 24 hours.

    Raises:
        IdempotencyConflict: That run was called with other arguments.
    """
    since = format_time(view.now() - KEPT)
    row = view.one(_FIND, [principal, tool, idempotency.key, since])
    if row is None:
        return None
    if row["arguments_digest"] != idempotency.arguments_digest:
        message = (
            "This idempotencyKey was used with other arguments in the last 24 hours; "
            "take a new key for a new call."
        )
        raise IdempotencyConflict(message)
    return run_rows.fetch(view, row["run_id"])
