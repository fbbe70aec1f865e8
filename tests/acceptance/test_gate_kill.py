"""A server killed between the claim and the answer: never lost, never sent twice."""

import asyncio
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.live import Remote, Server, running_remote
from tests.world import Upstream, make_action, until

TOOL = "make_return"
KILLED_WHILE_THE_UPSTREAM_HOLDS = 20
KILLED_SOON_AFTER_THE_POST = 30
LONGEST_DELAY_MS = 15.0
SOON_S = 10.0


def action_on(upstream: Upstream) -> object:
    url = upstream.url("/returns/{{order_id}}")
    return make_action(url, name=TOOL, method="POST", executionMode="confirm")


def settings_for(upstream: Upstream) -> dict[str, object]:
    return {"egress_allow": [f"127.0.0.1:{upstream.port}"]}


def sent(upstream: Upstream, order: str) -> int:
    return sum(request.path == f"/returns/{order}" for request in upstream.requests)


async def post_confirm(server: Server, held: dict[str, str]) -> asyncio.StreamWriter:
    """Return once the confirm has left, without waiting for what becomes of it."""
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    body = json.dumps({"token": held["token"]})
    lines = [
        f"POST /api/confirmations/{held['id']}/confirm HTTP/1.1",
        f"Host: {host}:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    writer.write("\r\n".join([*lines, "", body]).encode())
    await writer.drain()
    return writer


async def kill_while_held(server: Server, held: dict[str, str], upstream: Upstream) -> None:
    """Kill it once the upstream has the request and keeps its answer back."""
    upstream.open.clear()
    upstream.arrived.clear()
    writer = await post_confirm(server, held)
    await asyncio.wait_for(upstream.arrived.wait(), 10)
    server.process.kill()
    server.process.wait()
    upstream.open.set()
    writer.close()


async def kill_after(server: Server, held: dict[str, str], delay_s: float) -> None:
    """Kill it that long after the confirm has left, wherever it is by then."""
    writer = await post_confirm(server, held)
    await asyncio.sleep(delay_s)
    server.process.kill()
    server.process.wait()
    writer.close()


async def settled(remote: Remote, held: dict[str, str]) -> str:
    """Return how a run stands once nobody takes it for running any more."""
    status = ""

    async def is_settled() -> bool:
        nonlocal status
        status = str((await remote.get(f"/api/runs/{held['run']}"))["run"]["status"])
        return status != "running"

    await until(is_settled, within_s=SOON_S)
    return status


async def check_after(remote: Remote, held: dict[str, str], upstream: Upstream, order: str) -> str:
    """Return how the next server found the run, once nothing about it can change any more."""
    found = await settled(remote, held)
    listed = {one["id"]: one["status"] for one in (await remote.get("/api/runs?limit=200"))["runs"]}
    assert listed[held["run"]] == found
    before = sent(upstream, order)
    answers = [(await remote.confirm(held)).json() for _ in range(2)]
    assert answers[0] == answers[1]
    match found:
        case "confirm_required":
            assert before == 0
            assert answers[0]["status"] == "succeeded"
            assert sent(upstream, order) == 1
        case "unknown":
            assert answers[0]["status"] == "unknown"
            assert answers[0]["error"]["code"] == "unknown_outcome"
            assert sent(upstream, order) == before <= 1
        case "succeeded":
            assert answers[0]["status"] == "succeeded"
            assert sent(upstream, order) == before == 1
        case _:
            pytest.fail(f"after the restart the run is {found}")
    question = (await remote.get(f"/api/confirmations/{held['id']}"))["confirmation"]
    assert question["status"] == answers[0]["status"]
    return found


async def kill_and_restart(folder: Path, upstream: Upstream, delays_s: list[float | None]) -> str:
    """Kill one server after the other; None is a kill while the upstream holds the request."""
    found: Counter[str] = Counter()
    started_s = time.monotonic()
    orders: list[tuple[dict[str, str], str]] = []
    for number, delay_s in enumerate([*delays_s, None]):
        async with running_remote(folder, **settings_for(upstream)) as (server, remote):
            if orders:
                found[await check_after(remote, orders[-1][0], upstream, orders[-1][1])] += 1
            else:
                await remote.post("/api/custom-actions", action_on(upstream))
            if number == len(delays_s):
                await check_all(remote, upstream, orders)
                break
            order = f"K-{number}"
            orders.append((await remote.hold(TOOL, order_id=order), order))
            if delay_s is None:
                await kill_while_held(server, orders[-1][0], upstream)
            else:
                await kill_after(server, orders[-1][0], delay_s)
    return f"{dict(found)} in {time.monotonic() - started_s:.1f} s"


async def check_all(
    remote: Remote, upstream: Upstream, orders: list[tuple[dict[str, str], str]]
) -> None:
    """Look at all of them once more at the end: each is there, and none went out twice."""
    runs = {one["id"]: one for one in (await remote.get("/api/runs?limit=200"))["runs"]}
    assert set(runs) == {held["run"] for held, _ in orders}
    assert {one["status"] for one in runs.values()} <= {"unknown", "succeeded"}
    for held, order in orders:
        assert sent(upstream, order) <= 1, held
    unknown = (await remote.get("/api/runs?status=unknown&limit=200"))["runs"]
    assert all(one["error"]["code"] == "unknown_outcome" for one in unknown)


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_a_run_whose_server_was_killed_while_the_upstream_held_it_is_unknown_for_good(
    folder, upstream
):
    told = await kill_and_restart(folder, upstream, [None] * KILLED_WHILE_THE_UPSTREAM_HOLDS)

    print(told)  # noqa: T201 - how long it took and how the runs were found
    assert f"'unknown': {KILLED_WHILE_THE_UPSTREAM_HOLDS}}}" in told
    assert upstream.seen == KILLED_WHILE_THE_UPSTREAM_HOLDS


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_a_kill_at_any_moment_after_the_confirm_left_loses_and_repeats_nothing(
    folder, upstream
):
    step_s = LONGEST_DELAY_MS / 1000 / (KILLED_SOON_AFTER_THE_POST - 1)

    told = await kill_and_restart(
        folder, upstream, [step_s * number for number in range(KILLED_SOON_AFTER_THE_POST)]
    )

    print(told)  # noqa: T201 - how long it took and how the runs were found


@pytest.mark.slow
async def test_a_server_that_stays_shows_the_runs_of_a_killed_one_as_unknown(folder, upstream):
    async with running_remote(folder, **settings_for(upstream)) as (_, staying):
        await staying.post("/api/custom-actions", action_on(upstream))
        async with running_remote(folder, **settings_for(upstream)) as (server, remote):
            held = await remote.hold(TOOL, order_id="S-1")
            waiting = asyncio.create_task(wait_until_sent(staying, held, upstream))
            await kill_while_held(server, held, upstream)
            outcome = await waiting

        async def is_listed() -> bool:
            runs = (await staying.get("/api/runs?status=unknown"))["runs"]
            return [one["id"] for one in runs] == [held["run"]]

        await until(is_listed)

    assert outcome["status"] == "unknown"
    assert upstream.seen == 1


async def wait_until_sent(remote: Remote, held: dict[str, str], upstream: Upstream) -> Any:
    """Confirm what another server is carrying out: this one waits with its caller."""
    await until(lambda: upstream.seen == 1)
    return (await remote.confirm(held)).json()
