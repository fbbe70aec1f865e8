"""``/api/runs``: the record of what was called and what became of it, and numbers about it."""

import asyncio
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime
from starlette.responses import Response

from deftly.domain.client_call import note_of
from deftly.domain.run import Run, Status, Trigger
from deftly.engine.verdicts import told_run
from deftly.rest.ask import Ask, Asked, answer
from deftly.store.run_figures import (
    STEPS_MAX,
    Count,
    Record,
    Selection,
    Step,
    TimeSpan,
)
from deftly.store.runs import RunFilter
from deftly.values import JsonObject, JsonValue, format_time


async def list_runs(  # noqa: PLR0913 - one parameter a filter
    *,
    ask: Asked,
    action: Annotated[str | None, Query(description="An action's id")] = None,
    status: Annotated[Status | None, Query()] = None,
    trigger: Annotated[Trigger | None, Query()] = None,
    conversation_id: Annotated[str | None, Query(alias="conversationId")] = None,
    before: Annotated[
        AwareDatetime | None, Query(description="Only runs called before this time")
    ] = None,
    cursor: Annotated[str | None, Query(description="next of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Return runs, newest first."""
    which = RunFilter(
        action=action,
        status=status,
        trigger=trigger,
        conversation_id=conversation_id,
        before=None if before is None else format_time(before),
    )
    page = await ask.backing.runs.list(which, cursor=cursor or None, limit=limit)
    return answer(
        {"runs": [told_run(one, ask.caller).wire() for one in page.runs], "next": page.next}
    )


async def read_run(ask: Asked, run_id: str) -> Response:
    """Return one run."""
    run = await ask.backing.runs.get(run_id)
    if run.conversation_id is not None:
        run = await _with_late_news(ask, run)
    return answer({"run": told_run(run, ask.caller).wire()})


async def _with_late_news(ask: Ask, run: Run) -> Run:
    """Return the run with what a browser reported once it had ended."""
    call = await ask.backing.client_calls.find(run.id)
    note = None if call is None else note_of(call, run)
    return run if note is None else run.with_(note=note)


async def count_runs(
    *,
    ask: Asked,
    step: Annotated[Step, Query(description="What one count covers, in UTC")] = Step.HOUR,
    steps: Annotated[int, Query(ge=1, le=STEPS_MAX, description="The newest so many")] = 24,
    action: Annotated[str | None, Query(description="An action's id")] = None,
    trigger: Annotated[Trigger | None, Query()] = None,
    conversation_id: Annotated[str | None, Query(alias="conversationId")] = None,
) -> Response:
    """Count runs over time, by status; those that run just now are left out."""
    which = Selection(action=action, trigger=trigger, conversation_id=conversation_id)
    found = await ask.backing.runs.figures.over_time(which, TimeSpan(step, steps))
    counts: list[JsonValue] = [_count(one) for one in found.counts]
    return answer({"since": found.since, "until": found.until, "counts": counts})


async def rate_actions(
    ask: Asked,
    action: Annotated[
        str | None, Query(max_length=8_000, description="Ids, with commas between; all if left out")
    ] = None,
) -> Response:
    """Return each action's newest run, and how many of its newest 50 failed."""
    actions = None if action is None else [one for one in action.split(",") if one]
    records = await ask.backing.runs.figures.by_action(actions)
    # Thousands of actions take longer than the loop may wait.
    wires: list[JsonValue] = await asyncio.to_thread(lambda: [_record(one) for one in records])
    return answer({"actions": wires})


def _count(one: Count) -> JsonObject:
    runs: JsonObject = {status.value: number for status, number in one.runs.items()}
    return {"at": one.at, "runs": runs, "averageMs": one.average_ms}


def _record(one: Record) -> JsonObject:
    last: JsonObject = {"id": one.run_id, "status": one.status.value, "at": one.at}
    return {
        "actionId": one.action_id,
        "calls": one.calls,
        "failed": one.failed,
        "lastRun": last,
    }
