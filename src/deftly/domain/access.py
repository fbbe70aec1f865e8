"""Who calls, and what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deftly.domain.model import Model


class Scope(StrEnum):
    """One thing a principal may do."""

    READ = "read"
    RUN = "run"
    CONFIRM = "confirm"
    MANAGE = "manage"
    OWN = "own"


class Role(StrEnum):
    """What a person is here: a set of scopes with a name."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


ROLES: Final[Mapping[Role, frozenset[Scope]]] = {
    Role.VIEWER: frozenset({Scope.READ}),
    Role.EDITOR: frozenset({Scope.READ, Scope.RUN, Scope.CONFIRM, Scope.MANAGE}),
    Role.OWNER: frozenset(Scope),
}
_USER: Final = "user:"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who calls: an API key, a dashboard session, the local owner.

    Attributes:
        id: Stable and unique over all kinds: ``key:<id>``, ``user:<id>``, ``local``.
        name: What people call it, for lists and the log.
    """

    id: str
    name: str
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Tell whether the principal holds the scope."""
        return scope in self.scopes

    @property
    def user_id(self) -> str | None:
        """The user's id, if it is a user who calls."""
        return self.id.removeprefix(_USER) if self.id.startswith(_USER) else None


LOCAL_OWNER: Final = Principal(id="local", name="local owner", scopes=ROLES[Role.OWNER])


def user_principal(user_id: str, name: str, role: Role) -> Principal:
    """Return a user as a caller."""
    return Principal(id=f"{_USER}{user_id}", name=name, scopes=ROLES[role])


class ApiKey(Model):
    """A key as it is listed: never its secret.

    Attributes:
        hint: The first characters of the key, enough to tell it from the others.
        last_used_at: To the minute.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    hint: str
    created_at: str
    last_used_at: str | None = None
