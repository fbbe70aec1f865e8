"""``/api/keys``: who else may call."""

from starlette.responses import Response

from deftly.domain.access import Scope
from deftly.errors import InvalidRequest, Problem
from deftly.rest.ask import OK, Asked, answer
from deftly.rest.body import only, text, texts


async def list_keys(ask: Asked) -> Response:
    """Return every key, without its text."""
    found = await ask.backing.keys.list()
    return answer({"keys": [one.wire() for one in found]})


async def make_key(ask: Asked) -> Response:
    """Make a key; its text is in this answer and nowhere else."""
    given = await ask.body()
    only(given, "name", "scopes")
    key, secret = await ask.backing.keys.create(
        text(given, "name"), _scopes(texts(given, "scopes"))
    )
    return answer({"ok": True, "key": key.wire(), "secret": secret})


async def delete_key(ask: Asked, key_id: str) -> Response:
    """Take a key away; it is refused from now on."""
    await ask.backing.keys.revoke(key_id)
    return answer(OK)


def _scopes(names: tuple[str, ...]) -> frozenset[Scope]:
    known = [scope.value for scope in Scope]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        said = f"holds {', '.join(unknown)}, which is no scope" if unknown else "is empty"
        message = f"scopes {said}; choose from {', '.join(known)}."
        raise InvalidRequest(message, details=[Problem("scopes", message)])
    return frozenset(Scope(name) for name in names)
