"""``/api/invitation``: a new user sets their password with the link they were given."""

from starlette.responses import Response

from deftly.domain.user import checked_password
from deftly.errors import NotFound
from deftly.rest.ask import Asked, answer
from deftly.rest.body import only, text
from deftly.rest.session import began

_NO_GOOD = "The link is used, too old, or replaced by a later one; ask an owner for another."


async def read_invitation(ask: Asked) -> Response:
    """Return whom a link invites; it stays good."""
    given = await ask.body()
    only(given, "token")
    user = await ask.backing.users.invited(text(given, "token"))
    if user is None:
        raise NotFound(_NO_GOOD)
    shown = {"email": user.email, "name": user.name, "role": user.role.value}
    return answer({"invited": {**shown}})


async def accept_invitation(ask: Asked) -> Response:
    """Set the password, use up the link, and log in."""
    given = await ask.body()
    only(given, "token", "password")
    token, password = text(given, "token"), text(given, "password")
    invited = await ask.backing.users.invited(token)
    if invited is None:
        raise NotFound(_NO_GOOD)
    digest = await ask.backing.passwords.digest(checked_password(password, invited.email))
    user = await ask.backing.users.accept(token, digest)
    opened = None if user is None else await ask.backing.sessions.open(user.id, digest)
    if opened is None:
        raise NotFound(_NO_GOOD)
    return await began(ask, opened)
