"""The forms of bodies that hold agents, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from deftly.domain.agent import Agent
from deftly.domain.embed import Embed
from deftly.domain.model import Model
from deftly.rest.shapes import Detail, Open


class AgentList(Model):
    """All agents, by name."""

    agents: list[Agent]


class OneAgent(Model):
    """One agent, and what it names that is not there."""

    agent: Agent
    warnings: list[Detail]


class SavedAgent(OneAgent):
    """A stored agent, and what may surprise its author."""

    ok: Literal[True]


class IdentitySecret(Model):
    """What the owner's server signs visitors with, and which version it is."""

    secret: str
    version: int


class AgentPatch(Open):
    """The fields to change; null leaves a field as it is, an empty model is the setting's."""

    title: str | None = None
    instructions: str | None = None
    model: str | None = None
    actions: Literal["all"] | list[str] | None = None
    greeting: str | None = None
    suggested_questions: list[str] | None = None
    allowed_origins: list[str] | None = None
    allow_page_context: bool | None = None
    embed: Embed | None = None
    identity_version: int | None = None
    enabled: JsonValue = True


class AgentDraft(AgentPatch):
    """A new agent; the server adds id, publishable key, version and times."""

    name: str
