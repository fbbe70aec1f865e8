"""The forms of bodies that pages with an embedded agent send and get."""

from pydantic import JsonValue

from deftly.domain.embed import Embed
from deftly.domain.model import Model
from deftly.rest.shapes import Open


class SignedUser(Open):
    """Who the page says its visitor is, with the signature of its server."""

    user_id: str
    user_hash: str
    user_metadata: dict[str, JsonValue] | None = None


class PageContext(Model):
    """Where the visitor is, and what the page tells of itself."""

    url: str | None = None
    title: str | None = None
    values: dict[str, JsonValue] | None = None


class SessionRequest(Model):
    """What a page sends to begin, or to go on."""

    publishable_key: str
    resume: str | None = None
    identity: JsonValue = None
    page: PageContext | None = None


class EmbeddedAgent(Model):
    """What a visitor sees of the agent."""

    name: str
    title: str
    greeting: str
    suggested_questions: list[str]
    page_context: bool
    embed: Embed


class VisitorSession(Model):
    """A visitor who was let in; ``user`` is what was verified of them."""

    token: str
    resume: str
    expires_at: str
    visitor_id: str
    agent: EmbeddedAgent
    identified: bool
    user: dict[str, JsonValue] | None = None
