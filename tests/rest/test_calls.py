"""Calls: outcomes, refusals, idempotency, what a tool list shows, the record."""

import pytest

from deftly.domain.access import Scope


async def lookup(api, upstream, **fields):
    return await api.create(url=upstream.url("/orders/{{order_id}}"), **fields)


def paths_of(answer) -> set[str]:
    """Return the members at fault; arguments are named by JSON Pointers (RFC 6901)."""
    return {one["path"].removeprefix("/") for one in answer.json()["details"]}


async def test_an_answer_that_is_no_success_is_data(api, upstream):
    upstream.answers({"why": "unknown"}, status=404)
    await lookup(api, upstream)

    outcome = (await api.call("get_order", {"order_id": "A"})).json()

    assert outcome["status"] == "succeeded"
    assert outcome["result"] == {"http_status": 404, "ok": False, "data": {"why": "unknown"}}


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({}, "order_id"),
        ({"order_id": 5}, "order_id"),
        ({"order_id": "A", "more": 1}, "more"),
        ({"order_id": None}, "order_id"),
        ([], ""),
        ("A", ""),
    ],
    ids=str,
)
async def test_arguments_that_do_not_fit_are_refused(api, upstream, arguments, path):
    await lookup(api, upstream)

    answer = await api.post("/api/tools/get_order/call", {"arguments": arguments})

    assert answer.status_code == 422
    assert path in paths_of(answer)
    assert upstream.seen == 0


async def test_every_problem_of_the_arguments_is_told_at_once(api, upstream):
    parameters = [{"name": name, "required": True} for name in ("a", "b")]
    await api.create(url=upstream.url("/{{a}}/{{b}}"), parameters=parameters)

    answer = await api.call("get_order", {"a": 1, "c": 2})

    assert paths_of(answer) >= {"a", "b", "c"}


MALFORMED = [
    {"arguments": {}, "more": 1},
    {"arguments": {}, "conversationId": 5},
    {"arguments": {}, "conversationId": ""},
    {"arguments": {}, "idempotencyKey": ["a"]},
    {"arguments": {}, "idempotencyKey": "x" * 201},
]


@pytest.mark.parametrize("given", MALFORMED, ids=lambda given: str(given)[:60])
async def test_a_malformed_call_is_refused(api, given):
    assert (await api.post("/api/tools/get_order/call", given)).status_code == 400


@pytest.mark.parametrize("tool", ["nothing", "GET_ORDER", "track_order", "get_order ", "a%2Fb"])
async def test_only_the_tool_s_own_name_calls_it(api, upstream, tool):
    await lookup(api, upstream, similes=["TRACK_ORDER"])

    assert (await api.call(tool, {"order_id": "A"})).status_code == 404
    assert upstream.seen == 0


async def test_a_disabled_action_is_not_there(api, upstream):
    await lookup(api, upstream, enabled=False)

    assert (await api.call("get_order", {"order_id": "A"})).status_code == 404


@pytest.mark.parametrize("mode", ["auto", "confirm"])
async def test_a_kind_that_is_off_is_stored_and_says_so_and_nobody_is_asked(api, mode):
    handler = {"type": "shell", "command": "true"}
    fields = {"name": "other", "parameters": [], "acknowledgeWrites": True, "executionMode": mode}
    await api.create(**fields, handler=handler)

    outcome = (await api.call("other")).json()

    assert outcome["status"] == "failed"
    assert outcome["error"]["code"] == "handler_unavailable"
    assert "shell: true" in outcome["error"]["message"]
    assert (await api.get("/api/tools")).json() == {"tools": []}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_a_call_is_a_post(api, upstream, method):
    await lookup(api, upstream)

    answer = await api.request(method, "/api/tools/get_order/call", content=b'{"arguments": {}}')

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


async def test_a_refused_address_is_named_to_managers_alone(api):
    await api.create(url="http://169.254.169.254/{{order_id}}")
    agent = await api.with_scopes(Scope.RUN)

    mine = (await api.call("get_order", {"order_id": "A"})).json()
    theirs = (await agent.call("get_order", {"order_id": "A"})).json()

    assert (mine["status"], theirs["status"]) == ("failed", "failed")
    assert mine["error"]["code"] == "blocked_address"
    assert theirs["error"]["code"] == "blocked"
    assert "169.254" not in str(theirs)


async def test_the_same_key_gives_the_first_outcome_and_sends_once(api, upstream):
    await lookup(api, upstream)
    more = {"idempotencyKey": "k1"}

    first = await api.call("get_order", {"order_id": "A"}, **more)
    again = await api.call("get_order", {"order_id": "A"}, **more)
    other = await api.call("get_order", {"order_id": "B"}, **more)

    assert again.json() == first.json()
    assert other.status_code == 409
    assert other.json()["code"] == "idempotency_conflict"
    assert upstream.seen == 1


async def test_somebody_else_s_conversation_is_not_there(api, upstream):
    await lookup(api, upstream)
    stranger = await api.with_scopes(Scope.RUN)
    mine = await api.call("get_order", {"order_id": "A"}, conversationId="c1")

    theirs = await stranger.call("get_order", {"order_id": "A"}, conversationId="c1")

    assert (mine.status_code, theirs.status_code) == (200, 404)
    assert upstream.seen == 1


async def test_a_limit_says_how_long_to_wait(api, upstream):
    await lookup(api, upstream, limits={"callsPerMinute": 1})
    await api.call("get_order", {"order_id": "A"})

    answer = await api.call("get_order", {"order_id": "A"})

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert upstream.seen == 1


async def test_a_repeat_is_answered_whatever_the_limit(api, upstream):
    await lookup(api, upstream, limits={"callsPerMinute": 1})
    more = {"idempotencyKey": "k1"}
    first = await api.call("get_order", {"order_id": "A"}, **more)

    again = await api.call("get_order", {"order_id": "A"}, **more)

    assert (again.status_code, again.json()) == (200, first.json())
    assert upstream.seen == 1
