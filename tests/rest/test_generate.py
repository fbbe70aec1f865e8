"""An action is drafted from words by a model, and from what is written out without one."""

import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.agent.provider_server import Reply, refusal, running_provider
from tests.world import EVERYTHING, running_world

GENERATE = "/api/custom-actions/generate"
JSON = {"content-type": "application/json"}
PROPOSAL: dict[str, Any] = {
    "name": "get crypto-price",
    "description": "Look up the price of a coin.",
    "parameters": [{"name": "coin", "description": "Such as bitcoin", "required": True}],
    "handler": {
        "type": "http",
        "method": "GET",
        "url": "https://api.coins.example.com/price?ids={{coin}}",
        "headers": {"Authorization": "Bearer {{secrets.COINS}}"},
    },
}


def proposes(changes=None, **handler):
    given = {**PROPOSAL, "handler": {**PROPOSAL["handler"], **handler}, **(changes or {})}
    return calls("final_result", given)


def calls(tool, arguments):
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    call = {"id": "c1", "type": "function", "function": {"name": tool, "arguments": text}}
    return said({"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")


def said(message, reason="stop"):
    choice = {"index": 0, "message": message, "finish_reason": reason}
    told = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return Reply(headers=JSON, pieces=[json.dumps(told).encode()])


WORDS = said({"role": "assistant", "content": "Here you are: GET the price."})


@asynccontextmanager
async def asking(folder, *replies):
    async with running_provider(*replies) as provider:
        url = provider.url
        async with running_world(folder, model="openai:scripted", model_base_url=url) as api:
            yield api, provider


async def test_a_model_drafts_what_is_asked_for_and_nothing_is_stored(folder):
    async with asking(folder, proposes()) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

        assert answer.status_code == 200, answer.text
        generated = answer.json()["generated"]
        assert generated["name"] == "GET_CRYPTO_PRICE"
        assert generated["handlerType"] == "http"
        assert generated["executionMode"] == "auto"
        assert generated["parameters"][0]["name"] == "coin"
        assert (await api.get("/api/custom-actions")).json()["actions"] == []
        stored = await api.post("/api/custom-actions", generated)
        assert stored.status_code == 200, stored.text
    asked = json.loads(provider.asked[0].body)
    assert asked["tools"][0]["function"]["parameters"]["required"] == [
        "name", "description", "handler",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_write_asks(folder, kind):
    async with asking(folder, proposes(method=kind, body='{"coin": "{{coin}}"}')) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "buy a coin"})

    assert answer.json()["generated"]["executionMode"] == "confirm"


@pytest.mark.parametrize(
    "bad",
    [
        proposes(url="https://{{coin}}.example.com/"),
        proposes(url="https://api.example.com/{{coin"),
        proposes(changes={"name": "!!!"}),
        proposes(changes={"description": ""}),
        proposes(changes={"parameters": [{"name": "user"}]}),
        proposes(type="carrier-pigeon"),
        calls("final_result", {"name": "x"}),
        calls("final_result", "{not json"),
        calls("unknown_tool", {}),
        WORDS,
    ],
    ids=range(10),
)
async def test_an_unusable_answer_is_corrected_once(folder, bad):
    async with asking(folder, bad, proposes()) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

        assert answer.status_code == 200, answer.text
        assert len(provider.asked) == 2
    async with asking(folder, bad, bad, proposes()) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

        assert answer.status_code == 502, answer.text
        assert answer.json()["code"] == "model_answer_unusable"
        assert len(provider.asked) == 2


async def test_the_model_is_told_what_was_wrong(folder):
    async with asking(folder, proposes(changes={"name": "!!!"}), proposes()) as (api, provider):
        await api.post(GENERATE, {"prompt": "the price of a coin"})

    assert "has no letter or digit" in provider.asked[1].body.decode()


async def test_a_host_that_nobody_named_is_flagged(folder):
    async with asking(folder, proposes()) as (api, _):

        async def flagged(prompt):
            told = (await api.post(GENERATE, {"prompt": prompt})).json()["warnings"]
            return any("The model chose the host" in one["message"] for one in told)

        assert await flagged("the price of a coin")
        assert not await flagged("the price of a coin from api.coins.example.com")
        await api.create(url="https://api.coins.example.com/x", parameters=[])
        assert not await flagged("the price of a coin")


async def test_a_credential_that_the_model_wrote_out_is_a_placeholder(folder):
    headers = {"Authorization": "Bearer hunter2hunter2", "X-Any": "ghp_0123456789abcdefghijABCDEFG"}
    async with asking(folder, proposes(headers=headers)) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

    assert "hunter2" not in answer.text
    assert "ghp_" not in answer.text
    kept = answer.json()["generated"]["handler"]["headers"]
    assert kept["Authorization"] == "Bearer {{secrets.GET_CRYPTO_PRICE_AUTHORIZATION}}"


@pytest.mark.parametrize(
    "handler",
    [
        {"url": "https://api.coins.example.com/price?ids={{coin}}&api_key=hunter2hunter2"},
        {"url": "https://api.coins.example.com/{{coin}}?x=%73k-hunter2hunter2hunter2"},
        {"method": "POST", "body": '{"coin": "{{coin}}", "auth": {"password": "hunter2"}}'},
        {"method": "POST", "body": "coin={{coin}}&client_secret=hunter2"},
    ],
)
async def test_a_credential_is_a_placeholder_wherever_it_stands(folder, handler):
    async with asking(folder, proposes(**handler)) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin, key hunter2hunter2"})

    assert answer.status_code == 200, answer.text
    assert "hunter2" not in answer.text
    assert "{{secrets.GET_CRYPTO_PRICE_" in answer.text


async def test_a_shell_action_is_a_proposal_that_only_an_owner_may_store(folder):
    async with asking(folder, proposes(type="shell", command="date")) as (api, _):
        editor = await api.with_scopes(*(one for one in EVERYTHING if one.value != "own"))
        answer = await editor.post(GENERATE, {"prompt": "run date"})

        assert answer.status_code == 200, answer.text
        assert answer.json()["generated"]["executionMode"] == "confirm"
        stored = await editor.post("/api/custom-actions", answer.json()["generated"])
        assert stored.status_code in {400, 403}


async def test_a_long_document_in_a_prompt_holds_nobody_up(folder):
    hostile = (":" * 400_000, "curl " * 90_000, "```\n" * 90_000, "{ " * 200_000, "/a:\n" * 90_000)
    async with running_world(folder, model="none") as api:
        for prompt in hostile:
            async with asyncio.timeout(5):
                answer = await api.post(GENERATE, {"prompt": prompt})
            assert answer.status_code == 400, answer.text[:200]


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_a_provider_that_refuses_is_a_503_with_a_sentence(folder, status):
    async with asking(folder, refusal(status, "secret words of the provider")) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

    assert answer.status_code == 503, answer.text
    assert answer.json()["code"] == "model_unavailable"
    assert "secret words" not in answer.text


@pytest.mark.parametrize("model", ["local", "none"])
async def test_without_a_model_it_says_what_to_configure(folder, model):
    async with running_world(folder, model=model) as api:
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

    assert answer.status_code == 503
    assert "openai:NAME" in answer.json()["error"]
    assert "cURL" in answer.json()["error"]


BAD = [{}, {"prompt": None}, {"prompt": ""}, {"prompt": " \n"}, {"prompt": 5}, {"prompt": []}]


@pytest.mark.parametrize("given", [*BAD, {"prompt": "x", "more": 1}, {"prompt": "x" * 30_000}])
async def test_a_prompt_is_a_text_of_bounded_length(api, given):
    answer = await api.post(GENERATE, given)

    assert answer.status_code == 400, answer.text


WRITTEN = {
    "curl https://h.example.com/o/1": ("GET", "https://h.example.com/o/1"),
    "Please make this an action:\n\n```bash\n$ curl -X POST \\\n  https://h.example.com/o\n```\n": (
        "POST",
        "https://h.example.com/o",
    ),
    "Use `curl https://h.example.com/x` for it.": ("GET", "https://h.example.com/x"),
    "openapi: 3.0.0\nservers: [{url: 'https://h.example.com'}]\npaths:\n  /a/{id}:\n    get: {}": (
        "GET",
        "https://h.example.com/a/{{id}}",
    ),
    "It is at https://h.example.com/v1.\n\n```yaml\n/a:\n  delete:\n    operationId: x\n```": (
        "DELETE",
        "https://h.example.com/v1/a",
    ),
    'From this: {"openapi": "3.1.0", "servers": [{"url": "https://h.example.com"}], "paths": '
    '{"/a": {"get": {}, "put": {}}}} thanks': ("GET", "https://h.example.com/a"),
}


@pytest.mark.parametrize(("prompt", "expected"), WRITTEN.items(), ids=range(len(WRITTEN)))
async def test_what_is_written_out_needs_no_model(folder, prompt, expected):
    async with running_world(folder, model="none") as api:
        answer = await api.post(GENERATE, {"prompt": prompt})

    assert answer.status_code == 200, answer.text
    handler = answer.json()["generated"]["handler"]
    assert (handler["method"], handler["url"]) == expected


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("curl -F a=b https://h.example.com", "multipart"),
        ('{"swagger": "2.0", "paths": {}}', "swagger2openapi"),
        ("/a:\n  get: {}", "Give the base URL"),
    ],
)
async def test_what_is_written_out_and_cannot_be_is_refused(api, prompt, told):
    answer = await api.post(GENERATE, {"prompt": prompt})

    assert answer.status_code == 400
    assert told in answer.json()["error"]
