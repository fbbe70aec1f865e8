"""The forms of bodies about people and how they sign in, for the OpenAPI document."""

from typing import Literal

from pydantic import Field

from deftly.domain.access import Role, Scope
from deftly.domain.model import Model
from deftly.domain.user import PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, User

_PASSWORD = Field(min_length=PASSWORD_CHARACTERS_MIN, max_length=PASSWORD_CHARACTERS_MAX)


class UserList(Model):
    """Users, oldest first."""

    users: list[User]


class NewUser(Model):
    """Who may sign in, and as what; without a password they are invited."""

    email: str
    name: str | None = None
    role: Role
    password: str | None = Field(
        None, min_length=PASSWORD_CHARACTERS_MIN, max_length=PASSWORD_CHARACTERS_MAX
    )


class UserPatch(Model):
    """What to change; what is left out stays."""

    name: str | None = None
    role: Role | None = None
    disabled: bool | None = None


class Invitation(Model):
    """A link that sets a password once; it is told once."""

    url: str
    expires_at: str


class MadeUser(Model):
    """A new user, and the link to hand them where they have no password yet."""

    ok: Literal[True]
    user: User
    invitation: Invitation | None = None


class SavedUser(Model):
    """A user as they are now."""

    ok: Literal[True]
    user: User


class NewPassword(Model):
    """A password for somebody."""

    password: str = _PASSWORD


class OwnPassword(Model):
    """The present password, and the one to have from now on."""

    present: str
    password: str = _PASSWORD


class NamedPrincipal(Model):
    """Somebody who may call: a user, a key, the local owner."""

    id: str
    name: str


class PrincipalList(Model):
    """Everybody who may call, by the ids that runs and histories hold."""

    principals: list[NamedPrincipal]


class Login(Model):
    """A one-time login token, or an e-mail address with its password."""

    token: str | None = None
    email: str | None = None
    password: str | None = None


class Caller(Model):
    """Who calls, and what they may do; keys have no role, and users alone an address."""

    id: str
    name: str
    scopes: list[Scope]
    role: Role | None = None
    email: str | None = None


class SessionAnswer(Model):
    """Who is logged in."""

    principal: Caller


class InvitationToken(Model):
    """What an invitation's link carries behind its #."""

    token: str


class AcceptedInvitation(Model):
    """The token, and the password to have."""

    token: str
    password: str = _PASSWORD


class Invited(Model):
    """Whom a link invites."""

    email: str
    name: str
    role: Role


class InvitedAnswer(Model):
    """Whom a link invites, as what, and until when."""

    invited: Invited
