"""Client calls: offered to a conversation's browsers, taken by one of them, finished once."""

from datetime import timedelta
from typing import Final, Protocol, cast

from deftly.domain.client_call import (
    ClientCall,
    ClientEvent,
    ClientStatus,
    Offer,
    origin_of,
    target_of,
)
from deftly.domain.event import EventKind
from deftly.errors import ClientCallClosed, ClientCallTaken, NotFound, Problem
from deftly.store import changes, run_rows
from deftly.store.database import Database
from deftly.store.lease import ProcessLease
from deftly.store.transaction import Row, Snapshot, Transaction
from deftly.values import JsonObject, JsonValue, dump_json, format_time, parse_json

SUBJECT: Final = "clientCall"

# Only into a conversation that somebody may follow.
_INSERT: Final = """
    INSERT INTO client_calls (id, conversation_id, sha256, returns, timeout_s, status, created_at,
        expires_at, process)
    SELECT ?, id, ?, ?, ?, 'waiting', ?, ?, ? FROM conversations
    WHERE id = ? AND agent IS NOT NULL
"""
_KEEP_CODE: Final = """
    INSERT INTO client_scripts (sha256, code) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING
"""
_JOINED: Final = """
    SELECT c.*, r.tool, r.arguments FROM client_calls AS c JOIN runs AS r ON r.id = c.id
"""
_GET: Final = _JOINED + "WHERE c.id = ?"
_IN: Final = _JOINED + "WHERE c.id = ? AND c.conversation_id = ?"
# A run that is over leaves nothing to start, whatever became of the note about it.
_WAITING: Final = (
    _JOINED
    + """
    WHERE c.conversation_id = ? AND c.status = 'waiting' AND r.status = 'running' ORDER BY r.seq
"""
)
_START: Final = """
    UPDATE client_calls SET status = ?, started_at = ? WHERE id = ? AND status = ?
        AND EXISTS (SELECT 1 FROM runs WHERE id = client_calls.id AND status = 'running')
"""
_FINISH: Final = """
    UPDATE client_calls SET status = ?, result = CASE WHEN returns THEN ? END, error = ?,
        finished_at = ?
    WHERE id = ? AND status = ?
"""
_WITHDRAW: Final = "UPDATE client_calls SET status = ? WHERE id = ? AND status = ?"
_CODE: Final = "SELECT code FROM client_scripts WHERE sha256 = ?"


class ClientCalls(Protocol):
    """The calls that browsers make, and the code each of them runs."""

    async def offer(self, offer: Offer) -> bool:
        """Offer a call to the browsers of its conversation; False if nobody can follow that.

        Its run is this process's, and running.

        Raises:
            StoreUnavailable: Nothing was offered.
        """
        ...

    async def start(self, call_id: str, conversation_id: str) -> ClientCall:
        """Give the call to the first who asks; the claim is on the disk when this returns.

        Raises:
            NotFound: There is no such call in this conversation.
            ClientCallTaken: Somebody was quicker, or nobody waits for it any more.
            StoreUnavailable: Nothing was claimed.
        """
        ...

    async def finish(
        self,
        call_id: str,
        conversation_id: str,
        event: ClientEvent,
        *,
        result: JsonValue = None,
        error: str | None = None,
    ) -> None:
        """Write down how a started call ended: ``FINISHED`` or ``FAILED``, once.

        Raises:
            NotFound: There is no such call in this conversation.
            ClientCallClosed: It was not started, or has ended already.
        """
        ...

    async def withdraw(self, call_id: str) -> bool:
        """Take back a call that nobody has started; False if somebody has."""
        ...

    async def find(self, call_id: str) -> ClientCall | None:
        """Return the call of a run; None where it has none, or it is forgotten."""
        ...

    async def waiting(self, conversation_id: str) -> tuple[ClientCall, ...]:
        """Return the calls that wait for a browser, in the order they were made."""
        ...

    async def code(self, sha256: str) -> str:
        """Return the code with this digest.

        Raises:
            NotFound: No call of it is kept.
        """
        ...


class SqliteClientCalls:
    """``ClientCalls`` in the database."""

    def __init__(self, database: Database, lease: ProcessLease) -> None:
        """Wait as the process that holds the lease."""
        self._database = database
        self._lease = lease

    async def offer(self, offer: Offer) -> bool:
        """See ``ClientCalls.offer``."""
        ours = self._lease.process_id

        def work(tx: Transaction) -> bool:
            now = tx.now()
            bound = (
                offer.run_id,
                offer.sha256,
                int(offer.returns),
                offer.timeout_s,
                format_time(now),
                format_time(now + timedelta(seconds=offer.start_s)),
                ours,
                offer.conversation_id,
            )
            if not tx.change(_INSERT, bound):
                return False
            tx.change(_KEEP_CODE, [offer.sha256, offer.code])
            _tell(tx, offer.conversation_id, offer.run_id)
            return True

        return await self._database.write(work)

    async def start(self, call_id: str, conversation_id: str) -> ClientCall:
        """See ``ClientCalls.start``."""

        def work(tx: Transaction) -> tuple[ClientCall, bool]:
            row = _met(tx, call_id, conversation_id)
            if not self._lease.is_alive(row["process"]):
                # Nobody would hear how it ended: that is for the process itself to have done.
                run_rows.settle_lost(tx, self._lease.is_alive, call_id)
            event = ClientEvent.STARTED
            bound = [target_of(event), format_time(tx.now()), call_id, origin_of(event)]
            won = tx.change(_START, bound) == 1
            if won:
                _tell(tx, conversation_id, call_id)
            return _call_of(_met(tx, call_id, conversation_id)), won

        call, won = await self._database.write(work, durable=True)
        if not won:
            raise ClientCallTaken(_WHY_TAKEN[call.status], details=_stands(call.status))
        return call

    async def finish(
        self,
        call_id: str,
        conversation_id: str,
        event: ClientEvent,
        *,
        result: JsonValue = None,
        error: str | None = None,
    ) -> None:
        """See ``ClientCalls.finish``."""
        text = None if result is None else dump_json(result).decode()

        def work(tx: Transaction) -> ClientStatus | None:
            met = ClientStatus(_met(tx, call_id, conversation_id)["status"])
            at = format_time(tx.now())
            bound = [target_of(event), text, error, at, call_id, origin_of(event)]
            if not tx.change(_FINISH, bound):
                return met
            _tell(tx, conversation_id, call_id)
            return None

        refused = await self._database.write(work)
        if refused is not None:
            raise ClientCallClosed(_WHY_CLOSED[refused], details=_stands(refused))

    async def withdraw(self, call_id: str) -> bool:
        """See ``ClientCalls.withdraw``."""
        event = ClientEvent.WITHDRAWN
        bound = [target_of(event), call_id, origin_of(event)]
        return await self._database.change(_WITHDRAW, bound) == 1

    async def find(self, call_id: str) -> ClientCall | None:
        """See ``ClientCalls.find``."""
        row = await self._database.read(lambda view: view.one(_GET, [call_id]))
        return None if row is None else _call_of(row)

    async def waiting(self, conversation_id: str) -> tuple[ClientCall, ...]:
        """See ``ClientCalls.waiting``."""
        rows = await self._database.read(lambda view: view.all(_WAITING, [conversation_id]))
        return tuple(_call_of(row) for row in rows if self._lease.is_alive(row["process"]))

    async def code(self, sha256: str) -> str:
        """See ``ClientCalls.code``."""
        row = await self._database.read(lambda view: view.one(_CODE, [sha256]))
        if row is None:
            raise NotFound("There is no such script.")
        return str(row["code"])


_WHY_TAKEN: Final = {
    ClientStatus.WAITING: "Nobody waits for this call any more; nothing is to be done.",
    ClientStatus.STARTED: "Another tab has started this call already.",
    ClientStatus.FINISHED: "This call was made already.",
    ClientStatus.FAILED: "This call was made already.",
    ClientStatus.GONE: "Nobody waits for this call any more; nothing is to be done.",
}
_WHY_CLOSED: Final = {
    ClientStatus.WAITING: "Nobody has started this call; start it first.",
    ClientStatus.STARTED: "This call has ended already.",
    ClientStatus.FINISHED: "This call has ended already.",
    ClientStatus.FAILED: "This call has ended already.",
    ClientStatus.GONE: "This call was never started, and nobody waits for it any more.",
}


def _stands(status: ClientStatus) -> list[Problem]:
    return [Problem("status", status.value)]


def _met(view: Snapshot, call_id: str, conversation_id: str) -> Row:
    row = view.one(_IN, [call_id, conversation_id])
    if row is None:
        raise NotFound("There is no such call in this conversation.")
    return row


def _tell(tx: Transaction, conversation_id: str, call_id: str) -> None:
    changes.append(tx, EventKind.CONVERSATION_CHANGED, conversation_id, {SUBJECT: call_id})


def _call_of(row: Row) -> ClientCall:
    return ClientCall(
        id=row["id"],
        conversation_id=row["conversation_id"],
        tool=row["tool"],
        arguments=cast("JsonObject", parse_json(row["arguments"])),
        sha256=row["sha256"],
        returns=bool(row["returns"]),
        timeout_s=row["timeout_s"],
        status=ClientStatus(row["status"]),
        result=None if row["result"] is None else parse_json(row["result"]),
        error=row["error"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )
