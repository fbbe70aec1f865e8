import pytest
from pydantic_ai import exceptions as known

from deftly.agent.events import (
    ConfirmationAsked,
    TextDelta,
    ToolAnswered,
    ToolCalled,
    TurnFailed,
    TurnFinished,
)
from deftly.agent.loop import TurnLimits
from deftly.domain.access import LOCAL_OWNER, Principal, Scope
from deftly.domain.run import Status, Trigger
from deftly.errors import ModelUnavailable
from deftly.store.runs import RunFilter
from tests.agent.script import scene

STATUS = ("get_order_status", {"order_id": "A-1042"})
RETURN = ("create_return", {"order_id": "A-1038", "reason": "too small"})
CANCEL = ("cancel_order", {"order_id": "A-1043"})


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


async def test_a_look_up_is_called_and_its_result_read(folder):
    async with scene(folder, [STATUS], "It is on its way.") as talk:
        events = await talk.say("Where is my order A-1042?")

    called, answered = of(ToolCalled, events)[0], of(ToolAnswered, events)[0]
    assert (called.tool, called.arguments) == STATUS
    assert answered.told["http_status"] == 200
    assert answered.told["data"]["status"] == "shipped"
    assert "".join(delta.text for delta in of(TextDelta, events)).strip() == "It is on its way."
    assert isinstance(events[-1], TurnFinished)
    assert "JD014600003" in talk.script.transcript


async def test_the_model_is_offered_what_the_owner_wrote(folder):
    async with scene(folder, "Hello.") as talk:
        await talk.say("hi")

    (tool,) = [
        one for one in talk.script.offered[0].function_tools if one.name == "get_order_status"
    ]
    assert tool.description
    assert tool.description.startswith("Look up one order by its number")
    assert tool.parameters_json_schema["required"] == ["order_id"]
    assert tool.metadata
    assert "TRACK_ORDER" in tool.metadata["similes"]
    assert tool.metadata["examples"][0]["params"] == {"order_id": "A-1042"}


async def test_a_write_waits_for_the_person_and_then_runs_once(folder):
    async with scene(folder, [RETURN], "The label is on its way.") as talk:
        events = await talk.say("Return A-1038, too small")
        (asked,) = of(ConfirmationAsked, events)
        assert talk.shop.writes == 0
        (finished,) = of(TurnFinished, events)
        assert (finished.text, finished.waiting) == ("", (asked,))

        rest = await talk.go_on({asked.call_id: await talk.confirm(asked)})

    assert talk.shop.writes == 1
    assert of(ToolAnswered, rest)[0].told["data"]["reason"] == "too small"
    assert isinstance(rest[-1], TurnFinished)
    assert not talk.conversation.waiting


async def test_the_model_never_sees_a_token(folder):
    async with scene(folder, [RETURN], "Done.") as talk:
        (asked,) = of(ConfirmationAsked, await talk.say("Return A-1038"))
        await talk.go_on({asked.call_id: await talk.confirm(asked)})

    assert asked.question.token
    assert asked.question.token not in talk.script.transcript
    assert asked.question.id not in talk.script.transcript


async def test_after_a_no_nothing_is_sent_and_the_model_is_told(folder):
    async with scene(folder, [RETURN], "All right.") as talk:
        (asked,) = of(ConfirmationAsked, await talk.say("Return A-1038"))
        rest = await talk.go_on({asked.call_id: await talk.deny(asked)})

    assert talk.shop.writes == 0
    assert of(ToolAnswered, rest)[0].failed
    assert "declined" in talk.script.transcript
    assert isinstance(rest[-1], TurnFinished)


async def test_a_denied_call_is_not_asked_again_in_that_turn(folder):
    async with scene(folder, [RETURN], [RETURN], "I give up.") as talk:
        (asked,) = of(ConfirmationAsked, await talk.say("Return A-1038"))
        rest = await talk.go_on({asked.call_id: await talk.deny(asked)})
        held = await talk.deftly.stores.confirmations.list(None)

    assert of(ConfirmationAsked, rest) == []
    assert len(held) == 1
    assert of(ToolAnswered, rest)[-1].failed
    assert talk.shop.writes == 0


async def test_several_questions_may_wait_at_once(folder):
    async with scene(folder, [RETURN, CANCEL, STATUS], "Both are done.") as talk:
        events = await talk.say("Return A-1038 and cancel A-1043, and where is A-1042?")
        returned, cancelled = sorted(of(ConfirmationAsked, events), key=lambda one: one.call_id)
        assert [one.tool for one in of(ToolAnswered, events)] == ["get_order_status"]

        outcomes = {
            returned.call_id: await talk.deny(returned),
            cancelled.call_id: await talk.confirm(cancelled),
        }
        rest = await talk.go_on(outcomes)

    told = {one.tool: one.failed for one in of(ToolAnswered, rest)}
    assert told["create_return"]
    assert not told["cancel_order"]
    assert talk.shop.writes == 1
    assert isinstance(rest[-1], TurnFinished)


async def test_the_person_can_go_on_writing_while_a_question_waits(folder):
    async with scene(folder, [RETURN], "It is shipped.", "The return is registered.") as talk:
        (asked,) = of(ConfirmationAsked, await talk.say("Return A-1038"))

        events = await talk.say("And where is A-1042?")

        assert isinstance(events[-1], TurnFinished)
        assert list(talk.conversation.waiting) == [asked]
        assert "has not answered yet" in talk.script.transcript

        late = await talk.go_on({asked.call_id: await talk.confirm(asked)})

    assert isinstance(late[-1], TurnFinished)
    assert not talk.conversation.waiting
    assert "R-501" in talk.script.transcript
    assert talk.shop.writes == 1


async def test_arguments_that_do_not_fit_come_back_with_every_problem(folder):
    wrong = ("search_products", {"max_price": "cheap", "colour": "red"})
    right = ("search_products", {"query": "shoes"})
    async with scene(folder, [wrong], [right], "Here they are.") as talk:
        events = await talk.say("shoes")

    first, second = of(ToolAnswered, events)
    assert first.failed
    for name in ("query", "max_price", "colour"):
        assert name in first.told
    assert not second.failed


async def test_a_model_that_never_learns_is_stopped_without_a_crash(folder):
    wrong = ("search_products", {"colour": "red"})
    async with scene(folder, [wrong], [wrong], [wrong], [wrong], "I cannot.") as talk:
        events = await talk.say("shoes")

    assert isinstance(events[-1], TurnFinished)
    assert all(one.failed for one in of(ToolAnswered, events))


async def test_with_a_cautious_caller_an_auto_write_asks_too(folder):
    async with scene(folder, [CANCEL], "Done.", cautious=True) as talk:
        action = talk.deftly.catalog.snapshot.by_tool["cancel_order"].action
        await talk.deftly.editor.update(action.id, {"executionMode": "auto"}, LOCAL_OWNER)

        events = await talk.say("Cancel A-1043")

    assert len(of(ConfirmationAsked, events)) == 1
    assert talk.shop.writes == 0


async def test_a_change_of_the_catalog_reaches_the_next_step_of_the_same_turn(folder):
    async with scene(folder, [STATUS], "Done.") as talk:
        action = talk.deftly.catalog.snapshot.by_tool["list_orders"].action
        update = talk.deftly.editor.update

        events = []
        async for event in talk.conversation.run_turn("Where is A-1042?"):
            if isinstance(event, ToolCalled):
                await update(action.id, {"enabled": False}, LOCAL_OWNER)
            events.append(event)

    offered = [{tool.name for tool in info.function_tools} for info in talk.script.offered]
    assert "list_orders" in offered[0]
    assert "list_orders" not in offered[-1]


async def test_a_tool_that_does_not_exist_is_no_crash(folder):
    async with scene(folder, [("launch_rocket", {})], "I cannot do that.") as talk:
        events = await talk.say("Launch a rocket")

    assert isinstance(events[-1], TurnFinished)


@pytest.mark.parametrize("garbage", ['{"order_id": ', "[]", '"text"', '{"order_id": "\\ud800"}'])
async def test_broken_arguments_are_no_crash(folder, garbage):
    async with scene(folder, [("get_order_status", garbage)], "Sorry.") as talk:
        events = await talk.say("Where is A-1042?")

    assert isinstance(events[-1], TurnFinished)
    assert talk.shop.writes == 0


async def test_an_endless_loop_ends_after_the_allowed_steps(folder):
    async with scene(folder, *[[STATUS]] * 9, limits=TurnLimits(steps=3)) as talk:
        events = await talk.say("Where is A-1042?")
        assert [event.code for event in of(TurnFailed, events)] == ["too_many_steps"]
        assert len(talk.script.seen) == 3

        talk.script.steps = ["Hello again."] * 9
        again = await talk.say("hello?")

    assert isinstance(again[-1], TurnFinished)


async def test_a_model_that_hangs_is_given_up(folder):
    async with scene(folder, None, limits=TurnLimits(timeout_s=0.2)) as talk:
        events = await talk.say("hello?")

    assert [event.code for event in of(TurnFailed, events)] == ["model_timeout"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (ModelUnavailable("The local model did not answer."), "model_unavailable"),
        (known.ModelHTTPError(500, "m", "internal words"), "model_unavailable"),
        (known.ModelAPIError("m", "the line is cut"), "model_unavailable"),
        (known.UnexpectedModelBehavior("gibberish"), "model_answer_unusable"),
        (known.UserError("nonsense"), "model_error"),
    ],
)
async def test_a_model_that_fails_ends_the_turn_and_not_the_conversation(folder, fault, code):
    async with scene(folder, [STATUS], fault, "Here I am again.") as talk:
        failed = await talk.say("Where is A-1042?")
        again = await talk.say("hello?")

    assert [event.code for event in of(TurnFailed, failed)] == [code]
    assert isinstance(again[-1], TurnFinished)
    assert "JD014600003" in talk.script.transcript


async def test_a_key_that_may_not_confirm_gets_no_token_to_pass_on(folder):
    runner = Principal(id="key:1", name="agent", scopes=frozenset({Scope.RUN}))
    async with scene(folder, [RETURN], principal=runner) as talk:
        (asked,) = of(ConfirmationAsked, await talk.say("Return A-1038"))

    assert asked.question.token is None


async def test_every_call_is_in_the_record_of_its_conversation(folder):
    async with scene(folder, [STATUS], "Done.") as talk:
        await talk.say("Where is A-1042?")
        page = await talk.deftly.stores.runs.list(RunFilter(), cursor=None, limit=9)

    (run,) = page.runs
    assert (run.tool, run.trigger, run.status) == (
        "get_order_status",
        Trigger.CHAT,
        Status.SUCCEEDED,
    )
    assert run.conversation_id
