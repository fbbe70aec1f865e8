"""A secret's value comes out nowhere, however it comes back; nor does a confirmation's token."""

import json
from urllib.parse import quote

import pytest

from tests.sinks import READABLE, Reader, finish, get_echo, told_back
from tests.world import make_action

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

SECRET = 'q7/Zx+9"ü=Kv %4&mW1'
LITERAL = "Lt9-typed-into-a-header-83"
SECRET_TYPED = "Typed_after-Bearer.4711"
ECHO = {
    "name": "echo",
    "method": "POST",
    "parameters": [],
    "headers": {"X-Api-Key": "{{secrets.SHOP_KEY}}", "Authorization": "Bearer {{secrets.OTHER}}"},
    "body": '{"password": "{{secrets.OTHER}}"}',
}


async def use_in_every_way(reader: Reader, action_id: str, tool: str) -> None:
    """Call, test and preview an action, and confirm a call of it."""
    called = await reader.ask("POST", f"/api/tools/{tool}/call", {"idempotencyKey": "k1"})
    assert called.json()["status"] == "succeeded", called.text
    await reader.ask("POST", f"/api/tools/{tool}/call", {"idempotencyKey": "k1"})
    tested = await reader.ask("POST", f"/api/custom-actions/{action_id}/test", {})
    assert tested.json()["ok"], tested.text
    await reader.ask("POST", f"/api/custom-actions/{action_id}/preview", {})
    path = f"/api/custom-actions/{action_id}"
    changed = await reader.ask("PUT", path, {"executionMode": "confirm"})
    assert changed.status_code == 200, changed.text
    held = await reader.remote.hold(tool)
    for word in ("confirm", "confirm", "deny"):
        answered = await reader.ask(
            "POST", f"/api/confirmations/{held['id']}/{word}", {"token": held["token"]}
        )
        assert answered.json()["status"] == "succeeded", answered.text


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "text/html"])
async def test_a_secret_that_comes_back_in_any_spelling_is_told_nowhere(
    reader, upstream, folder, content_type
):
    await reader.secret("SHOP_KEY", READABLE)
    await reader.secret("OTHER", SECRET)
    upstream.body = (told_back(SECRET) + "\n" + told_back(READABLE)).encode()
    if content_type == "application/json":
        upstream.body = f"[{told_back(SECRET)}, {told_back(READABLE)}]".encode()
    upstream.headers = {"Content-Type": content_type, "X-Echo": READABLE, "ETag": f'"{READABLE}"'}
    url = upstream.url("/?key={{secrets.OTHER}}&b={{secrets.SHOP_KEY}}")
    fields = {**ECHO, "headers": {"X-Api-Key": "{{secrets.SHOP_KEY}}"}}
    action_id = await reader.action(url=url, **fields)

    await use_in_every_way(reader, action_id, "echo")
    sinks = await finish(reader, folder)

    assert upstream.seen == 3
    assert upstream.requests[0].headers["x-api-key"] == READABLE
    assert json.loads(upstream.requests[0].body) == {"password": SECRET}
    assert quote(SECRET, safe="") in upstream.requests[0].path
    assert sinks.holding(SECRET) == []
    assert sinks.holding(READABLE) == []


async def test_what_an_echo_got_is_told_without_the_secrets(reader, upstream, folder):
    await reader.secret("SHOP_KEY", READABLE)
    await reader.secret("OTHER", "Another_Value-1234")
    upstream.echo = True
    action_id = await reader.action(url=upstream.url("/?key={{secrets.OTHER}}"), **ECHO)

    await use_in_every_way(reader, action_id, "echo")
    sinks = await finish(reader, folder)

    assert "secret SHOP_KEY" in sinks.texts["POST /api/tools/echo/call"]
    assert sinks.holding(READABLE) == sinks.holding("Another_Value-1234") == []


async def test_a_credential_typed_into_a_header_is_told_nowhere(reader, upstream, folder):
    upstream.echo = True
    typed = {"headers": {"X-Api-Key": LITERAL, "Authorization": f"Bearer {SECRET_TYPED}"}}
    fields = {**ECHO, **typed, "body": '{"a": 1}', "url": upstream.url("/")}
    draft = {"action": make_action(**fields)}

    tested = await reader.ask("POST", "/api/custom-actions/test", draft)
    assert tested.json()["ok"], tested.text
    assert upstream.requests[0].headers["x-api-key"] == LITERAL
    upstream.answers(b"no", status=500)
    await reader.ask("POST", "/api/custom-actions/test", draft)
    upstream.answers({"ok": True})
    action_id = await reader.action(**fields)
    upstream.echo = True
    await use_in_every_way(reader, action_id, "echo")
    sinks = await finish(reader, folder)

    assert upstream.requests[-1].headers["x-api-key"] == LITERAL
    assert upstream.requests[-1].headers["authorization"] == f"Bearer {SECRET_TYPED}"
    assert sinks.holding(LITERAL) == sinks.holding(SECRET_TYPED) == []


@pytest.mark.parametrize("told", [1, 9, len(READABLE) - 1])
async def test_a_secret_that_is_cut_with_a_long_answer_is_not_told_in_part(
    reader, upstream, folder, told
):
    await reader.secret("SHOP_KEY", READABLE)
    action_id = await reader.action(**get_echo(upstream))
    filling = "~" * (20_000 - told)
    upstream.answers((filling + READABLE + "~" * 100).encode())

    called = await reader.ask("POST", "/api/tools/echo/call", {})
    await reader.ask("POST", f"/api/custom-actions/{action_id}/test", {})

    assert called.json()["result"]["truncated"]
    assert f"~{READABLE[:told]}" not in called.text
    assert (await finish(reader, folder)).holding(READABLE) == []


async def test_a_confirmation_token_is_told_once_and_kept_nowhere(reader, upstream, folder):
    await reader.action(**get_echo(upstream, headers={}, url=upstream.url("/"), method="POST"))
    (action,) = (await reader.remote.get("/api/custom-actions"))["actions"]
    path = f"/api/custom-actions/{action['id']}"
    await reader.ask("PUT", path, {"executionMode": "confirm"})
    tokens = []
    for word in ("confirm", "deny"):
        held = await reader.remote.hold("echo")
        issued = f"/api/confirmations/{held['id']}/token"
        further = (await reader.remote.post(issued))["token"]
        tokens += [held["token"], further]
        for token in (held["token"], further):
            url = f"/api/confirmations/{held['id']}/{word}"
            assert (await reader.ask("POST", url, {"token": token})).status_code == 200
        wrong = {"token": further[::-1]}
        await reader.ask("POST", f"/api/confirmations/{held['id']}/confirm", wrong)
        await reader.ask("POST", f"/api/confirmations/{held['id']}/confirm", [further])
        await reader.ask("POST", f"/api/confirmations/{held['id']}/{further}", {"t": further})
        await reader.ask("GET", f"/api/runs?cursor={further}")
    sinks = await finish(reader, folder)

    assert upstream.seen == 1
    for token in tokens:
        assert sinks.holding(token) == []
