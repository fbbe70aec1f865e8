"""Secrets, keys, login links, settings, doctor."""

import json
import re

import pytest

from tests.acceptance.terminal import deftly, on_terminal

VALUE = "sk-a-very-secret-value"


def test_a_secret_comes_from_standard_input_and_is_never_shown(folder):
    stored = deftly("secrets", "set", "SHOP_KEY", "--host", "api.example.com", folder=folder,
                    typed=f"{VALUE}\n")  # fmt: skip
    listed = deftly("secrets", "list", folder=folder)
    as_json = deftly("secrets", "list", "--json", folder=folder)

    assert stored.out == "Stored SHOP_KEY (version 1), for api.example.com.\n"
    assert "SHOP_KEY" in listed.out
    assert json.loads(as_json.out)["secrets"][0]["hosts"] == ["api.example.com"]
    for shown in (stored, listed, as_json):
        assert VALUE not in shown.out + shown.err


def test_a_secret_is_typed_without_being_seen(folder):
    with on_terminal("secrets", "set", "SHOP_KEY", folder=folder) as screen:
        screen.wait_for("Value of SHOP_KEY")
        screen.type(f"{VALUE}\n")
        assert screen.end() == 0

    assert VALUE not in screen.screen
    assert "Stored SHOP_KEY" in screen.screen


def test_a_value_on_the_command_line_is_refused(folder):
    assert deftly("secrets", "set", "SHOP_KEY", VALUE, folder=folder).code == 2


@pytest.mark.parametrize(("name", "typed"), [("SHOP_KEY", ""), ("SHOP_KEY", "\n"), ("a b", "x")])
def test_what_cannot_be_stored_is_refused(folder, name, typed):
    assert deftly("secrets", "set", name, folder=folder, typed=typed).code == 1
    assert "No secrets yet." in deftly("secrets", "list", folder=folder).out


def test_a_deleted_secret_is_gone_and_a_second_time_is_an_error(folder):
    deftly("secrets", "set", "SHOP_KEY", folder=folder, typed=VALUE)

    assert deftly("secrets", "delete", "SHOP_KEY", folder=folder).code == 0
    assert deftly("secrets", "delete", "SHOP_KEY", folder=folder).code == 1


def test_a_new_key_may_run_and_not_confirm_and_one_is_told_why(folder):
    made = deftly("keys", "create", "--name", "my agent", folder=folder)
    (listed,) = json.loads(deftly("keys", "list", "--json", folder=folder).out)["keys"]

    assert made.code == 0
    assert len(made.out.split()) == 1
    assert "cannot confirm" in made.err
    assert listed["name"] == "my agent"
    assert listed["scopes"] == ["run"]
    assert made.out.strip() not in json.dumps(listed)


def test_a_key_has_the_scopes_that_were_asked_for(folder):
    words = ("keys", "create", "--scope", "run", "--scope", "confirm", "--json")

    made = json.loads(deftly(*words, folder=folder).out)

    assert sorted(made["key"]["scopes"]) == ["confirm", "run"]
    assert made["secret"]


def test_a_misspelt_scope_is_answered_with_the_nearest(folder):
    made = deftly("keys", "create", "--scope", "confrim", folder=folder)

    assert made.code == 1
    assert "Did you mean confirm?" in made.err


def test_a_revoked_key_is_gone(folder):
    key_id = json.loads(deftly("keys", "create", "--json", folder=folder).out)["key"]["id"]

    assert deftly("keys", "revoke", key_id, folder=folder).code == 0
    assert "No keys yet." in deftly("keys", "list", folder=folder).out
    assert deftly("keys", "revoke", key_id, folder=folder).code == 1


def test_a_login_link_carries_a_token_of_its_own_each_time(folder):
    first, second = (deftly("login-link", folder=folder).out for _ in range(2))

    assert re.fullmatch(r"http://127\.0\.0\.1:8484/login#[\w-]{43}\n", first)
    assert first != second


def test_settings_tell_where_each_value_comes_from(folder):
    (folder / "deftly.yaml").write_text("calls_per_minute: 7\n")
    env = {"DEFTLY_PORT": "9999", "DEFTLY_MODEL_API_KEY": VALUE}

    listed = json.loads(deftly("settings", "--json", folder=folder, env=env).out)
    table = deftly("settings", folder=folder, env=env)

    assert listed["port"]["value"] == 9999
    assert listed["port"]["origin"] == "DEFTLY_PORT"
    assert listed["calls_per_minute"]["origin"] == "deftly.yaml"
    assert listed["dir"]["origin"] == "command line"
    assert listed["host"]["origin"] == "default"
    assert VALUE not in json.dumps(listed) + table.out
    assert re.search(r"port +9999 +DEFTLY_PORT", table.out)


def findings(folder, **env):
    looked = deftly("doctor", "--json", folder=folder, env=env)
    return looked.code, {
        one["check"]: (one["verdict"], one["message"]) for one in json.loads(looked.out)["findings"]
    }


def test_a_healthy_directory_passes(shop, folder):
    code, found = findings(folder)

    assert code == 0
    assert {"python", "directory", "key", "model", "database", "definitions"} <= found.keys()
    assert found["egress"] == (
        "note",
        f"Besides public addresses, actions reach 127.0.0.1:{shop.port}.",
    )
    assert {verdict for verdict, _ in found.values()} <= {"ok", "note"}


def test_a_broken_definition_is_named_with_line_and_fix(shop, folder):
    (folder / "actions" / "mine.yaml").write_text("name: mine\nhandler: {type: http\n")

    code, found = findings(folder)

    verdict, message = found["definition"]
    assert (code, verdict) == (1, "failed")
    assert re.match(r"mine\.yaml:\d+: ", message)


def test_a_key_file_that_others_can_read_is_named_with_the_fix(folder):
    deftly("actions", "list", folder=folder)
    (folder / "deftly.key").chmod(0o644)

    code, found = findings(folder)

    assert code == 1
    assert f"chmod 600 {folder}/deftly.key" in found["key"][1]


def test_a_directory_that_is_not_there_fails_and_is_not_made(folder):
    code, found = findings(folder / "nowhere")

    assert code == 1
    assert found["directory"][0] == "failed"
    assert not (folder / "nowhere").exists()


def test_a_missing_model_is_a_note_that_says_what_to_set(folder):
    code, found = findings(folder, DEFTLY_MODEL="openai:gpt-5-mini")

    assert code == 0
    verdict, message = found["model"]
    assert verdict == "note"
    assert "needs a key" in message


def test_a_wrong_setting_fails_and_is_named(folder):
    code, found = findings(folder, DEFTLY_PORT="many")

    assert code == 1
    assert "port" in found["settings"][1]


def test_the_table_is_for_people(folder):
    looked = deftly("doctor", folder=folder)

    assert re.search(r"^ok +python +Python 3\.", looked.out, re.MULTILINE)
