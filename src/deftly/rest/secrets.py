"""``/api/secrets``: stored credentials; values go in and never come out."""

from starlette.responses import Response

from deftly.domain.access import Scope
from deftly.errors import InvalidRequest, Problem
from deftly.rest.ask import OK, Asked, answer
from deftly.rest.auth import require
from deftly.rest.body import only, texts


async def list_secrets(ask: Asked) -> Response:
    """Return names and hosts."""
    found = await ask.backing.secrets.list()
    return answer({"secrets": [one.wire() for one in found]})


async def put_secret(ask: Asked, name: str) -> Response:
    """Store a value; deciding where it may be sent is the owner's."""
    given = await ask.body()
    only(given, "value", "hosts")
    value = given.get("value")
    if not isinstance(value, str) or not value:
        message = "value is required and must be text."
        raise InvalidRequest(message, details=[Problem("value", message)])
    hosts = None
    if given.get("hosts") is not None:
        require(ask.caller, Scope.OWN)
        hosts = texts(given, "hosts")
    stored = await ask.backing.secrets.put(name, value, hosts=hosts)
    return answer({"ok": True, "secret": stored.wire()})


async def delete_secret(ask: Asked, name: str) -> Response:
    """Remove a secret."""
    await ask.backing.secrets.delete(name)
    return answer(OK)
