"""A secret that an API tells back is on no card, however the widget puts it together."""

import json

import pytest

from tests.cards import button, card, text
from tests.sinks import READABLE, finish, get_echo, told_back

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

HALF = len(READABLE) // 2
PARTS = {"first": READABLE[:HALF], "second": READABLE[HALF:]}
DRAWS = card(
    text("${plain} ${sentence}"),
    text("${response}"),
    text("${string(response)}"),
    text("${first}${second}"),
    text("${concat(first, second)}"),
    text("${uriComponent(plain)} ${toUpper(sentence)}"),
    {"type": "Image", "url": "https://images.example.com/${plain}.png", "altText": "${plain}"},
    {"type": "FactSet", "facts": [{"title": "${plain}", "value": "${nested[1][0].deep[0]}"}]},
    {"type": "Input.Text", "id": "a", "label": "${plain}", "value": "${plain}"},
    actions=(
        button(
            "${plain}", "action", action="echo", arguments={"key": "${plain}", "all": "${response}"}
        ),
        button("Say", "message", text="${first}${second}"),
        {"type": "Action.OpenUrl", "title": "${plain}", "url": "https://example.com/?k=${plain}"},
    ),
)
STRICT = {
    "type": "object",
    "properties": {"plain": {"type": "string", "enum": ["something else"]}},
    "required": ["plain"],
}


async def store(reader, **widget):
    """Store the widget that echo shows."""
    given = {"name": "told", "action": False, **widget}
    answer = await reader.ask("POST", "/api/widgets", given)
    assert answer.status_code == 200, answer.text


async def test_a_secret_is_on_no_card_however_it_is_put_together(reader, upstream, folder):
    await reader.secret("SHOP_KEY", READABLE)
    await store(reader, template=DRAWS)
    upstream.answers({**json.loads(told_back(READABLE)), **PARTS})
    action_id = await reader.action(**get_echo(upstream, widget="told"))

    called = await reader.ask("POST", "/api/tools/echo/call", {})
    tested = await reader.ask("POST", f"/api/custom-actions/{action_id}/test", {})
    sinks = await finish(reader, folder)

    assert called.json()["widget"]["card"]["body"], called.text
    assert "secret SHOP_KEY" in json.dumps(called.json()["widget"], ensure_ascii=False)
    assert tested.json()["widget"]["card"] == called.json()["widget"]["card"]
    assert sinks.holding(READABLE) == []


@pytest.mark.parametrize(
    "widget",
    [
        {"template": DRAWS, "dataSchema": STRICT},
        {"template": card(text("${formatDateTime(plain)}"))},
        {"template": card(text("${int(plain)}"))},
        {"template": card({"type": "Image", "url": "${plain}"})},
        {
            "template": card(
                actions=({"type": "Action.OpenUrl", "title": "x", "url": "javascript:${plain}"},)
            )
        },
    ],
    ids=["schema", "date", "number", "picture", "link"],
)
async def test_why_a_card_is_not_shown_tells_no_secret(reader, upstream, folder, widget):
    await reader.secret("SHOP_KEY", READABLE)
    await store(reader, **widget)
    upstream.answers({"plain": READABLE, **PARTS})
    await reader.action(**get_echo(upstream, widget="told"))

    called = await reader.ask("POST", "/api/tools/echo/call", {})
    run = await reader.ask("GET", f"/api/runs/{called.json()['runId']}")
    sinks = await finish(reader, folder)

    assert run.json()["run"]["note"]
    assert sinks.holding(READABLE) == []
