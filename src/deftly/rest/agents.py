"""``/api/agents``: who answers in conversations, with which model and which actions."""

from starlette.responses import Response

from deftly.catalog.live_editing import Saved
from deftly.domain.agent import Agent
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.values import JsonObject, JsonValue


async def list_agents(ask: Asked) -> Response:
    """Return every agent, enabled or not, by name."""
    entries = ask.backing.agents.current.entries
    return answer({"agents": [one.noun.wire() for one in entries]})


async def create_agent(ask: Asked) -> Response:
    """Store a new agent; it answers at once if it is enabled."""
    return _saved(await ask.backing.agent_editor.create(await ask.body()))


async def read_agent(ask: Asked, name: str) -> Response:
    """Return one agent; ``ETag`` is its version."""
    agent = ask.backing.agents.entry(name).noun
    body: JsonObject = {"agent": agent.wire(), "warnings": _warnings(ask, agent)}
    return answer(body, headers=_tag(agent))


async def update_agent(ask: Asked, name: str) -> Response:
    """Change some fields of an agent."""
    saved = await ask.backing.agent_editor.update(
        name, await ask.body(), if_match=ask.header("if-match")
    )
    return _saved(saved)


async def delete_agent(ask: Asked, name: str) -> Response:
    """Delete an agent; the one called default goes back to how it began."""
    await ask.backing.agent_editor.delete(name)
    return answer(OK)


def _warnings(ask: Ask, agent: Agent) -> JsonValue:
    found = ask.backing.agent_editor.warnings(agent)
    return [{"path": one.path, "message": one.message} for one in found]


def _saved(saved: Saved[Agent]) -> Response:
    warnings: JsonValue = [{"path": one.path, "message": one.message} for one in saved.warnings]
    body: JsonObject = {"ok": True, "agent": saved.noun.wire(), "warnings": warnings}
    return answer(body, headers=_tag(saved.noun))


def _tag(agent: Agent) -> list[tuple[str, str]]:
    return [("etag", f'"{agent.version}"')]
