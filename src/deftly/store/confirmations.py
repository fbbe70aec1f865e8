"""Confirmations: asked, answered once, closed by time or by an edit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from deftly.domain.confirmation import Confirmation
from deftly.domain.run import Run, RunEvent, Status
from deftly.errors import ConfirmationClosed
from deftly.store import confirmation_rows as rows
from deftly.store import hold_limits, idempotency, run_rows
from deftly.store.database import Database
from deftly.store.hold_limits import HoldLimits
from deftly.store.idempotency import Idempotency
from deftly.store.lease import ProcessLease
from deftly.store.transaction import Transaction

LISTED_MAX: Final = 1000


@dataclass(frozen=True, slots=True)
class TokenIssue:
    """A token as it is kept: never the token itself.

    Attributes:
        principal: The only one who may answer with it.
    """

    sha256: str
    principal: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an answer met.

    Attributes:
        run: As it stands after the answer.
        won: This answer, and no other, moved it.
    """

    confirmation: Confirmation
    run: Run
    won: bool


class Confirmations(Protocol):
    """The questions that wait for a person, and those that were answered."""

    async def hold(
        self,
        run: Run,
        confirmation: Confirmation,
        *,
        token: TokenIssue | None,
        idempotency: Idempotency | None,
        limits: HoldLimits,
    ) -> Run | None:
        """Record a held run and its question; both times come from ``Database.clock``.

        Returns:
            None for a fresh one (``asked_times`` is counted here: ``get`` tells it); else the
            earlier run of the same idempotency key and arguments, and nothing was recorded.

        Raises:
            TooMany: Too many are pending, or the same call was denied a moment ago.
            IdempotencyConflict: The key was used with other arguments.
            StoreUnavailable: Nothing was recorded.
        """
        ...

    async def add_token(self, confirmation_id: str, token: TokenIssue) -> None:
        """Let somebody answer a pending question with a token of their own.

        Raises:
            NotFound: There is none with this id.
            ConfirmationClosed: It is not pending any more.
        """
        ...

    async def claim(
        self,
        confirmation_id: str,
        token_sha256: str,
        principal_id: str,
        *,
        version_hash: str | None,
    ) -> Claimed:
        """Confirm: move the run to this process if it is still pending, safe on the disk.

        Args:
            confirmation_id: Which question.
            token_sha256: Of the token that was presented.
            principal_id: Who presents it.
            version_hash: Of the definition as it is now; None when the action is gone or
                disabled. Another one than was asked about voids the question.

        Raises:
            NotFound: Unknown id, wrong token, or a token made for somebody else.
            StoreUnavailable: Nothing was moved.
        """
        ...

    async def deny(self, confirmation_id: str, token_sha256: str, principal_id: str) -> Claimed:
        """Deny: close the question if it is still pending. Raises as ``claim`` does."""
        ...

    async def expire_due(self) -> tuple[str, ...]:
        """Close what nobody answered in time; return the ids of the runs that ended so."""
        ...

    async def get(self, confirmation_id: str) -> Confirmation:
        """Return one confirmation.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def list(self, status: Status | None) -> tuple[Confirmation, ...]:
        """Return the newest 1,000 with this status (any, for None), newest first."""
        ...

    async def count(self, status: Status) -> int:
        """Return how many have this status."""
        ...


class SqliteConfirmations:
    """``Confirmations`` in the database."""

    def __init__(self, database: Database, lease: ProcessLease) -> None:
        """Claim as the process that holds the lease."""
        self._database = database
        self._lease = lease

    async def hold(
        self,
        run: Run,
        confirmation: Confirmation,
        *,
        token: TokenIssue | None,
        idempotency: Idempotency | None,
        limits: HoldLimits,
    ) -> Run | None:
        """See ``Confirmations.hold``."""
        if run.status is not Status.CONFIRM_REQUIRED or run.confirmation_id != confirmation.id:
            message = "a held run waits for the confirmation it is held with"
            raise ValueError(message)
        return await self._database.write(
            lambda tx: _hold(tx, run, confirmation, token, idempotency, limits)
        )

    async def add_token(self, confirmation_id: str, token: TokenIssue) -> None:
        """See ``Confirmations.add_token``."""

        def work(tx: Transaction) -> Status:
            status = rows.fetch(tx, confirmation_id).status
            if status is Status.CONFIRM_REQUIRED:
                rows.insert_token(tx, confirmation_id, token.sha256, token.principal)
            return status

        status = await self._database.write(work)
        if status is not Status.CONFIRM_REQUIRED:
            message = f"The confirmation is {status.value}: it takes no answer any more."
            raise ConfirmationClosed(message, status=status.value)

    async def claim(
        self,
        confirmation_id: str,
        token_sha256: str,
        principal_id: str,
        *,
        version_hash: str | None,
    ) -> Claimed:
        """See ``Confirmations.claim``."""

        def move(tx: Transaction, confirmation: Confirmation) -> bool:
            if confirmation.version_hash != version_hash:
                rows.close(tx, confirmation.run_id, RunEvent.VOIDED)
                return False
            return run_rows.start(tx, confirmation.run_id, self._lease.process_id)

        return await self._answer(confirmation_id, token_sha256, principal_id, move)

    async def deny(self, confirmation_id: str, token_sha256: str, principal_id: str) -> Claimed:
        """See ``Confirmations.deny``."""

        def move(tx: Transaction, confirmation: Confirmation) -> bool:
            return rows.close(tx, confirmation.run_id, RunEvent.DENIED)

        return await self._answer(confirmation_id, token_sha256, principal_id, move)

    async def expire_due(self) -> tuple[str, ...]:
        """See ``Confirmations.expire_due``."""
        return await self._database.write(rows.expire_due)

    async def get(self, confirmation_id: str) -> Confirmation:
        """See ``Confirmations.get``."""
        return await self._database.read(lambda view: rows.fetch(view, confirmation_id))

    async def list(self, status: Status | None) -> tuple[Confirmation, ...]:
        """See ``Confirmations.list``."""
        return await self._database.read(lambda view: rows.newest(view, status, LISTED_MAX))

    async def count(self, status: Status) -> int:
        """See ``Confirmations.count``."""
        return await self._database.read(lambda view: rows.count(view, status))

    async def _answer(
        self,
        confirmation_id: str,
        token_sha256: str,
        principal_id: str,
        move: Callable[[Transaction, Confirmation], bool],
    ) -> Claimed:
        def work(tx: Transaction) -> Claimed:
            met = rows.fetch_for(tx, confirmation_id, token_sha256, principal_id)
            won = False
            match met.status:
                case Status.CONFIRM_REQUIRED:
                    won = move(tx, met)
                    if won:
                        rows.note_answer(tx, met.id, principal_id)
                case Status.EXPIRED:
                    rows.close(tx, met.run_id, RunEvent.EXPIRED)
                case Status.RUNNING:
                    run_rows.settle_lost(tx, self._lease.is_alive, met.run_id)
                case _:
                    pass
            run = run_rows.fetch(tx, met.run_id)
            return Claimed(met.with_(status=run.status), run, won)

        return await self._database.write(work, durable=True)


def _hold(
    tx: Transaction,
    run: Run,
    confirmation: Confirmation,
    token: TokenIssue | None,
    key: Idempotency | None,
    limits: HoldLimits,
) -> Run | None:
    earlier = idempotency.claim(tx, run, key)
    if earlier is not None:
        return earlier
    hold_limits.check(tx, confirmation, limits)
    tx.change(run_rows.INSERT, run_rows.values_of(run, None))
    rows.insert(tx, confirmation)
    if token is not None:
        rows.insert_token(tx, confirmation.id, token.sha256, token.principal)
    return None
