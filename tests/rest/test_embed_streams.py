"""A visitor keeps a few streams open, and no more; what is closed makes room."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.types import Message

from deftly.rest.sse import EventStream
from deftly.rest.visitor_limits import STREAMS_PER_VISITOR
from tests.agent.chat_kit import Talker, chat_scene
from tests.agent.provider_server import words
from tests.live import Remote
from tests.visiting import SHOP
from tests.world import until


@asynccontextmanager
async def visit(scene) -> AsyncIterator[Talker]:
    given = {"name": "front-desk", "allowedOrigins": [SHOP]}
    agent = (await scene.remote.post("/api/agents", given))["agent"]
    answer = await scene.remote.http.post(
        "/api/embed/session",
        json={"publishableKey": agent["publishableKey"]},
        headers={"origin": SHOP},
    )
    remote = Remote(scene.server, authorization=f"Bearer {answer.json()['token']}")
    yield Talker(remote.http, agent="front-desk")
    await remote.http.aclose()


async def test_a_visitor_cannot_use_up_the_streams_of_all(folder):
    async with chat_scene(folder, words("Hello.")) as scene, visit(scene) as client:
        opened = AsyncExitStack()
        turn = await client.say("Hi")
        path = f"/api/conversations/{turn.conversation}/events"

        async def status() -> int:
            async with client.http.stream("GET", path) as response:
                return response.status_code

        for _ in range(STREAMS_PER_VISITOR):
            stream = await opened.enter_async_context(client.http.stream("GET", path))
            assert stream.status_code == 200
        assert await status() == 429
        assert (await scene.remote.http.get("/api/conversations")).status_code == 200
        await opened.aclose()

        async def is_let_in() -> bool:
            return await status() == 200

        await until(is_let_in)


async def test_who_reads_nothing_is_left_and_makes_room():
    over: list[bool] = []

    async def lines():
        while True:
            yield b": more\n\n"

    async def stays_connected() -> Message:
        return await asyncio.Future[Message]()

    async def is_stuck(message: Message) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Future[None]()

    stream = EventStream(lines(), lambda: over.append(True), patience_s=0.01)
    scope = {"type": "http", "path": "/", "asgi": {"spec_version": "2.3"}}

    await asyncio.wait_for(stream(scope, stays_connected, is_stuck), 5)

    assert over == [True]
