"""Tool lists, the record of runs, secrets, numbers."""

import pytest


async def lookup(api, upstream, **fields):
    return await api.create(url=upstream.url("/orders/{{order_id}}"), **fields)


FORMS = {
    "json": lambda tool: (tool["name"], tool["inputSchema"]),
    "openai": lambda tool: (tool["function"]["name"], tool["function"]["parameters"]),
    "anthropic": lambda tool: (tool["name"], tool["input_schema"]),
    "mcp": lambda tool: (tool["name"], tool["inputSchema"]),
}


@pytest.mark.parametrize("form", FORMS)
async def test_tools_come_in_the_form_of_each_framework(api, form):
    action = await api.create()

    (tool,) = (await api.get(f"/api/tools?format={form}")).json()["tools"]

    assert FORMS[form](tool) == ("get_order", action["inputSchema"])
    assert "Look up an order." in str(tool)


async def test_tools_are_told_again_only_when_they_changed(api):
    action = await api.create()
    first = await api.get("/api/tools")
    tag = {"if-none-match": first.headers["etag"]}

    same = await api.get("/api/tools", headers=tag)
    await api.put(f"/api/custom-actions/{action['id']}", {"enabled": False})
    changed = await api.get("/api/tools", headers=tag)

    assert (same.status_code, same.content) == (304, b"")
    assert changed.json() == {"tools": []}


async def test_an_unknown_form_is_refused(api):
    answer = await api.get("/api/tools?format=xml")

    assert answer.status_code == 400
    assert answer.json()["details"][0]["path"] == "format"


async def test_runs_are_paged_newest_first(api, upstream):
    await lookup(api, upstream)
    made = [
        (await api.call("get_order", {"order_id": str(number)})).json()["runId"]
        for number in range(5)
    ]

    seen, cursor = [], None
    while True:
        page = (await api.get("/api/runs", params={"limit": 2, "cursor": cursor or ""})).json()
        seen += [run["id"] for run in page["runs"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert seen == made[::-1]


async def test_runs_are_filtered(api, upstream):
    action = await lookup(api, upstream)
    await api.call("get_order", {"order_id": "A"}, conversationId="c1")
    await api.post(f"/api/custom-actions/{action['id']}/test", {"params": {"order_id": "A"}})

    counts = {
        query: len((await api.get(f"/api/runs?{query}")).json()["runs"])
        for query in (
            "trigger=rest", "trigger=test", "status=succeeded", "status=failed",
            "conversationId=c1", f"action={action['id']}", "action=other",
        )
    }  # fmt: skip

    assert list(counts.values()) == [1, 1, 2, 0, 1, 2, 0]


async def test_runs_before_a_time_are_listed_newest_first(api, upstream):
    await lookup(api, upstream)
    made = []
    for number in range(4):
        told = await api.call("get_order", {"order_id": str(number)})
        made.append(told.json()["runId"])
        api.clock.forward(60)

    async def before(time, **more):
        told = await api.get("/api/runs", params={"before": time, **more})
        assert told.status_code == 200, told.text
        return told.json()

    listed = await before("2026-01-01T12:02:00Z")
    assert [run["id"] for run in listed["runs"]] == [made[1], made[0]]
    first = await before("2026-01-01T14:02:30+02:00", limit=2)
    rest = await before("2026-01-01T14:02:30+02:00", limit=2, cursor=first["next"])
    assert [run["id"] for run in first["runs"] + rest["runs"]] == made[2::-1]
    assert (await before("2026-01-01T12:00:00Z"))["runs"] == []


@pytest.mark.parametrize(
    "query",
    [
        "before=x",
        "before=2026-01-01T12:00",
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "status=done",
        "trigger=cron",
    ],
)
async def test_a_query_that_makes_no_sense_is_refused(api, query):
    answer = await api.get(f"/api/runs?{query}")

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request"


async def test_an_unknown_run_is_not_found(api):
    assert (await api.get("/api/runs/nope")).status_code == 404


async def test_a_secret_that_comes_back_is_masked_everywhere(api, upstream):
    upstream.echo = True
    await api.put("/api/secrets/PLAIN_KEY", {"value": "p4ss/w0rd+x", "hosts": ["127.0.0.1"]})
    await api.create(
        name="plain", url=upstream.url("/"), parameters=[],
        headers={"X-Key": "{{secrets.PLAIN_KEY}}"},
    )  # fmt: skip

    outcome = await api.call("plain")
    record = await api.get(f"/api/runs/{outcome.json()['runId']}")
    listed = await api.get("/api/secrets")

    assert upstream.requests[-1].headers["x-key"] == "p4ss/w0rd+x"
    assert "‹secret PLAIN_KEY›" in outcome.text
    for sink in (outcome, record, listed):
        assert "p4ss/w0rd" not in sink.text


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("A", {}),
        ("A", {"value": ""}),
        ("A", {"value": 1}),
        ("A", {"value": "a\nb"}),
        ("A", {"value": "abc", "hosts": "a"}),
        ("A", {"value": "abc", "hosts": ["not a host"]}),
        ("A", {"value": "abc", "more": 1}),
        ("a b", {"value": "abc"}),
    ],
)
async def test_a_secret_that_makes_no_sense_is_refused(api, name, given):
    answer = await api.put(f"/api/secrets/{name}", given)

    assert answer.status_code == 400
    assert (await api.get("/api/secrets")).json() == {"secrets": []}


async def test_a_deleted_secret_is_gone(api):
    await api.put("/api/secrets/A", {"value": "abcdef"})

    assert (await api.request("DELETE", "/api/secrets/A")).json() == {"ok": True}
    assert (await api.request("DELETE", "/api/secrets/A")).status_code == 404


async def test_numbers_for_operators_count_calls(api, upstream):
    await lookup(api, upstream)
    await api.call("get_order", {"order_id": "A"})

    text = (await api.get("/metrics")).text

    assert 'deftly_calls_total{kind="http",status="succeeded"} 1.0' in text
    assert "deftly_actions 1.0" in text
    assert "process_resident_memory_bytes" in text
