"""Presses that meet each other, a stop, and the death of their server."""

import asyncio
import signal

from tests.agent.card_kit import (
    FORM_SHOWN,
    card_scene,
    card_world,
    cards_of,
    edit,
    is_free,
    press,
    runs_of,
    shown_form,
)
from tests.agent.chat_kit import ended, resolved
from tests.agent.provider_server import words
from tests.cards import RETURN


async def test_of_presses_at_the_same_time_one_is_made(folder):
    async with card_world(folder, *FORM_SHOWN, words("Made.")) as scene:
        await edit(scene.client.http, "create_return", executionMode="auto")
        conversation, card = await shown_form(scene)
        tries = [press(scene.client.http, conversation, card, RETURN) for _ in range(8)]
        statuses = sorted(one.status_code for one in await asyncio.gather(*tries))
        await is_free(scene, conversation)
        runs = await runs_of(scene, conversation)

    assert statuses == [200] + [409] * 7
    assert [one["tool"] for one in runs].count("create_return") == 1
    assert scene.shop.writes == 1


async def test_a_held_press_outlives_its_server_and_is_made_once(folder):
    async with card_scene(folder, *FORM_SHOWN, words("Your return is made.")) as scene:
        turn = await scene.client.say("Return A-1038")
        (card,) = cards_of(turn)
        here = turn.conversation
        await press(scene.client.http, here, card["cardId"], RETURN)
        await scene.client.follow(here, ended(2))
        await scene.restart(signal.SIGKILL)
        (waiting,) = (await scene.client.seen(here))["pending"]
        token = (await scene.remote.post(f"/api/confirmations/{waiting['id']}/token"))["token"]
        again = await scene.client.say(resume=[resolved(waiting, token)])

        assert scene.shop.writes == 1
    assert again.text == "Your return is made."


async def test_a_card_can_be_pressed_after_a_restart(folder):
    async with card_scene(folder, *FORM_SHOWN, words("Your return is made.")) as scene:
        await edit(scene.client.http, "create_return", executionMode="auto")
        turn = await scene.client.say("Return A-1038")
        (card,) = cards_of(turn)
        await scene.restart(signal.SIGTERM)
        pressed = await press(scene.client.http, turn.conversation, card["cardId"], RETURN)
        await scene.client.comes_to_say(turn.conversation, "Your return is made.")

        assert scene.shop.writes == 1
    assert pressed.status_code == 200


async def test_a_stopped_press_leaves_the_conversation_free_and_its_call_told(folder):
    async with card_world(folder, *FORM_SHOWN, words("Made.")) as scene:
        await edit(scene.client.http, "create_return", executionMode="auto")
        conversation, card = await shown_form(scene)
        await press(scene.client.http, conversation, card, RETURN)
        await scene.client.http.post(f"/api/conversations/{conversation}/stop")
        await is_free(scene, conversation)
        seen = await scene.client.seen(conversation)
        (run,) = [
            one for one in await runs_of(scene, conversation) if one["tool"] == "create_return"
        ]

    results = [one for one in seen["messages"] if one["role"] == "tool"]
    assert results[-1]["actionRunId"] == run["id"]
    assert run["status"] == "succeeded"
