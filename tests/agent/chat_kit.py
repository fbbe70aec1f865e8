"""A running server with the sample shop behind it and a scripted provider as its model."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from deftly.demo.running import sample_shop
from deftly.demo.shop import Shop
from deftly.domain.access import Scope
from tests.agent.provider_server import EVENTS, Provider, Reply, running_provider
from tests.live import Remote, Server, launch, running_remote
from tests.world import Api, running_world, until

STATUS = ("get_order_status", {"order_id": "A-1042"})
RETURN = ("create_return", {"order_id": "A-1038", "reason": "too small"})
CANCEL = ("cancel_order", {"order_id": "A-1043"})
MODEL = "openai:scripted"


@dataclass
class Turn:
    """What one stream said."""

    events: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    conversation: str = ""

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.events if one["type"] == kind]

    @property
    def kinds(self) -> list[str]:
        return [one["type"] for one in self.events]

    @property
    def text(self) -> str:
        return "".join(one["delta"] for one in self.of("TEXT_MESSAGE_CONTENT"))

    @property
    def interrupts(self) -> list[dict[str, Any]]:
        (finished,) = self.of("RUN_FINISHED")
        if finished["outcome"]["type"] != "interrupt":
            return []
        interrupts: list[dict[str, Any]] = finished["outcome"]["interrupts"]
        return interrupts

    @property
    def interrupt(self) -> dict[str, Any]:
        (one,) = self.interrupts
        return one


async def read(response: httpx2.Response, turn: Turn) -> AsyncIterator[dict[str, Any]]:
    """Yield the events of a stream as they come."""
    turn.conversation = response.headers.get("deftly-conversation", "")
    async for line in response.aiter_lines():
        if line.startswith("id: "):
            turn.ids.append(line.removeprefix("id: "))
        if line.startswith("data: "):
            event = json.loads(line.removeprefix("data: "))
            turn.events.append(event)
            yield event


def begun(reply: Reply, pieces: int = 2) -> Reply:
    """Return the first pieces of an answer, after which nothing comes."""
    return Reply(headers=EVENTS, pieces=[*reply.pieces][:pieces], hangs=True)


def resolved(interrupt: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    """Return the answer that confirms."""
    payload = {"token": token or interrupt["metadata"]["token"]}
    return {"interruptId": interrupt["id"], "status": "resolved", "payload": payload}


def cancelled(interrupt: dict[str, Any]) -> dict[str, Any]:
    """Return the answer that denies."""
    return {"interruptId": interrupt["id"], "status": "cancelled"}


@dataclass
class Talker:
    """A client of one server."""

    http: httpx2.AsyncClient
    thread: str = "t1"
    agent: str = "default"
    opened: int = 0

    def input(self, text: str | None = None, **more: object) -> dict[str, Any]:
        messages = [] if text is None else [{"id": "m", "role": "user", "content": text}]
        return {"threadId": self.thread, "runId": "r", "messages": messages, **more}

    async def refused(self, given: object, status: int, agent: str | None = None) -> dict[str, Any]:
        answer = await self.http.post(f"/api/chat/{agent or self.agent}", json=given)
        assert answer.status_code == status, answer.text
        told: dict[str, Any] = answer.json()
        assert told["error"].endswith((".", "!")), told
        return told

    async def say(self, text: str | None = None, **more: object) -> Turn:
        return await self.send(self.input(text, **more))

    async def send(self, given: object) -> Turn:
        turn = Turn()
        async with self.http.stream("POST", f"/api/chat/{self.agent}", json=given) as response:
            if response.status_code != 200:
                await response.aread()
            assert response.status_code == 200, response.text
            assert response.headers["content-type"].startswith("text/event-stream")
            async for _ in read(response, turn):
                pass
        return turn

    async def follow(
        self,
        conversation: str,
        done: Callable[[Turn], bool],
        after: str | None = None,
    ) -> Turn:
        """Follow until ``done`` says so."""
        turn = Turn()
        headers = {} if after is None else {"last-event-id": after}
        path = f"/api/conversations/{conversation}/events"
        async with asyncio.timeout(20), self.http.stream("GET", path, headers=headers) as response:
            assert response.status_code == 200
            async for _ in read(response, turn):
                self.opened = 1
                if done(turn):
                    break
        return turn

    async def seen(self, conversation: str) -> dict[str, Any]:
        answer = await self.http.get(f"/api/conversations/{conversation}")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def texts(self, conversation: str) -> list[str]:
        """Return what was said, by whomever."""
        messages = (await self.seen(conversation))["messages"]
        return [one["content"] for one in messages if one["role"] != "tool" and "content" in one]

    async def comes_to_say(self, conversation: str, text: str) -> None:
        async def said() -> bool:
            return text in await self.texts(conversation)

        await until(said, 20)


def ended(times: int) -> Callable[[Turn], bool]:
    """Tell whether so many turns have ended."""
    return lambda turn: len(turn.of("RUN_FINISHED")) + len(turn.of("RUN_ERROR")) >= times


@dataclass
class Scene:
    """Everything a conversation over HTTP needs."""

    folder: Path
    shop: Shop
    provider: Provider
    server: Server
    remote: Remote
    client: Talker
    settings: dict[str, object]

    def scripted(self, *replies: Reply) -> None:
        """Say these from now on."""
        self.provider.replies[:] = [*self.provider.replies[: len(self.provider.asked)], *replies]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Everything the model was last told, tools left out."""
        messages: list[dict[str, Any]] = json.loads(self.provider.asked[-1].body)["messages"]
        return messages

    @property
    def told(self) -> str:
        return json.dumps(self.messages)

    @asynccontextmanager
    async def another_server(self) -> AsyncIterator[Talker]:
        """Run a second process on the same directory."""
        async with running_remote(self.folder, **self.settings) as (_, remote):
            yield Talker(remote.http)

    async def restart(self, number: int) -> None:
        """End the server with a signal, and start it again."""
        await asyncio.to_thread(self.server.stop, number)
        await self.start()

    async def start(self) -> None:
        await self.remote.http.aclose()
        given = {"no_auth": True, **self.settings}
        self.server = await asyncio.to_thread(launch, self.folder, **given)
        self.remote = Remote(self.server)
        self.client = Talker(self.remote.http)


@dataclass
class InProcess:
    """The same without a process of its own: streams come as a whole."""

    shop: Shop
    provider: Provider
    api: Api
    client: Talker

    async def other(self, *scopes: Scope) -> Talker:
        """Return a client with a key of its own."""
        return Talker((await self.api.with_scopes(*scopes)).http)


@asynccontextmanager
async def in_process(folder: Path, *replies: Reply, **settings: object) -> AsyncIterator[InProcess]:
    """Open the sample shop's directory in this process."""
    async with running_provider(*replies) as provider:
        given: dict[str, Any] = {"model": MODEL, "model_base_url": provider.url, **settings}
        with sample_shop(folder) as running:
            given["egress_allow"] = (f"127.0.0.1:{running.port}",)
            async with running_world(folder, **given) as api:
                api.deftly.chats.attend()
                yield InProcess(running.shop, provider, api, Talker(api.http))


@asynccontextmanager
async def chat_scene(folder: Path, *replies: Reply, **settings: object) -> AsyncIterator[Scene]:
    """Open the sample shop's directory behind a real server."""
    async with running_provider(*replies) as provider:
        given: dict[str, object] = {
            "model": MODEL,
            "model_base_url": provider.url,
            **settings,
        }
        with sample_shop(folder) as running:
            async with running_remote(folder, **given) as (server, remote):
                client = Talker(remote.http)
                scene = Scene(folder, running.shop, provider, server, remote, client, given)
                try:
                    yield scene
                except BaseException as fault:
                    fault.add_note("".join(scene.server.errors))
                    raise
                finally:
                    if scene.server is not server:
                        await asyncio.to_thread(scene.server.stop, 9)
                        scene.server.close()
                        await scene.remote.http.aclose()
