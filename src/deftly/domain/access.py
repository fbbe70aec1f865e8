"""Who calls, and what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deftly.domain.model import Model
from deftly.domain.visitor import Visitor


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
_VISITOR: Final = "visitor:"
# For the few routes that are open to visitors, and there for what is theirs.
_OF_VISITORS: Final = frozenset({Scope.RUN, Scope.CONFIRM})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorRights(Visitor):
    """What a visitor may do: talk with one agent, as who they are.

    Attributes:
        agent: The agent's name.
    """

    agent: str


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who calls: an API key, a dashboard session, the local owner.

    Attributes:
        id: Stable and unique over all kinds: ``key:<id>``, ``user:<id>``, ``visitor:<id>``,
            ``local``.
        name: What people call it, for lists and the log.
        visitor: Of a visitor alone, whom few routes let in.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    visitor: VisitorRights | None = None

    def may(self, scope: Scope) -> bool:
        """Tell whether the principal holds the scope."""
        return scope in self.scopes

    @property
    def sees_programs(self) -> bool:
        """Whether a question shows them the command or code it is about.

        Definitions are there to be read with ``read``; whoever answers has to see what they agree
        to. How an action works is nothing for a visitor, nor for an agent whose key has ``run``.
        """
        return self.visitor is None and (self.may(Scope.READ) or self.may(Scope.CONFIRM))

    @property
    def user_id(self) -> str | None:
        """The user's id, if it is a user who calls."""
        return self.id.removeprefix(_USER) if self.id.startswith(_USER) else None


LOCAL_OWNER: Final = Principal(id="local", name="local owner", scopes=ROLES[Role.OWNER])


def user_principal(user_id: str, name: str, role: Role) -> Principal:
    """Return a user as a caller."""
    return Principal(id=f"{_USER}{user_id}", name=name, scopes=ROLES[role])


def visitor_principal(visitor: Visitor, agent: str) -> Principal:
    """Return a visitor of the agent as a caller."""
    rights = VisitorRights(
        id=visitor.id,
        agent_id=visitor.agent_id,
        agent=agent,
        origin=visitor.origin,
        user=visitor.user,
        page=visitor.page,
        ends_at_s=visitor.ends_at_s,
    )
    shown = visitor.user_id or visitor.id[:8]
    return Principal(f"{_VISITOR}{visitor.id}", f"visitor {shown}", _OF_VISITORS, rights)


def is_visitor(principal_id: str) -> bool:
    """Tell whether whoever has this id is a visitor."""
    return principal_id.startswith(_VISITOR)


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
