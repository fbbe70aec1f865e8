"""Client calls over tabs, reloads, servers and their deaths: made once, and never forgotten."""

import asyncio
import signal
from contextlib import suppress

import pytest

from tests.agent.browser_kit import (
    CALL,
    CODE,
    IN_BROWSER,
    Page,
    asks,
    client_action,
    live,
    starting,
)
from tests.agent.chat_kit import Talker, Turn, read
from tests.agent.provider_server import calls, words
from tests.live import Remote, running_remote
from tests.world import until


class Waiting:
    """A turn whose page hears of a call and does nothing about it yet."""

    def __init__(self, client: Talker) -> None:
        self.client = client
        self.turn = Turn()
        self.page = Page(client.http)
        self.saying = asyncio.create_task(self._say())

    async def _say(self) -> None:
        given = self.client.input("Add it", forwardedProps={"browser": True, "keepGoing": True})
        path = f"/api/chat/{self.client.agent}"
        async with self.client.http.stream("POST", path, json=given) as response:
            async for event in read(response, self.turn):
                self.page.conversation = self.turn.conversation
                if asks(event):
                    self.page.told.append(event["value"])

    async def call_id(self) -> str:
        await until(lambda: bool(self.page.told), 20)
        return str(self.page.told[0]["callId"])


async def followed(client: Talker, conversation: str, within_s: float = 1.0) -> list[str]:
    """Return the calls a page is asked for that comes to the conversation now."""
    turn = Turn()
    path = f"/api/conversations/{conversation}/events"
    with suppress(TimeoutError):
        async with asyncio.timeout(20) as limit, client.http.stream("GET", path) as response:
            async for event in read(response, turn):
                if event["type"] == "TOOL_CALL_START":
                    limit.reschedule(asyncio.get_running_loop().time() + within_s)
    assert "TOOL_CALL_START" in turn.kinds
    return [event["value"]["callId"] for event in turn.events if asks(event)]


async def status_of(scene, run_id: str) -> str:
    return str((await scene.run(run_id))["status"])


async def test_of_sixteen_tabs_at_two_servers_one_makes_the_call(folder):
    async with live(folder, client_action(returns=True), calls(CALL), words("Done.")) as scene:
        waiting = Waiting(scene.client)
        call_id = await waiting.call_id()
        async with running_remote(folder, **scene.settings) as (_, other):
            both = [Page(one.http, waiting.page.conversation) for one in (scene.remote, other)]
            answers = await asyncio.gather(*(both[at % 2].start(call_id) for at in range(16)))

            codes = sorted(one.status_code for one in answers)
            assert codes == [200, *[409] * 15]
            refused = next(one.json() for one in answers if one.status_code == 409)
            assert refused["code"] == "already_started"
            # It ends through either server, whichever it began at.
            ended = await asyncio.gather(*(one.finish(call_id, ok=True, result=7) for one in both))
            assert sorted(one.status_code for one in ended) == [200, 409]
        await waiting.saying

        (result,) = waiting.turn.of("TOOL_CALL_RESULT")
        assert result["content"] == "7"


async def test_a_page_that_is_reloaded_is_told_again_until_somebody_has_started(folder):
    async with live(folder, client_action(returns=True), calls(CALL), words("Done.")) as scene:
        waiting = Waiting(scene.client)
        call_id = await waiting.call_id()
        here = waiting.page.conversation
        assert await followed(scene.client, here) == [call_id]
        assert await followed(scene.client, here) == [call_id]

        assert (await waiting.page.start(call_id)).status_code == 200
        assert await followed(scene.client, here) == []
        assert (await waiting.page.start(call_id)).status_code == 409
        assert (await waiting.page.finish(call_id, ok=True)).status_code == 200
        await waiting.saying
        assert await followed(scene.client, here) == []


async def test_a_page_at_another_server_is_told_at_once(folder):
    replies = [words("Hi."), calls(CALL), words("Done.")]
    async with live(folder, client_action(returns=True), *replies) as scene:
        before = await scene.client.say("hello", **IN_BROWSER)
        async with running_remote(folder, **scene.settings) as (_, other):
            page, turn = Page(other.http, before.conversation), Turn()
            path = f"/api/conversations/{before.conversation}/events"
            async with asyncio.timeout(20), other.http.stream("GET", path) as response:
                waiting = Waiting(scene.client)
                async for event in read(response, turn):
                    if asks(event):
                        await starting(page, event["value"])
                        await page.finish(event["value"]["callId"], ok=True, result=1)
                    if len(turn.of("RUN_FINISHED")) == 2:
                        break
            await waiting.saying
        assert len(page.started) == 1
        assert turn.of("TOOL_CALL_RESULT")[-1]["content"] == "1"


async def test_the_stored_code_runs_whatever_is_edited_since(folder):
    async with live(folder, client_action(returns=True), calls(CALL), words("Done.")) as scene:
        waiting = Waiting(scene.client)
        call_id = await waiting.call_id()
        (stored,) = (await scene.remote.get("/api/custom-actions"))["actions"]
        path = f"/api/custom-actions/{stored['id']}"
        patch = {"handler": {"type": "client", "code": "return 'other'"}}
        assert (await scene.remote.http.put(path, json=patch)).status_code == 200

        started = (await waiting.page.start(call_id)).json()
        script = await scene.remote.http.get(started["script"])
        assert CODE in script.text
        assert "other" not in script.text
        assert started["returns"] is True
        await waiting.page.finish(call_id, ok=True, result=1)
        await waiting.saying


@pytest.mark.parametrize("started", [True, False])
async def test_a_server_that_is_killed_leaves_no_call_in_the_air(folder, started):
    async with live(folder, client_action(returns=True), calls(CALL), words("Done.")) as scene:
        waiting = Waiting(scene.client)
        call_id = await waiting.call_id()
        if started:
            await waiting.page.start(call_id)
        await asyncio.to_thread(scene.server.stop, signal.SIGKILL)
        await asyncio.gather(waiting.saying, return_exceptions=True)

        async with running_remote(folder, **scene.settings) as (_, remote):
            await _settles(remote, call_id, "unknown" if started else "failed")
            page = Page(remote.http, waiting.page.conversation)
            assert (await page.start(call_id)).status_code == 409
            told = await page.finish(call_id, ok=True, result=1)
            assert told.status_code == (200 if started else 409)

            run = (await remote.get(f"/api/runs/{call_id}"))["run"]
            if started:
                assert run["note"] == "The browser reported afterwards that it had finished."
            else:
                assert run["error"]["code"] == "no_browser"
                assert "nothing was started" in run["error"]["message"]


async def _settles(remote: Remote, run_id: str, status: str) -> None:
    async def settled() -> bool:
        return bool((await remote.get(f"/api/runs/{run_id}"))["run"]["status"] == status)

    await until(settled, 20)
