"""What of a conversation stays from visitors: another's words after signing in, and its cost."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from tests.agent.card_kit import FORM_SHOWN, card_world, cards_of, press
from tests.agent.chat_kit import MODEL, Talker, chat_scene
from tests.agent.provider_server import counted, refusal, running_provider, words
from tests.cards import SAVE
from tests.live import Remote
from tests.visiting import (
    SHOP,
    TOKEN_S,
    as_visitor,
    embed_agent,
    enter,
    signature,
    signed,
)
from tests.world import running_world, until

NO_ANSWER = "Nobody can answer here right now; please try again later."


@asynccontextmanager
async def chat(folder, *replies):
    async with (
        running_provider(*replies) as provider,
        running_world(folder, model=MODEL, model_base_url=provider.url) as api,
    ):
        yield api, await embed_agent(api)


def talker(api, session) -> Talker:
    return Talker(as_visitor(api, session).http, agent="front-desk")


async def statuses(client: Talker, conversation: str) -> tuple[int, int, int]:
    """Return how reading, following and writing is answered."""
    path = f"/api/conversations/{conversation}"
    read = await client.http.get(path)
    written = await client.http.post("/api/chat/front-desk", json=client.input("Hello?"))
    # A stream that is open would not end.
    followed = read if read.status_code == 200 else await client.http.get(f"{path}/events")
    return read.status_code, followed.status_code, written.status_code


@pytest.mark.parametrize("as_user", [None, "bob"])
async def test_what_a_browser_had_before_somebody_signed_in_opens_nothing_of_theirs(
    folder, as_user
):
    """Who copied a stranger's tokens, and waits for somebody to sign in with them."""
    async with chat(folder, words("Your order is on its way, Ada.")) as (api, agent):
        stranger = await enter(api, agent)
        resume = stranger["resume"]
        identity = None if as_user is None else await signed(api, agent, as_user)
        lurking = await enter(api, agent, resume=resume, identity=identity)
        ada = await enter(api, agent, resume=resume, identity=await signed(api, agent, "ada"))
        turn = await talker(api, ada).say("Where is my order?")

        for before in (stranger, lurking):
            assert await statuses(talker(api, before), turn.conversation) == (401, 401, 401)
            again = await enter(api, agent, resume=before["resume"], identity=identity)
            read = await talker(api, again).http.get(f"/api/conversations/{turn.conversation}")
            assert (again["visitorId"] == ada["visitorId"], read.status_code) == (False, 404)
        own = await talker(api, ada).seen(turn.conversation)

    assert [one["role"] for one in own["messages"]] == ["user", "assistant"]


async def test_a_stream_from_before_somebody_signed_in_hears_nothing_of_theirs(folder):
    async with chat_scene(folder, words("Hello."), words("On its way, Ada.")) as scene:
        given = {"name": "front-desk", "allowedOrigins": [SHOP]}
        agent = (await scene.remote.post("/api/agents", given))["agent"]
        stranger = await entered(scene, agent)
        secret = await scene.remote.get("/api/agents/front-desk/identity-secret")
        identity = {"user_id": "ada", "user_hash": signature(secret["secret"], "ada")}
        ada = await entered(scene, agent, resume=stranger["resume"], identity=identity)
        async with visiting(scene, stranger) as lurker, visiting(scene, ada) as owner:
            turn = await lurker.say("Hi")
            lurking = asyncio.create_task(lurker.follow(turn.conversation, lambda _: False))
            await until(lambda: lurker.opened == 1)

            said = await owner.say("Where is my order?")
            heard = json.dumps((await asyncio.wait_for(lurking, 10)).events)

    assert said.conversation == turn.conversation
    assert "Hello." in heard
    assert "order" not in heard
    assert "Ada" not in heard


async def entered(scene, agent, **more):
    given = {"publishableKey": agent["publishableKey"], **more}
    answer = await scene.remote.http.post(
        "/api/embed/session", json=given, headers={"origin": SHOP}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@asynccontextmanager
async def visiting(scene, session):
    remote = Remote(scene.server, authorization=f"Bearer {session['token']}")
    async with remote.http:
        yield Talker(remote.http, agent="front-desk")


async def test_a_visitor_does_not_learn_what_an_answer_cost(folder):
    reply = counted(words("Hello."), 1234, 56)
    async with chat(folder, reply, reply) as (api, agent):
        client = talker(api, await enter(api, agent))
        turn = await client.say("Hi")
        api.clock.forward(TOKEN_S - 1)
        followed = await client.http.get(f"/api/conversations/{turn.conversation}/events")
        owner = Talker(api.http, agent="front-desk")
        insider = await owner.say("Hi")

    assert "RUN_FINISHED" in followed.text
    assert "okens" not in followed.text + json.dumps(turn.events)
    (finished,) = insider.of("RUN_FINISHED")
    assert [one["inputTokens"] for one in finished["usage"]] == [1234]


@pytest.mark.parametrize("path", ["/api/chat/front-desk", "/api/chat/front-desk/prepare"])
async def test_a_visitor_does_not_learn_which_model_is_missing_what(folder, path):
    async with running_world(folder, model=MODEL) as api:
        client = talker(api, await enter(api, await embed_agent(api)))
        given = None if path.endswith("prepare") else client.input("Hi")

        answer = await client.http.post(path, json=given)
        insider = await api.http.post(path, json=given)

    assert (answer.status_code, insider.status_code) == (503, 503)
    assert answer.json() == {"error": NO_ANSWER, "code": "model_unavailable"}
    assert MODEL in insider.text


async def test_a_visitor_does_not_learn_why_the_model_s_server_refused(folder):
    async with chat(folder, refusal(401)) as (api, agent):
        client = talker(api, await enter(api, agent))
        turn = await client.say("Hi")
        seen = await client.seen(turn.conversation)
        insider = (await api.get(f"/api/conversations/{turn.conversation}")).json()

    assert [one["message"] for one in turn.of("RUN_ERROR")] == [NO_ANSWER]
    assert seen["messages"][-1]["content"] == NO_ANSWER
    assert "model_api_key" in insider["messages"][-1]["content"]


async def test_a_press_counts_as_one_message(folder):
    async with card_world(folder, *FORM_SHOWN, visitor_messages_per_minute=3) as scene:
        api = scene.api
        session = await enter(api, await embed_agent(api))
        client = talker(api, session)
        turn = await client.say("Return A-1038")
        (card,) = cards_of(turn)

        presses = [
            await press(client.http, turn.conversation, card["cardId"], SAVE) for _ in range(3)
        ]

    assert [one.status_code for one in presses] == [200, 200, 429]
