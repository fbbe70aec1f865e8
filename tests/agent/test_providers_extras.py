"""Anthropic and Google over real HTTP, where their packages are installed."""

import importlib.util
import json

import pytest
from pydantic_ai import Agent
from pydantic_ai import exceptions as known

from deftly.agent.models.keys import ModelKey
from deftly.agent.models.providers import build
from deftly.agent.models.wish import Patience, Wish
from tests.agent.provider_server import EVENTS, KEY, Reply, event, refusal, running_provider

USAGE = {"input_tokens": 1, "output_tokens": 1}
BEGUN: dict[str, object] = {
    "id": "m",
    "type": "message",
    "role": "assistant",
    "model": "x",
    "content": [],
    "stop_reason": None,
    "stop_sequence": None,
    "usage": USAGE,
}
SPOKEN: list[dict[str, object]] = [
    {"type": "message_start", "message": BEGUN},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "text_delta", "text": "Hello."},
    },
    {"type": "content_block_stop", "index": 0},
    {
        "type": "message_delta",
        "delta": {"stop_reason": "end_turn", "stop_sequence": None},
        "usage": {"output_tokens": 2},
    },
    {"type": "message_stop"},
]
CANDIDATE = {
    "content": {"role": "model", "parts": [{"text": "Hello."}]},
    "finishReason": "STOP",
    "index": 0,
}
HELLO = {
    "anthropic": Reply(
        headers=EVENTS,
        pieces=[b"event: %s\n%s" % (str(one["type"]).encode(), event(one)) for one in SPOKEN],
    ),
    "google": Reply(headers=EVENTS, pieces=[event({"candidates": [CANDIDATE]})]),
}
KEY_HEADERS = {"anthropic": "x-api-key", "google": "x-goog-api-key"}
ENVIRONMENT = {
    "ANTHROPIC_API_KEY": "env-1",
    "ANTHROPIC_AUTH_TOKEN": "env-2",
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",
    "ANTHROPIC_CUSTOM_HEADERS": "X-Env: env-3",
    "GOOGLE_API_KEY": "env-4",
    "GEMINI_API_KEY": "env-5",
    "GOOGLE_GENAI_USE_VERTEXAI": "true",
    "GOOGLE_CLOUD_PROJECT": "env-6",
    "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
}


def is_installed(provider):
    package = {"anthropic": "anthropic", "google": "google.genai"}[provider]
    parent = importlib.util.find_spec(package.partition(".")[0])
    return parent is not None and importlib.util.find_spec(package) is not None


@pytest.fixture(params=["anthropic", "google"])
def provider(request):
    if not is_installed(request.param):
        pytest.skip(f"the extra {request.param} is not installed")
    return request.param


async def say(provider, server, *, timeout_s=6.0):
    url = server.url.removesuffix("/v1")
    wish = Wish(f"{provider}:x", url, ModelKey(KEY), Patience(timeout_s=timeout_s))
    built = build(wish)
    try:
        async with Agent(built.model).run_stream("hi") as answer:
            return "".join([text async for text in answer.stream_text(delta=True)])
    finally:
        await built.close()


async def test_it_is_sent_the_configured_key_and_nothing_of_the_environment(provider, monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    async with running_provider(HELLO[provider]) as server:
        assert await say(provider, server) == "Hello."

    (asked,) = server.asked
    assert asked.headers[KEY_HEADERS[provider]] == KEY
    assert "authorization" not in asked.headers
    assert "env" not in json.dumps([asked.path, dict(asked.headers)]).lower()


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_passing_failure_is_asked_again(provider, status):
    async with running_provider(refusal(status), HELLO[provider]) as server:
        assert await say(provider, server) == "Hello."

    assert len(server.asked) == 2


LASTING = [
    (refusal(401, f"wrong key {KEY}"), 1, known.ModelAuthenticationError),
    (refusal(429), 3, known.ModelRateLimitError),
    (refusal(500), 3, known.ModelServerError),
    (Reply(hangs=True), 1, known.ModelRequestTimeout),
    (Reply(headers=EVENTS, pieces=[b"\xff\xfegarbage"]), 1, known.UnexpectedModelBehavior),
    (Reply(headers=EVENTS, pieces=[event([1]), event("{x")]), 1, known.UnexpectedModelBehavior),
]


@pytest.mark.parametrize(("reply", "times", "kind"), LASTING, ids=lambda value: str(value)[:40])
async def test_a_lasting_failure_is_a_known_fault(provider, reply, times, kind):
    async with running_provider(reply) as server:
        with pytest.raises(kind) as fault:
            await say(provider, server)

    assert len(server.asked) == times
    assert KEY not in str(fault.value) + repr(fault.value)
