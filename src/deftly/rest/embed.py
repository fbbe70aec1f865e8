"""``/embed.js``, ``/embed/…`` and ``/api/embed/session``: an agent on somebody's page."""

import hashlib
from typing import Final

from starlette.responses import PlainTextResponse, Response

from deftly.domain.agent import Agent
from deftly.domain.embed import Embed
from deftly.rest import packaged
from deftly.rest.ask import Asked, answer
from deftly.rest.body import only, optional_text, text
from deftly.rest.packaged import HTML, JAVASCRIPT
from deftly.rest.site import origin_in
from deftly.rest.visiting import Entering, Visit
from deftly.values import JsonObject

_FOLDER: Final = "embed"
_BODY_LIMIT_BYTES: Final = 64 * 1024
_RESUME_LIMIT: Final = 4_096
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors {pages}"
)
_NOT_BUILT: Final = "The embed is not built in this checkout; 'make install' builds it.\n"
_TO_ANY_PAGE: Final = {"cross-origin-resource-policy": "cross-origin"}


async def begin_session(ask: Asked) -> Response:
    """Let a visitor in from a page that may embed the agent."""
    ask.backing.visitor_limits.take_session(ask.address)
    given = await ask.body(limit_bytes=_BODY_LIMIT_BYTES)
    only(given, "publishableKey", "resume", "identity", "page")
    entering = Entering(
        publishable_key=text(given, "publishableKey"),
        origin=origin_in(ask.request.scope["headers"]),
        resume=optional_text(given, "resume", most=_RESUME_LIMIT),
        identity=given.get("identity"),
        page=given.get("page"),
    )
    return answer(_told(await ask.backing.visiting.enter(entering)))


async def loader(ask: Asked) -> Response:
    """Return the script that pages include; browsers ask again after five minutes."""
    content = packaged.read_built(_FOLDER, "embed.js")
    if content is None:
        return _not_built()
    tag = f'"{hashlib.sha256(content.plain).hexdigest()[:16]}"'
    said = {**_TO_ANY_PAGE, "cache-control": "public, max-age=300", "etag": tag}
    if ask.header("if-none-match") == tag:
        return Response(status_code=304, headers=said)
    return content.answer(ask.request, JAVASCRIPT, said)


async def frame(ask: Asked, agent: str) -> Response:
    """Return the chat's page; only pages that may embed the agent can show it."""
    pages = " ".join(ask.backing.visiting.agent(agent).allowed_origins)
    content = packaged.read_built(_FOLDER, "frame.html")
    if content is None:
        return _not_built()
    policy = _POLICY.format(pages=pages or "'none'")
    said = {**_TO_ANY_PAGE, "cache-control": "no-cache", "content-security-policy": policy}
    return content.answer(ask.request, HTML, said)


async def embed_asset(ask: Asked, asset: str) -> Response:
    """Return a script or a style of the chat; its name changes with its content."""
    return packaged.asset(ask.request, _FOLDER, asset)


async def read_identity_secret(ask: Asked, name: str) -> Response:
    """Return what the agent's owner signs users with, on their own server."""
    agent = ask.backing.agents.entry(name).noun
    secret = ask.backing.visiting.identity_secret(agent)
    return answer({"secret": secret, "version": agent.identity_version})


def _not_built() -> Response:
    return PlainTextResponse(_NOT_BUILT, 503, headers={"cache-control": "no-store"})


def _told(visit: Visit) -> JsonObject:
    visitor = visit.visitor
    told: JsonObject = {
        "token": visit.token,
        "resume": visit.resume,
        "expiresAt": visit.expires_at,
        "visitorId": visitor.id,
        "agent": _shown(visit.agent),
        "identified": visitor.user is not None,
    }
    return told if visitor.user is None else {**told, "user": dict(visitor.user)}


def _shown(agent: Agent) -> JsonObject:
    return {
        "name": agent.name,
        "title": agent.title or agent.name,
        "greeting": agent.greeting,
        "suggestedQuestions": [*agent.suggested_questions],
        "pageContext": agent.allow_page_context,
        "embed": (agent.embed or Embed()).wire(),
    }
