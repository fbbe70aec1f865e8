"""``/api/session``: logging in to the dashboard, who that is, and their own password."""

from typing import Final

from starlette.responses import Response

from deftly.domain.access import LOCAL_OWNER, Principal, Role
from deftly.domain.user import checked_password, normal_email, normal_password
from deftly.errors import (
    EditConflict,
    InvalidRequest,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Problem,
)
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.rest.auth import SESSION_COOKIE, credentials_in
from deftly.rest.body import only, text
from deftly.values import JsonObject

_COOKIE: Final = f"{SESSION_COOKIE}={{value}}; Path=/; HttpOnly; SameSite=Strict"
_WRONG: Final = "The e-mail address or the password is wrong."
_ENDED: Final = "The session has ended; log in again."


async def log_in(ask: Asked) -> Response:
    """Exchange a login token, which is used up, or an e-mail address and password for a session."""
    given = await ask.body()
    if "token" in given:
        only(given, "token")
        return await began(ask, await _by_token(ask, text(given, "token")))
    only(given, "token", "email", "password")
    email, password = text(given, "email"), text(given, "password")
    return await began(ask, await _by_password(ask, email, password))


async def read_session(ask: Asked) -> Response:
    """Return who calls."""
    return answer(await _told(ask, ask.caller))


async def log_out(ask: Asked) -> Response:
    """End the session the request came with."""
    session = _session(ask)
    if session is not None:
        await ask.backing.sessions.end(session)
    return answer(OK, headers=[("set-cookie", f"{_cookie(ask, '')}; Max-Age=0")])


async def change_password(ask: Asked) -> Response:
    """Change the caller's own password, with the present one; their other sessions end."""
    given = await ask.body()
    only(given, "present", "password")
    present, wanted = text(given, "present"), text(given, "password")
    user_id = ask.caller.user_id
    if user_id is None:
        raise NotAllowed("Only a user who signed in has a password; keys and links have none.")
    known = await ask.backing.users.get(user_id)
    password = checked_password(wanted, known.user.email)
    ask.backing.attempts.take(known.user.email, ask.address)
    if not await ask.backing.passwords.fits(normal_password(present), known.password):
        message = "present is not your present password."
        raise InvalidRequest(message, details=[Problem("present", message)])
    ask.backing.attempts.succeeded(known.user.email, ask.address)
    digest = await ask.backing.passwords.digest(password)
    keep = _session(ask) or ""
    if not await ask.backing.users.set_password(user_id, digest, present=known.password, keep=keep):
        raise EditConflict("Your password was changed meanwhile; sign in again with the new one.")
    return answer(OK)


async def began(ask: Ask, session: str) -> Response:
    """Return the answer that carries a new session."""
    principal = await ask.backing.sessions.find(session)
    if principal is None:
        raise NotAuthenticated(_ENDED)
    return answer(await _told(ask, principal), headers=[("set-cookie", _cookie(ask, session))])


async def _by_token(ask: Ask, token: str) -> str:
    opened = await ask.backing.sessions.redeem(token)
    if opened is None:
        raise NotAuthenticated(
            "The login token is used or too old; 'deftly login-link' prints another."
        )
    return opened


async def _by_password(ask: Ask, given: str, password: str) -> str:
    """Return a session; a stranger cannot tell what was wrong, nor by how long it took."""
    email, address = normal_email(given), ask.address
    ask.backing.attempts.take(email, address)
    known = await ask.backing.users.by_email(email)
    digest = known.password if known is not None else None
    fits = await ask.backing.passwords.fits(normal_password(password), digest)
    opened = None
    if fits and known is not None and digest is not None:
        opened = await ask.backing.sessions.open(known.user.id, digest)
    if opened is None:
        raise NotAuthenticated(_WRONG)
    ask.backing.attempts.succeeded(email, address)
    return opened


def _session(ask: Ask) -> str | None:
    return credentials_in(ask.request.scope["headers"]).session


def _cookie(ask: Ask, value: str) -> str:
    cookie = _COOKIE.format(value=value)
    return f"{cookie}; Secure" if ask.request.scope["deftly.scheme"] == "https" else cookie


async def _told(ask: Ask, principal: Principal) -> JsonObject:
    scopes = sorted(scope.value for scope in principal.scopes)
    told: JsonObject = {"id": principal.id, "name": principal.name, "scopes": [*scopes]}
    if principal.user_id is not None:
        try:
            user = (await ask.backing.users.get(principal.user_id)).user
        except NotFound:
            raise NotAuthenticated(_ENDED) from None
        told |= {"role": user.role.value, "email": user.email}
    elif principal == LOCAL_OWNER:
        told["role"] = Role.OWNER.value
    return {"principal": told}
