"""Client calls that nobody takes or that never end, and who is offered them at all."""

import asyncio
import json

import pytest

from deftly.domain.access import Scope
from tests.agent.browser_kit import (
    ARGUMENTS,
    CALL,
    IN_BROWSER,
    PATIENT,
    TOOL,
    client_action,
    desk,
    run_of,
)
from tests.agent.chat_kit import Talker
from tests.agent.provider_server import calls, words
from tests.world import running_world, until


async def test_without_a_browser_it_fails_in_time_and_nothing_can_start_it_later(folder):
    async with desk(folder, client_action(), calls(CALL), words("Sorry.")) as scene:
        begun = await scene.begun(scene.client)
        talked = await begun.talk()

        assert talked.turn.text == "Sorry."
        run = await run_of(scene, begun.call_id)
        assert (run["status"], run["error"]["code"]) == ("failed", "no_browser")
        assert talked.result["content"] == run["error"]["message"]
        late = await begun.page.start(begun.call_id)
        assert (late.status_code, late.json()["details"][0]["message"]) == (409, "gone")
        assert (await begun.page.finish(begun.call_id, ok=True)).status_code == 409


@pytest.mark.parametrize("mode", ["auto", "confirm"])
@pytest.mark.parametrize("more", [{}, {"conversationId": "mine"}])
async def test_a_key_has_no_browser_and_nobody_is_asked(folder, mode, more):
    async with running_world(folder) as api:
        await api.create(**client_action(mode=mode))

        outcome = (await api.call(TOOL, ARGUMENTS, **more)).json()

        assert outcome["status"] == "failed"
        assert outcome["error"]["code"] == "no_browser"
        assert (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]["error"]
        assert (await api.get("/api/tools")).json() == {"tools": []}
        assert (await api.get("/api/confirmations")).json() == {"confirmations": []}


async def test_outside_a_conversation_a_test_says_why_and_a_preview_shows_the_call(folder):
    async with desk(folder, client_action(), words("Hi.")) as scene:
        (action,) = (await scene.api.get("/api/custom-actions")).json()["actions"]
        path = f"/api/custom-actions/{action['id']}"

        tested = (await scene.api.post(f"{path}/test", {"params": ARGUMENTS})).json()
        assert (tested["ok"], tested["code"]) == (False, "no_browser")
        shown = (await scene.api.post(f"{path}/preview", {"params": ARGUMENTS})).json()["request"]
        assert json.loads(shown["body"]) == ARGUMENTS
        assert shown["method"] == "RUN"


async def test_code_that_never_ends_times_out_and_its_late_word_is_noted(folder):
    action = client_action(returns=True, timeoutS=0.1)
    async with desk(folder, action, calls(CALL), words("Hm.")) as scene:
        begun = await scene.begun(scene.client)
        await begun.page.start(begun.call_id)
        await begun.talk()

        run = await run_of(scene, begun.call_id)
        assert (run["status"], run["error"]["code"]) == ("failed", "timeout")
        assert (await begun.page.finish(begun.call_id, ok=True, result=1)).status_code == 200
        noted = await run_of(scene, begun.call_id)
        assert noted["status"] == "failed"
        assert noted["note"] == "The browser reported afterwards that it had finished."


async def test_whoever_looks_over_a_shoulder_is_not_asked(folder):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies) as scene:
        begun = await scene.begun(scene.visitor())
        lines = []
        path = f"/api/conversations/{begun.page.conversation}/events"

        async def look():
            async with scene.api.http.stream("GET", path) as response:
                lines.append(await response.aread())

        looking = asyncio.create_task(look())
        await begun.talk()
        scene.api.deftly.stopping.set()
        await looking
        assert b"client_action" not in b"".join(lines)


async def test_a_visitor_is_offered_client_actions_without_saying_so(folder):
    async with desk(folder, client_action(), words("Hi.")) as scene:
        await scene.visitor().say("hello")
        tools = json.loads(scene.provider.asked[-1].body)["tools"]
        assert [one["function"]["name"] for one in tools] == [TOOL]


async def test_a_key_that_says_it_has_a_browser_is_offered_none(folder):
    async with desk(folder, client_action(), words("Hi."), no_auth=False) as scene:
        key = Talker((await scene.api.with_scopes(Scope.RUN)).http)
        await key.say("hello", **IN_BROWSER)
        assert "tools" not in json.loads(scene.provider.asked[-1].body)


@pytest.mark.speed
async def test_a_waiting_call_holds_neither_the_loop_nor_the_store(folder):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.client)
        loop = asyncio.get_running_loop()
        longest_s = 0.0
        for _ in range(20):
            before_s = loop.time()
            assert (await scene.api.put("/api/secrets/X", {"value": "v" * 9})).status_code == 200
            assert scene.api.deftly.stores.database.is_free()
            longest_s = max(longest_s, loop.time() - before_s)
        assert longest_s < 1
        await begun.page.start(begun.call_id)
        await begun.page.finish(begun.call_id, ok=True, result=1)
        await begun.talk()


async def test_a_deleted_conversation_ends_what_waits_in_it(folder):
    action = client_action(mode="confirm", returns=True)
    async with desk(folder, action, calls(CALL), words("Done."), waits=PATIENT) as scene:
        asked = await scene.client.say("Add it", **IN_BROWSER)
        held = asked.interrupt
        path = f"/api/confirmations/{held['id']}/confirm"
        token = {"token": held["metadata"]["token"]}
        confirming = asyncio.create_task(scene.api.post(path, token))
        calls_here = scene.api.deftly.stores.client_calls

        async def waits() -> bool:
            return bool(await calls_here.waiting(asked.conversation))

        await until(waits)
        deleted = await scene.client.http.delete(f"/api/conversations/{asked.conversation}")
        assert deleted.status_code == 200
        outcome = (await confirming).json()
        assert outcome["error"]["code"] == "no_browser"
