"""``/api/principals``: what those are called whom runs, histories and confirmations name by id."""

from starlette.responses import Response

from deftly.domain.access import LOCAL_OWNER
from deftly.rest.ask import Asked, answer


async def list_principals(ask: Asked) -> Response:
    """Return id and name of everybody who may call; whoever was removed is not among them."""
    keys = await ask.backing.keys.list()
    users = await ask.backing.users.list()
    named = [
        (LOCAL_OWNER.id, LOCAL_OWNER.name),
        *((f"user:{user.id}", user.name) for user in users),
        *((f"key:{key.id}", key.name) for key in keys),
    ]
    return answer({"principals": [{"id": who, "name": name} for who, name in named]})
