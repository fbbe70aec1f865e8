"""What is refused before a turn begins: ordinary answers, each with a sentence."""

import pytest

from deftly.domain.access import Scope
from tests.agent.chat_kit import RETURN, STATUS, Talker, in_process, resolved
from tests.agent.provider_server import Reply, calls, words
from tests.world import until


@pytest.fixture
async def scene(folder):
    async with in_process(folder, words("Hello.")) as made:
        yield made


def user(content):
    return [{"id": "1", "role": "user", "content": content}]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"messages": user("")}, 400),
        ({"messages": user(" \n\t ")}, 400),
        ({"messages": user("x" * 100_000)}, 413),
        ({"messages": user("ü" * 20_000)}, 413),
        ({"messages": []}, 400),
        ({}, 400),
        ({"messages": "hello"}, 400),
        ({"messages": user(None)}, 400),
        ({"messages": user(7)}, 400),
        ({"messages": user([{"type": "image", "source": {}}])}, 400),
        ({"messages": user([{"type": "text", "text": ""}])}, 400),
        ({"messages": [{"role": "assistant", "content": "hi"}]}, 400),
        ({"messages": user("hi"), "threadId": ""}, 400),
        ({"messages": user("hi"), "threadId": 5}, 400),
        ({"messages": user("hi"), "threadId": "t" * 201}, 400),
        ({"messages": user("hi"), "runId": {}}, 400),
        ({"messages": user("hi"), "resume": "yes"}, 400),
        ({"messages": user("hi"), "resume": ["yes"]}, 400),
        ({"messages": user("hi"), "resume": [{"interruptId": 1, "status": "resolved"}]}, 400),
        ({"messages": user("hi"), "resume": [{"interruptId": "1", "status": "resolved"}]}, 400),
        ({"messages": user("hi"), "resume": [{"interruptId": "1", "status": "cancelled"}]}, 404),
        ({"resume": [{"interruptId": "1", "status": "cancelled"}]}, 404),
    ],
)
async def test_what_nobody_can_answer_is_refused_with_a_sentence(scene, given, status):
    told = await scene.client.refused({"threadId": "t1", **given}, status)

    assert len(told["error"]) > 20
    assert scene.provider.asked == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"threadId": NaN}'])
async def test_a_body_that_is_no_object_is_refused(scene, body):
    answered = await scene.client.http.post("/api/chat/default", content=body)

    assert answered.status_code == 400
    assert answered.json()["code"] == "invalid_request"


async def test_a_thread_is_needed(scene):
    told = await scene.client.refused({"messages": user("hi")}, 400)

    assert told["details"][0]["path"] == "threadId"


async def test_the_newest_message_counts_and_may_come_in_parts(scene):
    parts = [{"type": "text", "text": "Good"}, {"type": "text", "text": "morning"}]
    old = [{"id": "0", "role": "user", "content": [{"type": "image"}]}]
    turn = await scene.client.send({"threadId": "t", "messages": [*old, *user(parts)]})

    assert turn.text == "Hello."
    assert (await scene.client.texts(turn.conversation))[0] == "Good\nmorning"


async def test_an_unknown_agent_is_404(scene):
    await scene.client.refused(scene.client.input("hi"), 404, agent="nobody")


async def test_a_disabled_agent_is_404(scene):
    made = await scene.api.post("/api/agents", {"name": "shut", "enabled": False})
    assert made.status_code == 200, made.text
    await scene.client.refused(scene.client.input("hi"), 404, agent="shut")


@pytest.mark.parametrize("model", ["none", "openai:gpt"])
async def test_without_a_model_it_says_what_to_configure(folder, model):
    async with in_process(folder, model=model, model_base_url="") as scene:
        told = await scene.client.refused(scene.client.input("hi"), 503)

        assert told["code"] == "model_unavailable"
        listed = (await scene.client.http.get("/api/conversations")).json()
        assert listed["conversations"] == []


@pytest.mark.parametrize("scopes", [(Scope.READ,), (Scope.CONFIRM,), (Scope.READ, Scope.MANAGE)])
async def test_chatting_needs_the_scope_run(scene, scopes):
    client = await scene.other(*scopes)

    await client.refused(client.input("hi"), 403)


async def test_one_turn_at_a_time(folder):
    async with in_process(folder, Reply(hangs=True)) as scene:
        import asyncio

        first = asyncio.create_task(scene.client.say("hello?"))
        await until(lambda: len(scene.provider.asked) == 1, 20)
        told = await scene.client.refused(scene.client.input("and?"), 409)
        assert told["code"] == "conversation_busy"
        listed = (await scene.client.http.get("/api/conversations")).json()["conversations"]
        assert listed[0]["busy"] is True
        busy = await scene.client.http.delete(f"/api/conversations/{listed[0]['id']}")
        assert busy.status_code == 409

        # Another conversation does not wait.
        scene.provider.replies.append(words("Hi."))
        turn = await Talker(scene.client.http, thread="t2").say("hi")
        assert turn.text == "Hi."
        first.cancel()


async def test_somebody_elses_conversation_is_not_there(folder):
    async with in_process(folder, calls(RETURN), words("Done.")) as scene:
        mine = await scene.other(Scope.RUN, Scope.CONFIRM)
        asked = await mine.say("Return A-1038")
        theirs = await scene.other(Scope.RUN, Scope.CONFIRM, Scope.READ)
        path = f"/api/conversations/{asked.conversation}"
        for answered in [
            await theirs.http.get(path),
            await theirs.http.get(f"{path}/events"),
            await theirs.http.get(f"{path}/export"),
            await theirs.http.put(path, json={"title": "mine"}),
            await theirs.http.delete(path),
            await theirs.http.get("/api/conversations/nothing"),
        ]:
            assert answered.status_code == 404
            assert answered.json()["error"] == "There is no such conversation."
        listed = (await theirs.http.get("/api/conversations")).json()
        assert listed["conversations"] == []

        # The same thread is another conversation, and the question is not theirs to answer.
        given = theirs.input("hi", resume=[resolved(asked.interrupt)])
        await theirs.refused(given, 404)
        given = {"arguments": STATUS[1], "conversationId": asked.conversation}
        called = await theirs.http.post("/api/tools/get_order_status/call", json=given)
        assert called.status_code == 404
        assert scene.shop.writes == 0


async def test_an_agents_actions_and_instructions_are_its_own(folder):
    async with in_process(folder, calls(STATUS), words("I cannot.")) as scene:
        given = {"name": "shy", "actions": ["list_orders"], "instructions": "Speak like a pirate."}
        made = await scene.api.post("/api/agents", given)
        assert made.status_code == 200, made.text
        client = Talker(scene.client.http, agent="shy")
        turn = await client.say("Where is A-1042?")

        assert turn.text == "I cannot."
        body = scene.provider.asked[0].body.decode()
        assert "Speak like a pirate." in body
        assert "list_orders" in body
        assert "get_order_status" not in body
        runs = (await scene.client.http.get("/api/runs")).json()["runs"]
        assert runs == []
