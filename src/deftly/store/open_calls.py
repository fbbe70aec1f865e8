"""Rows of open calls: a model's calls that wait for a person, or whose outcome waits for it."""

from collections.abc import Iterable
from typing import Final

from deftly.domain.conversation import OpenCall, StandingCall
from deftly.store import confirmation_rows, run_rows
from deftly.store.transaction import Row, Snapshot, Transaction
from deftly.values import dump_json, parse_json

_INSERT: Final = """
    INSERT INTO open_calls (run_id, conversation_id, confirmation_id, turn, call_id,
        model_call_id, tool, arguments, late)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING
"""
_OF: Final = """
    SELECT o.* FROM open_calls AS o JOIN runs AS r ON r.id = o.run_id
    WHERE o.conversation_id = ? ORDER BY r.seq
"""
_CLOSE: Final = "DELETE FROM open_calls WHERE run_id = ?"
_PUT_OFF: Final = "UPDATE open_calls SET late = 1 WHERE run_id = ?"
_PUT_OFF_TURN: Final = "UPDATE open_calls SET late = 1 WHERE conversation_id = ? AND turn = ?"
_ANSWERED: Final = """
    SELECT DISTINCT o.conversation_id FROM open_calls AS o
    JOIN runs AS r ON r.id = o.run_id
    JOIN conversations AS c ON c.id = o.conversation_id
    WHERE r.status NOT IN ('confirm_required', 'running') AND c.turn IS NULL
"""
# Held, and its process died before it could write down whose call it was.
_STRAY: Final = """
    SELECT r.id AS run_id, r.confirmation_id, r.tool, r.arguments FROM runs AS r
    WHERE r.conversation_id = ? AND +r.status = 'confirm_required'
        AND +r.trigger IN ('chat', 'widget')
        AND NOT EXISTS (SELECT 1 FROM open_calls AS o WHERE o.run_id = r.id)
"""


def insert(tx: Transaction, conversation_id: str, call: OpenCall) -> None:
    """Write the row, unless it is there."""
    tx.change(
        _INSERT,
        (
            call.run_id,
            conversation_id,
            call.confirmation_id,
            call.turn,
            call.call_id,
            call.model_call_id,
            call.tool,
            dump_json(call.arguments).decode(),
            int(call.late),
        ),
    )


def standing(view: Snapshot, conversation_id: str) -> tuple[StandingCall, ...]:
    """Return the conversation's open calls in the order they were made, as they stand."""
    return tuple(
        StandingCall(
            call=_call(row),
            confirmation=confirmation_rows.fetch(view, row["confirmation_id"]),
            run=run_rows.fetch(view, row["run_id"]),
        )
        for row in view.all(_OF, [conversation_id])
    )


def close(tx: Transaction, run_ids: Iterable[str]) -> None:
    """Remove calls whose outcome was told."""
    for run_id in run_ids:
        tx.change(_CLOSE, [run_id])


def put_off(tx: Transaction, run_ids: Iterable[str]) -> None:
    """Note that the model went on without an answer to these."""
    for run_id in run_ids:
        tx.change(_PUT_OFF, [run_id])


def put_off_turn(tx: Transaction, conversation_id: str, turn: str) -> None:
    """Note that a turn ended without its model being told of the calls it made."""
    tx.change(_PUT_OFF_TURN, [conversation_id, turn])


def answered(view: Snapshot) -> tuple[str, ...]:
    """Return the ids of idle conversations with an outcome that nobody was told of."""
    return tuple(row["conversation_id"] for row in view.all(_ANSWERED))


def adopt_strays(tx: Transaction, conversation_id: str, turn: str) -> None:
    """Write down calls that a process held and had no time to write down."""
    for row in tx.all(_STRAY, [conversation_id]):
        stray = OpenCall(
            run_id=row["run_id"],
            confirmation_id=row["confirmation_id"],
            turn=turn,
            call_id=f"call-{row['run_id']}",
            model_call_id="",
            tool=row["tool"],
            arguments=parse_json(row["arguments"]),
            late=True,
        )
        insert(tx, conversation_id, stray)


def _call(row: Row) -> OpenCall:
    return OpenCall(
        run_id=row["run_id"],
        confirmation_id=row["confirmation_id"],
        turn=row["turn"],
        call_id=row["call_id"],
        model_call_id=row["model_call_id"],
        tool=row["tool"],
        arguments=parse_json(row["arguments"]),
        late=bool(row["late"]),
    )
