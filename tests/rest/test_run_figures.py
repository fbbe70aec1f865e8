"""Numbers about runs: over time, and by action."""

import pytest

# Calls of it fail: the guard lets none out.
NOWHERE = "http://169.254.169.254/{{order_id}}"


@pytest.fixture
async def orders(api, upstream):
    """An action that answers, and one that asks first."""
    looked = await api.create(url=upstream.url("/orders/{{order_id}}"))
    asked = await api.create(name="return", url=upstream.url("/returns"), executionMode="confirm")
    return looked["id"], asked["id"]


async def look_up(api, times=1):
    for number in range(times):
        answer = await api.call("get_order", {"order_id": str(number)})
        assert answer.status_code == 200, answer.text


async def point_to(api, action, url):
    handler = {"type": "http", "url": url}
    answer = await api.put(f"/api/custom-actions/{action}", {"handler": handler})
    assert answer.status_code == 200, answer.text


async def over_time(api, **query):
    answer = await api.get("/api/runs/over-time", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def records(api, **query):
    answer = await api.get("/api/runs/by-action", params=query)
    assert answer.status_code == 200, answer.text
    return {one["actionId"]: one for one in answer.json()["actions"]}


async def test_runs_are_counted_by_hour_and_status(api, orders):
    await look_up(api, 3)
    await point_to(api, orders[0], NOWHERE)
    await look_up(api)
    api.clock.forward(3_600)
    await api.hold("return", {"order_id": "A"})

    told = await over_time(api, step="hour", steps=2)

    assert (told["since"], told["until"]) == (
        "2026-01-01T12:00:00.000Z",
        "2026-01-01T13:00:00.000Z",
    )
    first, second = told["counts"]
    assert first["at"] == told["since"]
    assert first["runs"] == {"succeeded": 3, "failed": 1}
    assert first["averageMs"] >= 0
    assert second == {
        "at": told["until"],
        "runs": {"confirm_required": 1},
        "averageMs": None,
    }


@pytest.mark.usefixtures("orders")
async def test_what_was_called_before_the_span_is_not_counted(api):
    await look_up(api)
    api.clock.forward(86_400)
    await look_up(api, 2)

    days = (await over_time(api, step="day", steps=2))["counts"]
    today = (await over_time(api, step="day", steps=1))["counts"]

    assert [one["runs"] for one in days] == [{"succeeded": 1}, {"succeeded": 2}]
    assert today == days[1:]


async def test_counts_are_narrowed_as_the_list_of_runs_is(api, orders):
    looked, asked = orders
    await api.call("get_order", {"order_id": "A"}, conversationId="c1")
    await api.post(f"/api/custom-actions/{looked}/test", {"params": {"order_id": "A"}})
    await api.hold("return", {"order_id": "A"})

    counts = {}
    for query in (
        {"action": looked}, {"action": asked}, {"action": "other"}, {"trigger": "test"},
        {"conversationId": "c1"}, {"conversationId": "c1", "trigger": "test"},
    ):  # fmt: skip
        told = await over_time(api, **query)
        counts[str(query)] = sum(sum(one["runs"].values()) for one in told["counts"])

    assert list(counts.values()) == [2, 1, 0, 1, 1, 0]


@pytest.mark.parametrize(
    "query", ["step=minute", "steps=0", "steps=745", "steps=x", "trigger=cron"]
)
async def test_a_span_that_makes_no_sense_is_refused(api, query):
    answer = await api.get(f"/api/runs/over-time?{query}")

    assert answer.status_code == 400
    assert answer.json()["details"][0]["path"] == query.partition("=")[0]


async def test_an_action_is_known_by_its_newest_run_and_how_many_failed(api, orders):
    looked, asked = orders
    await look_up(api)
    await point_to(api, looked, NOWHERE)
    failed = await api.call("get_order", {"order_id": "B"})
    assert await records(api) == {
        looked: {
            "actionId": looked,
            "calls": 2,
            "failed": 1,
            "lastRun": {
                "id": failed.json()["runId"],
                "status": "failed",
                "at": "2026-01-01T12:00:00.000Z",
            },
        }
    }

    await api.hold("return", {"order_id": "A"})

    both = await records(api)
    assert both[asked]["calls"] == 1
    assert both[asked]["lastRun"]["status"] == "confirm_required"
    assert await records(api, action=asked) == {asked: both[asked]}
    assert await records(api, action=f"{looked},{asked},other") == both
    assert await records(api, action="other") == {}


async def test_only_the_newest_fifty_runs_make_an_action_look_bad(api, upstream, orders):
    looked, _ = orders
    await point_to(api, looked, NOWHERE)
    await look_up(api, 2)
    await point_to(api, looked, upstream.url("/orders/{{order_id}}"))
    await look_up(api, 49)

    assert (await records(api))[looked]["failed"] == 1
    await look_up(api)
    now = (await records(api))[looked]
    assert (now["calls"], now["failed"]) == (50, 0)
