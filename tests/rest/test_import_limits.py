"""Imports of any size are bounded, and nobody else waits for them."""

import asyncio
import json
import time

import pytest

from tests.rest.test_import_openapi import body, document, drafts_of


def large_document(operations, schemas=0):
    members = {f"p{n}": {"type": "string"} for n in range(40)}
    schema = {"type": "object", "description": "what it is \U0001f600", "properties": members}
    paths = {f"/x{n}/{{id}}": {"post": {"requestBody": body(schema)}} for n in range(operations)}
    parts = {"schemas": {f"s{n}": schema for n in range(schemas)}}
    return {**document(paths), "components": parts}


async def lags_of(api, raw):
    """Return by how many seconds others waited during an import."""
    lags_s = []

    async def measure(done):
        while not done.is_set():
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            lags_s.append(time.perf_counter() - began - 0.005)

    done = asyncio.Event()
    watch = asyncio.create_task(measure(done))
    answer = await api.post("/api/custom-actions/import", raw, timeout=50)
    done.set()
    await watch
    assert len(answer.json()["drafts"]) > 0
    return lags_s


@pytest.mark.speed
async def test_a_large_document_does_not_hold_up_the_others(api):
    raw = json.dumps({"openapi": json.dumps(large_document(3_000))}).encode()
    assert len(raw) > 4_000_000

    lags_s = await lags_of(api, raw)

    # Read on the loop, it would stand still for seconds; a busy machine adds its own pauses.
    assert max(lags_s) < 0.5
    assert sorted(lags_s)[-len(lags_s) // 20] < 0.05


@pytest.mark.speed
@pytest.mark.timeout(180)
@pytest.mark.parametrize("as_text", [True, False])
async def test_a_document_as_large_as_any_published_keeps_nobody_waiting(api, as_text):
    given = large_document(300, schemas=9_000)
    text = json.dumps(given, ensure_ascii=False)
    raw = json.dumps({"openapi": text if as_text else given}, ensure_ascii=False).encode()
    assert len(raw) > 10_000_000

    # A busy machine adds pauses of its own: one quiet run in three tells.
    assert min([max(await lags_of(api, raw)) for _ in range(3)]) < 0.05


async def test_more_operations_than_anybody_needs_are_refused(api):
    paths = {f"/x{n}": {"get": {"operationId": "same"}} for n in range(10_001)}

    answer = await api.post("/api/custom-actions/import", {"openapi": document(paths)}, timeout=50)

    assert answer.status_code == 400
    assert "select those you need" in answer.json()["error"]
    told = await drafts_of(api, document(paths), select=["GET /x7"])
    assert [one["action"]["name"] for one in told["drafts"]] == ["SAME"]


@pytest.mark.parametrize("unclosed", ["${A", "$'", '"', "`", "^", "\\", "{", "a&", "=@", "%", "-d"])
async def test_a_command_of_one_thing_again_and_again_is_read_quickly(api, unclosed):
    command = "curl https://a.example.com/ -d " + unclosed * (250_000 // len(unclosed))

    async with asyncio.timeout(10):
        answer = await api.post("/api/custom-actions/import", {"curl": command})

    assert answer.status_code in {200, 400}


async def test_merges_that_would_grow_without_end_are_refused(api):
    lines = ["a0: &a0 {k0: 1}"]
    lines += [f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}" for n in range(1, 20_000)]
    text = "\n".join(["openapi: 3.0.3", *lines])

    async with asyncio.timeout(10):
        answer = await api.post("/api/custom-actions/import", {"openapi": text})

    assert answer.status_code == 400
    assert "merges" in answer.json()["error"]


HALF = '{"openapi": "3.0.3", "paths": {"/\\ud800": {"get": {"operationId": "x"}}}}'


@pytest.mark.parametrize(
    "given",
    [
        f'{{"openapi": {HALF}}}',
        json.dumps({"openapi": HALF}),
        '{"openapi": {"openapi": "3.0.3", "paths": {}}, "select": ["\\uDfff"]}',
        '{"actions": [{"name": "\\ud800"}]}',
        '{"\\ud800": 1}',
    ],
)
async def test_half_a_character_is_no_crash_wherever_it_stands(api, given):
    answer = await api.post("/api/custom-actions/import", given.encode())

    assert answer.status_code in {200, 400}
    refused = answer.json().get("refused", [answer.json()])
    assert refused
    assert all(one["code"].startswith("invalid_") for one in refused), refused


async def test_a_whole_character_may_be_escaped_in_halves(api):
    whole = HALF.replace("ud800", "ud83d\\ude00")

    told = await drafts_of(api, json.loads(whole), baseUrl="https://api.example.com")
    raw = f'{{"openapi": {whole}, "baseUrl": "https://api.example.com"}}'
    answer = await api.post("/api/custom-actions/import", raw.encode())

    assert answer.json()["drafts"] == told["drafts"] != []
