"""A second server on the same folder: what one changes, the other knows within a second."""

import time
from contextlib import asynccontextmanager

import pytest

from tests.live import Remote, running_remote
from tests.world import make_action, until

SOON_S = 1.0


@pytest.fixture
async def servers(folder, upstream):
    """Two servers that ask callers who they are, and a client of each that is logged in."""
    settings = {"egress_allow": [f"127.0.0.1:{upstream.port}"], "no_auth": False}
    async with (
        running_remote(folder, **settings) as (first, one),
        running_remote(folder, **settings) as (second, two),
    ):
        await one.log_in(first)
        await two.log_in(second)
        yield (first, one), (second, two)


@asynccontextmanager
async def holder_of(server, key):
    remote = Remote(server, authorization=f"Bearer {key}")
    try:
        yield remote
    finally:
        await remote.http.aclose()


@pytest.mark.speed
@pytest.mark.slow
async def test_an_action_made_in_one_server_is_callable_in_the_other_within_a_second(
    servers, upstream
):
    (_, one), (_, two) = servers
    for number in range(5):
        action = make_action(upstream.url("/{{order_id}}"), name=f"look up {number}")
        await one.post("/api/custom-actions", action)

        async def is_callable(path: str = f"/api/tools/look_up_{number}/call") -> bool:
            body = {"arguments": {"order_id": "A-1"}}
            return bool((await two.http.post(path, json=body)).status_code == 200)

        await until(is_callable, within_s=SOON_S)
    assert upstream.seen == 5


@pytest.mark.speed
@pytest.mark.slow
async def test_a_key_revoked_in_one_server_is_refused_in_the_other_within_a_second(servers):
    (_, one), (second, _) = servers
    for number in range(5):
        made = await one.post("/api/keys", {"name": f"program {number}", "scopes": ["read"]})
        async with holder_of(second, made["secret"]) as program:

            async def is_answered(status: int, program: Remote = program) -> bool:
                return (await program.http.get("/api/runs")).status_code == status

            await until(lambda is_answered=is_answered: is_answered(200), within_s=SOON_S)
            answer = await one.http.delete(f"/api/keys/{made['key']['id']}")
            assert answer.status_code == 200

            await until(lambda is_answered=is_answered: is_answered(401), within_s=SOON_S)


@pytest.mark.slow
async def test_a_call_held_in_one_server_is_confirmed_in_the_other(servers, upstream):
    (first, one), (second, two) = servers
    action = make_action(upstream.url("/{{order_id}}"), method="POST", executionMode="confirm")
    await one.post("/api/custom-actions", action)
    scopes = {"name": "both", "scopes": ["read", "run", "confirm"]}
    key = (await one.post("/api/keys", scopes))["secret"]
    async with holder_of(first, key) as asking, holder_of(second, key) as answering:
        held = await asking.hold("get_order", order_id="A-1")
        listed = await two.get("/api/confirmations?status=confirm_required")

        outcome = (await answering.confirm(held)).json()
        replayed = (await asking.confirm(held)).json()

    assert [one["id"] for one in listed["confirmations"]] == [held["id"]]
    assert outcome["status"] == "succeeded"
    assert replayed == outcome
    assert upstream.seen == 1


@pytest.mark.slow
async def test_an_edit_in_one_server_voids_what_was_asked_in_the_other(servers, upstream):
    (_, one), (_, two) = servers
    action = make_action(upstream.url("/{{order_id}}"), method="POST", executionMode="confirm")
    action_id = (await one.post("/api/custom-actions", action))["action"]["id"]

    async def is_listed() -> bool:
        return bool((await two.get("/api/tools"))["tools"])

    await until(is_listed)
    held = await two.hold("get_order", order_id="A-1")

    changed = await one.http.put(f"/api/custom-actions/{action_id}", json={"description": "Else."})
    answer = await two.confirm(held)

    assert changed.status_code == 200
    assert answer.status_code == 409
    assert upstream.seen == 0


@pytest.mark.speed
@pytest.mark.slow
async def test_a_second_server_that_ends_takes_nothing_from_the_first(folder, upstream):
    settings = {"egress_allow": [f"127.0.0.1:{upstream.port}"]}
    async with running_remote(folder, **settings) as (_, one):
        action = make_action(upstream.url("/{{order_id}}"), method="POST", executionMode="confirm")
        await one.post("/api/custom-actions", action)
        held = await one.hold("get_order", order_id="A-1")
        async with running_remote(folder, **settings) as (other, two):
            await two.get("/api/runs")
            other.process.kill()

        started_s = time.monotonic()
        outcome = (await one.confirm(held)).json()

    assert outcome["status"] == "succeeded"
    assert time.monotonic() - started_s < SOON_S
    assert upstream.seen == 1
