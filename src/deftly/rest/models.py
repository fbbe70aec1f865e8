"""``/api/models``: which models agents and conversations may name, and which of them can answer."""

from typing import TYPE_CHECKING

from starlette.responses import Response

from deftly.agent.models.configured import NO_MODEL
from deftly.rest.ask import Asked, answer

if TYPE_CHECKING:
    from deftly.values import JsonValue


async def list_models(ask: Asked) -> Response:
    """Return the configured models, the setting's first, and why one cannot answer."""
    models = ask.backing.models
    names = sorted(models.names - {NO_MODEL}, key=lambda name: (name != models.default, name))
    told: list[JsonValue] = [
        {"name": name, "unavailable": await models.why_not(name)} for name in names
    ]
    return answer({"default": models.default, "models": told})
