"""One request and its answer, over a connection of the pool."""

from functools import partial
from typing import Final

from deftly.egress.approvals import Approval
from deftly.egress.connection import HttpConnection
from deftly.egress.decompress import ACCEPTED
from deftly.egress.message import Headers, OutboundRequest
from deftly.egress.pool import Pool
from deftly.egress.reading import read_body, read_headers
from deftly.egress.redirects import locations
from deftly.errors import EgressFailed
from deftly.values import light_value

_BODILESS: Final = frozenset({"GET", "HEAD"})
_UNLESS_GIVEN: Final = (
    ("accept", "Accept: */*"),
    ("accept-encoding", f"Accept-Encoding: {ACCEPTED}"),
    ("user-agent", "User-Agent: deftly"),
)


@light_value
class Answer:
    """What came back of one hop.

    Attributes:
        body: Unpacked; not read where the answer leads elsewhere.
        received_bytes: Of the body as it came over the wire.
        leads_to: Every ``Location``, where it may be followed.
    """

    status: int
    headers: Headers
    body: bytes = b""
    received_bytes: int = 0
    leads_to: tuple[str, ...] = ()


async def exchange(pool: Pool, request: OutboundRequest, approval: Approval) -> Answer:
    """Return the answer, read to its end unless it leads elsewhere.

    Sent at most once, except that a GET or HEAD which meets a pooled connection that is closed
    by now goes to another one.

    Raises:
        RunError: No connection could be opened, or the answer is not one.
    """
    while True:
        answer = await pool.use(request.target, approval, partial(_ask, request))
        if answer is not None:
            return answer


async def _ask(request: OutboundRequest, connection: HttpConnection) -> Answer | None:
    """Return the answer, or None if the connection had ended before it was asked."""
    bodiless = request.method == "HEAD"
    connection.ask(written(request), bodiless=bodiless)
    try:
        await connection.head()
    except EgressFailed:
        was_pooled = connection.asked_times > 1
        if was_pooled and connection.was_silent and request.method in _BODILESS:
            return None
        raise
    status, headers = connection.status, read_headers(connection)
    leads_to = locations(request, status, headers)
    if leads_to or bodiless:
        return Answer(status, headers, leads_to=leads_to)
    body, received = await read_body(connection, headers, request.limit_bytes)
    return Answer(status, headers, body, received)


def written(request: OutboundRequest) -> bytes:
    """Return the request as it is sent."""
    given = {name.lower() for name, _ in request.headers}
    lines = [
        f"{request.method} {request.target.path} HTTP/1.1",
        f"Host: {request.target.authority}",
        *[line for name, line in _UNLESS_GIVEN if name not in given],
        *[f"{name}: {value}" for name, value in request.headers],
    ]
    body = request.body or b""
    if body or request.method not in _BODILESS:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
