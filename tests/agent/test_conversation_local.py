"""The same conversation with the model that comes along."""

import pytest

from deftly.agent.events import ConfirmationAsked, TextDelta, ToolCalled
from deftly.agent.models.providers import build_model, is_local_model_installed
from tests.agent.script import scene

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_local_model_installed(), reason="the local model exists for Linux x86_64 alone"
    ),
]


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def events_text(events):
    return "".join(delta.text for delta in of(TextDelta, events))


async def test_the_local_model_answers_a_question_about_an_order(folder):
    async with scene(folder, model=build_model("local"), cautious=True) as talk:
        events = await talk.say("Where is my order A-1042?")

    (called,) = of(ToolCalled, events)
    assert (called.tool, called.arguments) == ("get_order_status", {"order_id": "A-1042"})
    assert "shipped" in events_text(events)


async def test_the_local_model_asks_before_a_return(folder):
    async with scene(folder, model=build_model("local"), cautious=True) as talk:
        (asked,) = of(ConfirmationAsked, await talk.say("I want to return order A-1038"))
        assert talk.shop.writes == 0
        rest = await talk.go_on({asked.call_id: await talk.confirm(asked)})

    assert talk.shop.writes == 1
    assert "R-501" in events_text(rest)


@pytest.mark.parametrize("small_talk", ["hello", "thank you!", "who are you?", "what a nice day"])
async def test_the_local_model_calls_nothing_on_small_talk(folder, small_talk):
    async with scene(folder, model=build_model("local"), cautious=True) as talk:
        events = await talk.say(small_talk)

    assert of(ToolCalled, events) == []
    assert events_text(events)
