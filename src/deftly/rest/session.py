"""``/api/session``: logging in to the dashboard with a one-time token."""

from typing import Final

from starlette.responses import Response

from deftly.domain.access import Principal
from deftly.errors import NotAuthenticated
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.rest.auth import SESSION_COOKIE, credentials_in
from deftly.rest.body import only, text
from deftly.values import JsonObject

_COOKIE: Final = f"{SESSION_COOKIE}={{value}}; Path=/; HttpOnly; SameSite=Strict"


async def log_in(ask: Asked) -> Response:
    """Exchange a login token for a session; the token is used up."""
    given = await ask.body()
    only(given, "token")
    opened = await ask.backing.sessions.redeem(text(given, "token"))
    if opened is None:
        raise NotAuthenticated(
            "The login token is used or too old; 'deftly login-link' prints another."
        )
    principal = await ask.backing.sessions.find(opened)
    if principal is None:
        raise NotAuthenticated("The session has ended; log in again.")
    return answer(_told(principal), headers=[("set-cookie", _cookie(ask, opened))])


async def read_session(ask: Asked) -> Response:
    """Return who calls."""
    return answer(_told(ask.caller))


async def log_out(ask: Asked) -> Response:
    """End the session the request came with."""
    session = credentials_in(ask.request.scope["headers"]).session
    if session is not None:
        await ask.backing.sessions.end(session)
    return answer(OK, headers=[("set-cookie", f"{_cookie(ask, '')}; Max-Age=0")])


def _cookie(ask: Ask, value: str) -> str:
    cookie = _COOKIE.format(value=value)
    return f"{cookie}; Secure" if ask.request.scope["deftly.scheme"] == "https" else cookie


def _told(principal: Principal) -> JsonObject:
    scopes = sorted(scope.value for scope in principal.scopes)
    return {"principal": {"id": principal.id, "name": principal.name, "scopes": [*scopes]}}
