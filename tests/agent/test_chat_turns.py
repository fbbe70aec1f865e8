"""A turn over HTTP, as a client sees it."""

from tests.agent.chat_kit import RETURN, STATUS, cancelled, chat_scene, resolved
from tests.agent.provider_server import calls, words


async def test_a_message_is_answered_with_a_look_up(folder):
    async with chat_scene(folder, calls(STATUS), words("It is on its way.")) as scene:
        turn = await scene.client.say("Where is A-1042?")

    assert turn.kinds == [
        "RUN_STARTED",
        "TOOL_CALL_START",
        "TOOL_CALL_ARGS",
        "TOOL_CALL_END",
        "TOOL_CALL_RESULT",
        "CUSTOM",
        "TEXT_MESSAGE_START",
        "TEXT_MESSAGE_CONTENT",
        "TEXT_MESSAGE_END",
        "RUN_FINISHED",
    ]
    assert turn.text == "It is on its way."


async def test_a_confirmed_call_goes_on_in_the_same_stream(folder):
    async with chat_scene(folder, calls(RETURN), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        assert scene.shop.writes == 0

        turn = await scene.client.say(resume=[resolved(asked.interrupt)])

        assert scene.shop.writes == 1
    assert turn.text == "Done."
    assert turn.interrupts == []


async def test_a_denied_call_is_not_made(folder):
    async with chat_scene(folder, calls(RETURN), words("All right.")) as scene:
        asked = await scene.client.say("Return A-1038")
        turn = await scene.client.say(resume=[cancelled(asked.interrupt)])

        assert scene.shop.writes == 0
        assert "declined" in scene.told
    assert turn.text == "All right."
