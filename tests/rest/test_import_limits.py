"""Imports of any size are bounded, and nobody else waits for them."""

import asyncio
import json
import time

import pytest

from tests.rest.test_import_openapi import body, document, drafts_of


async def test_a_large_document_does_not_hold_up_the_others(api):
    schema = {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(40)}}
    paths = {f"/x{n}/{{id}}": {"post": {"requestBody": body(schema)}} for n in range(3_000)}
    raw = json.dumps({"openapi": json.dumps(document(paths))}).encode()
    assert len(raw) > 4_000_000
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

    assert len(answer.json()["drafts"]) == 3_000
    # Read on the loop, it would stand still for seconds; a busy machine adds its own pauses.
    assert max(lags_s) < 0.5
    assert sorted(lags_s)[-len(lags_s) // 20] < 0.05


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
