"""Whoever asked, their conversation goes on as theirs once a question was answered elsewhere."""

import pytest

from tests.agent.chat_kit import RETURN, Talker, in_process
from tests.agent.provider_server import calls, words
from tests.world import until

PASSWORD = "a rather long password"
ADA = {"email": "ada@example.com", "name": "Ada", "role": "editor", "password": PASSWORD}


async def signed_in(api) -> tuple[str, Talker]:
    user = (await api.post("/api/users", ADA)).json()["user"]
    given = {"email": ADA["email"], "password": PASSWORD}
    answer = await api.with_headers({}).post("/api/session", given)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return user["id"], Talker(api.with_headers({"cookie": cookie}).http)


@pytest.mark.parametrize("disabled", [False, True])
async def test_a_user_s_conversation_goes_on_unless_they_may_no_more(folder, disabled):
    async with in_process(folder, calls(RETURN), words("Returned.")) as scene:
        user_id, ada = await signed_in(scene.api)
        asked = await ada.say("Return A-1038")
        if disabled:
            await scene.api.put(f"/api/users/{user_id}", {"disabled": True})
        path = f"/api/confirmations/{asked.interrupt['id']}"
        token = (await scene.api.post(f"{path}/token", {})).json()["token"]

        await scene.api.post(f"{path}/confirm", {"token": token})
        owner = Talker(scene.api.http)

        async def is_told() -> bool:
            seen = await owner.seen(asked.conversation)
            roles = {one["role"] for one in seen["messages"]}
            return "tool" in roles and not seen["conversation"]["busy"]

        await until(is_told, 20)
        texts = await owner.texts(asked.conversation)

    assert texts == (["Return A-1038"] if disabled else ["Return A-1038", "Returned."])
