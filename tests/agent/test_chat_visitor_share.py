"""One address has a share of what visitors may do, whatever number of visitors it makes."""

from contextlib import asynccontextmanager

import pytest

from deftly.domain.run import Status
from deftly.rest.routes import ROUTES
from deftly.rest.visitor_limits import REQUESTS_PER_MINUTE
from deftly.store.hold_limits import HoldLimits
from tests.agent.chat_kit import Talker, in_process
from tests.agent.provider_server import calls, words
from tests.visiting import embed_agent, enter

SHARE = HoldLimits().pending_from_network
PER_CONVERSATION = HoldLimits().pending_per_conversation
FIVE = calls(
    *(("create_return", {"order_id": f"A-{n}", "reason": "too small"}) for n in range(1038, 1043))
)


@asynccontextmanager
async def shop(folder, *replies):
    async with in_process(
        folder,
        *replies,
        trusted_proxies=("127.0.0.1",),
        visitor_messages_per_minute=1000,
        visitor_sessions_per_minute=1000,
    ) as scene:
        yield scene, await embed_agent(scene.api)


async def visitor_from(scene, agent, address: str) -> Talker:
    """Return a visitor whose requests a proxy forwards from an address."""
    token = (await enter(scene.api, agent))["token"]
    headers = {"authorization": f"Bearer {token}", "x-forwarded-for": address}
    return Talker(scene.api.with_headers(headers).http, agent="front-desk")


@pytest.mark.parametrize(
    ("many", "beside", "elsewhere"),
    [
        ("203.0.113.7", "203.0.113.7", "203.0.113.8"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
    ],
)
async def test_one_address_never_fills_what_all_visitors_may_be_asked(
    folder, many, beside, elsewhere
):
    filling = [FIVE] * (SHARE // PER_CONVERSATION)
    replies = (*filling, FIVE, words("I have asked enough."), FIVE)
    async with shop(folder, *replies) as (scene, agent):
        for n in range(len(filling)):
            turn = await (await visitor_from(scene, agent, many)).say(f"Send {n} back")
            assert len(turn.interrupts) == PER_CONVERSATION
        refused = await (await visitor_from(scene, agent, beside)).say("And these")
        other = await (await visitor_from(scene, agent, elsewhere)).say("And these")
        waiting = await scene.api.deftly.stores.confirmations.list(Status.CONFIRM_REQUIRED)

    assert refused.interrupts == []
    assert len(other.interrupts) == PER_CONVERSATION
    assert len(waiting) == SHARE + PER_CONVERSATION
    kept = (folder / "deftly.db").read_bytes()
    assert [one for one in (many, beside, elsewhere) if one.encode() in kept] == []


ASKED = [
    ("POST", "/api/conversations/c/client-calls/x/start"),
    ("POST", "/api/conversations/c/client-calls/x/finish"),
    ("POST", "/api/confirmations/x/token"),
    ("POST", "/api/conversations/c/stop"),
    ("GET", "/api/conversations"),
    ("GET", "/api/conversations/c"),
    ("GET", "/api/conversations/c/events"),
]


@pytest.mark.parametrize(("method", "path"), ASKED)
async def test_whatever_a_visitor_asks_for_is_counted(folder, method, path):
    async with shop(folder) as (scene, agent):
        first = await visitor_from(scene, agent, "203.0.113.7")
        answers = [await first.http.request(method, path) for _ in range(REQUESTS_PER_MINUTE + 1)]
        beside = await visitor_from(scene, agent, "203.0.113.7")
        others = await beside.http.request(method, path)
        owner = await scene.api.request(method, path)
        wait_s = int(answers[-1].headers["retry-after"])
        scene.api.clock.forward(wait_s)
        later = await first.http.request(method, path)

    assert 429 not in {one.status_code for one in answers[:-1]}
    assert answers[-1].status_code == 429
    assert answers[-1].json()["error"] == (
        f"Too many requests in a short time; wait {wait_s} seconds."
    )
    assert 429 not in (others.status_code, owner.status_code, later.status_code)


async def test_visitors_of_one_address_share_what_they_may_ask_for(folder):
    async with shop(folder) as (scene, agent):
        several = [await visitor_from(scene, agent, "203.0.113.7") for _ in range(6)]
        answers = [
            (await one.http.get("/api/conversations")).status_code
            for one in several
            for _ in range(REQUESTS_PER_MINUTE - 1)
        ]
        assert set(answers) == {200}
        for one in several:
            await one.http.get("/api/conversations")
        beside = await visitor_from(scene, agent, "203.0.113.7")
        elsewhere = await visitor_from(scene, agent, "203.0.113.8")

        assert (await beside.http.get("/api/conversations")).status_code == 429
        assert (await elsewhere.http.get("/api/conversations")).status_code == 200


def test_every_route_of_visitors_tells_of_the_limit():
    assert [one.path for one in ROUTES if one.visitors and 429 not in one.statuses] == []
