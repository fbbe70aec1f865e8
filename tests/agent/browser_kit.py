"""Conversations with a page behind them: a scripted model, and browsers that make its calls."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from deftly.domain.visitor import Visitor
from deftly.handlers.browsers import BrowserWaits
from tests.agent.chat_kit import MODEL, Talker, Turn, read
from tests.agent.provider_server import Provider, Reply, running_provider
from tests.live import Remote, Server, running_remote
from tests.world import Api, running_world, until

ORIGIN = "https://shop.example.com"
CODE = "return deftly.cart.add(args.sku)"
TOOL = "add_to_cart"
ARGUMENTS = {"sku": "A-1", "quantity": 2}
CALL = (TOOL, ARGUMENTS)
IN_BROWSER = {"forwardedProps": {"browser": True}}
SHORT = BrowserWaits(start_s=0.3, settle_s=0.1)
PATIENT = BrowserWaits(start_s=20.0, settle_s=0.2)


def client_action(**handler: object) -> dict[str, Any]:
    """Return a client action; the fields are its handler's but for ``mode`` and ``parameters``."""
    mode = handler.pop("mode", "auto")
    parameters = handler.pop(
        "parameters",
        [{"name": "sku", "required": True}, {"name": "quantity", "type": "integer"}],
    )
    return {
        "name": TOOL,
        "description": "Put something into the cart.",
        "parameters": parameters,
        "executionMode": mode,
        "acknowledgeWrites": True,
        "handler": {"type": "client", "code": CODE, **handler},
    }


@dataclass
class Page:
    """A tab that follows its conversation and makes the calls it is told of, as a page would.

    Attributes:
        told: Values of the events that asked for a call.
        started: What the server answered to those it was first for.
    """

    http: httpx2.AsyncClient
    conversation: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    started: list[dict[str, Any]] = field(default_factory=list)

    def path(self, call_id: str, word: str) -> str:
        return f"/api/conversations/{self.conversation}/client-calls/{call_id}/{word}"

    async def start(self, call_id: str) -> httpx2.Response:
        answer = await self.http.post(self.path(call_id, "start"), json={})
        if answer.status_code == 200:
            self.started.append(answer.json())
        return answer

    async def finish(self, call_id: str, **ending: object) -> httpx2.Response:
        return await self.http.post(self.path(call_id, "finish"), json=ending)


Make = Callable[[Page, dict[str, Any]], Awaitable[None]]


def returning(value: object) -> Make:
    """Return a page's way with calls: it makes them, and they return this."""
    return ending(ok=True, result=value)


def ending(**told: object) -> Make:
    async def make(page: Page, asked: dict[str, Any]) -> None:
        assert (await page.start(asked["callId"])).status_code == 200
        assert (await page.finish(asked["callId"], **told)).status_code == 200

    return make


async def ignoring(page: Page, asked: dict[str, Any]) -> None:
    """Do not make the call."""
    del page, asked


async def starting(page: Page, asked: dict[str, Any]) -> None:
    """Start the call, and tell nothing more."""
    assert (await page.start(asked["callId"])).status_code == 200


def asks(event: dict[str, Any]) -> bool:
    return bool(event["type"] == "CUSTOM" and event["name"] == "deftly.client_action")


async def talk(client: Talker, make: Make, text: str | None = "Add it", **more: object) -> "Talk":
    """Say something from a page, which makes the calls of the turn."""
    turn, page = Turn(), Page(client.http)
    given = client.input(text, **{**IN_BROWSER, **more})
    async with client.http.stream("POST", f"/api/chat/{client.agent}", json=given) as response:
        assert response.status_code == 200, await response.aread()
        async for event in read(response, turn):
            page.conversation = turn.conversation
            if asks(event):
                page.told.append(event["value"])
                await make(page, event["value"])
    return Talk(turn, page)


async def whole(client: Talker, given: object) -> Turn:
    """Return a turn once it is over, its lines cut as the standard of event streams cuts them."""
    response = await client.http.post(f"/api/chat/{client.agent}", json=given)
    assert response.status_code == 200, response.text
    turn = Turn(conversation=response.headers["deftly-conversation"])
    lines = response.content.decode().split("\n")
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    turn.events = [json.loads(one) for one in data]
    return turn


@dataclass
class Talk:
    """A turn, and the page it was begun from."""

    turn: Turn
    page: Page

    @property
    def result(self) -> dict[str, Any]:
        (one,) = self.turn.of("TOOL_CALL_RESULT")
        return one

    @property
    def run_id(self) -> str:
        return str(self.result["metadata"]["actionRunId"])


@dataclass
class Live:
    """A server of its own, with a model behind it."""

    folder: Path
    provider: Provider
    server: Server
    remote: Remote
    settings: dict[str, object]

    @property
    def client(self) -> Talker:
        return Talker(self.remote.http)

    async def run(self, run_id: str) -> dict[str, Any]:
        told: dict[str, Any] = (await self.remote.get(f"/api/runs/{run_id}"))["run"]
        return told


@asynccontextmanager
async def live(folder: Path, action: dict[str, Any], *replies: Reply) -> AsyncIterator[Live]:
    """Run a server with one client action; every caller is its owner at a browser."""
    async with running_provider(*replies) as provider:
        given: dict[str, object] = {"model": MODEL, "model_base_url": provider.url}
        async with running_remote(folder, **given) as (server, remote):
            await remote.post("/api/custom-actions", action)
            yield Live(folder, provider, server, remote, given)


@dataclass
class Desk:
    """The same in this process, where streams come as a whole and time limits are short."""

    api: Api
    provider: Provider

    @property
    def client(self) -> Talker:
        return Talker(self.api.http)

    def visitor(self, visitor_id: str = "v1", agent_id: str | None = None) -> Talker:
        """Return a visitor of the default agent, on a page that may embed it."""
        deftly = self.api.deftly
        agent = deftly.agents.find("default")
        visitor = Visitor(visitor_id, agent_id or agent.id, ORIGIN)
        token = deftly.visiting.signer.token(visitor, deftly.clock.now())
        return Talker(self.api.with_headers({"authorization": f"Bearer {token}"}).http)

    async def begun(self, client: Talker, text: str = "Add it", **more: object) -> "Begun":
        """Say something from a page, and return as soon as a call waits for it."""
        given = client.input(text, **{**IN_BROWSER, **more})
        saying = asyncio.create_task(whole(client, given))
        found: list[dict[str, Any]] = []

        async def waits() -> bool:
            if saying.done():
                saying.result()
            for one in (await client.http.get("/api/conversations")).json()["conversations"]:
                calls = await self.api.deftly.stores.client_calls.waiting(one["id"])
                found.extend({"conversation": one["id"], "call": call.id} for call in calls)
            return bool(found)

        await until(waits)
        page = Page(client.http, found[0]["conversation"])
        return Begun(saying, page, found[0]["call"])


async def run_of(scene: Desk, run_id: str) -> dict[str, Any]:
    """Return the record of a call."""
    told: dict[str, Any] = (await scene.api.get(f"/api/runs/{run_id}")).json()["run"]
    return told


@dataclass
class Begun:
    """A turn that waits for its page."""

    saying: "asyncio.Task[Turn]"
    page: Page
    call_id: str

    async def talk(self) -> Talk:
        return Talk(await self.saying, self.page)


@asynccontextmanager
async def desk(
    folder: Path,
    action: dict[str, Any],
    *replies: Reply,
    waits: BrowserWaits = SHORT,
    **settings: object,
) -> AsyncIterator[Desk]:
    """Open a Deftly with one client action and an agent that a shop may embed."""
    async with running_provider(*replies) as provider:
        given: dict[str, Any] = {"model": MODEL, "model_base_url": provider.url, "no_auth": True}
        async with running_world(folder, waits=waits, **{**given, **settings}) as api:
            api.deftly.chats.attend()
            assert (await api.post("/api/custom-actions", action)).status_code == 200
            origins = {"allowedOrigins": [ORIGIN]}
            assert (await api.put("/api/agents/default", origins)).status_code == 200
            yield Desk(api, provider)
