"""Servers that answer far too much, far too slowly or not in JSON: one call fails, no other."""

import asyncio
import contextlib
import gzip
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.world import running_world

ORDER = {"order_id": "A"}
TOO_LARGE = {"code": "too_large", "message": "The answer is larger than 1048576 bytes."}
BOMB = gzip.compress(b"\0" * 100_000_000, mtime=0)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"x" * 10_000_000, {}),
        (b'{"a":"' + b"x" * 10_000_000 + b'"}', {}),
        (b"x" * 1_048_577, {}),
        (BOMB, {"Content-Encoding": "gzip"}),
        (BOMB, {"Content-Encoding": "gzip", "Content-Type": "application/octet-stream"}),
    ],
    ids=["text", "json", "one byte more", "bomb", "bomb of bytes"],
)
async def test_more_than_the_limit_fails_the_run_and_no_other(api, upstream, body, headers):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.answers(body, **headers)

    answer = await api.call("get_order", ORDER)

    outcome = answer.json()
    run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]
    assert answer.status_code == 200
    assert (outcome["status"], outcome["error"]) == ("failed", TOO_LARGE)
    assert (run["status"], run["error"]) == ("failed", TOO_LARGE)
    upstream.answers({"ok": True})
    assert (await api.call("get_order", ORDER)).json()["status"] == "succeeded"


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b'{"a": NaN}', '{"a": NaN}'),
        (b"-Infinity", "-Infinity"),
        (b"1e999", "1e999"),
        (b'{"a": "\\ud800"}', '{"a": "\\ud800"}'),
        (b'"\xed\xa0\x80"', '"\ufffd\ufffd\ufffd"'),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"[" * 5_000 + b"]" * 5_000, "[" * 5_000 + "]" * 5_000),
    ],
    ids=["nan", "infinity", "too great", "half a character", "surrogate", "no utf-8", "deep"],
)
async def test_what_only_looks_like_json_arrives_as_text(api, upstream, body, data):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.answers(body)

    answer = await api.call("get_order", ORDER)

    assert answer.status_code == 200
    assert answer.json()["result"] == {"http_status": 200, "ok": True, "data": data}
    run = (await api.get(f"/api/runs/{answer.json()['runId']}")).json()["run"]
    assert run["result"] == answer.json()["result"]


@asynccontextmanager
async def dripping(head: bytes, text: bytes) -> AsyncIterator[int]:
    """Run a server that sends the text a byte a second after the head; yields its port."""
    closing = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head)
            for byte in text:
                writer.write(bytes([byte]))
                await writer.drain()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(closing.wait(), 1)
                    break
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        closing.set()
        server.close()


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (b"", b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n", b"x" * 60),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 60),
        (b"", b"\r\n" * 60),
    ],
    ids=["head", "body", "chunks", "nothing but line ends"],
)
async def test_a_byte_a_second_ends_at_the_deadline_and_holds_up_nobody(
    folder, upstream, head, text
):
    async with dripping(head, text) as port:
        allowed = (f"127.0.0.1:{port}", f"127.0.0.1:{upstream.port}")
        async with running_world(folder, egress_allow=allowed) as api:
            await api.create(name="slow", url=f"http://127.0.0.1:{port}/", timeoutS=1.5)
            await api.create(url=upstream.url("/{{order_id}}"))
            started_s = time.perf_counter()
            slow = asyncio.create_task(api.call("slow", ORDER))

            beside = [(await api.call("get_order", ORDER)).json()["status"] for _ in range(5)]

            assert beside == ["succeeded"] * 5
            assert not slow.done()
            answer = await slow
            assert 1.4 < time.perf_counter() - started_s < 20
            outcome = answer.json()
            assert (answer.status_code, outcome["status"]) == (200, "failed")
            assert outcome["error"] == {
                "code": "timeout",
                "message": "The answer was not complete after 1.5 seconds.",
            }
            run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]
            assert run["error"] == outcome["error"]
