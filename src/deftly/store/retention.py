"""What is kept for a number of days and no longer: runs that ended, and idle conversations."""

from datetime import timedelta
from typing import Final

from deftly.store import conversations
from deftly.store.database import Database
from deftly.store.transaction import Parameter, Row, Snapshot, Transaction
from deftly.values import format_time

# A batch is one transaction: calls that are recorded meanwhile wait for it some milliseconds.
RUNS_AT_ONCE: Final = 500
CONVERSATIONS_AT_ONCE: Final = 5
_BATCHES: Final = 4
# Somebody still has to find out what became of them.
UNKNOWN_KEPT: Final = timedelta(days=30)
# An idempotency key names its run for a day from its claim, a moment after the run's beginning.
_MARGIN: Final = timedelta(hours=1)

OLD_RUNS: Final = """
    SELECT id, confirmation_id FROM runs
    WHERE status <> 'running' AND created_at < ? AND +status <> 'confirm_required'
        AND (+status <> 'unknown' OR created_at < ?)
        AND NOT EXISTS (SELECT 1 FROM open_calls WHERE run_id = runs.id)
    ORDER BY created_at LIMIT ?
"""
OLD_CONVERSATIONS: Final = """
    SELECT id FROM conversations AS c
    WHERE agent IS NOT NULL AND updated_at < ? AND +turn IS NULL AND NOT EXISTS (
        SELECT 1 FROM runs WHERE conversation_id = c.id
            AND +status IN ('confirm_required', 'running')
    )
    ORDER BY updated_at LIMIT ?
"""
_FORGET_CONFIRMATION: Final = (
    "DELETE FROM confirmation_tokens WHERE confirmation_id = ?",
    "DELETE FROM confirmations WHERE id = ?",
)
_FORGET_RUN: Final = "DELETE FROM runs WHERE id = ?"


class Retention:
    """Forgets what is older than an operator wants; any number of processes may do it."""

    def __init__(self, database: Database, *, runs_days: int, conversations_days: int) -> None:
        """Take how many days each is kept; 0 keeps it for ever."""
        self._database = database
        self._runs_days = runs_days
        self._conversations_days = conversations_days

    async def forget_old(self) -> int:
        """Forget a few batches of what is too old, and return how many things that were."""
        forgotten = 0
        if self._runs_days:
            forgotten += await self._forget_runs()
        if self._conversations_days:
            forgotten += await self._forget_conversations()
        return forgotten

    async def _forget_runs(self) -> int:
        def work(tx: Transaction) -> int:
            found = self._old_runs(tx)
            for row in found:
                if row["confirmation_id"] is not None:
                    for statement in _FORGET_CONFIRMATION:
                        tx.change(statement, [row["confirmation_id"]])
                tx.change(_FORGET_RUN, [row["id"]])
            return len(found)

        forgotten = 0
        for _ in range(_BATCHES):
            # Looked at first, so that nothing is locked while there is nothing to do.
            if not await self._database.read(self._old_runs):
                break
            forgotten += await self._database.write(work)
        return forgotten

    def _old_runs(self, view: Snapshot) -> list[Row]:
        kept = timedelta(days=self._runs_days)
        known, unknown = (
            format_time(view.now() - days - _MARGIN) for days in (kept, max(kept, UNKNOWN_KEPT))
        )
        return view.all(OLD_RUNS, [known, unknown, RUNS_AT_ONCE])

    async def _forget_conversations(self) -> int:
        def work(tx: Transaction) -> int:
            found = self._old_conversations(tx)
            for row in found:
                conversations.forget(tx, row["id"])
            return len(found)

        forgotten = 0
        for _ in range(_BATCHES):
            if not await self._database.read(self._old_conversations):
                break
            forgotten += await self._database.write(work)
        return forgotten

    def _old_conversations(self, view: Snapshot) -> list[Row]:
        since = view.now() - timedelta(days=self._conversations_days)
        bound: list[Parameter] = [format_time(since), CONVERSATIONS_AT_ONCE]
        return view.all(OLD_CONVERSATIONS, bound)
