"""Cards in a conversation: told after their call, kept, and never read by the model."""

import json
import signal

from tests.agent.card_kit import (
    FORM,
    SHOWS,
    card_scene,
    card_world,
    cards_of,
    edit,
    texts_of,
)
from tests.agent.chat_kit import RETURN, ended, resolved
from tests.agent.provider_server import calls, words
from tests.cards import card, remove_widget, text, write_widget


def messages_of(seen, role="card"):
    return [one for one in seen["messages"] if one["role"] == role]


def is_free_of_cards(told: str) -> bool:
    return not any(
        word in told for word in ("AdaptiveCard", "TextBlock", "Action.Submit", "deftly")
    )


async def test_a_card_follows_its_call_and_is_there_after_a_reload(folder):
    async with card_scene(folder, calls(SHOWS), words("It is on its way.")) as scene:
        turn = await scene.client.say("Where is A-1042?")
        seen = await scene.client.seen(turn.conversation)
        again = await scene.client.follow(turn.conversation, ended(1))

    (shown,) = cards_of(turn)
    assert texts_of(shown["card"])[0] == "Order A-1042"
    assert shown["widget"] == "sample_order"
    assert shown["spoken"].startswith("Order A-1042")
    kinds = turn.kinds
    assert kinds.index("CUSTOM") == kinds.index("TOOL_CALL_RESULT") + 1
    assert kinds.index("CUSTOM") < kinds.index("TEXT_MESSAGE_START")
    (result,) = turn.of("TOOL_CALL_RESULT")
    assert result["toolCallId"] == shown["callId"]
    assert result["metadata"]["actionRunId"] == shown["cardId"]
    (message,) = messages_of(seen)
    assert message["card"] == shown["card"]
    assert (message["cardId"], message["content"]) == (shown["cardId"], shown["spoken"])
    assert cards_of(again) == [shown]


async def test_the_model_reads_what_is_seen_and_no_card(folder):
    replies = [calls(SHOWS), words("On its way."), calls(FORM), words("Here."), words("Bye.")]
    async with card_world(folder, *replies) as scene:
        await scene.client.say("Where is A-1042?")
        await scene.client.say("Return A-1038")
        await scene.client.say("Thanks")
        told = [one.body.decode() for one in scene.provider.asked]
        results = [
            one["content"] for one in json.loads(told[-1])["messages"] if one["role"] == "tool"
        ]

    assert len(results) == 2
    assert json.loads(results[0])["shown"].startswith("The person sees the card Order: ")
    assert results[1].startswith("The person sees the card Return form: ")
    assert "Return order A-1038" in results[1]
    messages = [json.dumps(json.loads(one)["messages"]) for one in told]
    assert all(is_free_of_cards(one) for one in messages)


async def test_a_card_of_a_confirmed_call_is_told_in_the_turn_that_goes_on(folder):
    replies = [calls(RETURN), words("The return is made.")]
    async with card_scene(folder, *replies) as scene:
        write_widget(folder, "label", {"template": card(text("Return ${return_id} ${status}"))})
        await edit(scene.client.http, "create_return", widget="label")
        asked = await scene.client.say("Return A-1038")
        assert cards_of(asked) == []

        turn = await scene.client.say(resume=[resolved(asked.interrupt)])
        seen = await scene.client.seen(turn.conversation)
        followed = await scene.client.follow(turn.conversation, ended(2))

    (shown,) = cards_of(turn)
    assert "label_sent" in texts_of(shown["card"])[0]
    assert shown["callId"] == asked.interrupt["toolCallId"]
    assert [one["cardId"] for one in messages_of(seen)] == [shown["cardId"]]
    assert cards_of(followed) == [shown]
    assert turn.text == "The return is made."


async def test_a_card_confirmed_elsewhere_is_told_later_and_outlives_a_restart(folder):
    replies = [calls(RETURN), words("The return is made.")]
    async with card_scene(folder, *replies) as scene:
        write_widget(folder, "label", {"template": card(text("Return ${status}"))})
        await edit(scene.client.http, "create_return", widget="label")
        asked = await scene.client.say("Return A-1038")
        interrupt = asked.interrupt
        held = {"id": interrupt["id"], "token": interrupt["metadata"]["token"]}
        answered = await scene.remote.confirm(held)
        followed = await scene.client.follow(asked.conversation, ended(2))
        await scene.restart(signal.SIGKILL)
        seen = await scene.client.seen(asked.conversation)

    (shown,) = cards_of(followed)
    assert shown["card"] == answered.json()["widget"]["card"]
    assert [one["card"] for one in messages_of(seen)] == [shown["card"]]


async def test_an_answer_that_does_not_fit_is_talked_about_without_a_card(folder):
    async with card_world(folder, calls(SHOWS), words("It is on its way.")) as scene:
        await remove_widget(scene.api.deftly, "sample_order")
        turn = await scene.client.say("Where is A-1042?")
        run_id = turn.of("TOOL_CALL_RESULT")[0]["metadata"]["actionRunId"]
        run = (await scene.api.get(f"/api/runs/{run_id}")).json()["run"]
        told = json.loads(turn.of("TOOL_CALL_RESULT")[0]["content"])

    assert cards_of(turn) == []
    assert turn.text == "It is on its way."
    assert told["data"]["order_id"] == "A-1042"
    assert "could not be shown" in told["shown"]
    assert "sample_order" in run["note"]


async def test_an_error_of_the_api_is_talked_about_without_a_card(folder):
    unknown = ("get_order_status", {"order_id": "A-9999"})
    async with card_world(folder, calls(unknown), words("There is none.")) as scene:
        turn = await scene.client.say("Where is A-9999?")

    assert cards_of(turn) == []
    assert "shown" not in json.loads(turn.of("TOOL_CALL_RESULT")[0]["content"])


async def test_a_form_is_filled_by_the_agent_and_hides_what_its_buttons_do(folder):
    async with card_world(folder, calls(FORM), words("Please fill it in.")) as scene:
        turn = await scene.client.say("Return A-1038")
        exported = (await scene.api.get(f"/api/conversations/{turn.conversation}/export")).text

    (shown,) = cards_of(turn)
    assert texts_of(shown["card"]) == ["Return order A-1038"]
    assert [one["data"] for one in shown["card"]["actions"]] == [
        {"button": f"s{number}"} for number in (1, 2, 3, 4)
    ]
    assert "create_return" not in exported
