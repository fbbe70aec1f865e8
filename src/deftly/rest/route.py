"""One row of the route table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from starlette.responses import Response

from deftly.domain.access import Scope
from deftly.domain.model import Model

Endpoint: TypeAlias = Callable[..., Awaitable[Response]]


class Access(StrEnum):
    """Who may call a route that needs no scope."""

    ANYONE = "anyone"
    KNOWN = "known"


class Body(StrEnum):
    """Whether a request carries an object."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Route:
    """A method on a path, and everything that is said of it.

    Attributes:
        scope: What the caller must hold.
        gives: The form of the answer, or the media type of one that is no JSON.
        takes: The form of the request's body.
        refusals: Statuses besides those every route of its kind may answer.
        documented: Part of the OpenAPI document.
        raw: Answered in front of FastAPI.
        visitors: Open to visitors too, for what is theirs.
    """

    method: str
    path: str
    scope: Scope | Access
    endpoint: Endpoint
    gives: type[Model] | str
    takes: type[Model] | None = None
    body: Body = Body.NONE
    refusals: tuple[int, ...] = ()
    documented: bool = True
    raw: bool = False
    visitors: bool = False

    @property
    def statuses(self) -> tuple[int, ...]:
        """Every refusal this route may answer with."""
        found = {403, 421, *self.refusals}
        if self.scope is not Access.ANYONE:
            found |= {401, 503}
        if self.body is not Body.NONE:
            found |= {400, 413}
        if self.visitors:
            found.add(429)
        return tuple(sorted(found))
