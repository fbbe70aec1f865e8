"""Shell actions as callers meet them: asked about, told apart, counted, and off by default."""

import asyncio

import pytest

from tests.shelling import HOST, make_shell, shelling
from tests.unit.sandbox.shells import descendants, loop_lag


async def stored(world, command: str, **handler):
    answer = await world.store(command, **handler)
    assert answer.status_code == 200, answer.text
    return answer.json()["action"]


async def test_a_command_asks_a_person_and_runs_what_was_agreed_to(folder):
    async with shelling(folder) as world:
        action = await stored(world, "echo {{n}} | tr a-z A-Z; exit 4")
        assert action["executionMode"] == "confirm"
        held = await world.api.hold("do_it", {"n": "a $(b) c"})
        assert held["summary"]["host"] == "the shell sandbox"
        assert held["summary"]["method"] == "RUN"
        outcome = (await world.api.confirm(held)).json()
    assert outcome["status"] == "succeeded"
    assert outcome["result"] == {"exit_code": 4, "stdout": "A $(B) C\n", "stderr": ""}


async def test_a_run_that_was_cut_says_so(folder):
    async with shelling(folder) as world:
        report = await world.run("head -c 70000 /dev/zero | tr '\\0' x")
    assert report["result"] == {
        "exit_code": 0,
        "stdout": "x" * 65_536,
        "stderr": "",
        "truncated": True,
    }


async def test_what_it_sends_and_receives_is_recorded(folder):
    async with shelling(folder) as world:
        await stored(world, f"curl -sS http://{HOST}/x")
        held = await world.api.hold("do_it")
        outcome = (await world.api.confirm(held)).json()
        run = (await world.api.get(f"/api/runs/{outcome['runId']}")).json()["run"]
    assert outcome["result"] == {"exit_code": 0, "stdout": "GET /x", "stderr": ""}
    assert run["sentBytes"] > 0
    assert run["receivedBytes"] > 0


async def test_a_value_is_shown_beside_the_command_and_never_in_it(folder):
    async with shelling(folder) as world:
        report = await world.run('printf "[%s]" {{q}}', {"q": "$(id)"})
    assert report["output"] == "[$(id)]"
    assert report["request"]["body"] == 'printf "[%s]" {{q}}'
    assert report["request"]["arguments"] == {"q": "$(id)"}


async def test_a_missing_value_is_the_empty_word(folder):
    async with shelling(folder) as world:
        report = await world.run('printf "[%s]" {{q}} end')
    assert report["output"] == "[][end]"


async def test_an_option_passes_where_the_owner_lets_it(folder):
    async with shelling(folder) as world:
        refused = await world.run("echo {{q}}", {"q": "-n"})
        allowed = await world.run("echo {{q}} x", {"q": "-n"}, allowOptions=["q"])
    assert refused["code"] == "invalid_arguments"
    assert allowed["output"] == "x"


async def test_commands_are_off_by_default_and_nothing_starts(folder):
    async with shelling(folder, shell=False) as world:
        await stored(world, "echo hello")
        report = await world.run("echo hello")
        answer = await world.api.call("do_it")
        assert descendants() == set()
    assert report["code"] == "handler_unavailable"
    assert "shell: true" in report["error"]
    assert answer.json().get("status") != "succeeded"


async def test_its_own_time_limit_holds(folder):
    async with shelling(folder) as world:
        await world.run("true")
        async with asyncio.timeout(5):
            report = await world.run("sleep 100", timeout_s=0.5)
    assert (report["ok"], report["code"]) == (False, "limit_exceeded")
    assert "0.5 s and" in report["error"]


async def test_auto_needs_the_owners_word(folder):
    async with shelling(folder) as world:
        draft = {**make_shell("echo hello"), "executionMode": "auto"}
        refused = await world.api.post("/api/custom-actions", draft)
        given = {**draft, "acknowledgeWrites": True}
        taken = await world.api.post("/api/custom-actions", given)
    assert refused.status_code in {400, 403, 409, 422}
    assert taken.status_code == 200, taken.text


@pytest.mark.speed
async def test_a_flood_of_connections_does_not_hold_the_loop_up(folder):
    flood = "bash -c 'while :; do exec 3<>/dev/tcp/127.0.0.1/3128; done' 2>/dev/null"
    asking = "bash -c 'while :; do exec 3<>/dev/tcp/127.0.0.1/3128; echo x >&3; done' 2>/dev/null"
    async with shelling(folder) as world:
        await world.run("true")
        for one in (flood, asking):
            command = f"for i in $(seq 20); do {one} & done; wait"
            lags = [await worst_lag(world, command) for _ in range(3)]
            assert min(lags) < 0.050


async def worst_lag(world, command: str) -> float:
    async with loop_lag() as lags:
        await world.run(command, timeout_s=1.5)
    return max(lags)
