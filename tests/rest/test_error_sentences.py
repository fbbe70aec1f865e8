"""Every refusal of a definition names the field, once, and is a sentence of ours."""

import re

import pytest

from tests.world import make_action

ACTIONS = "/api/custom-actions"
URL = "https://api.example.com/x"
LIBRARY_WORDS = re.compile(r"(?i)Input should|unable to parse|Value error|Invalid jmespath")


def http(**fields: object) -> dict[str, object]:
    return {"handler": {"type": "http", "url": URL, **fields}}


def post(**fields: object) -> dict[str, object]:
    return http(method="POST", **fields)


EXACT = [
    (http(url="https://a.com/{{x"), "handler.url: {{x is never closed; write {{name}}."),
    (http(url="ftp://a.com/"), "handler.url: The URL has to start with http:// or https://."),
    (http(method="FETCH"), "handler.method must be one of GET, POST, PUT, PATCH, DELETE, HEAD."),
    (http(method=5), "handler.method must be one of GET, POST, PUT, PATCH, DELETE, HEAD."),
    (http(headers={"A": "{{x"}), "handler.headers.A: {{x is never closed; write {{name}}."),
    (http(headers=[]), "handler.headers must be an object."),
    (post(body={"a": "{{x"}), "handler.body: {{x is never closed; write {{name}}."),
    (post(bodyTemplate="{{x"), "handler.bodyTemplate: {{x is never closed; write {{name}}."),
    (
        post(body="a", bodyTemplate="b"),
        "handler: body and bodyTemplate are two names of one thing; keep one.",
    ),
    (http(timeoutS=0), "handler.timeoutS must be greater than 0."),
    (http(timeoutS=61), "handler.timeoutS must be at most 60."),
    (http(timeoutS="5"), "handler.timeoutS must be a number."),
    (http(timeoutS=True), "handler.timeoutS must be a number."),
    (http(resultPath="[["), "handler.resultPath is not a JMESPath expression: "),
    (http(idempotencyHeader="A B"), "handler.idempotencyHeader: a header's name holds letters"),
    (http(idempotencyHeader="A\r\nB: c"), "handler.idempotencyHeader: a header's name holds"),
    (http(idempotencyHeader="Host"), "handler.idempotencyHeader: Host is set by the client"),
    (
        http(idempotencyHeader="x-run", headers={"X-Run": "1"}),
        "handler: idempotencyHeader is X-Run, which has a value of its own; take another name",
    ),
    (post(idempotencyHeader="content-type"), "handler: idempotencyHeader is Content-Type, which"),
    (http(headers={"A": "x}}"}), "handler.headers.A: a }} closes nothing after 'x'; take it out"),
    (http(url="https://[::{{x}}]/"), "handler.url: {{x}} stands in or touches the host"),
    (post(body={"{{secrets.K}}": 1}), "handler.body: {{secrets.K}} stands in a name; a secret may"),
    (http(foo=1), "handler.foo is not a known key; notes of your own start with x-."),
    ({"handler": {"type": "ftp"}}, "handler.type must be one of http, code, shell, widget, client"),
    ({"handler": {}}, "handler.type is required: one of http, code, shell, widget, client."),
    ({"executionMode": "maybe"}, "executionMode must be one of auto or confirm."),
    ({"limits": {"callsPerMinute": "5"}}, "limits.callsPerMinute must be a whole number."),
    ({"limits": {"callsPerMinute": 1.5}}, "limits.callsPerMinute must be a whole number."),
    ({"limits": {"callsPerMinute": 0}}, "limits.callsPerMinute must be greater than 0."),
    ({"parameters": [{"name": "a", "type": "text"}]}, "parameters[0].type must be one of string, "),
    ({"parameters": [{"name": "a b"}]}, "parameters[0].name: the name 'a b' may hold letters"),
]


@pytest.mark.parametrize(("fields", "sentence"), EXACT, ids=lambda value: str(value)[:60])
async def test_a_refusal_says_what_to_do_about_which_field(api, fields, sentence):
    answer = await api.post(ACTIONS, make_action(**fields))

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(sentence)


OTHERS = [
    {"name": 5},
    {"name": "!!!"},
    {"description": ["a"]},
    {"similes": "a"},
    {"similes": [1]},
    {"parameters": {}},
    {"parameters": [1]},
    {"parameters": [{}]},
    {"parameters": [{"name": "a"}, {"name": "a"}]},
    {"parameters": [{"name": "secrets"}]},
    {"parameters": [{"name": "a", "required": "maybe"}]},
    {"inputSchema": 5},
    {"inputSchema": {"type": "array"}},
    {"inputSchema": {"type": "object", "properties": {"a": {"pattern": "("}}}},
    {"inputSchema": {"type": "object", "$ref": "https://example.com/a.json"}},
    {"handler": 5},
    {"handler": {"type": "http"}},
    {"handler": {"type": "code", "code": "", "timeoutS": 99}},
    {"handler": {"type": "client", "code": "x"}},
    http(url=5),
    http(url="https://a.com/{{x|foo}}"),
    http(url="https://{{x}}/"),
    http(url="https://a.com:99999/"),
    http(headers={"A B": "x"}),
    http(headers={"A": "x\r\ny"}),
    http(headers={"Host": "x"}),
    http(headers={"A": "1", "a": "2"}),
    post(body="{bad json", headers={"Content-Type": "application/json"}),
    post(body={"a": {"b": 1}}, headers={"Content-Type": "application/x-www-form-urlencoded"}),
    {"examples": [{"question": 5, "params": []}]},
    {"limits": 5},
    {"widget": ""},
    {"acknowledgeWrites": "x"},
    {"unknown": 1},
    {"unknown": 1, "enabled": 1, "widget": 5, **http(method=1, timeoutS="x", foo=2)},
]


@pytest.mark.parametrize("fields", [*OTHERS, *(fields for fields, _ in EXACT)], ids=str)
async def test_every_sentence_begins_with_its_field_and_is_ours(api, fields):
    answer = (await api.post(ACTIONS, make_action(**fields))).json()

    assert answer["details"]
    assert answer["error"].startswith(answer["details"][0]["message"])
    for problem in answer["details"]:
        path, message = problem["path"], problem["message"]
        field = path.rpartition(".")[2]
        assert path
        assert message.startswith(path)
        assert not message.removeprefix(path).lstrip(": ").startswith(f"{field} must")
        assert message.endswith(".")
        assert ".." not in message.replace("...", "")
        assert not LIBRARY_WORDS.search(message)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/runs?limit=x", "limit must be a whole number."),
        ("/api/runs?limit=0", "limit must be at least 1."),
        ("/api/runs?limit=201", "limit must be at most 200."),
        ("/api/runs?trigger=x", "trigger must be one of rest, chat, test, cli or widget."),
        ("/api/tools?format=x", "format must be one of json, openai, anthropic or mcp."),
    ],
)
async def test_a_query_that_does_not_fit_is_told_by_the_same_words(api, path, sentence):
    answer = await api.get(path)

    assert answer.status_code == 400
    assert answer.json()["error"] == sentence


async def test_a_method_that_is_not_possible_names_those_that_are(api):
    answer = await api.request("PATCH", ACTIONS)

    assert answer.status_code == 405
    assert answer.json()["error"] == "PATCH is not possible here; use GET or POST."
