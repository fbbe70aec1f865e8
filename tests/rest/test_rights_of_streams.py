"""A stream that is open ends with the rights of whoever follows it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest

from tests.agent.chat_kit import Scene, Talker, begun, chat_scene
from tests.agent.provider_server import words
from tests.live import Remote, Server, running_remote
from tests.visiting import SHOP
from tests.world import until

PASSWORD = "correct horse battery"
PERSON = {"email": "ada@example.com", "role": "editor", "password": PASSWORD}
# Well above any delay of a busy machine; what makes a stream end so soon is tried elsewhere.
PATIENCE_S = 40


@dataclass
class Office:
    """A Deftly whose model never comes to an end, its owner, and somebody who follows."""

    scene: Scene
    owner: Remote
    user_id: str

    async def signed_in(self, server: Server | None = None) -> Remote:
        """Return a browser in which Ada has signed in."""
        ada = Remote(server or self.scene.server)
        await ada.post("/api/session", {"email": PERSON["email"], "password": PASSWORD})
        return ada

    async def with_key(self) -> tuple[str, Remote]:
        given = {"name": "bot", "scopes": ["read", "run"]}
        made = await self.owner.post("/api/keys", given)
        key = Remote(self.scene.server, authorization=f"Bearer {made['secret']}")
        return made["key"]["id"], key

    async def visiting(self) -> Remote:
        given = {"name": "front-desk", "allowedOrigins": [SHOP]}
        agent = (await self.owner.post("/api/agents", given))["agent"]
        answer = await self.owner.http.post(
            "/api/embed/session",
            json={"publishableKey": agent["publishableKey"]},
            headers={"origin": SHOP},
        )
        return Remote(self.scene.server, authorization=f"Bearer {answer.json()['token']}")


@asynccontextmanager
async def office(folder) -> AsyncIterator[Office]:
    async with chat_scene(folder, begun(words("One moment")), no_auth=False) as scene:
        await until(lambda: any("/login#" in line for line in scene.server.errors), PATIENCE_S)
        await scene.remote.log_in(scene.server)
        user = await scene.remote.post("/api/users", PERSON)
        yield Office(scene, scene.remote, user["user"]["id"])


class Open:
    """Streams that are open, and told something each already."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._rest: list[AsyncIterator[str]] = []

    async def open(self, http: httpx2.AsyncClient, method: str, path: str, given=None) -> str:
        """Open one; returns what it says of the conversation."""
        stream = await self._stack.enter_async_context(http.stream(method, path, json=given))
        assert stream.status_code == 200, await stream.aread()
        lines = stream.aiter_lines()
        assert await anext(lines)
        self._rest.append(lines)
        return stream.headers.get("deftly-conversation", "")

    async def are_over(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            for lines in self._rest:
                async for _ in lines:
                    pass


@asynccontextmanager
async def everything_open(follower: Remote, agent: str = "default") -> AsyncIterator[Open]:
    """Follow an answer under way, its conversation, and what changes for those who may read."""
    follower.http.timeout = httpx2.Timeout(PATIENCE_S)
    async with AsyncExitStack() as stack:
        streams = Open(stack)
        said = Talker(follower.http).input("Hi")
        talk = await streams.open(follower.http, "POST", f"/api/chat/{agent}", said)
        await streams.open(follower.http, "GET", f"/api/conversations/{talk}/events")
        if agent == "default":
            await streams.open(follower.http, "GET", "/api/events")
        yield streams
    await follower.http.aclose()


async def disable(given: Office) -> None:
    await given.owner.http.put(f"/api/users/{given.user_id}", json={"disabled": True})


async def remove(given: Office) -> None:
    await given.owner.http.delete(f"/api/users/{given.user_id}")


async def make_viewer(given: Office) -> None:
    await given.owner.http.put(f"/api/users/{given.user_id}", json={"role": "viewer"})


@pytest.mark.parametrize("end", [disable, remove])
async def test_every_stream_ends_with_its_user(folder, end):
    async with office(folder) as given, everything_open(await given.signed_in()) as streams:
        await end(given)
        await streams.are_over()


async def test_signing_out_ends_the_streams_of_other_tabs_in_other_processes(folder):
    async with (
        office(folder) as given,
        running_remote(folder, **given.scene.settings) as (elsewhere, _),
    ):
        follower = await given.signed_in()
        tab = Remote(elsewhere, cookie=f"deftly_session={the_session(follower)}")
        async with everything_open(follower) as streams:
            assert (await tab.http.delete("/api/session")).status_code == 200
            await streams.are_over()
            assert (await follower.http.get("/api/events")).status_code == 401
        await tab.http.aclose()


async def test_signing_out_ends_no_stream_of_another_browser(folder):
    async with office(folder) as given:
        left, stays = await given.signed_in(), await given.signed_in()
        async with everything_open(left) as streams, stays.http.stream("GET", "/api/events") as on:
            lines = on.aiter_lines()
            await left.http.delete("/api/session")
            await streams.are_over()
            await given.owner.post("/api/keys", {"name": "later", "scopes": ["run"]})
            async with asyncio.timeout(PATIENCE_S):
                heard = [line async for line in until_key(lines)]
        await stays.http.aclose()
    assert heard[-1] == "event: key.changed"
    assert "session" not in " ".join(heard)


async def test_every_stream_ends_with_its_key(folder):
    async with office(folder) as given:
        key_id, follower = await given.with_key()
        async with everything_open(follower) as streams:
            await given.owner.http.delete(f"/api/keys/{key_id}")
            await streams.are_over()


@pytest.mark.parametrize("change", [{"enabled": False}, {"allowedOrigins": []}, None])
async def test_a_visitors_streams_end_with_what_let_them_in(folder, change):
    async with (
        office(folder) as given,
        everything_open(await given.visiting(), "front-desk") as streams,
    ):
        path, http = "/api/agents/front-desk", given.owner.http
        answer = await (http.put(path, json=change) if change else http.delete(path))
        assert answer.status_code == 200, answer.text
        await streams.are_over()


async def test_who_may_no_longer_see_the_conversations_of_others_hears_no_more_of_them(folder):
    async with office(folder) as given:
        _, key = await given.with_key()
        editor = await given.signed_in()
        async with AsyncExitStack() as stack:
            theirs, over_a_shoulder = Open(stack), Open(stack)
            said = Talker(key.http).input("Hi")
            talk = await theirs.open(key.http, "POST", "/api/chat/default", said)
            editor.http.timeout = httpx2.Timeout(PATIENCE_S)
            path = f"/api/conversations/{talk}/events"
            await over_a_shoulder.open(editor.http, "GET", path)
            await make_viewer(given)
            await over_a_shoulder.are_over()
        for remote in (key, editor):
            await remote.http.aclose()


def the_session(remote: Remote) -> str:
    return remote.http.cookies["deftly_session"]


async def until_key(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line == "event: key.changed":
            return
