"""``/api/runs/{run_id}/trace``: what is known of a run beside its record."""

from starlette.responses import Response

from deftly.domain.confirmation import Confirmation
from deftly.engine.tracing import rendering_of, verdict_of
from deftly.engine.verdicts import told_run
from deftly.errors import NotFound
from deftly.rest.ask import Ask, Asked, answer
from deftly.values import JsonObject


async def read_trace(ask: Asked, run_id: str) -> Response:
    """Return one run with its request as rendered, the guard's verdict, and who agreed to it."""
    run = await ask.backing.runs.get(run_id)
    question = await _question(ask, run.confirmation_id)
    rendering = rendering_of(run, question, ask.backing.catalog.snapshot)
    return answer(
        {
            "run": told_run(run, ask.caller).wire(),
            "request": rendering.request,
            "noRequest": rendering.why_not,
            "verdict": verdict_of(run, ask.backing.catalog.snapshot).value,
            "confirmation": None if question is None else _told(question),
        }
    )


async def _question(ask: Ask, confirmation_id: str | None) -> Confirmation | None:
    if confirmation_id is None:
        return None
    try:
        return await ask.backing.confirmations.get(confirmation_id)
    except NotFound:
        return None


def _told(question: Confirmation) -> JsonObject:
    return {
        "id": question.id,
        "status": question.status.value,
        "askedAt": question.created_at,
        "expiresAt": question.expires_at,
        "answeredBy": question.answered_by,
        "answeredAt": question.answered_at,
    }
