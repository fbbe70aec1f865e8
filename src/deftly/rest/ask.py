"""One request to a management route, as its endpoint sees it, and how it is answered."""

from collections.abc import Iterable
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.responses import Response

from deftly.domain.access import Principal
from deftly.rest.backing import BACKING, Backing
from deftly.rest.body import LIMIT_BYTES, read_object
from deftly.values import JsonObject, dump_json

JSON: Final = "application/json"
OK: Final[JsonObject] = {"ok": True}


class Ask:
    """A request that was let in."""

    def __init__(self, request: Request) -> None:
        """Take a request whose caller is known already."""
        self.request = request

    @property
    def backing(self) -> Backing:
        """The parts of Deftly behind the door."""
        backing: Backing = self.request.scope[BACKING]
        return backing

    @property
    def caller(self) -> Principal:
        """Who asks; of open routes nobody knows."""
        caller: Principal = self.request.state.caller
        return caller

    @property
    def address(self) -> str:
        """Whose address asks; the network of an IPv6 one."""
        scope = self.request.scope
        client = scope.get("client")
        return self.backing.site.address(scope["headers"], client[0] if client else None)

    def header(self, name: str) -> str | None:
        """Return a header, if it was sent."""
        return self.request.headers.get(name)

    async def body(self, *, optional: bool = False, limit_bytes: int = LIMIT_BYTES) -> JsonObject:
        """Return the JSON object that was sent; an empty one where it may be left out.

        Raises:
            InvalidRequest: It is missing, malformed, or no object.
            BodyTooLarge: It is over the limit, 1 MiB unless another is given.
        """
        return await read_object(
            self.request.scope["headers"],
            self.request.receive,
            optional=optional,
            limit_bytes=limit_bytes,
        )


async def _ask_of(request: Request) -> Ask:
    return Ask(request)


Asked = Annotated[Ask, Depends(_ask_of)]


def answer(value: JsonObject, *, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """Return an answer of JSON."""
    return Response(dump_json(value), media_type=JSON, headers=dict(headers))
