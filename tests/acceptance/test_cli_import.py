"""Importing, exporting and generating on the command line."""

import json

import pytest

from tests.acceptance.terminal import deftly

DOCUMENT = """
openapi: 3.1.0
servers: [{url: https://api.example.com}]
paths:
  /orders/{id}:
    get: {operationId: getOrder, summary: Look up an order}
    delete: {operationId: dropOrder}
"""


@pytest.fixture
def document(tmp_path):
    file = tmp_path / "api.yaml"
    file.write_text(DOCUMENT)
    return str(file)


def names(folder):
    listed = json.loads(deftly("actions", "list", "--json", folder=folder).out)
    return [one["name"] for one in listed["actions"]]


def test_drafts_are_shown_and_nothing_is_stored(folder, document):
    shown = deftly("actions", "import", document, folder=folder)

    assert shown.code == 0, shown.err
    assert "get_order" in shown.out
    assert "GET https://api.example.com/orders/{{id}}" in shown.out
    assert "Nothing is stored" in shown.err
    assert names(folder) == []


def test_selected_operations_are_stored(folder, document):
    stored = deftly("actions", "import", document, "--select", "getOrder", "--save", folder=folder)

    assert stored.code == 0, stored.err
    assert stored.out == "Added get_order.\n"
    assert names(folder) == ["GET_ORDER"]


def test_what_cannot_be_stored_is_named_and_the_rest_is_stored(folder, document):
    deftly("actions", "import", document, "--select", "getOrder", "--save", folder=folder)

    again = deftly("actions", "import", document, "--save", folder=folder)

    assert again.code == 1
    assert "getOrder: name: there is an action GET_ORDER already" in again.err
    assert names(folder) == ["GET_ORDER", "DROP_ORDER"]


def test_a_command_is_imported_from_standard_input_or_as_it_is(folder):
    piped = deftly(
        "actions", "import", "-", "--json", folder=folder, typed="curl https://a.example.com/x"
    )
    given = deftly("actions", "import", "curl https://a.example.com/x", "--json", folder=folder)

    assert piped.out == given.out
    (draft,) = json.loads(given.out)["drafts"]
    assert draft["action"]["handler"]["url"] == "https://a.example.com/x"


def test_a_credential_of_a_command_is_kept_and_not_shown(folder):
    command = "curl -H 'Authorization: Bearer hunter2hunter2' https://a.example.com/x"
    stored = deftly("actions", "import", command, "--save", folder=folder)

    assert stored.code == 0, stored.err
    assert "hunter2" not in stored.out + stored.err
    assert "GET_X_AUTHORIZATION" in deftly("secrets", "list", folder=folder).out
    assert "hunter2" not in "".join(one.read_text() for one in (folder / "actions").iterdir())


def test_an_export_is_imported_elsewhere(shop, folder, tmp_path):
    exported = deftly("actions", "export", folder=folder).out
    other = tmp_path / "other"

    stored = deftly("actions", "import", "-", "--save", folder=other, typed=exported)

    assert stored.code == 0, stored.err
    assert names(other) == names(folder)


def test_a_document_without_an_address_needs_one(folder, tmp_path):
    file = tmp_path / "api.json"
    file.write_text('{"openapi": "3.0.0", "paths": {"/x": {"get": {}}}}')

    refused = deftly("actions", "import", str(file), folder=folder)
    helped = deftly("actions", "import", str(file), "--base-url", "https://a.com", folder=folder)

    assert refused.code == 1
    assert "--base-url" in refused.err
    assert helped.code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing.yaml"], "nothing.yaml cannot be read: No such file"),
        (["-"], "neither an OpenAPI document"),
        (["-", "--curl"], "no cURL command"),
        (["curl -F a=b https://a.example.com"], "multipart"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(folder, words, told):
    refused = deftly("actions", "import", *words, folder=folder, typed="hello")

    assert refused.code == 1
    assert told in refused.err


def test_what_is_generated_can_be_added(folder):
    prompt = "Make this an action: `curl https://a.example.com/x`"
    printed = deftly("actions", "generate", prompt, folder=folder)
    assert printed.code == 0, printed.err

    added = deftly("actions", "add", "-", folder=folder, typed=printed.out)

    assert added.code == 0, added.err
    assert names(folder) == ["GET_X"]


def test_generating_without_a_model_says_what_to_configure(folder):
    refused = deftly("actions", "generate", "the weather", folder=folder)

    assert refused.code == 1
    assert "Set model to `openai:NAME`" in refused.err
