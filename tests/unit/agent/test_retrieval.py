import pytest

from deftly.agent.models.clauses import clauses_of
from deftly.agent.models.retrieval import ENOUGH, Index
from deftly.agent.models.toolcard import ToolCard
from tests.unit.agent.shop import SHOP, schema

INDEX = Index(SHOP)


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("Where is my order A-1042?", "get_order_status"),
        ("has B-2077 shipped yet", "get_order_status"),
        ("track A-7", "get_order_status"),
        ("when will my package arrive", "get_order_status"),
        ("please stop my order", "cancel_order"),
        ("call off A-1042", "cancel_order"),
        ("send back A-1042", "create_return"),
        ("I'd like my money back", "create_return"),
        ("looking for a red rain jacket", "search_products"),
        ("how much is P-200", "get_product"),
        ("which orders did ann@example.com place", "list_orders"),
    ],
)
def test_the_tool_that_is_meant_comes_first(text, tool):
    best = INDEX.rank(text)[0]
    assert best.tool.name == tool
    assert best.score >= ENOUGH


@pytest.mark.parametrize(
    "text", ["hello", "tell me a joke", "what's the weather like on Mars?", "", "42", "¿Qué?", "?!"]
)
def test_a_text_without_a_shared_word_finds_nothing(text):
    assert INDEX.rank(text) == ()


@pytest.mark.parametrize("text", ["my order", "list my unpaid bills", "update my phone number"])
def test_a_word_for_every_purpose_points_to_no_tool(text):
    assert not any(match.telling and match.score >= ENOUGH for match in INDEX.rank(text))


@pytest.mark.parametrize(
    ("text", "tool"),
    [("A-1042?", "get_order_status"), ("anything below $50?", "search_products")],
)
def test_a_bare_value_points_to_the_only_look_up_that_takes_it(text, tool):
    (match,) = INDEX.rank(text)
    assert match.tool.name == tool
    assert match.telling


def test_the_owners_own_words_are_found_too():
    tool = ToolCard("x1", "", schema([]), similes=("NUDGE_TEAM",), questions=("Poke everybody",))
    index = Index([*SHOP, tool])
    assert index.rank("nudge them")[0].tool is tool
    assert index.rank("poke everyone please")[0].tool is tool


def test_hundreds_of_tools_leave_the_right_one_first():
    many = [
        ToolCard(f"get_{n}_report", f"Report number {n} of a region.", schema([]))
        for n in "abcdefgh" * 40
    ]
    assert (
        Index([*many, *SHOP]).rank("Where is my order A-1042?")[0].tool.name == "get_order_status"
    )


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Track A-1042 and then cancel order A-7", ("Track A-1042", "cancel order A-7")),
        ("Cancel order A-7. Do you have shoes?", ("Cancel order A-7.", "Do you have shoes?")),
        ("black and white shoes", ("black and white shoes",)),
        ("cancel A-1 and A-2", ("cancel A-1", "cancel A-2")),
        ("return A-1042, it is too small and ugly", ("return A-1042, it is too small and ugly",)),
        ("hello and good day", ("hello and good day",)),
    ],
)
def test_a_message_is_cut_only_between_two_requests(text, clauses):
    assert clauses_of(text, INDEX) == clauses
