"""Whoever follows is looked at again as soon as something is told, and now and then besides."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from deftly.domain.access import Principal, Scope
from deftly.rest.auth import Doorkeeper
from deftly.rest.standing import Standing
from tests.visiting import TOKEN_S, as_visitor, embed_agent, enter, signed
from tests.world import Api, running_world

AN_HOUR_S = 3600.0
PASSWORD = "correct horse battery"
PERSON = {"email": "ada@example.com", "role": "viewer", "password": PASSWORD}


def standing_in(api: Api, every_s: float) -> tuple[Doorkeeper, Standing]:
    deftly = api.deftly
    stores = deftly.stores
    doorkeeper = Doorkeeper(stores.keys, stores.sessions, deftly.visiting, no_auth=False)
    return doorkeeper, Standing(
        doorkeeper, stores.changes, deftly.agents, deftly.clock, every_s=every_s
    )


@asynccontextmanager
async def followed(api: Api, *came_with: tuple[str, str], every_s: float = AN_HOUR_S):
    """Yield what is set once whoever came with these headers may not follow any more."""
    doorkeeper, standing = standing_in(api, every_s)
    headers = [(name.encode(), value.encode()) for name, value in came_with]
    caller: Principal = await doorkeeper.admit(headers, visitors=True)
    with standing.watched(headers, caller, Scope.READ if not caller.visitor else Scope.RUN) as gone:
        yield gone


async def sign_in(api: Api) -> str:
    given = {"email": PERSON["email"], "password": PASSWORD}
    answer = await api.with_headers({}).post("/api/session", given)
    assert answer.status_code == 200, answer.text
    return str(answer.cookies["deftly_session"])


@pytest.fixture
async def ada(api: Api) -> str:
    return str((await api.post("/api/users", PERSON)).json()["user"]["id"])


@pytest.fixture
async def elsewhere(api: Api, folder) -> AsyncIterator[Api]:
    """The same directory in another process's eyes."""
    async with running_world(folder) as other:
        yield other


async def sign_out(by: Api, session: str, user_id: str) -> None:
    del user_id
    tab = by.with_headers({"cookie": f"deftly_session={session}"})
    assert (await tab.request("DELETE", "/api/session")).status_code == 200


async def disable(by: Api, session: str, user_id: str) -> None:
    del session
    await by.put(f"/api/users/{user_id}", {"disabled": True})


async def remove(by: Api, session: str, user_id: str) -> None:
    del session
    await by.request("DELETE", f"/api/users/{user_id}")


async def set_password(by: Api, session: str, user_id: str) -> None:
    del session
    told = (await by.post(f"/api/users/{user_id}/invitation")).json()
    token = told["invitation"]["url"].partition("#")[2]
    given = {"token": token, "password": "another horse battery"}
    answer = await by.with_headers({}).post("/api/invitation/accept", given)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("here", [True, False])
@pytest.mark.parametrize("end", [sign_out, disable, remove, set_password])
async def test_a_session_that_ends_is_heard_of_in_every_process(api, elsewhere, ada, end, here):
    session = await sign_in(api)
    async with followed(api, ("cookie", f"deftly_session={session}")) as gone:
        await end(api if here else elsewhere, session, ada)
        await asyncio.wait_for(gone.wait(), 20)


@pytest.mark.parametrize("here", [True, False])
async def test_a_key_that_is_revoked_is_heard_of_in_every_process(api, elsewhere, here):
    made = (await api.post("/api/keys", {"name": "bot", "scopes": ["read"]})).json()
    async with followed(api, ("x-api-key", made["secret"])) as gone:
        await (api if here else elsewhere).request("DELETE", f"/api/keys/{made['key']['id']}")
        await asyncio.wait_for(gone.wait(), 20)


@pytest.mark.parametrize("change", [{"enabled": False}, {"allowedOrigins": []}])
@pytest.mark.parametrize("here", [True, False])
async def test_an_agent_that_lets_nobody_in_is_heard_of_in_every_process(
    api, elsewhere, here, change
):
    agent = await embed_agent(api)
    token = (await enter(api, agent))["token"]
    async with followed(api, ("authorization", f"Bearer {token}")) as gone:
        answer = await (api if here else elsewhere).put("/api/agents/front-desk", change)
        assert answer.status_code == 200, answer.text
        await asyncio.wait_for(gone.wait(), 20)


async def test_what_nobody_tells_of_is_noticed_all_the_same(api, ada):
    session = await sign_in(api)
    async with followed(api, ("cookie", f"deftly_session={session}"), every_s=0.01) as gone:
        api.clock.forward(31 * 24 * AN_HOUR_S)
        await asyncio.wait_for(gone.wait(), 20)


async def test_a_stranger_whose_visit_somebody_took_over_is_noticed(api):
    agent = await embed_agent(api)
    stranger = await enter(api, agent)
    known = await enter(
        api, agent, resume=stranger["resume"], identity=await signed(api, agent, "u-1")
    )
    assert known["visitorId"] == stranger["visitorId"]
    bearer = f"Bearer {stranger['token']}"
    async with followed(api, ("authorization", bearer), every_s=0.01) as gone:
        given = {"threadId": "t", "messages": [{"id": "m", "role": "user", "content": "Hi"}]}
        await as_visitor(api, known).post("/api/chat/front-desk", given)
        await asyncio.wait_for(gone.wait(), 20)


async def test_a_visitors_stream_lasts_no_longer_than_its_token(api):
    agent = await embed_agent(api)
    token = (await enter(api, agent))["token"]
    api.clock.forward(TOKEN_S - 0.01)
    async with followed(api, ("authorization", f"Bearer {token}")) as gone:
        await asyncio.wait_for(gone.wait(), 20)
