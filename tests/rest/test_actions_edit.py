"""Definitions through the API: changed, deleted, brought back."""

import pytest

ACTIONS = "/api/custom-actions"
NOWHERE = "5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10"


async def test_a_change_moves_version_and_time_and_nothing_else(api):
    before = await api.create()
    api.clock.forward(60)

    answer = await api.put(f"{ACTIONS}/{before['id']}", {"description": "Find an order."})

    after = answer.json()["action"]
    assert after == before | {
        "description": "Find an order.",
        "version": 2,
        "updatedAt": "2026-01-01T12:01:00.000Z",
    }
    assert answer.headers["etag"] == '"2"'


async def test_null_and_an_empty_change_change_nothing_but_the_time(api):
    before = await api.create()
    api.clock.forward(60)

    for patch in ({}, {"handler": None, "name": None}):
        after = (await api.put(f"{ACTIONS}/{before['id']}", patch)).json()["action"]
        assert after["version"] == 1
        assert after["updatedAt"] == "2026-01-01T12:01:00.000Z"
        assert after["handler"] == before["handler"]


async def test_a_handler_is_replaced_whole(api):
    before = await api.create(method="POST", body={"a": 1}, executionMode="confirm")

    answer = await api.put(
        f"{ACTIONS}/{before['id']}", {"handler": {"type": "http", "url": "https://b.example.com/"}}
    )

    handler = answer.json()["action"]["handler"]
    assert handler["method"] == "GET"
    assert "body" not in handler


CHANGES = [
    ({"name": "!!!"}, "name"),
    ({"name": "x" * 61}, "name"),
    ({"description": " "}, "description"),
    ({"similes": [1]}, "similes"),
    ({"handler": {"type": "ftp"}}, "handler"),
    ({"handler": {"type": "http"}}, "handler.url"),
    ({"handler": {"type": "http", "url": "https://{{x}}/"}}, "handler.url"),
    ({"unknown": 1}, "unknown"),
]


@pytest.mark.parametrize(("patch", "field"), CHANGES, ids=str)
async def test_a_change_is_checked_like_a_creation(api, patch, field):
    action = await api.create()

    answer = await api.put(f"{ACTIONS}/{action['id']}", patch)

    assert answer.status_code == 400
    assert any(one["path"].startswith(field) for one in answer.json()["details"])
    kept = (await api.get(f"{ACTIONS}/{action['id']}")).json()["action"]
    assert kept == action


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "*", '"7", "1"'])
async def test_the_version_one_has_seen_may_be_changed(api, tag):
    action = await api.create()

    answer = await api.put(
        f"{ACTIONS}/{action['id']}", {"description": "New."}, headers={"if-match": tag}
    )

    assert answer.status_code == 200


async def test_a_change_of_another_version_is_refused(api):
    action = await api.create()
    path = f"{ACTIONS}/{action['id']}"
    tag = (await api.get(path)).headers["etag"]
    await api.put(path, {"description": "Meanwhile."})

    answer = await api.put(path, {"description": "Late."}, headers={"if-match": tag})

    assert answer.status_code == 412
    assert (await api.get(path)).json()["action"]["description"] == "Meanwhile."


UNKNOWN = [
    ("GET", ""),
    ("PUT", ""),
    ("DELETE", ""),
    ("POST", "/test"),
    ("POST", "/preview"),
    ("GET", "/revisions"),
    ("POST", "/revisions/1/restore"),
]


@pytest.mark.parametrize("action_id", [NOWHERE, "nope", "%2e%2e", "a b", "☃"])
@pytest.mark.parametrize(("method", "suffix"), UNKNOWN)
async def test_an_unknown_action_is_not_found_before_anything_is_checked(
    api, method, suffix, action_id
):
    answer = await api.request(method, f"{ACTIONS}/{action_id}{suffix}", content=b'{"handler": 1}')

    assert answer.status_code == 404
    assert answer.json()["error"] == "Action not found"


async def test_a_deleted_action_is_gone_everywhere(api, upstream):
    action = await api.create(url=upstream.url("/{{order_id}}"))

    first = await api.request("DELETE", f"{ACTIONS}/{action['id']}")
    second = await api.request("DELETE", f"{ACTIONS}/{action['id']}")

    assert first.json() == {"ok": True}
    assert second.status_code == 404
    assert (await api.call("get_order", {"order_id": "A"})).status_code == 404
    assert (await api.get("/api/tools")).json() == {"tools": []}
    assert upstream.seen == 0


async def test_an_earlier_version_can_be_brought_back(api):
    action = await api.create()
    path = f"{ACTIONS}/{action['id']}"
    await api.put(path, {"description": "Worse."})

    listed = (await api.get(f"{path}/revisions")).json()["revisions"]
    restored = (await api.post(f"{path}/revisions/1/restore", {})).json()["action"]

    assert [one["version"] for one in listed] == [2, 1]
    assert restored["description"] == action["description"]
    assert restored["version"] == 3
    for version in ("9", "x", "-1", "1" * 30):
        missing = await api.post(f"{path}/revisions/{version}/restore", {})
        assert missing.status_code == 404
