"""Trying actions out: tests, drafts, previews, exports."""

import pytest

from tests.world import make_action

ACTIONS = "/api/custom-actions"


async def test_a_test_runs_what_a_call_would_ask_about_or_refuse(api, upstream):
    upstream.answers("as it is")
    fields = {"executionMode": "confirm", "enabled": False}
    action = await api.create(url=upstream.url("/{{order_id}}"), **fields)

    answer = await api.post(f"{ACTIONS}/{action['id']}/test", {"params": {"order_id": "A"}})

    report = answer.json()
    assert report["ok"] is True
    assert report["output"] == "as it is"
    assert report["result"] == {"http_status": 200, "ok": True, "data": "as it is"}
    assert report["request"]["url"] == upstream.url("/A")


@pytest.mark.parametrize("body", [b"", b"{}", b'{"params": null}', b'{"params": {}}'])
async def test_a_missing_argument_is_told_and_nothing_is_sent(api, upstream, body):
    action = await api.create(url=upstream.url("/{{order_id}}"))

    answer = await api.post(f"{ACTIONS}/{action['id']}/test", body)

    assert answer.status_code == 200
    assert answer.json()["ok"] is False
    assert answer.json()["output"] == ""
    assert "order_id" in answer.json()["error"]
    assert upstream.seen == 0


@pytest.mark.parametrize("params", [[], [1], "", "x", 0, 5, False, True], ids=repr)
async def test_params_that_are_no_object_are_told_and_nothing_is_sent(api, upstream, params):
    draft = make_action(upstream.url("/"), parameters=[])
    action = await api.create(**draft)

    answers = [
        await api.post(f"{ACTIONS}/{action['id']}/test", {"params": params}),
        await api.post(f"{ACTIONS}/test", {"action": draft, "params": params}),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.json() == {
            "ok": False,
            "output": "",
            "durationMs": 0,
            "error": "params must be an object: the value of each parameter by its name.",
            "code": "invalid_arguments",
        }
    preview = await api.post(f"{ACTIONS}/{action['id']}/preview", {"params": params})
    assert (preview.status_code, preview.json()["details"][0]["path"]) == (422, "params")
    assert upstream.seen == 0


async def test_an_answer_that_is_no_success_is_data(api, upstream):
    upstream.answers({"why": "busy"}, status=503)
    action = await api.create(url=upstream.url("/"), parameters=[])

    report = (await api.post(f"{ACTIONS}/{action['id']}/test", {})).json()

    assert report["ok"] is False
    assert report["error"] == "HTTP 503"
    assert report["output"] == '{"why":"busy"}'
    assert report["result"]["http_status"] == 503


async def test_a_draft_is_tested_and_not_kept(api, upstream):
    draft = make_action(upstream.url("/{{order_id}}"))

    answer = await api.post(f"{ACTIONS}/test", {"action": draft, "params": {"order_id": "A"}})

    assert answer.json()["ok"] is True
    assert (await api.get(ACTIONS)).json() == {"actions": []}
    assert (await api.get("/api/runs")).json()["runs"] == []


@pytest.mark.parametrize("given", [{}, {"action": 1}, {"action": {}}])
async def test_a_draft_is_checked_like_a_creation(api, given):
    answer = await api.post(f"{ACTIONS}/test", given)

    assert answer.status_code == 400


async def test_a_preview_shows_the_request_and_sends_nothing(api, upstream):
    await api.put("/api/secrets/SHOP_KEY", {"value": "s3cret-value", "hosts": ["127.0.0.1"]})
    action = await api.create(
        url=upstream.url("/{{order_id}}"), headers={"X-Key": "{{secrets.SHOP_KEY}}"}
    )

    answer = await api.post(f"{ACTIONS}/{action['id']}/preview", {"params": {"order_id": "A/B"}})

    request = answer.json()["request"]
    assert request["url"] == upstream.url("/A%2FB")
    assert request["headers"]["X-Key"] == "‹secret SHOP_KEY›"
    assert upstream.seen == 0
    refused = await api.post(f"{ACTIONS}/{action['id']}/preview", {})
    assert refused.status_code == 422


async def test_a_draft_is_shown_as_it_would_be_sent_and_nothing_is_kept(api, upstream):
    draft = make_action(
        upstream.url("/{{order_id}}"),
        method="POST",
        body={"note": "{{note}}"},
        parameters=[{"name": "order_id"}, {"name": "note", "required": False}],
        headers={"Authorization": "Bearer abcdef-very-secret"},
    )

    answer = await api.post(
        f"{ACTIONS}/preview", {"action": draft, "params": {"order_id": "A/B", "note": 'say "hi"'}}
    )

    request = answer.json()["request"]
    assert (request["method"], request["url"]) == ("POST", upstream.url("/A%2FB"))
    assert request["body"] == '{"note":"say \\"hi\\""}'
    assert request["headers"]["Authorization"].startswith("Bearer ‹secret ")
    assert "very-secret" not in answer.text
    assert upstream.seen == 0
    assert (await api.get(ACTIONS)).json() == {"actions": []}
    assert (await api.get("/api/secrets")).json() == {"secrets": []}


@pytest.mark.parametrize(
    ("given", "status", "path"),
    [
        ({}, 400, "action"),
        ({"action": 1}, 400, "action"),
        ({"action": {"handler": {"url": "{{"}}}, 400, "name"),
        ({"action": {"handler": {"type": "http", "url": "https://x.example/{{a"}}}, 400, "name"),
        ({"action": make_action("https://x.example/{{order_id}}")}, 422, "/order_id"),
        ({"action": make_action("https://x.example/"), "params": [1]}, 422, "params"),
    ],
)
async def test_a_draft_that_cannot_be_shown_names_the_field(api, given, status, path):
    answer = await api.post(f"{ACTIONS}/preview", given)

    assert answer.status_code == status
    assert path in [problem["path"] for problem in answer.json()["details"]]


PROGRAMS = [
    ({"type": "code", "code": "return params.day"}, "the JavaScript sandbox", '{"day":"monday"}'),
    ({"type": "shell", "command": "date -d {{day}}"}, "the shell sandbox", "date -d {{day}}"),
]


@pytest.mark.parametrize(("handler", "place", "body"), PROGRAMS)
async def test_of_a_program_its_sandbox_and_what_it_gets_is_shown(api, handler, place, body):
    parameters = [{"name": "day", "required": True}]
    draft = {"name": "x", "description": "x", "handler": handler, "parameters": parameters}

    given = {"action": draft, "params": {"day": "monday"}}
    request = (await api.post(f"{ACTIONS}/preview", given)).json()["request"]

    assert (request["method"], request["url"], request["body"]) == ("RUN", place, body)


async def test_of_a_client_action_the_place_is_shown_it_runs_in(api):
    handler = {"type": "client", "code": "alert(1)"}
    draft = {"name": "x", "description": "x", "handler": handler}

    answer = await api.post(f"{ACTIONS}/preview", {"action": draft})

    request = answer.json()["request"]
    assert (request["method"], request["url"]) == ("RUN", "the visitor's browser")


async def test_a_test_shows_what_came_beside_what_the_agent_gets(api, upstream):
    await api.put("/api/secrets/SHOP_KEY", {"value": "s3cret-value", "hosts": ["127.0.0.1"]})
    upstream.answers({"order": {"status": "shipped"}, "echo": "s3cret-value"})
    draft = make_action(upstream.url("/"), parameters=[], headers={"X-Key": "{{secrets.SHOP_KEY}}"})
    draft["handler"]["resultPath"] = "order.status"

    report = (await api.post(f"{ACTIONS}/test", {"action": draft})).json()

    assert report["result"]["data"] == "shipped"
    assert report["received"] == ('{"order":{"status":"shipped"},"echo":"‹secret SHOP_KEY›"}')


async def test_what_came_is_shown_where_the_result_path_does_not_fit_it(api, upstream):
    upstream.answers({"total": "many"})
    draft = make_action(upstream.url("/"), parameters=[])
    draft["handler"]["resultPath"] = "abs(total)"

    report = (await api.post(f"{ACTIONS}/test", {"action": draft})).json()

    assert (report["ok"], report["code"]) == (False, "result_unusable")
    assert report["received"] == '{"total":"many"}'


async def test_an_export_holds_no_secret_and_no_identity(api):
    await api.create(headers={"Authorization": "Bearer abcdef-very-secret"})

    exported = await api.get(f"{ACTIONS}/export")

    (action,) = exported.json()["actions"]
    assert "very-secret" not in exported.text
    assert action["handler"]["headers"]["Authorization"].startswith("Bearer {{secrets.")
    assert not {"id", "version", "createdAt", "updatedAt"} & action.keys()
