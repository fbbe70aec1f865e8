"""Who is calling: a key, a dashboard session, a visitor, or the local owner."""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final

from deftly.domain.access import LOCAL_OWNER, Principal, Scope
from deftly.domain.visitor import TOKEN_PREFIX
from deftly.errors import NotAllowed, NotAuthenticated
from deftly.rest.visiting import Visiting
from deftly.store.keys import Keys
from deftly.store.sessions import Sessions
from deftly.values import light_value

SESSION_COOKIE: Final = "deftly_session"
_BEARER: Final = "bearer "
_OF_KEYS: Final = frozenset({b"authorization", b"x-api-key"})
_VISITOR_MARK: Final = TOKEN_PREFIX.encode()


@light_value
class Credentials:
    """What a request brought along to say who it is.

    Attributes:
        key: From ``Authorization: Bearer`` or ``X-Api-Key``.
        session: From the dashboard's cookie.
    """

    key: str | None = None
    session: str | None = None


def credentials_in(headers: Iterable[tuple[bytes, bytes]]) -> Credentials:
    """Return the credentials of a request; an ``Authorization`` header goes before the others.

    Raises:
        NotAuthenticated: ``Authorization`` holds something else than a bearer key.
    """
    key = session = None
    bearer: str | None = None
    for name, value in headers:
        match name:
            case b"authorization":
                bearer = _bearer(value.decode("latin-1"))
            case b"x-api-key":
                key = value.decode("latin-1").strip()
            case b"cookie":
                session = _session_in(value.decode("latin-1")) or session
            case _:
                continue
    return Credentials(key=bearer or key, session=session)


def _bearer(header: str) -> str:
    if header[: len(_BEARER)].lower() != _BEARER or not header[len(_BEARER) :].strip():
        raise NotAuthenticated("The Authorization header must read: Bearer, a blank, and a key.")
    return header[len(_BEARER) :].strip()


def _session_in(header: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(SESSION_COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel is not None and morsel.value else None


class Doorkeeper:
    """Tells who calls."""

    def __init__(
        self, keys: Keys, sessions: Sessions, visiting: Visiting, *, no_auth: bool
    ) -> None:
        """Take where callers are known; ``no_auth`` makes all but visitors the local owner."""
        self._keys = keys
        self._sessions = sessions
        self._visiting = visiting
        self._no_auth = no_auth

    async def admit(
        self, headers: Iterable[tuple[bytes, bytes]], *, visitors: bool = False
    ) -> Principal:
        """Return who calls; visitors only where they are let in.

        Raises:
            NotAuthenticated: Nobody known.
            NotAllowed: A visitor, where there is nothing for visitors.
        """
        if self._no_auth and not _is_visitors(headers):
            return LOCAL_OWNER
        credentials = credentials_in(headers)
        if credentials.key is not None and credentials.key.startswith(TOKEN_PREFIX):
            visitor = await self._visiting.admit(credentials.key, headers)
            if not visitors:
                raise NotAllowed("Visitors may talk with their agent, and nothing else.")
            return visitor
        if credentials.key is not None:
            return _known(await self._keys.find(credentials.key), "The key is not known here.")
        if credentials.session is not None:
            return _known(await self._sessions.find(credentials.session), "The session has ended.")
        raise NotAuthenticated(
            "Nobody known is calling; send a key as 'Authorization: Bearer' or log in."
        )


def _is_visitors(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tell whether a request without authentication comes from a visitor all the same."""
    return any(name in _OF_KEYS and _VISITOR_MARK in value for name, value in headers)


def _known(principal: Principal | None, otherwise: str) -> Principal:
    if principal is None:
        raise NotAuthenticated(otherwise)
    return principal


def require(principal: Principal, scope: Scope) -> None:
    """Refuse a principal without the scope.

    Raises:
        NotAllowed: Names the missing scope.
    """
    if not principal.may(scope):
        raise NotAllowed(f"This needs the scope {scope}, which the caller does not hold.")
