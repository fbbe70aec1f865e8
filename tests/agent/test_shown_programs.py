"""What a question shows of the command or code it is about, to whom, and to whom not."""

import json
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from deftly.domain.access import Scope
from tests.agent.chat_kit import MODEL, Talker, chat_scene, ended, resolved
from tests.agent.provider_server import calls, running_provider, words
from tests.shelling import make_shell
from tests.visiting import SHOP
from tests.world import running_world

ACTIONS = "/api/custom-actions"
ON: dict[str, Any] = {"shell": True}
COMMAND = "printf '%s ' {{n}} |\n\ttr a-z A-Z"
SHOWN = "printf '%s ' {{n}} |⏎\n⟨U+0009⟩tr a-z A-Z"
CODE = "const key = secrets.SHOP_KEY;\r\nreturn [params.n, secrets['OTHER']];\n\n"
SECRET = "sk-live-0123456789"
ASKING = ("do_it", {"n": "one"})
WHOLE = {"says": "Runs this command, with a value for each {{…}}.", "command": SHOWN}


def code(text: str) -> dict[str, Any]:
    parameters = [{"name": "n", "description": "A value"}]
    handler = {"type": "code", "code": text}
    return make_shell("") | {"parameters": parameters, "handler": handler}


async def store(api, definition) -> None:
    answer = await api.http.post(ACTIONS, json=definition)
    assert answer.status_code == 200, answer.text


@asynccontextmanager
async def shop(folder, *replies):
    async with running_provider(*replies) as provider:
        given = {"model": MODEL, "model_base_url": provider.url, **ON}
        async with running_world(folder, **given) as api:
            api.deftly.chats.attend()
            yield api, provider


@pytest.fixture
async def world(folder):
    async with running_world(folder, **ON) as api:
        yield api


async def program_of(api, definition, arguments=None):
    """Return what a held call shows, which is what lists of questions show."""
    await store(api, definition)
    held = await api.hold("do_it", arguments or {})
    listed = (await api.get("/api/confirmations")).json()["confirmations"]
    told = (await api.get(f"/api/confirmations/{held['id']}")).json()["confirmation"]
    assert [one["summary"] for one in listed] == [told["summary"]] == [held["summary"]]
    return held["summary"]["program"]


async def test_a_command_is_shown_as_its_owner_wrote_it(world):
    shown = await program_of(world, make_shell(COMMAND), {"n": "{{n}} $(id)"})

    assert shown == WHOLE | {"length": len(COMMAND)}


@pytest.mark.parametrize("more", [0, 1, 40_000])
async def test_a_long_command_is_cut_with_its_length(world, more):
    start = "echo hello #"
    command = start.ljust(16_384 + more, "x")

    shown = await program_of(world, make_shell(command + "\n"))

    assert shown["command"] == command[:16_384]
    assert shown["length"] == len(command)
    cut = f"Runs a command of {len(command):,} characters, of which the first 16,384 are shown."
    assert shown["says"] == (cut if more else "Runs this command.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("return 1", "Runs JavaScript of 1 line. It may send requests."),
        ("\n\nreturn secrets.A", "3 lines. It may send requests, with the secret A in their"),
        (CODE, "2 lines. It may send requests, with the secrets OTHER and SHOP_KEY in their"),
    ],
)
async def test_of_code_it_is_said_what_is_certain(world, text, says):
    await world.put("/api/secrets/SHOP_KEY", {"value": SECRET, "hosts": ["api.example.com"]})

    shown = await program_of(world, code(text))

    assert set(shown) == {"says"}
    assert says in shown["says"]
    assert "api.example.com" not in shown["says"]
    assert SECRET not in shown["says"]


@pytest.mark.parametrize(
    ("scopes", "sees"),
    [
        ((Scope.RUN,), False),
        ((Scope.RUN, Scope.READ), True),
        ((Scope.RUN, Scope.CONFIRM), True),
    ],
)
async def test_who_can_neither_read_nor_confirm_is_not_told_what_runs(world, scopes, sees):
    await store(world, make_shell(COMMAND))
    caller = await world.with_scopes(*scopes)

    answer = await caller.call("do_it", {"n": "one"})
    again = await caller.call("do_it", {"n": "one"}, idempotencyKey="k")

    for told in (answer.json(), again.json()):
        summary = told["confirmation"]["summary"]
        assert ("program" in summary) is sees
        assert summary["arguments"][0]["value"] == "one"
    assert ("printf" in answer.text) is sees


async def test_a_conversation_shows_it_wherever_the_question_is(folder):
    async with shop(folder, calls(ASKING), words("Done.")) as (api, provider):
        await store(api, make_shell(COMMAND))
        client = Talker(api.http)
        turn = await client.say("Do it")
        seen = await client.seen(turn.conversation)
        exported = await client.http.get(f"/api/conversations/{turn.conversation}/export")
        await client.say(resume=[resolved(turn.interrupt)])

    shown = WHOLE | {"length": len(COMMAND)}
    entries = {one["kind"]: one["data"] for one in exported.json()["entries"]}
    questions = [
        turn.interrupt["metadata"],
        *seen["pending"],
        entries["confirmation_asked"],
        *entries["turn_finished"]["waiting"],
    ]
    assert [one["summary"]["program"] for one in questions] == [shown] * 4
    assert "tr a-z" not in "".join(one.body.decode() for one in provider.asked)


async def test_a_visitor_is_shown_nothing_of_it_and_whoever_manages_is(folder):
    async with chat_scene(folder, calls(ASKING), words("Done."), **ON) as scene:
        owner = scene.remote.http
        await store(scene.remote, make_shell(COMMAND))
        async with visiting(scene) as client:
            turn = await client.say("Do it")
            seen = await client.seen(turn.conversation)
            managing = (await owner.get(f"/api/conversations/{turn.conversation}")).json()
            (listed,) = (await owner.get("/api/confirmations")).json()["confirmations"]
            replayed = await client.follow(turn.conversation, ended(1))
            done = await client.say(resume=[resolved(turn.interrupt)])

    (pending,) = seen["pending"]
    for told in (turn.interrupt["metadata"], pending, replayed.interrupt["metadata"]):
        assert told["summary"]["action"] == "DO_IT"
        assert told["summary"]["arguments"][0]["value"] == "one"
        assert "program" not in told["summary"]
    assert "tr a-z" not in json.dumps([turn.events, seen, replayed.events, done.events])
    assert listed["summary"]["program"]["command"] == SHOWN
    assert managing["pending"][0]["summary"]["program"]["command"] == SHOWN
    assert done.text == "Done."


@asynccontextmanager
async def visiting(scene):
    """Visit the page of a shop with an agent on it."""
    owner = scene.remote.http
    given = {"name": "front-desk", "allowedOrigins": [SHOP]}
    agent = (await owner.post("/api/agents", json=given)).json()["agent"]
    key = {"publishableKey": agent["publishableKey"]}
    entered = await owner.post("/api/embed/session", json=key, headers={"origin": SHOP})
    headers = {"authorization": f"Bearer {entered.json()['token']}"}
    async with httpx2.AsyncClient(base_url=scene.server.url, headers=headers, timeout=30) as http:
        yield Talker(http, agent="front-desk")
