"""``deftly agents``, and what ``deftly doctor`` says of agents, as somebody types them."""

import json

from tests.acceptance.terminal import deftly

SHOP = """\
title: Front desk
instructions: Be brief.
model: openai:gpt-5
actions: [get_order]
"""


def write(folder, text):
    (folder / "agents").mkdir()
    (folder / "agents" / "shop.yaml").write_text(text)


def test_the_agent_of_an_empty_directory_is_listed_and_shown(folder):
    listed = deftly("agents", "list", folder=folder)
    shown = json.loads(deftly("agents", "show", "default", "--json", folder=folder).out)
    again = json.loads(deftly("agents", "show", "default", "--json", folder=folder).out)

    assert listed.code == 0
    assert "default" in listed.out
    assert shown["actions"] == "all"
    assert shown["publishableKey"].startswith("pk_")
    assert again == shown


def test_an_agent_is_shown_with_what_it_names_that_is_not_there(folder):
    write(folder, SHOP)

    shown = deftly("agents", "show", "shop", folder=folder)
    looked = deftly("doctor", "--json", folder=folder)

    assert shown.code == 0
    for told in ("Front desk", "Be brief.", "openai:gpt-5", "agents/shop.yaml"):
        assert told in shown.out
    notes = [
        one["message"] for one in json.loads(looked.out)["findings"] if one["check"] == "agent"
    ]
    for told in (*notes, shown.out + shown.err):
        assert "get_order" in told or "openai:gpt-5" in told
    assert len(notes) == 2


def test_an_agent_that_cannot_be_is_told_with_file_and_fix(folder):
    write(folder, "title: [Front desk\n")

    listed = deftly("agents", "list", folder=folder)
    shown = deftly("agents", "show", "shop", folder=folder)
    looked = deftly("doctor", folder=folder)

    assert "agents/shop.yaml" in listed.out + listed.err
    assert (shown.code, looked.code) == (1, 1)
    assert "There is no agent called shop" in shown.err
    assert "Close the bracket" in looked.out


def test_models_of_two_providers_stop_the_start(folder):
    env = {"DEFTLY_MODEL": "openai:a", "DEFTLY_MODELS": '["anthropic:b"]'}

    listed = deftly("agents", "list", folder=folder, env=env)

    assert listed.code == 1
    assert "one model_api_key" in " ".join(listed.err.split())
