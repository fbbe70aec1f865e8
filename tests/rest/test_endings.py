"""A run that was begun ends, whatever comes back and whoever stops waiting."""

import asyncio
import json

import pytest

from deftly.domain.access import LOCAL_OWNER
from deftly.domain.run import Call, Status, Trigger
from deftly.errors import StoreUnavailable
from deftly.values import JsonObject
from tests.world import make_action, until

TOOL = "get_order"
ORDER: JsonObject = {"order_id": "A-1042"}
SECRET = "s3cret-value-of-the-shop"


async def statuses(api):
    runs = (await api.get("/api/runs")).json()["runs"]
    return [run["status"] for run in runs]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"[" * 1010 + b"]" * 1010, "application/json"),
        (b"[" * 300 + b"]" * 300, "application/json"),
        (b"\\ud800", "text/plain; charset=unicode_escape"),
        (b"+2AA-", "text/plain; charset=utf-7"),
        (b"xn--a\xff", "text/plain; charset=idna"),
        (b"a\xffb", "text/plain; charset=undefined"),
    ],
)
async def test_an_answer_that_is_hard_to_write_down_is_an_outcome(
    api, upstream, body, content_type
):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.body = body
    upstream.headers = {"Content-Type": content_type}

    answer = await api.call(TOOL, ORDER)

    assert answer.status_code == 200
    assert answer.json()["status"] == "succeeded"
    assert isinstance(answer.json()["result"]["data"], str)
    assert await statuses(api) == ["succeeded"]


@pytest.mark.parametrize(
    "path", ["to_number('nan')", "to_number('inf')", '`"\\ud800"`', "ceil(to_number('inf'))"]
)
async def test_a_result_path_that_makes_no_json_fails_the_run(api, upstream, path):
    given = make_action(url=upstream.url("/{{order_id}}"))
    given["handler"]["resultPath"] = path
    assert (await api.post("/api/custom-actions", given)).status_code == 200

    answer = await api.call(TOOL, ORDER)

    assert answer.json()["status"] == "failed"
    assert answer.json()["error"]["code"] == "result_unusable"
    assert await statuses(api) == ["failed"]


async def test_a_result_path_that_does_not_fit_tells_nothing_of_the_answer(api, upstream):
    given = make_action(url=upstream.url("/{{order_id}}"), headers={"X-Shop": "{{secrets.SHOP}}"})
    given["handler"]["resultPath"] = "sum(headers)"
    await api.put("/api/secrets/SHOP", {"value": SECRET, "hosts": ["127.0.0.1"]})
    assert (await api.post("/api/custom-actions", given)).status_code == 200
    upstream.echo = True

    answer = await api.call(TOOL, ORDER)

    assert upstream.requests[0].headers["x-shop"] == SECRET
    assert answer.json()["error"]["code"] == "result_unusable"
    assert SECRET not in answer.text
    assert SECRET not in (await api.get("/api/runs")).text


@pytest.mark.parametrize("sent_before_limit", range(6, len(SECRET), 4))
async def test_no_piece_of_a_secret_is_left_where_an_answer_is_cut(
    api, upstream, sent_before_limit
):
    await api.create(url=upstream.url("/{{order_id}}"), headers={"X-Shop": "{{secrets.SHOP}}"})
    await api.put("/api/secrets/SHOP", {"value": SECRET, "hosts": ["127.0.0.1"]})
    upstream.body = b"x" * (20_000 - sent_before_limit) + SECRET.encode() + b"y" * 100
    upstream.headers = {"Content-Type": "text/plain"}

    answer = await api.call(TOOL, ORDER)

    result = answer.json()["result"]
    assert result["truncated"] is True
    assert len(result["data"]) == 20_000
    assert SECRET[:6] not in answer.text


async def test_a_caller_who_leaves_while_the_call_is_begun_leaves_no_run_open(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"), method="POST")
    call = Call(tool=TOOL, arguments=ORDER, principal=LOCAL_OWNER, trigger=Trigger.CHAT)

    for steps in range(12):
        task = asyncio.create_task(api.deftly.engine.call(call))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    async def is_settled():
        return "running" not in await statuses(api)

    await until(is_settled)


async def test_a_caller_who_leaves_while_confirming_leaves_no_run_open(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"), method="POST", executionMode="confirm")
    confirm = api.deftly.engine.confirm

    for steps in range(12):
        call = Call(
            tool=TOOL,
            arguments={"order_id": str(steps)},
            principal=LOCAL_OWNER,
            trigger=Trigger.CLI,
        )
        question = (await api.deftly.engine.call(call)).confirmation
        task = asyncio.create_task(confirm(question.id, question.token, LOCAL_OWNER))
        for _ in range(steps):
            await asyncio.sleep(0)
        if steps % 2:
            # Long enough for the file to be looked at, and not for the claim to come back.
            await asyncio.wait([task], timeout=0.0005 * steps)
        task.cancel()
        await asyncio.wait([task])

    async def is_settled():
        return "running" not in await statuses(api)

    await until(is_settled)


async def test_an_ending_the_store_could_not_take_is_recorded_later(api, upstream, monkeypatch):
    await api.create(url=upstream.url("/{{order_id}}"), method="POST")
    runs = api.deftly.stores.runs
    finish = runs.finish
    away = True

    async def finish_when_back(run_id, ending):
        if away:
            raise StoreUnavailable("The disk is full.")
        return await finish(run_id, ending)

    monkeypatch.setattr(type(runs), "finish", staticmethod(finish_when_back))

    answer = (await api.call(TOOL, ORDER)).json()
    assert answer["status"] == "succeeded"
    assert answer["recorded"] is False
    assert await statuses(api) == ["running"]

    away = False
    await api.deftly.engine.catch_up()

    run = (await api.get(f"/api/runs/{answer['runId']}")).json()["run"]
    assert run["status"] == Status.SUCCEEDED
    assert json.dumps(run["result"]) == json.dumps(answer["result"])


async def test_a_request_that_would_differ_from_the_shown_one_is_not_sent(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}/{{page.path}}"), method="POST")
    call = Call(
        tool=TOOL,
        arguments=ORDER,
        principal=LOCAL_OWNER,
        trigger=Trigger.CHAT,
        page={"path": "checkout"},
        cautious=True,
    )
    question = (await api.deftly.engine.call(call)).confirmation
    other = "UPDATE confirmations SET request_digest = 'of another request'"
    await api.deftly.stores.database.write(lambda tx: tx.change(other, []))

    outcome = await api.deftly.engine.confirm(question.id, question.token, LOCAL_OWNER)

    assert outcome.status is Status.FAILED
    assert outcome.error.code == "conflict"
    assert upstream.seen == 0
