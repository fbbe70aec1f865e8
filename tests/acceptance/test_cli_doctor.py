"""``deftly doctor`` on definitions: file, line, what is wrong and what to do."""

import json

import pytest

from tests.acceptance.terminal import deftly

GOOD = """\
name: get order
description: Look up an order.
parameters:
  - {name: order_id, description: Its number, required: true}
handler:
  type: http
  url: https://api.example.com/orders/{{order_id}}
  timeoutS: 5
"""
CORRECT = "Correct it and save the file."
BROKEN = [
    (
        "handler:",
        "handler: {",
        (
            "mine.yaml:7: A bracket is not closed, or a comma is missing. "
            "Close the bracket and put commas between the members."
        ),
    ),
    (
        "url: https",
        "url: {{x}} https",
        (
            "mine.yaml:7: A value that begins with '{{' is read as a mapping. "
            "Put quotes around the whole value."
        ),
    ),
    (
        "timeoutS: 5",
        "timeoutS: soon",
        f"mine.yaml:8: handler.timeoutS must be a number. {CORRECT}",
    ),
    (
        "timeoutS: 5",
        "timeout: 5",
        "mine.yaml:8: handler.timeout is not a known key; notes of your own start with x-. "
        + CORRECT,
    ),
    (
        "{{order_id}}",
        "{{order_id",
        f"mine.yaml:7: handler.url: {{{{order_id is never closed; write {{{{name}}}}. {CORRECT}",
    ),
    (
        "required: true",
        "required: maybe",
        f"mine.yaml:4: parameters[0].required must be true or false. {CORRECT}",
    ),
    (
        "type: http",
        "type: ftp",
        "mine.yaml:6: handler.type must be one of http, code, shell, widget, client. " + CORRECT,
    ),
    ("  url: https://api.example.com/orders/{{order_id}}\n", "", "mine.yaml:5: handler.url is "),
    ("name: get order\n", "", "mine.yaml: name is required: a text such as get_order_status. "),
]


@pytest.mark.parametrize(("good", "bad", "sentence"), BROKEN, ids=lambda text: text[:40])
def test_a_broken_definition_is_told_with_file_line_and_fix(folder, good, bad, sentence):
    (folder / "actions").mkdir()
    (folder / "actions" / "mine.yaml").write_text(GOOD.replace(good, bad, 1))

    looked = deftly("doctor", "--json", folder=folder)

    assert looked.code == 1
    findings = json.loads(looked.out)["findings"]
    (told,) = [one for one in findings if one["check"] == "definition"]
    assert told["verdict"] == "failed"
    assert told["message"].startswith(sentence)


def test_a_definition_that_was_good_once_is_told_to_be_live_still(folder):
    (folder / "actions").mkdir()
    path = folder / "actions" / "mine.yaml"
    path.write_text(GOOD)
    assert deftly("doctor", folder=folder).code == 0
    path.write_text(GOOD.replace("type: http", "typ: http"))

    looked = deftly("doctor", folder=folder)

    assert looked.code == 1
    said = " ".join(looked.out.split())
    assert "mine.yaml:5: handler.type is required: one of " in said
    assert "Correct it and save the file. Its last good version stays live." in said
