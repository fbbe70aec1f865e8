"""Rows of runs: written, moved on and read inside somebody's transaction.

``TRANSITIONS`` of the domain decides every status that is written here.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, cast

from deftly.domain.run import (
    ConsoleLine,
    Ending,
    Run,
    RunEvent,
    RunFault,
    ShownCard,
    Status,
    Trigger,
    advance,
    origin_of,
)
from deftly.errors import NotFound
from deftly.store.transaction import Parameter, Row, Snapshot, Transaction
from deftly.store.writer import Row as InsertedRow
from deftly.values import JsonObject, JsonValue, dump_json, format_time, parse_json

_COLUMNS: Final = (
    "id", "action_id", "action_version", "tool", "principal", "trigger", "conversation_id",
    "confirmation_id", "arguments", "status", "result", "error_code", "error_message",
    "created_at", "started_at", "finished_at", "duration_ms", "sent_bytes", "received_bytes",
    "process", "card",
)  # fmt: skip
# Cards are large: a list does without.
LISTED: Final = f"seq, {', '.join(_COLUMNS[:-1])}, NULL AS card"
ROW: Final = InsertedRow(f"INSERT INTO runs ({', '.join(_COLUMNS)}) VALUES", len(_COLUMNS))
INSERT: Final = ROW.statement(1)
_SELECT: Final = "SELECT * FROM runs WHERE id = ?"
# `{which}` is a condition of ours; whatever comes from outside is bound.
_REFUSE: Final = """
    UPDATE runs SET status = ?, finished_at = ? WHERE status = ? AND {which} RETURNING id
"""
_START: Final = (
    "UPDATE runs SET status = ?, started_at = ?, process = ? WHERE id = ? AND status = ?"
)
_EXPLAIN: Final = "UPDATE runs SET error_code = ?, error_message = ? WHERE id = ?"
_OWNERS: Final = "SELECT DISTINCT process FROM runs WHERE status = ? AND (? IS NULL OR id = ?)"
_LOSE: Final = """
    UPDATE runs SET status = ?, finished_at = ?, error_code = ?, error_message = ?
    WHERE status = ? AND process IS ? AND (? IS NULL OR id = ?)
    RETURNING *
"""
# A call that no browser had started: of that one it is known that nothing happened.
_NEVER_BEGUN: Final = """
    UPDATE runs SET status = ?, finished_at = ?, error_code = ?, error_message = ?
    WHERE status = ? AND process IS ? AND (? IS NULL OR id = ?)
        AND id IN (SELECT id FROM client_calls WHERE status = 'waiting')
    RETURNING *
"""
_WITHDRAW: Final = "UPDATE client_calls SET status = 'gone' WHERE id = ? AND status = 'waiting'"
NEVER_BEGUN: Final = RunFault(
    code="no_browser",
    message="The server stopped before a browser took this call; nothing was started.",
)
LOST: Final = RunFault(
    code="unknown_outcome",
    message="The server stopped while the action ran. Nobody knows whether it took effect; "
    "it was not repeated. Look at the other end before you call it again.",
)


def values_of(run: Run, process: str | None) -> tuple[Parameter, ...]:
    """Return what ``INSERT`` binds."""
    return (
        *_call_of(run),
        run.status,
        *_result_of(run.result, run.error),
        run.created_at,
        run.started_at,
        run.finished_at,
        run.duration_ms,
        run.sent_bytes,
        run.received_bytes,
        process,
        card_text_of(run.card, run.note, run.console or ()),
    )


def values_of_ended(run: Run, ending: Ending, at: str, process: str) -> tuple[Parameter, ...]:
    """Return what ``INSERT`` binds for a running run that has ended meanwhile."""
    return (
        *_call_of(run),
        advance(run.status, ending.event),
        *_result_of(ending.result, ending.error),
        run.created_at,
        run.started_at,
        at,
        ending.duration_ms,
        ending.sent_bytes,
        ending.received_bytes,
        process,
        card_text_of(ending.card, ending.note, ending.console),
    )


def _call_of(run: Run) -> tuple[Parameter, ...]:
    return (
        run.id,
        run.action_id,
        run.action_version,
        run.tool,
        run.principal,
        run.trigger,
        run.conversation_id,
        run.confirmation_id,
        dump_json(run.arguments).decode(),
    )


def _result_of(result: JsonValue, fault: RunFault | None) -> tuple[Parameter, ...]:
    if fault is None:
        return text_of(result), None, None
    return text_of(result), fault.code, fault.message


def text_of(result: JsonValue) -> str | None:
    """Return the column's text; no result and ``null`` are the same here."""
    return None if result is None else dump_json(result).decode()


def card_text_of(
    card: ShownCard | None, note: str | None, console: tuple[ConsoleLine, ...]
) -> str | None:
    """Return the column's text; None for a run that shows nothing, as nearly all."""
    if card is None and note is None and not console:
        return None
    told: JsonObject = {"note": note}
    if card is not None:
        told["shown"] = [card.widget, card.card, card.spoken, card.buttons]
    if console:
        told["console"] = [[line.level, line.text] for line in console]
    return dump_json(told).decode()


def _beside(text: str | None) -> "_Beside":
    """Return what is kept of a run beside its result."""
    if text is None:
        return _NOTHING
    told = cast("JsonObject", parse_json(text))
    card: ShownCard | None = None
    match told.get("shown"):
        case [str(widget), dict(shown), str(spoken), dict(buttons)]:
            card = ShownCard(widget, shown, spoken, buttons)
        case _:
            pass
    lines = cast("list[list[str]]", told.get("console") or [])
    console = tuple(ConsoleLine(level, line) for level, line in lines)
    return _Beside(card, cast("str | None", told.get("note")), console)


class _Beside(NamedTuple):
    card: ShownCard | None = None
    note: str | None = None
    console: tuple[ConsoleLine, ...] = ()


_NOTHING: Final = _Beside()


def run_of(row: Row) -> Run:
    """Return the run a row holds."""
    code, result = row["error_code"], row["result"]
    beside = _beside(row["card"])
    return Run(
        id=row["id"],
        action_id=row["action_id"],
        action_version=row["action_version"],
        tool=row["tool"],
        principal=row["principal"],
        trigger=Trigger(row["trigger"]),
        conversation_id=row["conversation_id"],
        confirmation_id=row["confirmation_id"],
        arguments=cast("JsonObject", parse_json(row["arguments"])),
        status=Status(row["status"]),
        result=None if result is None else parse_json(result),
        error=None if code is None else RunFault(code=code, message=row["error_message"]),
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        duration_ms=row["duration_ms"],
        sent_bytes=row["sent_bytes"],
        received_bytes=row["received_bytes"],
        card=beside.card,
        note=beside.note,
        console=beside.console or None,
    )


def fetch(view: Snapshot, run_id: str) -> Run:
    """Return the run as it stands.

    Raises:
        NotFound: There is none with this id.
    """
    row = view.one(_SELECT, [run_id])
    if row is None:
        message = "There is no such run."
        raise NotFound(message)
    return run_of(row)


def start(tx: Transaction, run_id: str, process: str) -> bool:
    """Claim a held run for this process; the row count of one conditional update decides."""
    origin = origin_of(RunEvent.CONFIRMED)
    target = advance(origin, RunEvent.CONFIRMED)
    return tx.change(_START, [target, format_time(tx.now()), process, run_id, origin]) == 1


def refuse(
    tx: Transaction, event: RunEvent, which: str, bound: Sequence[Parameter]
) -> tuple[str, ...]:
    """Close the held runs that ``which`` picks (a condition, a constant); return their ids."""
    origin = origin_of(event)
    statement = _REFUSE.format(which=which)
    closed = tx.all(statement, [advance(origin, event), format_time(tx.now()), origin, *bound])
    return tuple(row["id"] for row in closed)


def explain(tx: Transaction, run_id: str, fault: RunFault) -> None:
    """Write why a run never ran."""
    tx.change(_EXPLAIN, [fault.code, fault.message, run_id])


def settle_lost(
    tx: Transaction, is_alive: Callable[[str], bool], run_id: str | None = None
) -> tuple[Run, ...]:
    """End running rows of dead processes (or this one row), nearly all as ``unknown``."""
    origin = origin_of(RunEvent.LOST)
    owners = [row["process"] for row in tx.all(_OWNERS, [origin, run_id, run_id])]
    dead = [owner for owner in owners if owner is None or not is_alive(owner)]
    lost: list[Run] = []
    for owner in dead:
        never = _ended(tx, _NEVER_BEGUN, RunEvent.FAILED, NEVER_BEGUN, owner, run_id)
        for run in never:
            tx.change(_WITHDRAW, [run.id])
        lost += [*never, *_ended(tx, _LOSE, RunEvent.LOST, LOST, owner, run_id)]
    return tuple(lost)


def _ended(
    tx: Transaction,
    statement: str,
    event: RunEvent,
    fault: RunFault,
    owner: str | None,
    run_id: str | None,
) -> list[Run]:
    origin = origin_of(event)
    written = [advance(origin, event), format_time(tx.now()), fault.code, fault.message]
    return [run_of(row) for row in tx.all(statement, [*written, origin, owner, run_id, run_id])]
