"""Answers that race, over real HTTP, split over two servers on one folder."""

import asyncio
from collections import Counter

import pytest

from tests.live import running_remote
from tests.world import make_action

TOOL = "make_return"
RACES = 200
RACERS = 16
CONTESTS = 50


@pytest.fixture
async def pair(folder, upstream):
    """Callers of two servers that share a folder and one action that asks."""
    allowed = {"egress_allow": [f"127.0.0.1:{upstream.port}"]}
    async with running_remote(folder, **allowed) as (_, one):
        url = upstream.url("/returns/{{order_id}}")
        action = make_action(url, name=TOOL, method="POST", executionMode="confirm")
        await one.post("/api/custom-actions", action)
        async with running_remote(folder, **allowed) as (_, two):
            yield one, two


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_of_sixteen_confirms_on_two_servers_one_executes_and_all_get_its_outcome(
    pair, upstream
):
    for race in range(RACES):
        held = await pair[race % 2].hold(TOOL, order_id=f"R-{race}")

        answers = await asyncio.gather(*(pair[n % 2].confirm(held) for n in range(RACERS)))

        told = [answer.json() for answer in answers]
        assert [answer.status_code for answer in answers] == [200] * RACERS, told
        assert told == [told[0]] * RACERS, f"race {race}"
        assert (told[0]["status"], told[0]["runId"]) == ("succeeded", held["run"])

    executed = Counter(request.path for request in upstream.requests)
    assert executed == {f"/returns/R-{race}": 1 for race in range(RACES)}


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_of_a_confirm_and_a_denial_on_two_servers_exactly_one_wins(pair, upstream):
    won: Counter[str] = Counter()
    for contest in range(CONTESTS):
        held = await pair[0].hold(TOOL, order_id=f"C-{contest}")
        words = ["confirm", "deny"] if contest % 4 < 2 else ["deny", "confirm"]

        first, second = await asyncio.gather(
            pair[contest % 2].answer(held, words[0]), pair[1 - contest % 2].answer(held, words[1])
        )

        answers = {words[0]: first, words[1]: second}
        status = (await pair[1].get(f"/api/runs/{held['run']}"))["run"]["status"]
        won[status] += 1
        executed = sum(request.path == f"/returns/C-{contest}" for request in upstream.requests)
        match status:
            case "succeeded":
                assert executed == 1
                assert answers["confirm"].json() == answers["deny"].json()
                assert answers["deny"].json()["status"] == "succeeded"
            case "denied":
                assert executed == 0
                assert answers["deny"].json()["status"] == "denied"
                assert answers["confirm"].status_code == 409
            case _:
                pytest.fail(f"a run that is {status}")
    assert won.total() == CONTESTS
