"""``/health`` and ``/metrics``: for whoever operates this."""

from starlette.responses import Response

from deftly.rest.ask import Asked, answer
from deftly.rest.metrics import MEDIA_TYPE


async def live(ask: Asked) -> Response:
    """Tell that the process answers."""
    del ask
    return answer({"status": "ok"})


async def ready(ask: Asked) -> Response:
    """Tell that calls are answered, which definition files need mending, and what isolates code."""
    await ask.backing.changes.latest()
    problems = (
        *ask.backing.catalog.snapshot.problems,
        *ask.backing.agents.current.problems,
        *ask.backing.widgets.current.problems,
    )
    isolation = await ask.backing.sandboxes.reports()
    return answer(
        {
            "status": "ready",
            "warnings": [one.wire() for one in problems],
            "isolation": [one.wire() for one in isolation],
        }
    )


async def metrics(ask: Asked) -> Response:
    """Return numbers in the text form Prometheus reads."""
    return Response(ask.backing.metrics.exposition(), headers={"content-type": MEDIA_TYPE})
