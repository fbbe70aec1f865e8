"""Definitions through the API: stored, converted, refused with what is wrong."""

import asyncio
import json

import pytest

from deftly.domain.access import Scope
from tests.world import make_action

ACTIONS = "/api/custom-actions"
NOWHERE = "5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10"


async def test_a_created_action_is_listed_and_callable_at_once(api, upstream):
    upstream.answers({"status": "shipped"})

    answer = await api.post(ACTIONS, make_action(upstream.url("/orders/{{order_id}}")))
    called = await api.call("get_order", {"order_id": "A-1042"})

    saved = answer.json()
    assert saved["ok"] is True
    assert saved["warnings"] == []
    assert saved["action"]["similes"] == []
    assert saved["action"]["version"] == 1
    assert called.json()["result"]["data"] == {"status": "shipped"}
    assert upstream.requests[0].path == "/orders/A-1042"
    assert (await api.get(ACTIONS)).json()["actions"] == [saved["action"]]


async def test_actions_are_listed_in_creation_order_enabled_or_not(api):
    for name, enabled in [("zebra", True), ("apple", False), ("mango", True)]:
        await api.create(name=name, enabled=enabled)
        api.clock.forward(1)

    listed = (await api.get(ACTIONS)).json()["actions"]

    assert [one["name"] for one in listed] == ["ZEBRA", "APPLE", "MANGO"]


NAMES = [
    ("get my-weather!", "GET_MY_WEATHER"),
    ("getHTTPStatus", "GET_HTTP_STATUS"),
    ("Größe  prüfen", "GROE_PRUFEN"),
    ("__a__b__", "A_B"),
    ("x" * 60, "X" * 60),
]


@pytest.mark.parametrize(("given", "stored"), NAMES)
async def test_names_are_converted(api, given, stored):
    assert (await api.create(name=given))["name"] == stored


REFUSED = [
    ({"name": None}, "name"),
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": 5}, "name"),
    ({"name": "!!!"}, "name"),
    ({"name": "x" * 61}, "name"),
    ({"description": None}, "description"),
    ({"description": " "}, "description"),
    ({"description": ["a"]}, "description"),
    ({"handler": None}, "handler"),
    ({"handler": "http"}, "handler"),
    ({"handler": {}}, "handler"),
    ({"handler": {"type": "ftp"}}, "handler"),
    ({"handler": {"type": "http"}}, "handler.url"),
    ({"handler": {"type": "http", "url": " "}}, "handler.url"),
    ({"handler": {"type": "http", "url": "https://a.example.com/{{x"}}, "handler.url"),
    ({"handler": {"type": "http", "url": "https://{{x}}/"}}, "handler.url"),
    ({"handler": {"type": "http", "url": "https://a.example.com", "method": "BREW"}}, "handler"),
    ({"handler": {"type": "shell"}}, "handler.command"),
    ({"handler": {"type": "shell", "command": "  "}}, "handler.command"),
    ({"handler": {"type": "code", "code": ""}}, "handler.code"),
    ({"handler": {"type": "code"}}, "handler.code"),
    ({"similes": "a"}, "similes"),
    ({"similes": [1]}, "similes"),
    ({"parameters": {}}, "parameters"),
    ({"parameters": ["a"]}, "parameters"),
    ({"parameters": [{"name": "secrets"}]}, "parameters"),
    ({"parameters": [{"name": "a"}, {"name": "a"}]}, "parameters"),
    ({"inputSchema": []}, "inputSchema"),
    ({"inputSchema": {"$ref": "https://evil.example.com/s"}}, "inputSchema"),
    ({"executionMode": "always"}, "executionMode"),
    ({"unknown": 1}, "unknown"),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED, ids=lambda value: str(value)[:60])
async def test_what_can_never_work_is_refused_with_its_field(api, changes, field):
    answer = await api.post(ACTIONS, make_action() | changes)

    refused = answer.json()
    assert answer.status_code == 400, refused
    assert any(one["path"].startswith(field) for one in refused["details"]), refused
    assert all(one["message"] for one in refused["details"])
    assert (await api.get(ACTIONS)).json() == {"actions": []}


async def test_all_problems_are_told_at_once(api):
    answer = await api.post(ACTIONS, {"handler": {"type": "http"}, "similes": 1})

    paths = {one["path"] for one in answer.json()["details"]}
    assert {"name", "description", "handler.url", "similes"} <= paths


BODIES = [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"a": NaN}', b"[" * 100_000]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:12]))
@pytest.mark.parametrize("path", [ACTIONS, f"{ACTIONS}/test", "/api/tools/get_order/call"])
async def test_a_body_that_is_no_object_is_refused(api, path, body):
    answer = await api.post(path, body)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request"


@pytest.mark.parametrize("path", [ACTIONS, f"{ACTIONS}/test", "/api/tools/get_order/call"])
async def test_a_body_over_a_mebibyte_is_refused(api, path):
    answer = await api.post(path, {"name": "x" * 1024 * 1024})

    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"


async def test_the_content_type_does_not_matter(api):
    body = json.dumps(make_action()).encode()
    for kind, index in [("text/plain", 1), ("application/x-www-form-urlencoded", 2)]:
        given = body.replace(b"get order", f"get order {index}".encode())
        answer = await api.post(ACTIONS, given, headers={"content-type": kind})
        assert answer.status_code == 200


async def test_identity_and_times_are_the_server_s(api):
    mine = {"id": NOWHERE, "createdAt": "2000-01-01T00:00:00.000Z", "version": 99}

    action = await api.create(**mine)

    assert action["id"] != NOWHERE
    assert action["createdAt"] == action["updatedAt"] == "2026-01-01T12:00:00.000Z"
    assert action["version"] == 1


@pytest.mark.parametrize("enabled", [True, None, "false", 0, 1])
async def test_everything_but_a_literal_false_enables(api, enabled):
    assert (await api.create(enabled=enabled))["enabled"] is True


async def test_a_taken_name_is_refused_whatever_its_case(api):
    await api.create(name="get order")

    answer = await api.post(ACTIONS, make_action(name="GET_ORDER"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "name_taken"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "https://a.example.com/{{other}}"}, "handler"),
        ({"url": "https://a.example.com/", "headers": {"X": "{{secrets.NOT_YET}}"}}, "handler"),
        ({"url": "http://10.0.0.1/"}, "handler.url"),
        ({"url": "https://a.example.com/", "method": "POST"}, "executionMode"),
    ],
)
async def test_what_may_surprise_is_stored_with_a_warning(api, fields, field):
    answer = await api.post(ACTIONS, make_action(**fields))

    assert answer.status_code == 200
    assert field in [one["path"] for one in answer.json()["warnings"]]


async def test_only_an_owner_stores_what_runs_with_everybody_s_rights(api):
    manager = await api.with_scopes(Scope.MANAGE)
    command = {"handler": {"type": "shell", "command": "true"}, "executionMode": "confirm"}

    refused = await manager.post(ACTIONS, make_action() | command)
    stored = await api.post(ACTIONS, make_action() | command)

    assert (refused.status_code, stored.status_code) == (403, 200)


async def test_sixteen_creations_of_one_name_make_one_action(api):
    answers = await asyncio.gather(*(api.post(ACTIONS, make_action()) for _ in range(16)))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 15
    assert len((await api.get(ACTIONS)).json()["actions"]) == 1
