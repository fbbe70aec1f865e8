"""Shell actions through the door of a whole Deftly, on a network by hand."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from deftly.app import build_asgi, open_deftly
from deftly.settings import Settings
from tests.unit.egress.doubles import (
    PUBLIC,
    FakeResolver,
    RecordingDialer,
    Upstream,
    reply,
    upstream,
)
from tests.world import EVERYTHING, PORT, Api, HandClock

ACTIONS = "/api/custom-actions"
HOST = "api.test"
_NAMES = re.compile(r"\{\{\s*(\w+)")


@dataclass
class Shelling:
    """An owner who tries commands out, and what leaves for the network meanwhile."""

    api: Api
    upstream: Upstream
    dialer: RecordingDialer

    async def store(self, command: str, **handler: object) -> httpx2.Response:
        return await self.api.post(ACTIONS, make_shell(command, **handler))

    async def run(
        self, command: str, params: object = None, *, timeout_s: float = 3.0, **handler: object
    ) -> Any:
        """Return the report of a test of a draft, or the error that refuses it."""
        draft = make_shell(command, timeoutS=timeout_s, **handler)
        return (await self.api.post(f"{ACTIONS}/test", {"action": draft, "params": params})).json()


def make_shell(command: str, **handler: object) -> dict[str, object]:
    names = dict.fromkeys(_NAMES.findall(command))
    return {
        "name": "do it",
        "description": "Do something.",
        "parameters": [{"name": name, "description": "A value"} for name in names],
        "handler": {"type": "shell", "command": command, **handler},
    }


def answer(request: bytes) -> bytes:
    """Say what was asked for: ``GET /path``."""
    return reply(b" ".join(request.split(b" ")[:2]))


@asynccontextmanager
async def shelling(folder: Path, **settings: Any) -> AsyncIterator[Shelling]:
    """Open a Deftly whose only reachable host is one upstream called api.test."""
    given = {"dir": folder, "port": PORT, "shell": True, "egress_allow": (f"{HOST}:80",)}
    resolver = FakeResolver({HOST: [[PUBLIC]]}, otherwise=["10.0.0.1"])
    async with upstream(answer) as server:
        dialer = RecordingDialer(leads_to=server.port)
        opened = open_deftly(
            Settings(**{**given, **settings}), clock=HandClock(), resolver=resolver, dialer=dialer
        )
        async with opened as deftly:
            transport = httpx2.ASGITransport(build_asgi(deftly), raise_app_exceptions=False)
            owner = await Api(deftly, transport, HandClock(), {}).with_scopes(*EVERYTHING)
            yield Shelling(owner, server, dialer)
