import json

import pytest

from tests.acceptance.terminal import deftly, on_terminal


def test_a_look_up_prints_its_data_for_a_pipe(shop, folder):
    called = deftly("call", "get_order_status", "order_id=A-1042", folder=folder)

    assert called.code == 0
    assert json.loads(called.out)["status"] == "shipped"
    assert called.err.startswith("HTTP 200 in ")


def test_json_prints_the_whole_outcome(shop, folder):
    called = deftly("call", "get_order_status", "order_id=A-1042", "--json", folder=folder)

    outcome = json.loads(called.out)
    assert outcome["status"] == "succeeded"
    assert outcome["result"]["http_status"] == 200
    assert outcome["runId"]
    assert called.err == ""


def test_words_are_converted_as_the_action_declares(shop, folder):
    called = deftly("call", "search_products", "query=shoes", "max_price=70", folder=folder)

    assert [one["id"] for one in json.loads(called.out)["products"]] == ["P-102"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["search_product"], "Did you mean search_products?"),
        (["search_products", "qery=shoes"], "Did you mean query?"),
        (["search_products", "query"], "write name=value"),
        (["search_products", "query=x", "max_price=cheap"], "max_price must be a number"),
        (["search_products", "query=x", "query=y"], "query is given twice"),
        (["search_products", "query:={"], "query must be JSON"),
        (["search_products"], "query"),
    ],
)
def test_what_cannot_be_called_is_a_sentence_with_a_way_out(shop, folder, words, told):
    called = deftly("call", *words, folder=folder)

    assert called.code == 1
    assert called.err.startswith("deftly: ")
    assert told in called.err


def test_an_answer_that_is_no_success_is_shown_and_fails_the_command(shop, folder):
    called = deftly("call", "get_order_status", "order_id=A-9999", folder=folder)

    assert called.code == 1
    assert json.loads(called.out)["error"] == "order_not_found"


def test_without_a_terminal_a_write_is_held_and_nothing_is_sent(shop, folder):
    called = deftly("call", "cancel_order", "order_id=A-1043", folder=folder)

    assert called.code == 1
    assert "Nothing was sent" in called.err
    assert "--yes" in called.err
    assert shop.shop.writes == 0


def test_held_json_names_the_question_and_tells_no_token(shop, folder):
    called = deftly("call", "cancel_order", "order_id=A-1043", "--json", folder=folder)

    outcome = json.loads(called.out)
    assert called.code == 1
    assert outcome["status"] == "confirm_required"
    assert outcome["confirmation"]["summary"]["action"] == "CANCEL_ORDER"
    assert "token" not in outcome["confirmation"]


@pytest.mark.parametrize(
    ("answer", "code", "writes", "status"),
    [("--yes", 0, 1, "succeeded"), ("--no", 1, 0, "denied")],
)
def test_a_script_answers_beforehand(shop, folder, answer, code, writes, status):
    words = ("call", "cancel_order", "order_id=A-1043", "--json", answer)

    called = deftly(*words, folder=folder)

    assert called.code == code
    assert json.loads(called.out)["status"] == status
    assert shop.shop.writes == writes


@pytest.mark.parametrize(("typed", "code", "writes"), [("y\n", 0, 1), ("n\n", 1, 0), ("\n", 1, 0)])
def test_on_a_terminal_the_person_sees_what_would_be_sent_and_decides(
    shop, folder, typed, code, writes
):
    with on_terminal("call", "create_return", "order_id=A-1038", folder=folder) as screen:
        screen.wait_for("Send it? [y/N]")
        for shown in ("CREATE_RETURN", f"POST 127.0.0.1:{shop.port}", "order_id", "A-1038"):
            assert shown in screen.screen
        assert shop.shop.writes == 0
        screen.type(typed)
        assert screen.end() == code

    assert shop.shop.writes == writes


def test_an_interrupt_at_the_question_sends_nothing(shop, folder):
    with on_terminal("call", "create_return", "order_id=A-1038", folder=folder) as screen:
        screen.wait_for("Send it? [y/N]")
        assert screen.interrupt() == 130

    assert "Traceback" not in screen.screen
    assert shop.shop.writes == 0


def test_an_argument_cannot_redraw_the_question(shop, folder):
    hostile = "order_id=A-1038", "reason=fine\x1b[2J\x1b[H\u202eevil\r\nSend it? [y/N] y"

    with on_terminal("call", "create_return", *hostile, folder=folder) as screen:
        screen.wait_for("Nothing has been sent yet.")
        assert "\x1b[2J" not in screen.screen
        assert "\u202e" not in screen.screen
        assert "⟨U+001B⟩" in screen.screen
        assert "⟨U+202E⟩" in screen.screen
        screen.type("\n")
        screen.end()


def test_no_colours_where_none_are_wanted(shop, folder):
    with on_terminal("actions", "list", folder=folder) as screen:
        screen.end()

    assert "\x1b[3" not in screen.screen
