"""``deftly widgets``, and what ``deftly doctor`` says of widgets, as somebody types them."""

import json

from tests.acceptance.terminal import deftly
from tests.rest.widget_kit import CARD_FILE

ACTION = """\
name: GET_ORDER
description: Look up an order.
handler: {type: http, url: "https://api.example.com/orders"}
executionMode: auto
widget: order_card
"""


def write(folder, kind, name, text):
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / name).write_text(text)


def test_widgets_are_listed_and_shown_as_a_person_reads_them(folder):
    write(folder, "widgets", "order_card.yaml", CARD_FILE)
    write(folder, "actions", "get_order.yaml", ACTION)

    listed = deftly("widgets", "list", folder=folder)
    shown = deftly("widgets", "show", "order_card", folder=folder)
    told = json.loads(deftly("widgets", "show", "order_card", "--json", folder=folder).out)
    everything = json.loads(deftly("widgets", "list", "--json", folder=folder).out)

    assert (listed.code, shown.code) == (0, 0)
    assert all(word in listed.out for word in ("order_card", "Order", "get_order"))
    for word in ("Order A-1042 is shipped", "get_order", "widgets/order_card.yaml"):
        assert word in shown.out
    assert everything == {"widgets": [told]}
    assert told["exampleData"] == {"order_id": "A-1042", "status": "shipped"}


def test_a_widget_that_cannot_be_is_told_with_file_line_and_fix(folder):
    write(folder, "widgets", "order_card.yaml", "title: Order\ntemplate: [\n")

    listed = deftly("widgets", "list", folder=folder)
    shown = deftly("widgets", "show", "order_card", folder=folder)
    looked = deftly("doctor", folder=folder)

    assert "widgets/order_card.yaml" in listed.out + listed.err
    assert (shown.code, looked.code) == (1, 1)
    assert "There is no widget called order_card" in shown.err
    assert "widgets/order_card.yaml:2" in looked.out
    assert "close the bracket" in looked.out


def test_an_action_is_told_of_a_widget_that_is_not_there(folder):
    write(folder, "actions", "get_order.yaml", ACTION)

    looked = deftly("doctor", "--json", folder=folder)

    (note,) = [one for one in json.loads(looked.out)["findings"] if one["check"] == "widget"]
    assert note["verdict"] == "note"
    assert "get_order" in note["message"]
    assert "no widget called order_card" in note["message"]


def test_an_unknown_widget_is_no_success(folder):
    assert deftly("widgets", "show", "nobody", folder=folder).code == 1
