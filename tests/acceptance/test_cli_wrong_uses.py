"""Commands used wrongly: a sentence with the way out, and JSON for whoever asked for it."""

import json
import shutil

import pytest

from tests.acceptance.terminal import deftly

ACTION = """\
name: GET_ORDER
description: Look up an order.
parameters: [{name: order_id, description: Its number, required: true}]
handler: {type: http, url: "https://api.example.com/orders/{{order_id}}"}
executionMode: auto
"""
GARBAGE = b"\x00not a database" * 400


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(0o600)


@pytest.fixture
def folder(folder):
    put(folder, "actions/get_order.yaml", ACTION)
    return folder


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["call", "get_order", "order_id:={"], "deftly: order_id must be JSON: "),
        (["call", "get_order", "oder_id=1"], "Did you mean order_id?"),
        (["actions", "export", "get_ordr"], "Did you mean get_order?"),
        (["actions", "import", "x", "--curl", "--openapi"], "--openapi, --curl, --actions"),
        (["secrets", "delete", "NOPE"], "'deftly secrets list' shows them all."),
        (["keys", "revoke", "nope"], "'deftly keys list' shows them all."),
        (["serve", "--port", "99999"], "must be at most 65535; it is 99999."),
        (["serve", "--host", "1.2.3.4", "--port", "0"], "give an address of this machine as host"),
    ],
)
def test_a_wrong_word_is_a_sentence_with_the_way_out(folder, words, told):
    ended = deftly(*words, folder=folder, env={"DEFTLY_MODEL": "none"})

    assert ended.code == 1
    assert ended.err.startswith("deftly: ")
    assert told in " ".join(ended.err.split())
    assert ended.out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serve", "--port", "abc"], "'--port': it must be a whole number. See"),
        (["serve", "--prot", "1"], "(Possible options: --host, --port). See"),
        (["actions", "restore", "x", "0"], "it must be at least 1. See"),
        (["actions", "list", "surplus"], "(surplus). See"),
    ],
)
def test_what_the_command_line_cannot_be_is_said_in_whole_sentences(words, told):
    ended = deftly(*words)

    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


@pytest.mark.parametrize("words", [[], ["actions"], ["keys"]])
def test_a_group_alone_shows_its_help_as_it_is(words):
    ended = deftly(*words)

    assert ended.code == 2
    assert ended.err == deftly(*words, "--help").out


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("deftly.yaml", "port: [1\n", "deftly.yaml:1: A bracket is not closed"),
        ("deftly.yaml", b"port: \xff", "deftly.yaml is not UTF-8 text; save it as UTF-8."),
        ("deftly.key", "zz", "deftly.key does not hold a key"),
        ("deftly.db", GARBAGE, "no SQLite database; put a backup in its place."),
    ],
)
def test_a_file_that_cannot_be_used_is_named_to_people_and_to_programs(folder, file, content, told):
    put(folder, file, content)

    said = deftly("secrets", "list", folder=folder)
    error = deftly("secrets", "list", "--json", folder=folder)

    assert (said.code, error.code) == (1, 1)
    assert told in " ".join(said.err.split())
    assert told in json.loads(error.out)["error"]
    assert error.err == ""


def test_the_doctor_says_that_the_key_is_none(folder):
    put(folder, "deftly.key", "zz")

    checks = json.loads(deftly("doctor", "--json", folder=folder).out)["findings"]

    (key,) = [one for one in checks if one["check"] == "key"]
    assert key["verdict"] == "failed"


@pytest.mark.parametrize(
    "words",
    [
        ["call", "get_ordr"],
        ["call"],
        ["call", "get_order", "oder_id=1", "order_id:={"],
        ["actions"],
        ["actions", "list", "--bogus"],
        ["actions", "show", "nope"],
        ["actions", "history", "nope"],
        ["actions", "test", "nope"],
        ["actions", "import", "nothing.yaml"],
        ["agents", "show", "nope"],
        ["keys", "create", "--scope", "banana"],
        ["eval", "nothing.yaml"],
    ],
    ids=" ".join,
)
def test_for_programs_an_error_is_json_as_the_api_has_it(folder, words):
    ended = deftly(*words, "--json", folder=None if words == ["actions"] else folder)

    told = json.loads(ended.out)
    assert ended.code in {1, 2}
    assert told["error"].endswith((".", "?"))
    assert told["code"] in {"not_found", "invalid_usage", "invalid_request", "invalid_arguments"}
    assert ended.err == ""


@pytest.mark.parametrize("words", [["actions", "list"], ["call", "x"], ["secrets", "list"]])
def test_a_directory_that_is_not_there_is_not_made_by_looking(folder, words):
    shutil.rmtree(folder)
    ended = deftly(*words, folder=folder)

    assert ended.code == 1
    assert "does not exist; make it, or correct --dir." in " ".join(ended.err.split())
    assert not folder.exists()


def test_a_directory_that_is_a_file_is_no_directory(folder):
    ended = deftly("actions", "list", folder=folder / "actions" / "get_order.yaml")

    assert ended.err.endswith("get_order.yaml is no directory.\n")
