"""``/api/runs``: the record of what was called and what became of it."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from deftly.domain.run import Status, Trigger
from deftly.engine.verdicts import told_run
from deftly.rest.ask import Asked, answer
from deftly.store.runs import RunFilter


async def list_runs(  # noqa: PLR0913 - one parameter a filter
    *,
    ask: Asked,
    action: Annotated[str | None, Query(description="An action's id")] = None,
    status: Annotated[Status | None, Query()] = None,
    trigger: Annotated[Trigger | None, Query()] = None,
    conversation_id: Annotated[str | None, Query(alias="conversationId")] = None,
    cursor: Annotated[str | None, Query(description="next of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Return runs, newest first."""
    which = RunFilter(
        action=action, status=status, trigger=trigger, conversation_id=conversation_id
    )
    page = await ask.backing.runs.list(which, cursor=cursor or None, limit=limit)
    return answer(
        {"runs": [told_run(one, ask.caller).wire() for one in page.runs], "next": page.next}
    )


async def read_run(ask: Asked, run_id: str) -> Response:
    """Return one run."""
    run = await ask.backing.runs.get(run_id)
    return answer({"run": told_run(run, ask.caller).wire()})
