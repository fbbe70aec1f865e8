import pytest

from deftly.agent.models import wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("order", "orders"),
        ("order", "ordered"),
        ("cancel", "cancelled"),
        ("cancel", "canceling"),
        ("cancel", "cancellation"),
        ("ship", "shipped"),
        ("ship", "shipment"),
        ("track", "tracking"),
        ("delivery", "deliver"),
        ("story", "stories"),
        ("box", "boxes"),
        ("create", "creating"),
        ("return", "returns"),
        ("buy", "bought"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert wording.stem(one) == wording.stem(other)


@pytest.mark.parametrize("word", ["red", "bed", "bus", "status", "is", "glass", "ring"])
def test_short_words_keep_their_ends(word):
    assert wording.stem(word) == word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("getOrderStatus", ["get", "order", "status"]),
        ("GET_ORDER", ["get", "order"]),
        ("Where's my parcel?", ["status", "my", "parcel"]),
        ("call it off", ["cancel"]),
        ("send it back", ["return"]),
        ("do you sell shoes", ["search", "shoes"]),
    ],
)
def test_names_and_phrases_become_words(text, words):
    assert wording.words(text) == words


@pytest.mark.parametrize(
    ("tool", "acts"),
    [
        ("cancel_order", True),
        ("create_return", True),
        ("submit_report", True),
        ("REFUND_ORDER", True),
        ("get_order_status", False),
        ("list_orders", False),
        ("search_products", False),
        ("", False),
    ],
)
def test_a_tool_that_changes_something_is_known_by_its_verb(tool, acts):
    assert wording.acts(tool) is acts
