"""Numbers about runs: how many there were when, and how each action fared lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from deftly.domain.run import Status, Trigger
from deftly.store.database import Database
from deftly.store.transaction import Parameter, Row, Snapshot
from deftly.values import format_time, parse_time

# An action's error rate looks at so many of its newest runs, however long ago they were.
NEWEST: Final = 50
STEPS_MAX: Final = 744  # the hours of a month


class Step(StrEnum):
    """How much time one number stands for."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The newest steps of time in UTC, the present one included.

    Attributes:
        steps: 1 to ``STEPS_MAX``.
    """

    step: Step
    steps: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which runs to count; None picks all."""

    action: str | None = None
    trigger: Trigger | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The runs of one step of time.

    Attributes:
        at: When the step begins.
        runs: How many there are in each status.
        average_ms: How long those took that ran to an end; None if none did.
    """

    at: str
    runs: Mapping[Status, int]
    average_ms: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The runs of a span of time; steps without any are left out.

    Attributes:
        since: When its first step begins.
        until: When its last one began.
    """

    since: str
    until: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """How one action fared.

    Attributes:
        calls: How many of its newest runs were looked at: ``NEWEST``, or all there are.
        failed: How many of those failed, or were cut off.
        run_id: The newest one, with its status and the time of its call.
    """

    action_id: str
    calls: int
    failed: int
    run_id: str
    status: Status
    at: str


class RunFigures:
    """Numbers about the runs in the database."""

    def __init__(self, database: Database) -> None:
        """Count what the database holds."""
        self._database = database

    async def over_time(self, which: Selection, span: TimeSpan) -> Counts:
        """Count runs by the time they were called; those that run just now are left out.

        Raises:
            StoreUnavailable: The database cannot be read now.
        """
        return await self._database.read(lambda view: _over_time(view, which, span))

    async def by_action(self, actions: Sequence[str] | None = None) -> tuple[Record, ...]:
        """Return how these actions (all, if None) fared; those without a run are left out.

        Raises:
            StoreUnavailable: The database cannot be read now.
        """
        return await self._database.read(lambda view: _by_action(view, actions))


# Times are texts, so the step a run belongs to is the beginning of its time.
_HEADS: Final[Mapping[Step, tuple[int, str, timedelta]]] = {
    Step.HOUR: (len("2026-01-01T12"), ":00:00.000Z", timedelta(hours=1)),
    Step.DAY: (len("2026-01-01"), "T00:00:00.000Z", timedelta(days=1)),
}
# `status <> 'running'` in these words makes the index fit; the plus signs keep SQLite, which has
# no statistics, from one that would open every row.
_COUNT: Final = """
    SELECT substr(created_at, 1, ?) AS head, status, count(*) AS runs,
        count(duration_ms) AS timed, total(duration_ms) AS ms
    FROM runs
    WHERE status <> 'running' AND {when} >= ? {which}
    GROUP BY head, status ORDER BY head
"""


def _over_time(view: Snapshot, which: Selection, span: TimeSpan) -> Counts:
    length, tail, size = _HEADS[span.step]
    until = format_time(view.now())[:length] + tail
    since = format_time(parse_time(until) - (span.steps - 1) * size)
    # A conversation has few runs, and an index of its own.
    when = "created_at" if which.conversation_id is None else "+created_at"
    conditions, bound = _conditions(which)
    rows = view.all(_COUNT.format(when=when, which=conditions), [length, since, *bound])
    heads: dict[str, list[Row]] = {}
    for row in rows:
        heads.setdefault(row["head"], []).append(row)
    counts = tuple(_count(head + tail, group) for head, group in heads.items())
    return Counts(since=since, until=until, counts=counts)


def _count(at: str, rows: Sequence[Row]) -> Count:
    timed = sum(row["timed"] for row in rows)
    return Count(
        at=at,
        runs={Status(row["status"]): row["runs"] for row in rows},
        average_ms=sum(row["ms"] for row in rows) / timed if timed else None,
    )


def _conditions(which: Selection) -> tuple[str, list[Parameter]]:
    columns: list[tuple[str, Parameter]] = [
        ("conversation_id", which.conversation_id),
        ("+action_id", which.action),
        ("+trigger", which.trigger),
    ]
    given = [(column, value) for column, value in columns if value is not None]
    return "".join(f" AND {column} = ?" for column, _ in given), [value for _, value in given]


# The index jumps from one action to the next: what it costs grows with the actions, not the runs.
_CALLED: Final = """
    SELECT min(action_id) AS action FROM runs
    UNION ALL
    SELECT (SELECT min(action_id) FROM runs WHERE action_id > called.action)
    FROM called WHERE called.action IS NOT NULL
"""
_ASKED: Final = "SELECT ? AS action"
_RECORDS: Final = """
    WITH RECURSIVE called AS ({actions}), spans AS MATERIALIZED (
        SELECT action, (SELECT max(seq) FROM runs WHERE action_id = action) AS newest,
            (SELECT min(seq) FROM (
                SELECT seq FROM runs WHERE action_id = action ORDER BY seq DESC LIMIT ?
            )) AS oldest
        FROM called WHERE action IS NOT NULL
    )
    SELECT action, last.id, last.status, last.created_at,
        (SELECT count(*) FROM runs WHERE action_id = action AND seq >= oldest) AS calls,
        (SELECT count(*) FROM runs WHERE action_id = action AND seq >= oldest
            AND status IN ('failed', 'unknown')) AS failed
    FROM spans JOIN runs AS last ON last.seq = newest
"""


def _by_action(view: Snapshot, actions: Sequence[str] | None) -> tuple[Record, ...]:
    if actions is None:
        rows = view.all(_RECORDS.format(actions=_CALLED), [NEWEST])
    else:
        one = _RECORDS.format(actions=_ASKED)
        rows = [row for action in dict.fromkeys(actions) for row in view.all(one, [action, NEWEST])]
    return tuple(
        Record(
            action_id=row["action"],
            calls=row["calls"],
            failed=row["failed"],
            run_id=row["id"],
            status=Status(row["status"]),
            at=row["created_at"],
        )
        for row in rows
    )
