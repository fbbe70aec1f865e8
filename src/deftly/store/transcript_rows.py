"""Rows of transcripts: entries, the model's history, and the turn under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from deftly.domain.conversation import Entry, Kind, Usage, WrittenEntry
from deftly.domain.event import EventKind
from deftly.store import changes, open_calls
from deftly.store.transaction import Row, Snapshot, Transaction
from deftly.values import JsonObject, dump_json, format_time, parse_json

CLAIM: Final = """
    UPDATE conversations SET turn = ?, process = ?, updated_at = ?
    WHERE id = ? AND agent IS NOT NULL AND turn IS ? AND process IS ?
"""
STATE: Final = "SELECT agent, turn, process FROM conversations WHERE id = ?"
UNDER_WAY: Final = "SELECT id, turn, process FROM conversations WHERE turn IS NOT NULL"
OURS: Final = "SELECT 1 FROM conversations WHERE id = ? AND turn = ? AND process = ?"
# Since the person's last message: until the next one they are not asked again.
DECLINED: Final = """
    SELECT tool, arguments FROM runs WHERE conversation_id = ? AND +status = 'denied'
        AND created_at >= (
            SELECT at FROM conversation_events WHERE conversation_id = ? AND kind = 'message'
            ORDER BY seq DESC LIMIT 1
        )
"""
_RELEASE: Final = "UPDATE conversations SET turn = NULL, process = NULL WHERE id = ?"
_ENTITLE: Final = "UPDATE conversations SET title = ? WHERE id = ? AND title = ''"
_APPEND: Final = """
    INSERT INTO conversation_events (conversation_id, turn, at, kind, data) VALUES (?, ?, ?, ?, ?)
"""
_REMEMBER: Final = """
    INSERT INTO conversation_history (conversation_id, asked, characters, messages)
    VALUES (?, ?, ?, ?)
"""
AFTER: Final = """
    SELECT * FROM conversation_events WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?
"""
BEFORE: Final = """
    SELECT * FROM conversation_events WHERE conversation_id = ? AND seq < ?
    ORDER BY seq DESC LIMIT ?
"""
SHOWN_BEFORE: Final = """
    SELECT * FROM conversation_events WHERE conversation_id = ? AND seq < ?
        AND +kind NOT IN ('turn_started', 'turn_finished', 'confirmation_asked')
    ORDER BY seq DESC LIMIT ?
"""
TURNS_FROM: Final = """
    SELECT * FROM conversation_events WHERE conversation_id = ? AND seq >= coalesce(
        (SELECT max(seq) FROM conversation_events
            WHERE conversation_id = ? AND seq <= ? AND +kind = 'turn_started'), 0)
        AND seq < ? AND +kind IN ('turn_started', 'turn_finished', 'turn_failed') ORDER BY seq
"""
USAGE: Final = """
    SELECT sum(json_extract(data, '$.usage.inputTokens')) AS input_tokens,
        sum(json_extract(data, '$.usage.outputTokens')) AS output_tokens,
        sum(json_extract(data, '$.usage.requests')) AS requests
    FROM conversation_events WHERE conversation_id = ? AND +kind IN ('turn_finished', 'turn_failed')
"""
CHOSEN_MODEL: Final = """
    SELECT CASE WHEN json_extract(data, '$.chosen') THEN json_extract(data, '$.model') END AS model
    FROM conversation_events WHERE conversation_id = ? AND +kind = 'turn_started'
    ORDER BY seq DESC LIMIT 1
"""
HAD_BROWSER: Final = """
    SELECT json_extract(data, '$.browser') AS browser
    FROM conversation_events WHERE conversation_id = ? AND +kind = 'turn_started'
    ORDER BY seq DESC LIMIT 1
"""
_LATEST: Final = """
    SELECT coalesce(max(seq), 0) AS seq FROM conversation_events WHERE conversation_id = ?
"""
HISTORY: Final = """
    SELECT asked, characters, messages FROM conversation_history WHERE conversation_id = ?
    ORDER BY seq DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A turn that is this process's.

    Attributes:
        conversation_id: Which conversation it belongs to.
        id: Of the turn.
        after: The transcript's last entry before it; 0 where it was empty.
    """

    conversation_id: str
    id: str
    after: int


@dataclass(frozen=True, slots=True)
class LostTurn:
    """A turn whose process died."""

    conversation_id: str
    turn: str
    process: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What the model reads of one turn, as it was kept.

    Attributes:
        asked: It begins with a person's message.
    """

    asked: bool
    messages: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added to a transcript at once.

    Attributes:
        told: Runs whose outcome is part of it: their calls are closed.
        put_off: Runs the model goes on without.
        title: For a conversation that has none.
        ends: The turn is over, and the conversation free for another.
        cut_off: The turn broke off: its own open calls are put off.
    """

    entries: Sequence[Entry] = ()
    history: Sequence[HistoryRow] = ()
    told: Sequence[str] = ()
    put_off: Sequence[str] = ()
    title: str = ""
    ends: bool = False
    cut_off: bool = False


def add(tx: Transaction, turn: Claimed, addition: Addition) -> None:
    """Write an addition of a turn that is known to be ours."""
    here = turn.conversation_id
    at = format_time(tx.now())
    for entry in addition.entries:
        tx.change(_APPEND, [here, turn.id, at, entry.kind, dump_json(entry.data).decode()])
    for row in addition.history:
        tx.change(_REMEMBER, [here, int(row.asked), len(row.messages), row.messages])
    open_calls.close(tx, addition.told)
    open_calls.put_off(tx, addition.put_off)
    if addition.title:
        tx.change(_ENTITLE, [addition.title, here])
    if addition.cut_off:
        open_calls.put_off_turn(tx, here, turn.id)
    if addition.ends:
        tx.change(_RELEASE, [here])
    changes.append(tx, EventKind.CONVERSATION_CHANGED, here, {})


def ask_to_stop(tx: Transaction, conversation_id: str) -> bool:
    """Tell whoever runs the turn under way that it is to stop; False where there is none."""
    row = tx.one(STATE, [conversation_id])
    if row is None or row["turn"] is None:
        return False
    changes.append(tx, EventKind.CONVERSATION_CHANGED, conversation_id, {"stop": row["turn"]})
    return True


def usage_of(row: Row | None) -> Usage | None:
    """Return the sum a row holds; None where nobody has counted."""
    if row is None or row["requests"] is None:
        return None
    return Usage(
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        requests=row["requests"],
    )


def latest(view: Snapshot, conversation_id: str) -> int:
    """Return the place of the last entry; 0 when there is none."""
    row = view.one(_LATEST, [conversation_id])
    return 0 if row is None else int(row["seq"])


def fitting(rows: Sequence[Row], characters: int) -> tuple[HistoryRow, ...]:
    """Return the newest whole turns that fit, in order; the newest turn always does."""
    kept: list[Row] = []
    turn: list[Row] = []
    for row in rows:
        turn.append(row)
        if row["asked"]:
            if kept and sum(one["characters"] for one in (*kept, *turn)) > characters:
                break
            kept += turn
            turn = []
    kept = kept or turn
    return tuple(HistoryRow(bool(row["asked"]), row["messages"]) for row in reversed(kept))


def entry(row: Row) -> WrittenEntry:
    """Return the entry a row holds."""
    return WrittenEntry(
        seq=row["seq"],
        at=row["at"],
        turn=row["turn"],
        kind=Kind(row["kind"]),
        data=cast("JsonObject", parse_json(row["data"])),
    )
