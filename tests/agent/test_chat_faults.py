"""Whatever a model or its server does: a sentence, a cause in the log, and it can go on."""

import asyncio
import json
from dataclasses import replace

import pytest

from tests.agent.chat_kit import (
    CANCEL,
    RETURN,
    STATUS,
    begun,
    chat_scene,
    ended,
    in_process,
    resolved,
)
from tests.agent.provider_server import EVENTS, Reply, calls, event, refusal, words
from tests.world import until

GARBAGE = [
    Reply(headers=EVENTS, pieces=[b"data: {not json\n\n"]),
    Reply(headers=EVENTS, pieces=[b"\x00\xff\xfe garbage \n\n"]),
    Reply(headers=EVENTS, pieces=[event({"choices": "none"}), event("[DONE]")]),
    Reply(headers=EVENTS, pieces=[event({"error": {"message": "overloaded"}})]),
    Reply(headers=EVENTS, pieces=[]),
    Reply(headers={"content-type": "text/html"}, pieces=[b"<html>no</html>"]),
    replace(begun(words("Half an ans")), hangs=False, cut=True),
    replace(begun(calls(RETURN)), hangs=False, cut=True),
    refusal(401),
    refusal(403),
    refusal(404),
    refusal(400, "context length exceeded"),
    refusal(500, retry_after="0"),
    refusal(429, retry_after="0"),
]


@pytest.mark.parametrize("fault", GARBAGE)
async def test_a_turn_that_fails_ends_with_a_sentence_and_the_next_one_goes_well(folder, fault):
    async with in_process(folder, fault) as scene:
        turn = await scene.client.say("Where is A-1042?")
        if turn.of("RUN_ERROR"):
            (error,) = turn.of("RUN_ERROR")
            assert error["message"].endswith(".")
            assert "Traceback" not in error["message"]
        scene.provider.replies.clear()
        scene.provider.replies.extend([fault] * len(scene.provider.asked))
        scene.provider.replies.append(words("Here I am again."))
        again = await scene.client.say("hello?")

        assert again.text == "Here I am again."
        assert again.kinds[-1] == "RUN_FINISHED"
        assert scene.shop.writes == 0
        told = json.loads(scene.provider.asked[-1].body)["messages"]
        said = [one["content"] for one in told if one["role"] == "user"]
        assert said == ["Where is A-1042?", "hello?"]


@pytest.mark.parametrize(
    "call",
    [
        ("launch_rocket", {}),
        ("", {}),
        ("get_order_status", '{"order_id": '),
        ("get_order_status", "[]"),
        ("get_order_status", "null"),
        ("get_order_status", "7"),
        ("get_order_status", '"A-1042"'),
        ("get_order_status", '{"order_id": "\\ud800"}'),
        ("get_order_status", {"order_id": "A-1042", "invented": True}),
        ("get_order_status", {"order_id": 1042}),
        ("get_order_status", "{" * 5000),
        ("confirm", {"token": "x"}),
    ],
)
async def test_a_call_that_cannot_be_made_is_told_to_the_model(folder, call):
    async with in_process(folder, calls(call), words("Sorry.")) as scene:
        turn = await scene.client.say("Where is A-1042?")

        assert turn.text == "Sorry."
        assert turn.kinds[-1] == "RUN_FINISHED"
        runs = (await scene.client.http.get("/api/runs")).json()["runs"]
        assert [one for one in runs if one["status"] == "succeeded"] == []


async def test_a_model_that_loops_is_stopped(folder):
    async with in_process(folder, calls(STATUS)) as scene:
        turn = await scene.client.say("Where is A-1042?")

        assert turn.of("RUN_ERROR")[0]["code"] == "too_many_steps"
        assert len(scene.provider.asked) == 12
        # The same id from the model, again and again, is another call each time.
        ids = [one["toolCallId"] for one in turn.of("TOOL_CALL_START")]
        assert len(set(ids)) == len(ids) >= 12
        assert [one["toolCallId"] for one in turn.of("TOOL_CALL_RESULT")] == ids

        scene.provider.replies.extend([calls(STATUS)] * 11 + [words("Enough.")])
        assert (await scene.client.say("stop")).text == "Enough."


async def test_a_question_beside_a_call_that_does_not_fit_can_be_answered(folder):
    both = calls(RETURN, ("get_order_status", {"bad": 1}))
    async with in_process(folder, both, words("One moment."), words("Done.")) as scene:
        turn = await scene.client.say("Return A-1038")
        (pending,) = (await scene.client.seen(turn.conversation))["pending"]
        token = (await scene.client.http.post(f"/api/confirmations/{pending['id']}/token")).json()
        await scene.client.say(resume=[resolved(pending, token["token"])])

        assert scene.shop.writes == 1
        assert "R-501" in scene.provider.asked[-1].body.decode()


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\u202e\u200b", "x" * 150_000])
async def test_odd_words_of_a_model_are_no_crash(folder, text):
    async with in_process(folder, words(text), words("Sorry.")) as scene:
        turn = await scene.client.say("hello?")
        again = await scene.client.say("what?")

        assert turn.kinds[-1] in {"RUN_FINISHED", "RUN_ERROR"}
        assert turn.of("RUN_ERROR") == [] or turn.of("RUN_ERROR")[0]["code"] != "internal_error"
        assert again.text == "Sorry."


async def test_more_calls_than_anybody_needs_are_stopped(folder):
    async with in_process(folder, calls(*[STATUS] * 100), words("Hm.")) as scene:
        turn = await scene.client.say("Where is A-1042?")

        assert turn.of("RUN_ERROR")[0]["code"] == "too_many_steps"
        runs = (await scene.client.http.get("/api/runs?limit=200")).json()["runs"]
        assert len(runs) <= 60
        assert (await scene.client.say("hello?")).text == "Hm."


async def test_the_same_id_twice_in_one_answer_is_no_crash(folder):
    twice = calls(RETURN, CANCEL)
    pieces = [piece.replace(b"call-1", b"call-0") for piece in twice.pieces]
    async with in_process(folder, Reply(headers=EVENTS, pieces=pieces), words("Hm.")) as scene:
        turn = await scene.client.say("Return and cancel")
        again = await scene.client.say("Well?")

        assert turn.kinds[-1] in {"RUN_FINISHED", "RUN_ERROR"}
        assert again.kinds[-1] == "RUN_FINISHED"
        assert scene.shop.writes == 0


async def test_a_client_that_goes_away_stops_the_model(folder):
    slow = begun(words("Let me think"))
    async with chat_scene(folder, slow) as scene:
        conversation = ""
        given = scene.client.input("hello?")
        async with scene.remote.http.stream("POST", "/api/chat/default", json=given) as response:
            conversation = response.headers["deftly-conversation"]
            async for line in response.aiter_lines():
                if "Let me think" in line:
                    break

        followed = await scene.client.follow(conversation, ended(1))
        assert followed.of("RUN_ERROR")[0]["code"] == "stopped"
        await until(lambda: scene.provider.left == 1, 10)
        # What was said stays, for people and for the model.
        assert (await scene.client.texts(conversation))[:2] == ["hello?", "Let me think"]
        scene.scripted(words("Again."))
        assert (await scene.client.say("Go on")).text == "Again."
        assert "Let me think" in scene.told


async def test_a_call_that_was_sent_is_written_down_though_its_client_left(folder):
    async with chat_scene(folder, calls(RETURN), calls(STATUS), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        given = scene.client.input(resume=[resolved(asked.interrupt)])
        async with scene.remote.http.stream("POST", "/api/chat/default", json=given):
            pass

        await scene.client.follow(asked.conversation, ended(2))
        assert scene.shop.writes == 1
        roles = [one["role"] for one in (await scene.client.seen(asked.conversation))["messages"]]
        assert "tool" in roles
        scene.scripted(words("All done."))
        assert (await scene.client.say("And?")).text == "All done."
        assert "R-501" in scene.told


async def test_a_question_asked_while_the_client_leaves_can_still_be_answered(folder):
    async with chat_scene(folder, calls(RETURN), words("Done.")) as scene:
        given = scene.client.input("Return A-1038")
        conversation = ""
        async with scene.remote.http.stream("POST", "/api/chat/default", json=given) as response:
            conversation = response.headers["deftly-conversation"]
        await scene.client.follow(conversation, ended(1))

        seen = await scene.client.seen(conversation)
        if not seen["pending"]:  # it was stopped before it asked
            assert scene.shop.writes == 0
            return
        (pending,) = seen["pending"]
        fresh = await scene.remote.post(f"/api/confirmations/{pending['id']}/token")
        path = f"/api/confirmations/{pending['id']}/confirm"
        await scene.remote.post(path, {"token": fresh["token"]})
        await scene.client.follow(conversation, ended(2))
        assert scene.shop.writes == 1


async def test_a_server_that_is_killed_leaves_a_conversation_that_goes_on(folder):
    slow = begun(words("Let me think"))
    async with chat_scene(folder, calls(STATUS), slow) as scene:
        heard: list[str] = []
        talking = asyncio.create_task(_until_cut(scene, heard))
        await until(lambda: len(scene.provider.asked) == 2, 20)
        # What is told was written down; the model may be asked a moment before that.
        await until(lambda: "TOOL_CALL_RESULT" in "".join(heard), 20)
        await scene.restart(9)
        conversation = await talking

        # Nobody has to write first: the next server ends it.
        followed = await scene.client.follow(conversation, ended(1))
        assert followed.of("RUN_ERROR")[0]["code"] == "turn_lost"
        scene.scripted(words("Here I am."))
        assert (await scene.client.say("hello?")).text == "Here I am."
        assert "JD014600003" in scene.told
        assert "Where is A-1042?" in scene.told


async def _until_cut(scene, heard):
    conversation = ""
    given = scene.client.input("Where is A-1042?")
    http = scene.remote.http
    try:
        async with http.stream("POST", "/api/chat/default", json=given) as response:
            conversation = response.headers["deftly-conversation"]
            async for line in response.aiter_lines():
                heard.append(line)
    except Exception:  # noqa: BLE001 - the server is killed
        return conversation
    return conversation


async def test_the_cause_of_a_fault_is_in_the_log(folder):
    async with chat_scene(folder, refusal(401, "incorrect key sk-wrong")) as scene:
        turn = await scene.client.say("hello?")
        assert "refused the key" in turn.of("RUN_ERROR")[0]["message"]
        await until(lambda: "turn_failed" in "".join(scene.server.errors), 10)
        assert "sk-wrong" not in str(turn.events)


async def test_a_stop_of_the_server_ends_the_stream_in_time(folder):
    slow = begun(words("Let me think"))
    async with chat_scene(folder, slow) as scene:
        talking = asyncio.create_task(_until_cut(scene, []))
        await until(lambda: len(scene.provider.asked) == 1, 20)
        await scene.restart(15)
        conversation = await talking

        followed = await scene.client.follow(conversation, ended(1))
        assert followed.of("RUN_ERROR")[0]["code"] == "stopped"
