"""Any tab follows a conversation: words as they come, replay after a cut, from any process."""

import asyncio

import pytest

from tests.agent.chat_kit import (
    RETURN,
    STATUS,
    Turn,
    begun,
    chat_scene,
    ended,
    in_process,
    read,
    resolved,
)
from tests.agent.provider_server import EVENTS, Reply, calls, words
from tests.world import until


def pieces_of(*texts):
    """Return an answer that comes in several pieces."""
    parts = [list(words(text).pieces) for text in texts]
    return Reply(headers=EVENTS, pieces=[*(part[1] for part in parts), *parts[-1][2:]])


async def test_words_are_streamed_as_they_come(folder):
    first = begun(pieces_of("Half of ", "the answer"), 1)
    async with chat_scene(folder, first) as scene:
        turn = Turn()
        given = scene.client.input("hello?")
        async with scene.remote.http.stream("POST", "/api/chat/default", json=given) as response:
            async for event in read(response, turn):
                if event["type"] == "TEXT_MESSAGE_CONTENT":
                    break
            # The provider has not ended its answer, and another tab hears it too.
            assert turn.text == "Half of "


async def test_another_tab_sees_the_same_as_the_one_that_asked(folder):
    replies = [pieces_of("One ", "moment."), calls(STATUS), pieces_of("It is ", "on its way.")]
    async with chat_scene(folder, *replies) as scene:
        first = await scene.client.say("hello")
        following = asyncio.create_task(scene.client.follow(first.conversation, ended(2)))
        second = await scene.client.say("Where is A-1042?")
        followed = await following

    own_words = [one for one in followed.of("TEXT_MESSAGE_START") if one["role"] == "user"]
    assert len(own_words) == 2
    assert followed.text == "helloOne moment.Where is A-1042?It is on its way."
    calls_seen = [one["toolCallId"] for one in followed.of("TOOL_CALL_START")]
    assert calls_seen == [one["toolCallId"] for one in second.of("TOOL_CALL_START")]
    opened = [one["messageId"] for one in followed.of("TEXT_MESSAGE_START")]
    assert opened == [one["messageId"] for one in followed.of("TEXT_MESSAGE_END")]


async def test_a_stream_goes_on_after_the_last_thing_that_was_seen(folder):
    async with chat_scene(folder, calls(STATUS), words("It is on its way.")) as scene:
        whole = await scene.client.say("Where is A-1042?")
        everything = await scene.client.follow(whole.conversation, ended(1))
        for at, seq in enumerate(everything.ids[:-1]):
            rest = await scene.client.follow(whole.conversation, ended(1), after=seq)
            assert rest.ids == everything.ids[at + 1 :]
            assert rest.events == everything.events[-len(rest.events) :]


async def test_what_happens_in_another_process_is_followed(folder):
    async with chat_scene(folder, calls(RETURN), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        async with scene.another_server() as other:
            following = asyncio.create_task(other.follow(asked.conversation, ended(2)))
            await scene.client.say(resume=[resolved(asked.interrupt)])
            followed = await following

    assert followed.text == "Return A-1038Done."
    assert followed.of("RUN_FINISHED")[-1]["outcome"] == {"type": "success"}


async def test_a_question_in_another_tab_comes_without_a_token(folder):
    async with chat_scene(folder, calls(RETURN)) as scene:
        asked = await scene.client.say("Return A-1038")
        followed = await scene.client.follow(asked.conversation, ended(1))

    (question,) = followed.interrupts
    assert question["id"] == asked.interrupt["id"]
    assert set(question["metadata"]) == {"tool", "summary"}


@pytest.mark.parametrize("place", ["x", "-1", "1.5", "9" * 30, "\uff11"])
async def test_a_place_that_is_no_number_is_refused(folder, place):
    async with in_process(folder, words("Hello.")) as scene:
        turn = await scene.client.say("hi")
        path = f"/api/conversations/{turn.conversation}/events"
        answered = await scene.client.http.get(path, headers={"last-event-id": place.encode()})

        assert answered.status_code == 400


async def test_conversations_are_listed_renamed_exported_and_deleted(folder):
    async with in_process(folder, calls(STATUS), words("On its way."), words("Hi.")) as scene:
        http = scene.client.http
        first = await scene.client.say("Where is\n my order A-1042? " + "x" * 200)
        scene.api.clock.forward(1)
        scene.client.thread = "t2"
        second = await scene.client.say("hello")

        listed = (await http.get("/api/conversations")).json()["conversations"]
        assert [one["id"] for one in listed] == [second.conversation, first.conversation]
        assert listed[1]["title"].startswith("Where is my order A-1042? x")
        assert len(listed[1]["title"]) == 80
        assert listed[1]["threadId"] == "t1"

        page = (await http.get("/api/conversations?limit=1")).json()
        rest = (await http.get(f"/api/conversations?limit=1&cursor={page['next']}")).json()
        assert [one["id"] for one in rest["conversations"]] == [first.conversation]
        assert rest["next"] is None
        assert (await http.get("/api/conversations?cursor=no")).status_code == 400

        path = f"/api/conversations/{first.conversation}"
        renamed = await http.put(path, json={"title": "  My shoes "})
        assert renamed.json()["conversation"]["title"] == "My shoes"
        for wrong in ({"title": ""}, {"title": 5}, {"title": "x" * 201}, {"name": "x"}, {}):
            assert (await http.put(path, json=wrong)).status_code == 400


async def test_a_conversation_is_read_in_pages_and_exported_whole(folder):
    async with in_process(folder, calls(STATUS), words("On its way.")) as scene:
        http = scene.client.http
        turn = await scene.client.say("Where is A-1042?")
        path = f"/api/conversations/{turn.conversation}"
        seen = (await http.get(path)).json()
        roles = [one["role"] for one in seen["messages"]]
        assert roles == ["user", "assistant", "tool", "card", "assistant"]
        newest = (await http.get(f"{path}?limit=1")).json()
        assert [one["content"] for one in newest["messages"]] == ["On its way."]
        older = (await http.get(f"{path}?limit=9&before={newest['next']}")).json()
        assert [one["role"] for one in older["messages"]] == ["user", "assistant", "tool", "card"]
        assert older["next"] is None
        for place in ("0", "x", "9" * 19, "9" * 30):
            assert (await http.get(f"{path}?before={place}")).status_code == 400
        exported = (await http.get(f"{path}/export")).json()
        kinds = [one["kind"] for one in exported["entries"]]
        assert kinds[:3] == ["turn_started", "message", "tool_called"]


async def test_a_deleted_conversation_is_gone(folder):
    async with in_process(folder, words("Hi.")) as scene:
        http = scene.client.http
        turn = await scene.client.say("hello")
        path = f"/api/conversations/{turn.conversation}"

        assert (await http.delete(path)).status_code == 200
        for gone in (http.get(path), http.delete(path), http.get(f"{path}/export")):
            assert (await gone).status_code == 404


async def test_a_stream_of_a_deleted_conversation_ends(folder):
    async with chat_scene(folder, words("Hi.")) as scene:
        turn = await scene.client.say("hello")
        following = asyncio.create_task(scene.client.follow(turn.conversation, lambda _: False))
        await until(lambda: scene.client.opened == 1)
        await scene.remote.http.delete(f"/api/conversations/{turn.conversation}")
        followed = await following

    assert followed.text == "helloHi."


async def test_a_deleted_conversation_leaves_nothing_to_confirm(folder):
    async with in_process(folder, calls(RETURN), words("Fresh.")) as scene:
        http = scene.client.http
        asked = await scene.client.say("Return A-1038")
        assert (await http.delete(f"/api/conversations/{asked.conversation}")).status_code == 200

        path = f"/api/confirmations/{asked.interrupt['id']}"
        token = {"token": asked.interrupt["metadata"]["token"]}
        assert (await http.post(f"{path}/confirm", json=token)).status_code == 409
        assert (await http.get(path)).json()["confirmation"]["status"] == "void"

        # The same thread begins anew, under another id.
        again = await scene.client.say("hello")
        assert again.conversation != asked.conversation
        assert await scene.client.texts(again.conversation) == ["hello", "Fresh."]
        assert "A-1038" not in scene.provider.asked[-1].body.decode().partition('"tools"')[0]
        assert scene.shop.writes == 0


async def test_a_heartbeat_comes_while_nothing_happens(folder, monkeypatch):
    from deftly.rest import sse

    async def nothing():
        await asyncio.Event().wait()
        yield b""

    stopping = asyncio.Event()
    beats = []
    async for line in sse.kept_alive(nothing(), stopping, every_s=0.01):
        beats.append(line)
        if len(beats) == 3:
            stopping.set()
    assert beats[:3] == [sse.HEARTBEAT] * 3


async def test_a_long_history_is_cut_at_whole_turns_and_the_transcript_is_not(folder):
    long = "y" * 30_000
    async with in_process(folder, words("ok")) as scene:
        for number in range(6):
            await scene.client.say(f"message {number} {long}")
        (last,) = scene.provider.asked[-1:]
        body = last.body.decode()
        present = [number for number in range(6) if f"message {number} " in body]
        assert present[-1] == 5
        assert present == list(range(present[0], 6))
        assert present[0] > 0

        async def kept() -> bool:
            listed = (await scene.client.http.get("/api/conversations")).json()["conversations"]
            return len(await scene.client.texts(listed[0]["id"])) == 12

        await until(kept)
