"""The front of the door: what every request passes, whatever it asks for."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

import structlog

from deftly.errors import DeftlyError
from deftly.rest.backing import BACKING, Backing
from deftly.rest.body import Receive
from deftly.rest.errors import Refusal, refusal_of, unexpected
from deftly.rest.site import Visit, origin_in
from deftly.rest.tool_call import ToolCall, tool_in

_log = structlog.get_logger(__name__)

Scope: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Header: TypeAlias = tuple[bytes, bytes]

_JSON: Final[Header] = (b"content-type", b"application/json")
_ALWAYS: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_POLICY: Final = b"content-security-policy"
_UNLESS_SAID: Final[tuple[Header, ...]] = (
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (_POLICY, b"default-src 'none'; frame-ancestors 'none'"),
)
# The same for old browsers; it cannot name the pages that may.
_NO_FRAMES: Final[Header] = (b"x-frame-options", b"DENY")
_OUTCOME: Final[tuple[Header, ...]] = (
    _JSON,
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
)
_VARY: Final[Header] = (b"vary", b"origin")
_OPEN_TO_ANY_HOST: Final = "/health/"
# What pages that embed an agent ask for themselves; the endpoints look closer at who asks.
_OPEN_TO_PAGES: Final = ("/api/embed/session", "/embed.js", "/embed/client/")
_PREFLIGHT_OF_PAGES: Final[tuple[Header, ...]] = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"content-type"),
    (b"access-control-max-age", b"600"),
)
_PREFLIGHT: Final[tuple[Header, ...]] = (
    (b"access-control-allow-methods", b"GET, POST, PUT, DELETE"),
    (
        b"access-control-allow-headers",
        b"authorization, content-type, if-match, last-event-id, x-api-key",
    ),
    (b"access-control-max-age", b"600"),
)


class Front:
    """Host and origin first, then the route; errors become refusals here."""

    def __init__(self, backing: Backing, management: App) -> None:
        """Take the parts behind the door and the application for all but the call route."""
        self._backing = backing
        self._site = backing.site
        self._tool_call = ToolCall(backing)
        self._management = management

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection's message stream."""
        match scope["type"]:
            case "http":
                await self._serve(scope, receive, send)
            case "lifespan":
                await _live(receive, send)
            case _:
                await send({"type": "websocket.close", "code": 1000})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        visit = self._site.visit(scope["headers"], client[0] if client else None, scope["scheme"])
        scope["deftly.scheme"] = visit.scheme
        scope[BACKING] = self._backing
        if scope["path"].startswith(_OPEN_TO_PAGES):
            preflight, extra = _PREFLIGHT_OF_PAGES, self._to_embedding(scope)
            refused = self._site.refuses_host(visit)
        else:
            preflight, extra = _PREFLIGHT, self._cross_origin(visit)
            refused = self._refuses(scope, visit)
        answering = _Answering(send, extra)
        if refused is not None:
            await answering.refuse(refused)
        elif scope["method"] == "OPTIONS" and len(extra) > 1:
            await answering.whole(204, b"", preflight)
        else:
            await self._answer(scope, receive, answering)

    def _refuses(self, scope: Scope, visit: Visit) -> Refusal | None:
        if scope["path"].startswith(_OPEN_TO_ANY_HOST):
            return None
        return self._site.refuses_host(visit) or self._site.refuses_origin(visit, scope["method"])

    def _cross_origin(self, visit: Visit) -> tuple[Header, ...]:
        if visit.origin is None or not self._site.is_allowed(visit.origin):
            return ()
        return (
            (b"access-control-allow-origin", visit.origin.encode("latin-1")),
            (b"access-control-expose-headers", b"etag, retry-after, deftly-conversation"),
            _VARY,
        )

    def _to_embedding(self, scope: Scope) -> tuple[Header, ...]:
        """Let a page read the answer that may embed some agent; nothing here heeds cookies."""
        origin = origin_in(scope["headers"])
        if origin is None or not self._backing.visiting.is_embedded_from(origin):
            return (_VARY,)
        return (
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", b"retry-after"),
            _VARY,
        )

    async def _answer(self, scope: Scope, receive: Receive, answering: "_Answering") -> None:
        tool = tool_in(scope["path"]) if scope["method"] == "POST" else None
        try:
            if tool is None:
                await self._management(scope, receive, answering.pass_on)
            else:
                body = await self._tool_call.answer(tool, scope, receive)
                await answering.outcome(body)
        except DeftlyError as fault:
            await answering.refuse(refusal_of(fault))
        except Exception:
            reference = secrets.token_hex(6)
            _log.exception(
                "request_failed", reference=reference, method=scope["method"], path=scope["path"]
            )
            if answering.begun:
                raise
            await answering.refuse(unexpected(reference))


class _Answering:
    """Sends one answer, with the headers every answer has."""

    def __init__(self, send: Send, extra: tuple[Header, ...]) -> None:
        self._send = send
        self.extra = extra
        self.begun = False

    async def refuse(self, refused: Refusal) -> None:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in refused.headers]
        await self.whole(refused.status, refused.encoded(), (_JSON, *headers))

    async def whole(self, status: int, body: bytes, headers: tuple[Header, ...]) -> None:
        length = (b"content-length", str(len(body)).encode())
        self.begun = True
        await self._send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [length, *headers, *_ALWAYS, *_UNLESS_SAID, _NO_FRAMES, *self.extra],
            }
        )
        await self._send({"type": "http.response.body", "body": body})

    async def outcome(self, body: bytes) -> None:
        """Answer a call: JSON for programs, without what only browsers' pages need."""
        length = (b"content-length", str(len(body)).encode())
        self.begun = True
        headers = [length, *_OUTCOME, *self.extra]
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    async def pass_on(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = [*message.get("headers", ())]
            said = dict(headers)
            defaults = [header for header in _UNLESS_SAID if header[0] not in said]
            if not _is_framed(said.get(_POLICY, b"")):
                defaults.append(_NO_FRAMES)
            message["headers"] = [*headers, *_ALWAYS, *defaults, *self.extra]
        await self._send(message)


def _is_framed(policy: bytes) -> bool:
    """Tell whether a policy names pages that may show the answer in a frame."""
    return b"frame-ancestors " in policy and b"frame-ancestors 'none'" not in policy


async def _live(receive: Receive, send: Send) -> None:
    """Answer the server's questions about start and stop; the composition root does the work."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
