"""``POST /api/tools/{tool}/call``: the busiest route, answered in front of FastAPI."""

from collections.abc import MutableMapping
from time import perf_counter
from typing import Any, Final

from starlette.responses import Response

from deftly.domain.access import Principal, Scope
from deftly.domain.run import Call, Trigger
from deftly.rest.auth import require
from deftly.rest.backing import Backing
from deftly.rest.body import Receive, only, optional_text, read_object
from deftly.values import JsonObject, dump_json

_PREFIX: Final = "/api/tools/"
_SUFFIX: Final = "/call"
_UNKNOWN_KIND: Final = "unknown"


async def document(tool: str) -> Response:
    """Call a tool; its answer is what became of the call."""
    raise NotImplementedError(tool)  # `ToolCall` answers before FastAPI sees the request


def tool_in(path: str) -> str | None:
    """Return the tool a path names, none for other paths."""
    if not path.startswith(_PREFIX) or not path.endswith(_SUFFIX):
        return None
    tool = path[len(_PREFIX) : -len(_SUFFIX)]
    return None if not tool or "/" in tool else tool


class ToolCall:
    """Parses, authenticates, calls the engine, encodes."""

    def __init__(self, backing: Backing) -> None:
        """Take the parts behind the door."""
        self._backing = backing

    async def answer(self, tool: str, scope: MutableMapping[str, Any], receive: Receive) -> bytes:
        """Return the outcome as JSON.

        Raises:
            DeftlyError: Nothing was sent; the door turns it into a refusal.
        """
        backing = self._backing
        headers = scope["headers"]
        principal = await backing.doorkeeper.admit(headers)
        require(principal, Scope.RUN)
        call = call_of(tool, await read_object(headers, receive), principal)
        started_s = perf_counter()
        backing.metrics.in_flight += 1
        try:
            outcome = await backing.engine.call(call)
        finally:
            backing.metrics.in_flight -= 1
        backing.metrics.count(outcome, self._kind(tool), perf_counter() - started_s)
        return dump_json(outcome.wire())

    def _kind(self, tool: str) -> str:
        compiled = self._backing.catalog.snapshot.by_tool.get(tool)
        return compiled.action.handler.type if compiled else _UNKNOWN_KIND


def call_of(tool: str, given: JsonObject, principal: Principal) -> Call:
    """Return the call a body asks for.

    Raises:
        InvalidRequest: A member is unknown or of another type than text.
    """
    only(given, "arguments", "conversationId", "idempotencyKey")
    arguments = given.get("arguments")
    return Call(
        tool=tool,
        arguments={} if arguments is None else arguments,
        principal=principal,
        trigger=Trigger.REST,
        conversation_id=optional_text(given, "conversationId"),
        idempotency_key=optional_text(given, "idempotencyKey"),
    )
