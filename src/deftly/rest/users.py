"""``/api/users``: people who sign in by themselves, and the links that invite them."""

from starlette.responses import Response

from deftly.domain.access import Role
from deftly.domain.user import User, checked_name, checked_password, normal_email
from deftly.errors import InvalidRequest, Problem
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.rest.body import only, text
from deftly.store.users import UserChange
from deftly.values import JsonObject


async def list_users(ask: Asked) -> Response:
    """Return every user, without passwords and links."""
    found = await ask.backing.users.list()
    return answer({"users": [one.wire() for one in found]})


async def create_user(ask: Asked) -> Response:
    """Add a user; without a password, the answer holds the one link that sets it."""
    given = await ask.body()
    only(given, "email", "name", "role", "password")
    email = normal_email(text(given, "email"))
    name = _optional(given, "name") or email.partition("@")[0]
    role = _role(text(given, "role"))
    password = _optional(given, "password")
    checked_name(name)
    digest = await _digest(ask, password, email) if password is not None else None
    user = await ask.backing.users.create(email, name, role, digest)
    made: JsonObject = {"ok": True, "user": user.wire()}
    if digest is None:
        user, invitation = await _invite(ask, user.id)
        made |= {"user": user.wire(), "invitation": invitation}
    return answer(made)


async def update_user(ask: Asked, user_id: str) -> Response:
    """Change a user's name or role, disable or enable them; it holds for open sessions at once."""
    given = await ask.body()
    only(given, "name", "role", "disabled")
    role = _optional(given, "role")
    change = UserChange(
        name=_optional(given, "name"),
        role=None if role is None else _role(role),
        disabled=_flag(given, "disabled"),
    )
    user = await ask.backing.users.change(user_id, change)
    return answer({"ok": True, "user": user.wire()})


async def set_user_password(ask: Asked, user_id: str) -> Response:
    """Give another user a password; their sessions end."""
    given = await ask.body()
    only(given, "password")
    password = text(given, "password")
    user = (await ask.backing.users.get(user_id)).user
    if user_id == ask.caller.user_id:
        message = "Your own password is changed at /api/session/password, with the present one."
        raise InvalidRequest(message)
    await ask.backing.users.set_password(user_id, await _digest(ask, password, user.email))
    return answer(OK)


async def invite_user(ask: Asked, user_id: str) -> Response:
    """Make a new link that sets a user's password once; an earlier link is void."""
    user, invitation = await _invite(ask, user_id)
    return answer({"ok": True, "user": user.wire(), "invitation": invitation})


async def delete_user(ask: Asked, user_id: str) -> Response:
    """Remove a user; their sessions end, what they did stays in the record."""
    await ask.backing.users.delete(user_id)
    return answer(OK)


async def _digest(ask: Ask, password: str, email: str) -> str:
    return await ask.backing.passwords.digest(checked_password(password, email))


async def _invite(ask: Ask, user_id: str) -> tuple[User, JsonObject]:
    user, token = await ask.backing.users.invite(user_id)
    url = ask.backing.site.invitation_link(token)
    return user, {"url": url, "expiresAt": user.invited_until}


def _role(given: str) -> Role:
    try:
        return Role(given)
    except ValueError:
        message = f"role must be one of {', '.join(Role)}."
        raise InvalidRequest(message, details=[Problem("role", message)]) from None


def _optional(given: JsonObject, name: str) -> str | None:
    return None if given.get(name) is None else text(given, name)


def _flag(given: JsonObject, name: str) -> bool | None:
    value = given.get(name)
    if value is None or isinstance(value, bool):
        return value
    message = f"{name} must be true or false."
    raise InvalidRequest(message, details=[Problem(name, message)])
