"""How many questions may wait for a person, and how soon one may be asked again."""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from deftly.domain.access import is_visitor
from deftly.domain.confirmation import Confirmation
from deftly.domain.run import Status
from deftly.errors import TooMany
from deftly.store import confirmation_rows
from deftly.store.transaction import Parameter, Transaction
from deftly.values import format_time, parse_time

_PENDING: Final = """
    SELECT count(*) AS pending, min(c.expires_at) AS first_over
    FROM runs AS r JOIN confirmations AS c ON c.run_id = r.id
    WHERE r.status = ?
"""
_PENDING_IN: Final = _PENDING + " AND r.conversation_id = ?"
# Strangers who ask for much keep nobody from being asked who works here.
_PENDING_OF_VISITORS: Final = _PENDING + " AND c.requester GLOB 'visitor:*'"
_PENDING_OF_OTHERS: Final = _PENDING + " AND c.requester NOT GLOB 'visitor:*'"
_PENDING_FROM_NETWORK: Final = """
    SELECT count(*) AS pending, min(c.expires_at) AS first_over
    FROM runs AS r JOIN confirmations AS c ON c.run_id = r.id
    JOIN visitors AS v ON v.id = substr(c.requester, 9)
    WHERE r.status = ? AND v.network = (SELECT network FROM visitors WHERE id = substr(?, 9))
"""
_DENIED: Final = """
    SELECT max(r.finished_at) AS denied_at
    FROM confirmations AS c JOIN runs AS r ON r.id = c.run_id
    WHERE c.call_digest = ? AND r.status = ? AND r.finished_at > ?
"""


@dataclass(frozen=True, slots=True)
class HoldLimits:
    """Limits that keep a person from being worn down.

    Attributes:
        pending_in_all: Of visitors, and as many of everybody else.
        pending_from_network: Of visitors who first wrote from one address, whoever they are.
        deny_cooldown_s: For so long the same call is not asked again after a denial.
    """

    pending_per_conversation: int = 5
    pending_in_all: int = 1000
    pending_from_network: int = 50
    deny_cooldown_s: int = 30


def check(tx: Transaction, confirmation: Confirmation, limits: HoldLimits) -> None:
    """Refuse one question too many; those whose time is over are closed first.

    Raises:
        TooMany: With the time to wait.
    """
    confirmation_rows.expire_due(tx)
    _check_cooldown(tx, confirmation, limits.deny_cooldown_s)
    conversation_id = confirmation.conversation_id
    if conversation_id is not None:
        bound: list[Parameter] = [Status.CONFIRM_REQUIRED, conversation_id]
        where = "in this conversation"
        _check_pending(tx, _PENDING_IN, bound, limits.pending_per_conversation, where)
    requester = confirmation.requester
    by_visitor = is_visitor(requester)
    if by_visitor:
        bound = [Status.CONFIRM_REQUIRED, requester]
        most = limits.pending_from_network
        _check_pending(tx, _PENDING_FROM_NETWORK, bound, most, "from this address")
    sql = _PENDING_OF_VISITORS if by_visitor else _PENDING_OF_OTHERS
    _check_pending(tx, sql, [Status.CONFIRM_REQUIRED], limits.pending_in_all, "in all")


def _check_pending(
    tx: Transaction, sql: str, bound: list[Parameter], limit: int, where: str
) -> None:
    row = tx.one(sql, bound)
    if row is not None and row["pending"] >= limit:
        message = f"{limit} confirmations wait for an answer {where}; answer some of them first."
        first_over = row["first_over"]
        wait = timedelta(seconds=1) if first_over is None else parse_time(first_over) - tx.now()
        raise TooMany(message, retry_after_s=_seconds(wait))


def _check_cooldown(tx: Transaction, confirmation: Confirmation, cooldown_s: int) -> None:
    now = tx.now()
    cooldown = timedelta(seconds=cooldown_s)
    digest = confirmation_rows.call_digest(confirmation)
    row = tx.one(_DENIED, [digest, Status.DENIED, format_time(now - cooldown)])
    if row is not None and row["denied_at"] is not None:
        message = "The same call was denied a moment ago; it is not asked again so soon."
        left = parse_time(row["denied_at"]) + cooldown - now
        raise TooMany(message, retry_after_s=_seconds(left))


def _seconds(wait: timedelta) -> int:
    return max(1, math.ceil(wait.total_seconds()))
