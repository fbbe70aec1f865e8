"""A provider over real HTTP: what it is sent, and what a person reads when it goes wrong."""

import asyncio
import itertools
import json

import pytest
import structlog
from pydantic_ai import Agent

from deftly.agent.events import TextDelta, ToolAnswered, ToolCalled, TurnFailed, TurnFinished
from deftly.agent.loop import TurnLimits
from deftly.agent.models.configured import Models
from deftly.agent.models.keys import ModelKey
from deftly.agent.models.wish import Patience, Wish
from tests.agent.provider_server import (
    EVENTS,
    KEY,
    Reply,
    begun,
    calls,
    event,
    refusal,
    running_provider,
    words,
)
from tests.agent.script import scene
from tests.world import running_world

BRIEF = Patience(timeout_s=1.0, retries=2)
STATUS = ("get_order_status", {"order_id": "A-1042"})


async def turn(folder, provider, *, key=None, patience=BRIEF, model="openai:scripted", limits=None):
    """Return the events of one turn with the provider's model."""
    models = Models(
        model, base_url=provider.url, key=ModelKey(KEY) if key is None else key, patience=patience
    )
    try:
        async with scene(folder, model=models.named(model), limits=limits) as talk:
            return await talk.say("Where is my order A-1042?")
    finally:
        await models.close()


def of(kind, events):
    return [one for one in events if isinstance(one, kind)]


def said(events):
    return "".join(one.text for one in of(TextDelta, events))


async def test_words_and_calls_come_through(folder):
    async with running_provider(calls(STATUS), words("It was shipped.")) as provider:
        events = await turn(folder, provider)

    assert of(ToolCalled, events)[0].arguments == {"order_id": "A-1042"}
    assert of(ToolAnswered, events)[0].failed is False
    assert said(events) == "It was shipped."
    assert isinstance(events[-1], TurnFinished)
    told = json.loads(provider.asked[1].body)["messages"][-1]
    assert told["role"] == "tool"
    assert "JD014600003" in told["content"]


async def test_nothing_of_the_environment_reaches_the_provider(folder, monkeypatch):
    for name, value in {
        "OPENAI_API_KEY": "sk-env",
        "OPENAI_ADMIN_KEY": "sk-env-admin",
        "OPENAI_ORG_ID": "org-env",
        "OPENAI_PROJECT_ID": "proj-env",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_CUSTOM_HEADERS": "X-Env: env-1\nAuthorization: Bearer sk-env\nHost: env.example",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    async with running_provider(words("Hello.")) as provider:
        events = await turn(folder, provider)

    assert said(events) == "Hello."
    (asked,) = provider.asked
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.headers["host"] == f"127.0.0.1:{provider.port}"
    assert "env" not in json.dumps(dict(asked.headers)).lower()
    assert {name for name in asked.headers if name.startswith(("openai", "x-"))} == set()


async def test_a_server_that_wants_no_key_is_sent_none(folder):
    async with running_provider(words("Hello.")) as provider:
        events = await turn(folder, provider, key=ModelKey())

    assert said(events) == "Hello."
    assert "authorization" not in provider.asked[0].headers


async def test_a_key_follows_no_redirect(folder):
    async with running_provider(words("Stolen.")) as other:
        away = Reply(status=307, headers={"location": f"{other.url}/chat/completions"})
        async with running_provider(away) as provider:
            events = await turn(folder, provider)

    assert isinstance(events[-1], TurnFailed)
    assert other.asked == []


RETRIED = [refusal(429), refusal(500), refusal(503), refusal(529), Reply(cut=True, status=502)]


@pytest.mark.parametrize("first", RETRIED, ids=lambda reply: str(reply.status))
async def test_a_passing_failure_is_asked_again(folder, first):
    async with running_provider(first, words("Here I am.")) as provider:
        events = await turn(folder, provider, patience=Patience(timeout_s=5.0))

    assert said(events) == "Here I am."
    assert len(provider.asked) == 2


LASTING = [
    (refusal(401), 1, "model_unavailable", "refused the key"),
    (refusal(403), 1, "model_unavailable", "refused the key"),
    (refusal(404), 1, "model_unavailable", "does not know this model"),
    (refusal(400), 1, "model_unavailable", "did not take this request"),
    (refusal(429), 3, "model_unavailable", "asks to wait"),
    (refusal(429, retry_after="3600"), 1, "model_unavailable", "asks to wait"),
    (refusal(500), 3, "model_unavailable", "has a fault of its own"),
    (refusal(503), 3, "model_unavailable", "cannot answer now"),
    (Reply(pieces=[b"<html>hello</html>"]), 1, "model_answer_unusable", "cannot be used"),
    (Reply(headers=EVENTS, pieces=[event("{not json")]), 1, "model_answer_unusable", "cannot be"),
    (Reply(headers=EVENTS, pieces=[event("[1, 2]")]), 1, "model_answer_unusable", "cannot be"),
    (Reply(headers=EVENTS, pieces=[event({"choices": 5})]), 1, "model_answer_unusable", "cannot"),
    (Reply(headers=EVENTS, pieces=[b"\xff\xfe\x00garbage"]), 1, "model_answer_unusable", "cannot"),
    (Reply(headers=EVENTS, pieces=[event({"error": {"message": "x"}})]), 1, "model_unavailable",
     "answered with an error"),
    (Reply(headers=EVENTS), 1, "model_answer_unusable", "cannot be used"),
    (Reply(headers=EVENTS, pieces=begun("Half"), cut=True), 1, "model_unavailable",
     "broke off"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "times", "code", "sentence"), LASTING, ids=lambda value: str(value)[:60]
)
async def test_a_lasting_failure_is_a_sentence_after_few_attempts(
    folder, reply, times, code, sentence
):
    async with running_provider(reply) as provider:
        events = await turn(folder, provider, patience=Patience(timeout_s=8.0))

    failed = events[-1]
    assert isinstance(failed, TurnFailed), events
    assert (failed.code, len(provider.asked)) == (code, times)
    assert sentence in failed.message


async def test_a_server_that_is_not_there_is_a_sentence(folder):
    async with running_provider() as provider:
        events = await turn(folder, provider, patience=Patience(timeout_s=8.0))

    assert isinstance(events[-1], TurnFailed)
    assert "cannot be reached" in events[-1].message


SILENT = [
    Reply(hangs=True),
    Reply(headers=EVENTS, pieces=[b": nothing yet\n\n"], hangs=True),
    Reply(headers=EVENTS, pieces=begun("Half"), hangs=True),
]


@pytest.mark.parametrize("reply", SILENT, ids=["no answer", "no event", "no end"])
async def test_a_silent_server_is_given_up_in_time(folder, reply):
    async with asyncio.timeout(4), running_provider(reply) as provider:
        events = await turn(folder, provider)

    failed = events[-1]
    assert isinstance(failed, TurnFailed)
    assert (failed.code, len(provider.asked)) == ("model_timeout", 1)


async def test_an_answer_without_an_end_is_stopped_at_the_turns_limit(folder):
    endless = Reply(headers=EVENTS, pieces=itertools.repeat(begun("and so on ")[1]))
    async with asyncio.timeout(8), running_provider(endless) as provider:
        events = await turn(folder, provider, limits=TurnLimits(timeout_s=1.0))

    assert isinstance(events[-1], TurnFailed)
    assert events[-1].code == "model_timeout"


async def test_attempts_and_the_waits_between_them_share_one_limit(folder):
    slow = refusal(429, retry_after="10")
    async with asyncio.timeout(4), running_provider(slow) as provider:
        events = await turn(folder, provider)

    assert isinstance(events[-1], TurnFailed)
    assert len(provider.asked) == 1


async def test_a_key_that_a_server_repeats_is_in_no_log(folder, capfd, caplog):
    caplog.set_level("DEBUG")
    echo = refusal(401, f"Incorrect API key provided: {KEY}")
    # What we log goes where an earlier test may have sent it, so it is caught before.
    with structlog.testing.capture_logs() as lines:
        async with running_provider(echo) as provider:
            events = await turn(folder, provider)

    assert isinstance(events[-1], TurnFailed)
    logged = repr(lines)
    assert "turn_failed" in logged
    assert "Incorrect API key provided" in logged
    printed = capfd.readouterr()
    assert KEY not in logged + printed.out + printed.err + caplog.text + repr(events)


async def test_a_stored_secret_is_the_key_and_is_bound_to_the_provider(folder):
    async with (
        running_provider(words("Hello.")) as provider,
        running_world(
            folder,
            model="openai:x",
            model_base_url=provider.url,
            model_api_key="secret:LLM",
        ) as api,
    ):
        await api.deftly.stores.secrets.put("LLM", KEY)
        model = api.deftly.models.for_agent(api.deftly.agents.find("default"))
        async with Agent(model).run_stream("hi") as answer:
            said_words = await answer.get_output()
        (bound,) = await api.deftly.stores.secrets.list()

    assert said_words == "Hello."
    assert provider.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert bound.hosts is not None
    assert all(host.startswith("127.0.0.1") for host in bound.hosts)


REFUSED_SECRETS = [
    ({}, "deftly secrets set LLM"),
    ({"LLM": ("api.example.com",)}, "--host 127.0.0.1:"),
]


@pytest.mark.parametrize(("stored", "fix"), REFUSED_SECRETS, ids=["missing", "elsewhere"])
async def test_a_secret_that_cannot_be_the_key_is_said_with_the_fix(folder, stored, fix):
    async with running_provider(words("Hello.")) as provider, scene(folder / "a") as talk:
        secrets = talk.deftly.stores.secrets
        for name, hosts in stored.items():
            await secrets.put(name, KEY, hosts)
        key = ModelKey("secret:LLM", secrets.reveal)
        events = await turn(folder / "b", provider, key=key)

    failed = events[-1]
    assert isinstance(failed, TurnFailed)
    assert failed.code == "model_unavailable"
    assert fix in failed.message
    assert provider.asked == []


def test_a_key_is_in_no_representation():
    assert KEY not in repr(ModelKey(KEY))
    assert KEY not in repr(Wish("openai:x", key=ModelKey(KEY)))
