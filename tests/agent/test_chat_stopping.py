"""A turn that does not end with its connection: followed in the middle, stopped by a request."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.agent.chat_kit import RETURN, Talker, Turn, begun, chat_scene, in_process, read
from tests.agent.provider_server import EVENTS, Reply, calls, words
from tests.rest.test_event_streams import MOST, open_stream
from tests.world import until

KEEPS = {"forwardedProps": {"keepGoing": True}}


def halves(first, second):
    """Return the pieces of an answer that comes in two."""
    one, other = list(words(first).pieces), list(words(second).pieces)
    return Reply(headers=EVENTS, pieces=[*one[:2], *other[1:]])


async def left_in_the_middle(scene):
    """Begin a turn, and go away once its first words are there."""
    turn = Turn()
    given = scene.client.input("hello?", **KEEPS)
    async with scene.remote.http.stream("POST", "/api/chat/default", json=given) as response:
        async for event in read(response, turn):
            if event["type"] == "TEXT_MESSAGE_CONTENT":
                break
    return turn


async def test_who_comes_back_in_the_middle_hears_what_was_said_and_what_follows(folder):
    async with chat_scene(folder, begun(halves("Half of ", "the answer"), 2)) as scene:
        turn = await left_in_the_middle(scene)
        seen = await scene.client.seen(turn.conversation)
        assert seen["conversation"]["busy"]
        assert [one["role"] for one in seen["messages"]] == ["user"]

        path = f"/api/conversations/{turn.conversation}/events?after={seen['seq']}"
        again = Turn()
        async with asyncio.timeout(20), scene.remote.http.stream("GET", path) as response:
            async for event in read(response, again):
                if event["type"] == "TEXT_MESSAGE_CONTENT":
                    break

        assert again.kinds == ["TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT"]
        assert again.text == "Half of "
        assert scene.provider.left == 0


async def test_a_turn_is_stopped_through_any_process(folder):
    async with chat_scene(folder, begun(words("Half of it"), 2)) as scene:
        turn = await left_in_the_middle(scene)
        async with scene.another_server() as elsewhere:
            path = f"/api/conversations/{turn.conversation}/stop"
            told = await elsewhere.http.post(path)
            assert told.json() == {"ok": True, "stopping": True}

            async def is_free():
                return not (await scene.client.seen(turn.conversation))["conversation"]["busy"]

            await until(is_free, 20)
            assert (await elsewhere.http.post(path)).json() == {"ok": True, "stopping": False}

        messages = (await scene.client.seen(turn.conversation))["messages"]
        assert [one.get("fault") for one in messages] == [None, None, "stopped"]
        assert messages[1]["content"] == "Half of it"


async def test_a_confirmation_of_a_deleted_conversation_says_why_it_is_void(folder):
    async with in_process(folder, calls(RETURN)) as scene:
        asked = await scene.client.say("Return A-1038")
        question = asked.interrupt
        gone = await scene.client.http.delete(f"/api/conversations/{asked.conversation}")
        assert gone.status_code == 200

        for word in ("confirm", "deny"):
            given = {"token": question["metadata"]["token"]}
            path = f"/api/confirmations/{question['id']}/{word}"
            told = await scene.client.http.post(path, json=given)
            assert told.status_code == 409
            assert "conversation was deleted" in told.json()["error"]
        (run,) = (await scene.client.http.get("/api/runs")).json()["runs"]

    assert (run["status"], run["error"]["code"]) == ("void", "conversation_deleted")
    assert scene.shop.writes == 0


@pytest.mark.slow
async def test_an_answer_counts_as_an_open_stream(folder):
    async with (
        chat_scene(folder, begun(words("Half of it"), 2)) as scene,
        AsyncExitStack() as open_,
    ):
        for _ in range(MOST - 1):
            await open_.enter_async_context(open_stream(scene.server))
        saying = asyncio.create_task(scene.client.say("hello"))
        await until(lambda: len(scene.provider.asked) == 1, 20)

        assert (await scene.client.http.get("/api/events")).status_code == 429
        other = Talker(scene.remote.http, thread="t2")
        refused = await other.refused(other.input("me too"), 429)

        assert "256" in refused["error"]
        kept = (await scene.client.http.get("/api/conversations")).json()["conversations"]
        assert [one["threadId"] for one in kept] == ["t1"]
        saying.cancel()


async def test_the_first_answer_can_be_prepared(folder):
    async with in_process(folder, words("Hello.")) as scene:
        assert (await scene.client.http.post("/api/chat/default/prepare")).json() == {"ok": True}
        assert (await scene.client.http.post("/api/chat/nobody/prepare")).status_code == 404
        assert (await scene.client.say("hello")).text == "Hello."
