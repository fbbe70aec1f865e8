"""Buttons of cards: what they do in a conversation, and what nobody can make them do."""

import asyncio
import json

import pytest

from deftly.store.submissions import OF_ONE_CARD_MAX
from tests.agent.card_kit import (
    FORM_SHOWN,
    SHOWS,
    add_action,
    card_world,
    edit,
    is_free,
    press,
    runs_of,
    shown_form,
)
from tests.agent.chat_kit import begun, resolved
from tests.agent.provider_server import calls, words
from tests.cards import ASK, CANCEL, RETURN, RETURN_FORM, SAVE, add_widget, remove_widget


async def test_a_button_says_its_message_with_what_was_filled_in(folder):
    async with card_world(folder, *FORM_SHOWN, words("Of course.")) as scene:
        conversation, card = await shown_form(scene)
        answer = await press(
            scene.client.http, conversation, card, ASK, inputs={"reason": "too small"}
        )
        await is_free(scene, conversation)
        texts = await scene.client.texts(conversation)
        last = json.loads(scene.provider.asked[-1].body)["messages"][-1]

    assert answer.json() == {"ok": True, "did": "message", "runId": answer.json()["runId"]}
    said = "May I return A-1038?\nreason: too small"
    assert texts[-2:] == [said, "Of course."]
    assert last == {"role": "user", "content": said}


async def test_a_button_calls_its_action_and_the_agent_goes_on(folder):
    async with card_world(folder, *FORM_SHOWN, words("Your return is made.")) as scene:
        await edit(scene.client.http, "create_return", executionMode="auto")
        conversation, card = await shown_form(scene)
        inputs = {"reason": "too small", "count": 2}
        answer = await press(scene.client.http, conversation, card, RETURN, inputs=inputs)
        await is_free(scene, conversation)
        exported = (await scene.api.get(f"/api/conversations/{conversation}/export")).json()
        seen = await scene.client.seen(conversation)
        run = (await runs_of(scene, conversation))[0]
        told = json.loads(scene.provider.asked[-1].body)["messages"][-3:]
        made = dict(scene.shop.returns)

    assert answer.json()["did"] == "action"
    started = [one["data"] for one in exported["entries"] if one["kind"] == "turn_started"]
    assert started[-1]["runId"] == answer.json()["runId"]
    assert (run["tool"], run["trigger"], run["status"]) == ("create_return", "widget", "succeeded")
    assert run["arguments"] == {"order_id": "A-1038", "reason": "too small"}
    assert run["principal"].startswith("key:")
    assert [one["reason"] for one in made.values()] == ["too small"]
    assert [one["role"] for one in told] == ["user", "assistant", "tool"]
    assert told[0]["content"] == "Return it"
    assert "label_sent" in told[2]["content"]
    assert seen["messages"][-1]["content"] == "Your return is made."
    assert seen["messages"][-2]["actionRunId"] == run["id"]


async def test_an_action_that_asks_is_held_by_the_press_and_made_once_confirmed(folder):
    async with card_world(folder, *FORM_SHOWN, words("Your return is made.")) as scene:
        conversation, card = await shown_form(scene)
        await press(scene.client.http, conversation, card, RETURN, inputs={"reason": "too small"})
        await is_free(scene, conversation)
        (waiting,) = (await scene.client.seen(conversation))["pending"]
        asked_so_far, writes_so_far = len(scene.provider.asked), scene.shop.writes
        token = (await scene.api.post(f"/api/confirmations/{waiting['id']}/token", {})).json()[
            "token"
        ]
        turn = await scene.client.say(resume=[resolved(waiting, token)])
        history = json.loads(scene.provider.asked[-1].body)["messages"]
        writes = scene.shop.writes

    assert (asked_so_far, writes_so_far, writes) == (2, 0, 1)
    assert waiting["tool"] == "create_return"
    values = {one["name"]: one["value"] for one in waiting["summary"]["arguments"]}
    assert values == {"order_id": "A-1038", "reason": "too small"}
    assert turn.text == "Your return is made."
    assert [one["role"] for one in history[-3:]] == ["user", "assistant", "tool"]


async def test_a_held_press_that_is_denied_sends_nothing(folder):
    async with card_world(folder, *FORM_SHOWN, words("Then not.")) as scene:
        conversation, card = await shown_form(scene)
        await press(scene.client.http, conversation, card, RETURN)
        await is_free(scene, conversation)
        (waiting,) = (await scene.client.seen(conversation))["pending"]
        turn = await scene.client.say(
            resume=[{"interruptId": waiting["id"], "status": "cancelled"}]
        )
        writes = scene.shop.writes

    assert (turn.text, writes) == ("Then not.", 0)


async def test_a_button_saves_what_was_filled_in_and_nothing_is_said(folder):
    async with card_world(folder, *FORM_SHOWN) as scene:
        conversation, card = await shown_form(scene)
        inputs = {"reason": "=1+1", "count": "2"}
        answer = await press(scene.client.http, conversation, card, SAVE, inputs=inputs)
        page = await scene.api.deftly.stores.submissions.page("sample_form", cursor=None, limit=9)
        asked, texts = len(scene.provider.asked), await scene.client.texts(conversation)

    assert answer.json() == {"ok": True, "did": "save"}
    (kept,) = page.submissions
    assert kept.data == {"order_id": "A-1038", "reason": "=1+1", "count": "2"}
    assert (kept.card_id, kept.conversation_id) == (card, conversation)
    assert asked == 2
    assert len(texts) == 3


async def test_one_card_is_saved_so_often(folder):
    async with card_world(folder, *FORM_SHOWN) as scene:
        conversation, card = await shown_form(scene)
        pressed = [
            press(scene.client.http, conversation, card, SAVE) for _ in range(OF_ONE_CARD_MAX + 3)
        ]
        statuses = [one.status_code for one in await asyncio.gather(*pressed)]

    assert sorted(statuses) == [200] * OF_ONE_CARD_MAX + [429] * 3


async def test_a_run_without_a_card_has_no_buttons(folder):
    async with card_world(folder, calls(SHOWS), words("There.")) as scene:
        await remove_widget(scene.api.deftly, "sample_order")
        turn = await scene.client.say("Where is A-1042?")
        run = turn.of("TOOL_CALL_RESULT")[0]["metadata"]["actionRunId"]
        answer = await press(scene.client.http, turn.conversation, run, SAVE)

    assert answer.status_code == 404


async def test_an_action_the_agent_does_not_have_is_not_called(folder):
    async with card_world(folder, *FORM_SHOWN) as scene:
        allowed = {"actions": ["sample_form", "create_return"]}
        assert (await scene.api.put("/api/agents/default", allowed)).status_code == 200
        conversation, card = await shown_form(scene)
        answer = await press(scene.client.http, conversation, card, CANCEL)
        runs = await runs_of(scene, conversation)

    assert answer.status_code == 403
    assert "cancel_order" in answer.json()["error"]
    assert len(runs) == 1


@pytest.mark.parametrize("change", [{"enabled": False}, None], ids=["disabled", "deleted"])
async def test_an_action_that_is_gone_is_not_called(folder, change):
    async with card_world(folder, *FORM_SHOWN) as scene:
        conversation, card = await shown_form(scene)
        if change is not None:
            await edit(scene.client.http, "create_return", **change)
        else:
            actions = (await scene.api.get("/api/custom-actions")).json()["actions"]
            (found,) = [one for one in actions if one["name"] == "CREATE_RETURN"]
            await scene.api.request("DELETE", f"/api/custom-actions/{found['id']}")
        answer = await press(scene.client.http, conversation, card, RETURN)

    assert answer.status_code == 404


async def test_inputs_become_what_the_action_takes_and_are_refused_where_they_cannot(folder):
    parameters = [
        {"name": "order_id", "description": "x", "required": True},
        {"name": "count", "type": "integer", "description": "x", "required": True},
    ]
    async with card_world(folder, *FORM_SHOWN, words("Done.")) as scene:
        await edit(scene.client.http, "create_return", executionMode="auto", parameters=parameters)
        conversation, card = await shown_form(scene)
        http = scene.client.http
        lacks = await press(http, conversation, card, RETURN, inputs={"reason": "x", "count": ""})
        wrong = await press(http, conversation, card, RETURN, inputs={"count": "1.5"})
        right = await press(http, conversation, card, RETURN, inputs={"reason": "x", "count": "2"})
        await is_free(scene, conversation)
        run = (await runs_of(scene, conversation))[0]

    assert [one.status_code for one in (lacks, wrong, right)] == [422, 422, 200]
    assert run["arguments"] == {"order_id": "A-1038", "count": 2}


async def test_while_a_turn_is_under_way_a_press_is_refused_and_saving_is_not(folder):
    async with card_world(folder, *FORM_SHOWN, begun(words("Hm"))) as scene:
        conversation, card = await shown_form(scene)
        http = scene.client.http
        await press(http, conversation, card, ASK)
        statuses = [
            (await press(http, conversation, card, one)).status_code for one in (RETURN, ASK, SAVE)
        ]
        await http.post(f"/api/conversations/{conversation}/stop")
        await is_free(scene, conversation)
        runs = await runs_of(scene, conversation)

    assert statuses == [409, 409, 200]
    assert len(runs) == 1


async def test_a_card_s_action_may_show_a_further_card(folder):
    async with card_world(folder, *FORM_SHOWN, words("Here it is.")) as scene:
        await edit(scene.client.http, "create_return", enabled=False)
        shop = (await scene.api.get("/api/custom-actions")).json()["actions"]
        (orders,) = [one for one in shop if one["name"] == "GET_ORDER_STATUS"]
        form = json.loads(json.dumps(RETURN_FORM).replace("create_return", "look"))
        await add_widget(scene.api.deftly, "sample_form", form)
        handler = orders["handler"]
        await add_action(scene.client.http, name="LOOK", handler=handler, widget="sample_order")
        conversation, card = await shown_form(scene)
        await press(scene.client.http, conversation, card, RETURN)
        await is_free(scene, conversation)
        seen = await scene.client.seen(conversation)

    cards = [one["widget"] for one in seen["messages"] if one["role"] == "card"]
    assert cards == ["sample_form", "sample_order"]
