import json

import pytest

from tests.acceptance.terminal import deftly, on_terminal

DEFINITION = """\
# a comment of its author
name: Ping the weather
description: Ask for the weather.
parameters:
  - {name: city, required: true}
handler: {type: http, url: "https://api.example.com/weather/{{city}}"}
executionMode: auto
"""


@pytest.fixture
def definition(tmp_path):
    file = tmp_path / "weather.yaml"
    file.write_text(DEFINITION)
    return file


def tools(folder):
    listed = json.loads(deftly("actions", "list", "--json", folder=folder).out)["actions"]
    return {action["name"]: action for action in listed}


def test_an_empty_directory_says_what_to_do(folder):
    listed = deftly("actions", "list", folder=folder)

    assert listed.code == 0
    assert listed.out.startswith("No actions yet. Add one: deftly actions add")


def test_an_action_from_a_file_is_listed_and_shown(folder, definition):
    added = deftly("actions", "add", str(definition), folder=folder)
    assert added.out == "Added ping_the_weather, version 1; it does not ask.\n"

    listed = deftly("actions", "list", folder=folder).out
    assert "ping_the_weather" in listed
    assert "http GET" in listed
    shown = deftly("actions", "show", "PING_THE_WEATHER", folder=folder).out
    assert "GET https://api.example.com/weather/{{city}}" in shown
    assert "city" in shown
    assert "required" in shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: x\n  y: [", "weather.yaml:2"),
        ("name: x", "description is required"),
        (DEFINITION.replace("{{city}}", "{{city"), "handler.url"),
        (DEFINITION.replace("http,", "carrier-pigeon,"), "handler.type must be one of"),
        ("- a list", "weather.yaml"),
        ("actions: [1]", "actions must be a list of objects"),
    ],
)
def test_a_definition_that_cannot_work_is_refused_with_the_place(folder, definition, text, told):
    definition.write_text(text)

    added = deftly("actions", "add", str(definition), folder=folder)

    assert added.code == 1
    assert told in added.err
    assert tools(folder) == {}


def test_a_file_that_is_not_there_is_named(folder, tmp_path):
    added = deftly("actions", "add", str(tmp_path / "nothing.yaml"), folder=folder)

    assert added.code == 1
    assert "nothing.yaml cannot be read: No such file or directory." in added.err


def test_a_name_is_taken_once(folder, definition):
    deftly("actions", "add", str(definition), folder=folder)

    again = deftly("actions", "add", str(definition), folder=folder)

    assert again.code == 1
    assert "already" in again.err


def test_what_is_exported_can_be_added_elsewhere(shop, folder, tmp_path):
    exported = deftly("actions", "export", folder=folder)
    other = tmp_path / "other"

    added = deftly("actions", "add", "-", folder=other, typed=exported.out)

    assert added.code == 0
    called = [one for one in tools(other).values() if one["handler"]["type"] == "http"]
    refused = added.err.count("The guard refuses this address today")
    assert refused == len(called), "the guard of the other directory has no such hole"
    assert tools(other).keys() == tools(folder).keys()
    assert json.loads(deftly("actions", "export", folder=other).out) == json.loads(exported.out)


def test_a_disabled_action_is_kept_and_refused_until_it_is_enabled(shop, folder):
    deftly("actions", "disable", "get_product", folder=folder)
    refused = deftly("call", "get_product", "product_id=P-101", folder=folder)
    assert refused.code == 1
    assert "enable it with: deftly actions enable get_product" in refused.err

    enabled = deftly("actions", "enable", "get_product", folder=folder)

    assert enabled.out == "Enabled get_product, version 3; it does not ask.\n"
    assert deftly("call", "get_product", "product_id=P-101", folder=folder).code == 0


def test_an_earlier_version_comes_back(shop, folder):
    deftly("actions", "disable", "get_product", folder=folder)

    listed = json.loads(deftly("actions", "history", "get_product", "--json", folder=folder).out)
    restored = deftly("actions", "restore", "get_product", "1", folder=folder)

    assert [one["version"] for one in listed["revisions"]] == [2, 1]
    assert restored.code == 0
    assert tools(folder)["GET_PRODUCT"]["enabled"]
    assert "# " in (folder / "actions" / "get_order_status.yaml").read_text()


def test_deleting_wants_a_yes_where_nobody_can_be_asked(shop, folder):
    unsure = deftly("actions", "delete", "get_product", folder=folder)
    assert unsure.code == 1
    assert "needs --yes" in unsure.err
    assert "GET_PRODUCT" in tools(folder)

    assert deftly("actions", "delete", "get_product", "--yes", folder=folder).code == 0

    assert "GET_PRODUCT" not in tools(folder)
    assert not (folder / "actions" / "get_product.yaml").exists()


def test_deleting_asks_on_a_terminal(shop, folder):
    with on_terminal("actions", "delete", "get_product", folder=folder) as screen:
        screen.wait_for("Delete get_product? [y/N]")
        screen.type("\n")
        assert screen.end() == 1

    assert "GET_PRODUCT" in tools(folder)


def test_an_unknown_action_is_answered_with_the_nearest(shop, folder):
    shown = deftly("actions", "show", "get_ordr_status", folder=folder)

    assert shown.code == 1
    assert "Did you mean get_order_status?" in shown.err


def test_a_broken_file_is_named_and_the_others_are_listed(shop, folder):
    (folder / "actions" / "mine.yaml").write_text("name: mine\nhandler: {type: http\n")

    listed = deftly("actions", "list", folder=folder)

    assert listed.code == 0
    assert "get_product" in listed.out
    assert "mine.yaml:" in listed.err


def test_a_dry_run_shows_the_request_and_sends_nothing(shop, folder):
    shown = deftly(
        "actions", "test", "create_return", "order_id=A-1038", "--dry-run", folder=folder
    )

    assert shown.code == 0
    assert shown.out.startswith(f"POST {shop.url}/returns\n")
    assert '"order_id":"A-1038"' in shown.out
    assert shop.shop.writes == 0


def test_a_test_sends_and_its_code_tells_how_it_went(shop, folder):
    good = deftly("actions", "test", "cancel_order", "order_id=A-1043", folder=folder)
    bad = deftly("actions", "test", "cancel_order", "order_id=A-1042", "--json", folder=folder)

    assert good.code == 0
    assert "cancelled" in good.out
    assert shop.shop.writes == 1
    assert bad.code == 1
    assert json.loads(bad.out)["error"] == "HTTP 409"
