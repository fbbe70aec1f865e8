"""A visitor talks with an agent: as who they are, with what is theirs, as often as may be."""

import json
from contextlib import asynccontextmanager

import pytest

from tests.agent.chat_kit import MODEL, Talker, resolved
from tests.agent.provider_server import calls, running_provider, words
from tests.visiting import SHOP, TOKEN_S, as_visitor, embed_agent, enter, signed
from tests.world import running_world, until

LOOK = ("look", {"what": "orders"})
ORDER = ("order", {"what": "a bicycle"})
PAGE = {"url": f"{SHOP}/bicycles?id=7#reviews", "title": "Bicycles", "values": {"sku": "B-7"}}
HEADERS = {
    "X-User": "{{user.id}}",
    "X-Plan": "{{user.plan}}",
    "X-Sku": "{{page.sku}}",
    "X-Url": "{{page.url}}",
}


async def add_actions(api, upstream) -> None:
    for name, mode in (("look", "auto"), ("order", "confirm")):
        await api.create(
            name=name,
            url=upstream.url("/{{what}}"),
            method="POST" if mode == "confirm" else "GET",
            executionMode=mode,
            headers=HEADERS,
            parameters=[{"name": "what", "description": "What", "required": True}],
        )


@asynccontextmanager
async def shop(folder, upstream, *replies, **settings):
    async with running_provider(*replies) as provider:
        given = {"model": MODEL, "model_base_url": provider.url, **settings}
        async with running_world(folder, upstream=upstream, **given) as api:
            api.deftly.chats.attend()
            yield api, provider


def talker(api, session) -> Talker:
    return Talker(as_visitor(api, session).http, agent="front-desk")


async def opened(api, upstream, **fields):
    await add_actions(api, upstream)
    return await embed_agent(api, **fields)


async def test_a_visitor_is_answered_and_sees_the_conversation_again(folder, upstream):
    async with shop(folder, upstream, calls(LOOK), words("Two orders.")) as (api, _):
        agent = await opened(api, upstream)
        session = await enter(api, agent)
        client = talker(api, session)

        turn = await client.say("What did I order?")
        again = talker(api, await enter(api, agent, resume=session["resume"]))
        listed = (await again.http.get("/api/conversations")).json()["conversations"]
        seen = await again.seen(turn.conversation)

    assert turn.text == "Two orders."
    assert [one["id"] for one in listed] == [turn.conversation]
    assert [one["role"] for one in seen["messages"]] == ["user", "assistant", "tool", "assistant"]
    assert (seen["usage"], seen["chosenModel"], seen["turns"]) == (None, None, [])


async def test_another_visitor_does_not_see_it_even_with_the_same_thread(folder, upstream):
    async with shop(folder, upstream, words("Hello."), words("Hi.")) as (api, _):
        agent = await opened(api, upstream)
        first = await talker(api, await enter(api, agent)).say("I am first")
        other = talker(api, await enter(api, agent))

        turn = await other.say("I am second")
        seen = await other.http.get(f"/api/conversations/{first.conversation}")

    assert turn.conversation != first.conversation
    assert seen.status_code == 404


async def test_who_was_signed_reaches_the_request_and_the_model_cannot_change_it(folder, upstream):
    pretending = ("look", {"what": "orders", "user": {"id": "admin"}})
    replies = (calls(pretending), calls(LOOK), words("Done."))
    async with shop(folder, upstream, *replies) as (api, _):
        agent = await opened(api, upstream)
        session = await enter(api, agent, identity=await signed(api, agent, "ada"))

        await talker(api, session).say("What did I order?")

    (request,) = upstream.requests
    assert request.headers["x-user"] == "ada"
    assert "x-plan" not in request.headers or request.headers["x-plan"] == ""


@pytest.mark.parametrize("allowed", [True, False])
async def test_the_page_reaches_the_request_where_the_owner_allows_it(folder, upstream, allowed):
    async with shop(folder, upstream, calls(LOOK), words("Done.")) as (api, provider):
        agent = await opened(api, upstream, allowPageContext=allowed)
        session = await enter(api, agent, page=PAGE)

        await talker(api, session).say("Is it there?")
        told = provider.asked[0].body.decode()

    (request,) = upstream.requests
    expected = ("B-7", f"{SHOP}/bicycles?id=7") if allowed else ("", "")
    assert (request.headers.get("x-sku", ""), request.headers.get("x-url", "")) == expected
    assert session["agent"]["pageContext"] is allowed
    assert ("Bicycles" in told, "B-7" in told) == (allowed, allowed)


async def test_a_visitor_confirms_what_they_were_asked(folder, upstream):
    async with shop(folder, upstream, calls(ORDER), words("Ordered.")) as (api, _):
        agent = await opened(api, upstream, allowPageContext=True)
        identity = await signed(api, agent, "ada")
        session = await enter(api, agent, identity=identity, page=PAGE)
        client = talker(api, session)
        asked = await client.say("A bicycle, please")
        assert upstream.seen == 0

        turn = await client.say(resume=[resolved(asked.interrupt)])

    assert turn.text == "Ordered."
    (request,) = upstream.requests
    assert (request.headers["x-user"], request.headers["x-sku"]) == ("ada", "B-7")


async def test_a_further_token_after_a_reload_confirms_too(folder, upstream):
    async with shop(folder, upstream, calls(ORDER), words("Ordered.")) as (api, _):
        agent = await opened(api, upstream)
        session = await enter(api, agent)
        asked = await talker(api, session).say("A bicycle, please")
        again = as_visitor(api, await enter(api, agent, resume=session["resume"]))
        path = f"/api/confirmations/{asked.interrupt['id']}"

        token = (await again.post(f"{path}/token", {})).json()["token"]
        outcome = await again.post(f"{path}/confirm", {"token": token})

    assert outcome.json()["status"] == "succeeded"
    assert upstream.seen == 1


@pytest.mark.parametrize("word", ["confirm", "deny"])
async def test_another_visitor_answers_nothing_even_with_the_token(folder, upstream, word):
    async with shop(folder, upstream, calls(ORDER)) as (api, _):
        agent = await opened(api, upstream)
        asked = await talker(api, await enter(api, agent)).say("A bicycle, please")
        other = talker(api, await enter(api, agent))
        question, token = asked.interrupt["id"], asked.interrupt["metadata"]["token"]

        answer = await other.http.post(
            f"/api/confirmations/{question}/{word}", json={"token": token}
        )
        further = await other.http.post(f"/api/confirmations/{question}/token")
        await other.refused(other.input(resume=[resolved(asked.interrupt)]), 404)

    assert (answer.status_code, further.status_code) == (404, 404)
    assert upstream.seen == 0


async def test_the_page_at_the_time_of_the_call_is_what_is_confirmed(folder, upstream):
    async with shop(folder, upstream, calls(ORDER), words("Ordered.")) as (api, _):
        agent = await opened(api, upstream, allowPageContext=True)
        first = await enter(api, agent, page=PAGE)
        asked = await talker(api, first).say("A bicycle, please")
        moved = {**PAGE, "values": {"sku": "C-9"}}
        later = await enter(api, agent, resume=first["resume"], page=moved)

        await talker(api, later).say(resume=[resolved(asked.interrupt)])

    (request,) = upstream.requests
    assert request.headers["x-sku"] == "B-7"


async def test_a_conversation_goes_on_as_its_visitor_after_a_restart(folder, upstream):
    async with shop(folder, upstream, calls(ORDER)) as (api, _):
        agent = await opened(api, upstream, allowPageContext=True)
        identity = await signed(api, agent, "ada")
        session = await enter(api, agent, identity=identity, page=PAGE)
        asked = await talker(api, session).say("A bicycle, please")
    async with shop(folder, upstream, calls(LOOK), words("All there.")) as (api, _):
        path = f"/api/confirmations/{asked.interrupt['id']}"
        token = (await api.post(f"{path}/token", {})).json()["token"]

        outcome = await api.post(f"{path}/confirm", {"token": token})
        client = talker(api, await enter(api, agent, resume=session["resume"], identity=identity))
        await client.comes_to_say(asked.conversation, "All there.")

    assert outcome.json()["status"] == "succeeded"
    confirmed, looked = upstream.requests
    for request in (confirmed, looked):
        assert (request.headers["x-user"], request.headers["x-sku"]) == ("ada", "B-7")


async def test_where_the_agent_left_the_page_nobody_goes_on_for_its_visitors(folder, upstream):
    async with shop(folder, upstream, calls(ORDER), calls(LOOK)) as (api, provider):
        agent = await opened(api, upstream)
        asked = await talker(api, await enter(api, agent)).say("A bicycle, please")
        await api.put("/api/agents/front-desk", {"allowedOrigins": []})
        path = f"/api/confirmations/{asked.interrupt['id']}"
        token = (await api.post(f"{path}/token", {})).json()["token"]

        await api.post(f"{path}/confirm", {"token": token})

        async def told() -> bool:
            seen = (await api.get(f"/api/conversations/{asked.conversation}")).json()
            return not seen["pending"] and not seen["conversation"]["busy"]

        await until(told)
        assert len(provider.asked) == 1
    assert [one.path for one in upstream.requests] == ["/a%20bicycle"]


@pytest.mark.parametrize("named", [MODEL, "openai:other", "", "local"])
async def test_a_visitor_picks_no_model(folder, upstream, named):
    async with shop(folder, upstream, models=("openai:other",)) as (api, provider):
        agent = await opened(api, upstream)
        client = talker(api, await enter(api, agent))

        told = await client.refused(client.input("Hi", forwardedProps={"model": named}), 403)

    assert "openai" not in json.dumps(told)
    assert not provider.asked


async def test_a_visitor_writes_so_often_and_waits_then(folder, upstream):
    replies = [words("Yes.") for _ in range(4)]
    async with shop(folder, upstream, *replies, visitor_messages_per_minute=2) as (api, _):
        agent = await opened(api, upstream)
        client = talker(api, await enter(api, agent))
        for _ in range(2):
            await client.say("Are you there?")

        refused = await client.http.post("/api/chat/front-desk", json=client.input("Hello?"))
        other = await talker(api, await enter(api, agent)).say("And I?")
        api.clock.forward(30)
        later = await client.say("Now?")

    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "30"
    assert (other.text, later.text) == ("Yes.", "Yes.")


async def test_one_address_cannot_make_itself_many_visitors_to_write_more(folder, upstream):
    async with shop(folder, upstream, visitor_messages_per_minute=1) as (api, _):
        agent = await opened(api, upstream)
        statuses = []
        for _ in range(8):
            client = talker(api, await enter(api, agent))
            answer = await client.http.post("/api/chat/front-desk", json=client.input())
            statuses.append(answer.status_code)

    assert statuses == [400] * 6 + [429] * 2


async def test_a_stream_ends_with_the_token_it_was_opened_with(folder, upstream):
    async with shop(folder, upstream, words("Hello.")) as (api, _):
        agent = await opened(api, upstream)
        session = await enter(api, agent)
        client = talker(api, session)
        turn = await client.say("Hi")
        api.clock.forward(TOKEN_S - 0.05)

        followed = await client.http.get(f"/api/conversations/{turn.conversation}/events")

    assert followed.status_code == 200
    assert "Hello." in followed.text


async def test_the_owner_sees_whose_conversation_it_is(folder, upstream):
    async with shop(folder, upstream, words("Hello.")) as (api, _):
        agent = await opened(api, upstream)
        session = await enter(api, agent)
        turn = await talker(api, session).say("Hi")

        seen = (await api.get(f"/api/conversations/{turn.conversation}")).json()

    assert seen["conversation"]["principal"] == f"visitor:{session['visitorId']}"
