"""Questions in a conversation: answered through any door, it goes on by itself."""

import signal

import pytest

from tests.agent.chat_kit import (
    CANCEL,
    RETURN,
    STATUS,
    cancelled,
    chat_scene,
    ended,
    in_process,
    resolved,
)
from tests.agent.provider_server import calls, words


async def answer(scene, interrupt, word, remote=None):
    held = {"id": interrupt["id"], "token": interrupt["metadata"]["token"]}
    response = await (remote or scene.remote).answer(held, word)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(("word", "writes"), [("confirm", 1), ("deny", 0)])
async def test_an_answer_through_another_door_goes_on_by_itself(folder, word, writes):
    async with chat_scene(folder, calls(RETURN), words("So be it.")) as scene:
        asked = await scene.client.say("Return A-1038")
        await answer(scene, asked.interrupt, word)
        followed = await scene.client.follow(asked.conversation, ended(2))

        assert scene.shop.writes == writes
        assert await scene.client.texts(asked.conversation) == ["Return A-1038", "So be it."]
    assert followed.of("TOOL_CALL_RESULT")
    assert followed.of("RUN_FINISHED")[-1]["outcome"] == {"type": "success"}


async def test_two_calls_in_one_answer_are_both_asked_and_answered_together(folder):
    async with chat_scene(folder, calls(RETURN, CANCEL, STATUS), words("Both done.")) as scene:
        asked = await scene.client.say("Return A-1038, cancel A-1043, and where is A-1042?")
        first, second = asked.interrupts
        assert len(asked.of("TOOL_CALL_RESULT")) == 1

        turn = await scene.client.say(resume=[resolved(first), cancelled(second)])

        assert scene.shop.writes == 1
        assert len(scene.provider.asked) == 2
    assert len(turn.of("TOOL_CALL_RESULT")) == 2
    assert turn.text == "Both done."


async def test_of_several_questions_one_may_be_answered_alone(folder):
    replies = [calls(RETURN, CANCEL), words("One is done."), words("Now both.")]
    async with chat_scene(folder, *replies) as scene:
        asked = await scene.client.say("Return A-1038 and cancel A-1043")
        first, second = asked.interrupts

        turn = await scene.client.say(resume=[resolved(first)])
        assert turn.text == "One is done."
        assert [one["id"] for one in turn.interrupts] == [second["id"]]
        assert "has not answered yet" in scene.told

        await answer(scene, turn.interrupt, "confirm")
        await scene.client.comes_to_say(asked.conversation, "Now both.")
        assert scene.shop.writes == 2


async def test_a_message_does_not_wait_for_an_answer(folder):
    replies = [calls(RETURN), words("It is shipped."), words("The return is registered.")]
    async with chat_scene(folder, *replies) as scene:
        asked = await scene.client.say("Return A-1038")
        turn = await scene.client.say("And where is A-1042?")
        assert turn.text == "It is shipped."
        assert [one["id"] for one in turn.interrupts] == [asked.interrupt["id"]]
        assert "has not answered yet; nothing was sent" in scene.told

        await answer(scene, asked.interrupt, "confirm")
        await scene.client.comes_to_say(asked.conversation, "The return is registered.")

        assert scene.shop.writes == 1
        # What a tool gave back is never a person's word.
        (late,) = [one for one in scene.messages if "R-501" in str(one["content"])]
        assert late["role"] == "tool"


async def test_a_message_may_come_with_the_answer(folder):
    replies = [calls(RETURN), words("Declined, and it is shipped.")]
    async with chat_scene(folder, *replies) as scene:
        asked = await scene.client.say("Return A-1038")
        turn = await scene.client.say("No. Where is A-1042?", resume=[cancelled(asked.interrupt)])

        assert turn.text == "Declined, and it is shipped."
        assert [one["role"] for one in scene.messages][-2:] == ["tool", "user"]
        assert scene.shop.writes == 0


async def test_what_expires_is_noted_and_told_with_the_next_message(folder):
    replies = [calls(RETURN), words("Too late, I see.")]
    async with chat_scene(folder, *replies, confirm_expires_conversation_s=1) as scene:
        asked = await scene.client.say("Return A-1038")
        noted = await scene.client.follow(asked.conversation, ended(2))
        assert noted.of("TOOL_CALL_RESULT")[0]["content"].startswith("Nobody confirmed in time")
        assert len(scene.provider.asked) == 1

        turn = await scene.client.say("Well?")
        assert turn.text == "Too late, I see."
        assert "Nobody confirmed in time" in scene.told
        assert (await scene.client.seen(asked.conversation))["pending"] == []

        late = await scene.remote.answer(_held(asked.interrupt), "confirm")
        assert late.status_code == 409
        assert scene.shop.writes == 0


def _held(interrupt):
    return {"id": interrupt["id"], "token": interrupt["metadata"]["token"]}


async def test_an_edit_of_the_action_voids_the_question_without_a_word_of_the_model(folder):
    async with chat_scene(folder, calls(RETURN), words("Changed.")) as scene:
        asked = await scene.client.say("Return A-1038")
        actions = (await scene.remote.get("/api/custom-actions"))["actions"]
        (action,) = [one for one in actions if one["name"] == "CREATE_RETURN"]
        answered = await scene.remote.http.put(
            f"/api/custom-actions/{action['id']}", json={"description": "Something else."}
        )
        assert answered.status_code == 200
        told = await scene.client.follow(asked.conversation, ended(2))
        late = await scene.client.say(resume=[resolved(asked.interrupt)])

        assert told.of("TOOL_CALL_RESULT")[0]["content"].startswith("The action was changed")
        assert late.kinds == ["RUN_STARTED", "RUN_FINISHED"]
        assert len(scene.provider.asked) == 1
        assert scene.shop.writes == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_a_question_outlives_its_server(folder, number):
    async with chat_scene(folder, calls(RETURN), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        await scene.restart(number)

        (pending,) = (await scene.client.seen(asked.conversation))["pending"]
        fresh = await scene.remote.post(f"/api/confirmations/{pending['id']}/token")
        turn = await scene.client.say(resume=[resolved(asked.interrupt, fresh["token"])])

        assert turn.text == "Done."
        assert scene.shop.writes == 1


async def test_an_answer_in_another_process_goes_on_once(folder):
    async with chat_scene(folder, calls(RETURN), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        async with scene.another_server() as other:
            held = _held(asked.interrupt)
            path = f"/api/confirmations/{held['id']}/confirm"
            answered = await other.http.post(path, json={"token": held["token"]})
            assert answered.status_code == 200

            here = await scene.client.follow(asked.conversation, ended(2))
            there = await other.follow(asked.conversation, ended(2))

        assert scene.shop.writes == 1
        assert len(scene.provider.asked) == 2
        assert here.text == there.text == "Return A-1038Done."


async def test_what_was_denied_is_not_asked_again_before_the_next_message(folder):
    replies = [calls(RETURN), calls(RETURN, CANCEL), calls(RETURN), words("I give up.")]
    async with chat_scene(folder, *replies) as scene:
        asked = await scene.client.say("Return A-1038")
        again = await scene.client.say(resume=[cancelled(asked.interrupt)])
        # The other call is asked; the one that was denied is refused at once.
        assert [one["metadata"]["tool"] for one in again.interrupts] == ["cancel_order"]

        turn = await scene.client.say(resume=[resolved(again.interrupt)])
        assert turn.text == "I give up."
        assert turn.interrupts == []
        assert scene.shop.writes == 1


@pytest.mark.parametrize(
    "again", ["A-1043 ", "a-1043", "A\u20111043", "\uff21-1043", "A-\u200b1043", "A-1043\x00"]
)
async def test_what_looks_like_the_denied_call_is_not_asked_again(folder, again):
    other = calls(("cancel_order", {"order_id": again}))
    async with in_process(folder, calls(CANCEL), other, words("I give up.")) as scene:
        asked = await scene.client.say("Cancel A-1043")
        turn = await scene.client.say(resume=[cancelled(asked.interrupt)])

        assert (turn.text, turn.interrupts) == ("I give up.", [])


async def test_a_second_tab_answers_with_a_token_of_its_own(folder):
    async with chat_scene(folder, calls(RETURN), words("Done.")) as scene:
        asked = await scene.client.say("Return A-1038")
        (pending,) = (await scene.client.seen(asked.conversation))["pending"]
        assert "token" not in str(pending)
        fresh = await scene.remote.post(f"/api/confirmations/{pending['id']}/token")

        turn = await scene.client.say(resume=[resolved(asked.interrupt, fresh["token"])])
        assert turn.text == "Done."

        again = await scene.client.say(resume=[resolved(asked.interrupt)])
        assert again.kinds == ["RUN_STARTED", "RUN_FINISHED"]
        assert scene.shop.writes == 1
        assert len(scene.provider.asked) == 2
