"""A browser starts a client call and tells how it ended: what is taken from it, and from whom."""

import pytest

from deftly.domain.access import Scope
from deftly.values import JsonValue
from tests.agent.browser_kit import (
    CALL,
    CODE,
    ORIGIN,
    PATIENT,
    TOOL,
    Page,
    client_action,
    desk,
    run_of,
)
from tests.agent.provider_server import calls, words

VALUES: list[JsonValue] = [
    None,
    False,
    0,
    "text",
    [],
    {"deep": {"er": [1, {"x": None}]}},
    {"__proto__": {"polluted": True}, "constructor": 1},
    "</script><script>alert(1)</script>",
    "line\u2028separator\u2029",
    12345678901234567890123,
]


@pytest.mark.parametrize("value", VALUES, ids=ascii)
async def test_arguments_and_results_arrive_as_they_were_sent(folder, value):
    parameters = [{"name": "given", "type": "object"}]
    given = {"given": {"value": value, "__proto__": {"x": "</script>\u2028"}}}
    action = client_action(returns=True, parameters=parameters)
    replies = [calls((TOOL, given)), words("Done.")]
    async with desk(folder, action, *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.client)
        started = (await begun.page.start(begun.call_id)).json()
        assert started["arguments"] == given
        # Nothing of the arguments is ever part of a script.
        script = (await scene.api.get(started["script"])).text
        assert script.count("</script") == CODE.count("</script")

        assert (await begun.page.finish(begun.call_id, ok=True, result=value)).status_code == 200
        await begun.talk()
        assert (await run_of(scene, begun.call_id)).get("result") == value


@pytest.mark.parametrize(
    "value",
    ["x" * 60_000, ["é" * 100] * 600, {"a": "\u0000" * 30_000}],
    ids=["text", "list", "object"],
)
async def test_a_huge_result_is_cut(folder, value):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.client)
        await begun.page.start(begun.call_id)
        assert (await begun.page.finish(begun.call_id, ok=True, result=value)).status_code == 200
        await begun.talk()

        result = (await run_of(scene, begun.call_id))["result"]
        assert result.keys() == {"data", "truncated"}
        assert len(result["data"]) == 20_000


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"undefined", 400),
        (b'{"ok": true, "result": undefined}', 400),
        (b'{"ok": true, "result": NaN}', 400),
        (b'{"ok": true, "result": "\\ud800"}', 400),
        (b'{"ok": true, "result": ' + b"[" * 100 + b"]" * 100 + b"}", 400),
        (b'{"ok": true, "result": "' + b"x" * 1_100_000 + b'"}', 413),
        (b'{"ok": true, "error": "x"}', 400),
        (b'{"ok": false, "result": 1}', 400),
        (b'{"ok": false}', 400),
        (b'{"ok": false, "error": ""}', 400),
        (b'{"ok": false, "error": {"name": "TypeError"}}', 400),
        (b'{"ok": "true"}', 400),
        (b"{}", 400),
        (b"", 400),
    ],
    ids=lambda one: repr(one)[:40],
)
async def test_an_ending_that_is_none_changes_nothing(folder, body, status):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.client)
        await begun.page.start(begun.call_id)
        path = begun.page.path(begun.call_id, "finish")

        refused = await scene.api.post(path, body)
        assert refused.status_code == status
        assert refused.json()["error"].endswith(".")
        assert (await begun.page.finish(begun.call_id, ok=True, result=1)).status_code == 200
        await begun.talk()
        assert (await run_of(scene, begun.call_id))["result"] == 1


async def test_finish_comes_after_start_and_once(folder):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.client)
        early = await begun.page.finish(begun.call_id, ok=True, result="early")
        assert (early.status_code, early.json()["code"]) == (409, "not_under_way")
        await begun.page.start(begun.call_id)
        assert (await begun.page.finish(begun.call_id, ok=True, result="first")).status_code == 200
        for again in ({"ok": True, "result": "second"}, {"ok": False, "error": "third"}):
            answer = await begun.page.finish(begun.call_id, **again)
            assert (answer.status_code, answer.json()["code"]) == (409, "not_under_way")
        await begun.talk()

        assert (await run_of(scene, begun.call_id))["result"] == "first"


async def test_only_its_own_visitor_starts_and_finishes_a_call(folder):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        visitor = scene.visitor()
        begun = await scene.begun(visitor)
        # Whoever manages the server reads the conversation, and does not act in it.
        owner = Page(scene.api.http, begun.page.conversation)
        seen = await scene.api.get(f"/api/conversations/{begun.page.conversation}")
        assert seen.status_code == 200
        others = [owner, Page(scene.visitor("v2").http, begun.page.conversation)]
        for page in others:
            assert (await page.start(begun.call_id)).status_code == 404
        assert (await begun.page.start(begun.call_id)).status_code == 200
        for page in others:
            assert (await page.finish(begun.call_id, ok=True)).status_code == 404
        elsewhere = Page(visitor.http, "another")
        assert (await elsewhere.finish(begun.call_id, ok=True)).status_code == 404
        assert (await begun.page.finish("another", ok=True)).status_code == 404

        assert (await begun.page.finish(begun.call_id, ok=True, result=1)).status_code == 200
        assert (await begun.talk()).turn.text == "Done."


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (ORIGIN, 200),
        (None, 403),
        ("null", 403),
        ("https://shop.example.com.evil.example", 403),
        ("https://evil.example", 403),
        ("http://shop.example.com", 403),
        ("https://shop.example.com:8443", 403),
        ("http://127.0.0.1:8484", 403),
    ],
)
async def test_the_script_is_for_the_page_it_was_granted_to(folder, origin, status):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.visitor())
        started = (await begun.page.start(begun.call_id)).json()
        headers = {} if origin is None else {"origin": origin}
        page = scene.api.with_headers(headers)

        answer = await page.get(started["script"])
        assert answer.status_code == status
        if status == 200:
            assert answer.headers["access-control-allow-origin"] == ORIGIN
            assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
            assert "origin" in answer.headers["vary"].lower()
            assert answer.headers["content-type"].startswith("text/javascript")
        else:
            assert CODE not in answer.text
        await begun.page.finish(begun.call_id, ok=True)
        await begun.talk()


async def test_a_grant_is_over_after_a_minute_and_for_one_script(folder):
    replies = [calls(CALL), words("Done.")]
    async with desk(folder, client_action(returns=True), *replies, waits=PATIENT) as scene:
        begun = await scene.begun(scene.client)
        started = (await begun.page.start(begun.call_id)).json()
        path, _, grant = started["script"].partition("?grant=")
        bad = [
            path,
            f"{path}?grant=",
            f"{path}?grant={grant[:-1]}",
            f"{path}?grant={grant}x",
            f"/embed/client/{'0' * 64}.js?grant={grant}",
        ]
        for one in bad:
            assert (await scene.api.get(one)).status_code == 403
        assert (await scene.api.get(started["script"])).status_code == 200
        scene.api.clock.forward(61)
        assert (await scene.api.get(started["script"])).status_code == 403
        await begun.page.finish(begun.call_id, ok=True)
        await begun.talk()


async def test_auto_needs_the_owner_s_word_and_each_version_its_author(api):
    action = {**client_action(), "acknowledgeWrites": False}
    refused = await api.post("/api/custom-actions", action)
    assert refused.status_code == 400
    assert [one["path"] for one in refused.json()["details"]] == ["executionMode"]

    stored = await api.create(**client_action())
    path = f"/api/custom-actions/{stored['id']}"
    other = await api.with_scopes(*Scope)
    handler = {"type": "client", "code": "return 2"}
    assert (await other.put(path, {"handler": handler})).status_code == 200

    listed = (await api.get(f"{path}/revisions")).json()["revisions"]
    kept = {one["version"]: one for one in listed}
    assert kept[1]["author"] != kept[2]["author"]
    assert all(one["author"].startswith("key:") for one in listed)


async def test_the_frame_for_trying_code_belongs_to_nobody_and_sends_nothing(api):
    answer = await api.with_headers({}).get("/embed/sandbox")

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'; script-src 'sha256-")
    assert policy.endswith("frame-ancestors 'self'")
    assert "x-frame-options" not in answer.headers
    assert answer.text.count("<script") == 1
