"""A tiny world for tests: a Deftly of its own, a client that talks to it, a server behind it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2

from deftly.app import Deftly, build_asgi, open_deftly
from deftly.domain.access import Scope
from deftly.handlers.browsers import BrowserWaits
from deftly.sandbox.programs import Programs, find_programs
from deftly.settings import Settings

PORT = 8484
BASE_URL = f"http://127.0.0.1:{PORT}"
EVERYTHING = tuple(Scope)


class HandClock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
        self.passed_s = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic_s(self) -> float:
        return self.passed_s

    def forward(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.passed_s += seconds

    def set_back(self, seconds: float) -> None:
        """Move the time of day alone, as an operator would."""
        self.moment -= timedelta(seconds=seconds)


@dataclass(frozen=True)
class Seen:
    """A request that reached the upstream."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Upstream:
    """A loopback server that records what it saw and answers by script."""

    port: int = 0
    requests: list[Seen] = field(default_factory=list)
    status: int = 200
    body: bytes = b'{"ok":true}'
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    echo: bool = False
    open: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seen(self) -> int:
        return len(self.requests)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answers(self, body: object, status: int = 200, **headers: str) -> None:
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status = status
        self.headers = {"Content-Type": "application/json", **headers}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await _head(reader):
                request = await _request(head, reader)
                self.requests.append(request)
                self.arrived.set()
                await self.open.wait()
                writer.write(self._answer(request))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    def _answer(self, request: Seen) -> bytes:
        body = self.body
        if self.echo:
            shown = {"headers": dict(request.headers), "body": request.body.decode()}
            body = json.dumps(shown | {"path": request.path}).encode()
        lines = [f"HTTP/1.1 {self.status} Scripted", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + (b"" if request.method == "HEAD" else body)


async def _head(reader: asyncio.StreamReader) -> list[str]:
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return []
    return raw.decode("latin-1").split("\r\n")


async def _request(head: list[str], reader: asyncio.StreamReader) -> Seen:
    method, path, _ = head[0].split(" ", 2)
    pairs = [line.partition(":") for line in head[1:] if line]
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(method, path, headers, body)


@asynccontextmanager
async def running_upstream() -> AsyncIterator[Upstream]:
    upstream = Upstream()
    upstream.open.set()
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    upstream.port = server.sockets[0].getsockname()[1]
    try:
        yield upstream
    finally:
        upstream.open.set()
        server.close()


class Api:
    """A caller of the REST door."""

    def __init__(
        self,
        deftly: Deftly,
        transport: httpx2.ASGITransport,
        clock: HandClock,
        headers: Mapping[str, str],
    ) -> None:
        self.deftly = deftly
        self.clock = clock
        self.headers = dict(headers)
        self.transport = transport
        self.http = httpx2.AsyncClient(transport=transport, base_url=BASE_URL, headers=self.headers)

    async def with_scopes(self, *scopes: Scope) -> "Api":
        """Return a caller with a key of its own."""
        _, key = await self.deftly.stores.keys.create("test", scopes or (Scope.READ,))
        return self.with_headers({"authorization": f"Bearer {key}"})

    def with_headers(self, headers: Mapping[str, str]) -> "Api":
        """Return a caller that sends these headers and nothing else that says who it is."""
        return Api(self.deftly, self.transport, self.clock, headers)

    async def request(self, method: str, path: str, **options: Any) -> httpx2.Response:
        return await self.http.request(method, path, **options)

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        return await self.http.get(path, **options)

    async def post(self, path: str, given: object = None, **options: Any) -> httpx2.Response:
        content = given if isinstance(given, bytes) else json.dumps(given).encode()
        return await self.http.post(path, content=content, **options)

    async def put(self, path: str, given: object, **options: Any) -> httpx2.Response:
        return await self.http.put(path, content=json.dumps(given).encode(), **options)

    async def create(self, **fields: Any) -> dict[str, Any]:
        answer = await self.post("/api/custom-actions", make_action(**fields))
        assert answer.status_code == 200, answer.text
        action: dict[str, Any] = answer.json()["action"]
        return action

    async def call(self, tool: str, arguments: object = None, **more: object) -> httpx2.Response:
        return await self.post(f"/api/tools/{tool}/call", {"arguments": arguments or {}, **more})

    async def hold(self, tool: str, arguments: object = None) -> dict[str, Any]:
        """Return the confirmation of a call that asks."""
        answer = await self.call(tool, arguments)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "confirm_required", answer.text
        confirmation: dict[str, Any] = answer.json()["confirmation"]
        return confirmation

    async def confirm(self, confirmation: Mapping[str, Any], **more: object) -> httpx2.Response:
        given = {"token": confirmation["token"], **more}
        return await self.post(f"/api/confirmations/{confirmation['id']}/confirm", given)

    async def deny(self, confirmation: Mapping[str, Any]) -> httpx2.Response:
        given = {"token": confirmation["token"]}
        return await self.post(f"/api/confirmations/{confirmation['id']}/deny", given)


def make_action(url: str = "https://api.example.com/orders/{{order_id}}", **fields: object) -> Any:
    """Return a definition; ``method``, ``headers`` and ``body`` go into its handler."""
    handler: dict[str, object] = {"type": "http", "url": url}
    for name in ("method", "headers", "body", "timeoutS"):
        if name in fields:
            handler[name] = fields.pop(name)
    return {
        "name": "get order",
        "description": "Look up an order.",
        "parameters": [{"name": "order_id", "description": "Its number", "required": True}],
        "handler": handler,
        "executionMode": "auto",
        **fields,
    }


@asynccontextmanager
async def running_world(
    folder: Path,
    *,
    upstream: Upstream | None = None,
    waits: BrowserWaits | None = None,
    programs: Callable[[], Programs] = find_programs,
    **settings: object,
) -> AsyncIterator[Api]:
    """Open a Deftly in a folder and return its owner's client."""
    given: dict[str, Any] = {"dir": folder, "port": PORT, "shutdown_grace_s": 1, **settings}
    if upstream is not None:
        given["egress_allow"] = (f"127.0.0.1:{upstream.port}",)
    clock = HandClock()
    opened = open_deftly(Settings(**given), clock=clock, waits=waits, programs=programs)
    async with opened as deftly:
        transport = httpx2.ASGITransport(build_asgi(deftly), raise_app_exceptions=False)
        yield await Api(deftly, transport, clock, {}).with_scopes(*EVERYTHING)


async def until(
    condition: Callable[[], Awaitable[bool]] | Callable[[], bool], within_s: float = 20.0
) -> None:
    """Wait for a condition, with a deadline."""
    async with asyncio.timeout(within_s):
        while True:
            met = condition()
            if met if isinstance(met, bool) else await met:
                return
            await asyncio.sleep(0.01)
