"""Which model answers in a conversation, who may choose it, and what it counted."""

import json

import pytest

from deftly.domain.access import Scope
from tests.agent.chat_kit import MODEL, RETURN, STATUS, chat_scene, in_process, resolved
from tests.agent.provider_server import calls, counted, words
from tests.world import running_world

LARGER = "openai:larger"


def choosing(model):
    return {"forwardedProps": {"model": model}}


def asked_of(provider):
    return [json.loads(one.body)["model"] for one in provider.asked]


async def told(scene, path):
    answer = await scene.client.http.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_chosen_model_answers_until_another_is_chosen(folder):
    async with in_process(folder, words("Hello."), models=(LARGER,)) as scene:
        first = await scene.client.say("a")
        await scene.client.say("b", **choosing(LARGER))
        await scene.client.say("c")
        await scene.client.say("d", **choosing(""))
        seen = await scene.client.seen(first.conversation)

        assert asked_of(scene.provider) == ["scripted", "larger", "larger", "scripted"]
    turns = [(one["model"], one["chosen"]) for one in seen["turns"]]
    assert turns == [(MODEL, False), (LARGER, True), (LARGER, True), (MODEL, False)]
    assert seen["chosenModel"] is None


async def test_a_conversation_that_goes_on_by_itself_keeps_its_model(folder):
    replies = [calls(RETURN), words("Done.")]
    async with in_process(folder, *replies, models=(LARGER,)) as scene:
        asked = await scene.client.say("Return A-1038", **choosing(LARGER))
        token = {"token": asked.interrupt["metadata"]["token"]}
        await scene.api.post(f"/api/confirmations/{asked.interrupt['id']}/confirm", token)
        await scene.client.comes_to_say(asked.conversation, "Done.")

        assert asked_of(scene.provider) == ["larger", "larger"]


async def test_a_model_nobody_configured_is_refused_with_those_there_are(folder):
    async with in_process(folder, words("Hello."), models=(LARGER,)) as scene:
        given = scene.client.input("a", **choosing("openai:unknown"))
        refused = await scene.client.refused(given, 400)
        assert refused["details"][0]["path"] == "forwardedProps.model"
        assert LARGER in refused["error"]

        odd = scene.client.input("a", forwardedProps={"model": 1})
        assert (await scene.client.refused(odd, 400))["code"] == "invalid_request"
        assert scene.provider.asked == []
        assert (await scene.client.http.get("/api/conversations")).json()["conversations"] == []


async def test_only_who_manages_names_another_model_than_the_agents(folder):
    async with in_process(folder, words("Hello."), models=(LARGER,)) as scene:
        visitor = await scene.other(Scope.RUN)
        refused = await visitor.refused(visitor.input("a", **choosing(LARGER)), 403)
        assert "manage" in refused["error"]

        await visitor.say("a", **choosing(MODEL))
        await visitor.say("b", **choosing(""))

        assert asked_of(scene.provider) == ["scripted", "scripted"]


async def test_the_models_are_listed_with_why_one_cannot_answer(folder):
    async with running_world(folder, model=MODEL, models=(LARGER,)) as api:
        listed = (await api.get("/api/models")).json()
        runner = await api.with_scopes(Scope.RUN)
        assert (await runner.get("/api/models")).status_code == 403

    assert listed["default"] == MODEL
    assert [one["name"] for one in listed["models"]] == [MODEL, "local", LARGER]
    why = {one["name"]: one["unavailable"] for one in listed["models"]}
    assert "key" in why[MODEL]
    assert "key" in why[LARGER]


async def test_tokens_are_told_for_each_turn_and_in_sum(folder):
    replies = [counted(calls(STATUS), 800, 40), counted(words("Shipped."), 900, 20), words("Hm.")]
    async with chat_scene(folder, *replies) as scene:
        first = await scene.client.say("Where is A-1042?")
        second = await scene.client.say("And?")
        seen = await scene.client.seen(first.conversation)

    whole = {"inputTokens": 1700, "outputTokens": 60, "requests": 2}
    assert [one["usage"] for one in seen["turns"]] == [whole, None]
    assert seen["usage"] == whole
    (finished,) = first.of("RUN_FINISHED")
    assert finished["usage"] == [{"inputTokens": 1700, "outputTokens": 60}]
    assert "usage" not in second.of("RUN_FINISHED")[0]


async def test_an_older_page_tells_the_turns_its_messages_belong_to(folder):
    async with in_process(folder, counted(words("Hello."), 5, 1)) as scene:
        for text in "abc":
            turn = await scene.client.say(text)
        path = f"/api/conversations/{turn.conversation}"
        newest = await told(scene, f"{path}?limit=3")
        older = await told(scene, f"{path}?limit=3&before={newest['next']}")

    for page in (newest, older):
        ids = {one["id"] for one in page["turns"]}
        assert {one["turn"] for one in page["messages"]} <= ids
        assert page["usage"]["inputTokens"] == 15


@pytest.mark.parametrize("answer", ["confirm", "deny"])
async def test_a_trace_tells_request_verdict_and_who_answered(folder, answer):
    async with in_process(folder, calls(RETURN), words("Well.")) as scene:
        asked = await scene.client.say("Return A-1038")
        (waits,) = (await scene.client.seen(asked.conversation))["pending"]
        path = f"/api/runs/{waits['actionRunId']}/trace"
        before = await told(scene, path)
        assert before["verdict"] == "not_asked"
        assert before["confirmation"]["answeredBy"] is None

        token = {"token": asked.interrupt["metadata"]["token"]}
        await scene.api.post(f"/api/confirmations/{waits['id']}/{answer}", token)
        trace = await told(scene, path)

    assert trace["request"]["method"] == "POST"
    assert trace["request"]["url"].endswith("/returns")
    assert trace["confirmation"]["answeredBy"] == trace["run"]["principal"]
    assert trace["confirmation"]["answeredAt"] >= trace["confirmation"]["askedAt"]
    assert trace["verdict"] == {"confirm": "allowed", "deny": "not_asked"}[answer]


async def test_a_trace_shows_what_the_guard_refused_and_why_no_request(folder):
    async with in_process(folder, calls(STATUS), words("Well.")) as scene:
        actions = (await told(scene, "/api/custom-actions"))["actions"]
        (action,) = [one for one in actions if one["name"] == "GET_ORDER_STATUS"]
        where = f"/api/custom-actions/{action['id']}"
        handler = {**action["handler"], "url": "http://10.0.0.1/orders/{{order_id}}"}
        await scene.client.http.put(where, json={"handler": handler})
        turn = await scene.client.say("Where is A-1042?")
        messages = (await scene.client.seen(turn.conversation))["messages"]
        (answered,) = [one for one in messages if one["role"] == "tool"]
        (result,) = turn.of("TOOL_CALL_RESULT")
        assert result["metadata"]["actionRunId"] == answered["actionRunId"]
        path = f"/api/runs/{answered['actionRunId']}/trace"
        trace = await told(scene, path)

        await scene.client.http.put(where, json={"description": "x"})
        changed = await told(scene, path)
        await scene.client.http.delete(where)
        gone = await told(scene, path)

    assert trace["run"]["error"]["code"].startswith("blocked")
    assert trace["verdict"] == "refused"
    assert trace["confirmation"] is None
    assert "changed since" in changed["noRequest"]
    assert "deleted" in gone["noRequest"]


async def test_a_resumed_turn_tells_the_run_of_the_call_it_answers(folder):
    async with in_process(folder, calls(RETURN), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        turn = await scene.client.say(resume=[resolved(asked.interrupt)])
        runs = (await told(scene, "/api/runs"))["runs"]

    (result,) = turn.of("TOOL_CALL_RESULT")
    assert result["metadata"] == {"failed": False, "actionRunId": runs[0]["id"]}
