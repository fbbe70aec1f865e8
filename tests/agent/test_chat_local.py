"""The chat with the model that comes along: no key, no network, and every write asks."""

import pytest

from deftly.agent.models.providers import is_local_model_installed
from tests.agent.chat_kit import in_process, resolved

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_local_model_installed(), reason="the local model exists for Linux x86_64 alone"
    ),
]


async def test_the_local_model_looks_up_asks_and_goes_on(folder):
    async with in_process(folder, model="local", model_base_url="") as scene:
        turn = await scene.client.say("Where is my order A-1042?")
        assert "shipped" in turn.text

        asked = await scene.client.say("I want to return order A-1038")
        assert scene.shop.writes == 0
        done = await scene.client.say(resume=[resolved(asked.interrupt)])
        assert scene.shop.writes == 1
        assert "R-501" in done.text


async def test_with_the_local_model_an_automatic_write_asks_too(folder):
    async with in_process(folder, model="local", model_base_url="") as scene:
        actions = (await scene.api.get("/api/custom-actions")).json()["actions"]
        (action,) = [one for one in actions if one["name"] == "CANCEL_ORDER"]
        changed = await scene.api.put(
            f"/api/custom-actions/{action['id']}", {"executionMode": "auto"}
        )
        assert changed.status_code == 200, changed.text
        asked = await scene.client.say("cancel order A-1043")

        assert asked.interrupt["metadata"]["tool"] == "cancel_order"
        assert scene.shop.writes == 0


async def test_a_late_answer_is_told_by_the_local_model(folder):
    async with in_process(folder, model="local", model_base_url="") as scene:
        asked = await scene.client.say("I want to return order A-1038")
        await scene.client.say("Where is my order A-1042?")
        path = f"/api/confirmations/{asked.interrupt['id']}/confirm"
        token = {"token": asked.interrupt["metadata"]["token"]}
        assert (await scene.api.post(path, token)).status_code == 200

        async def told():
            return "R-501" in str(await scene.client.texts(asked.conversation))

        from tests.world import until

        await until(told, 15)
        assert scene.shop.writes == 1
