"""One request, one answer: framing, and what is said between and behind."""

import asyncio

import pytest

from deftly.egress.message import OutboundRequest
from deftly.egress.pool import KEEP_ALIVE_S, MAX_CONNECTIONS_PER_HOST
from deftly.egress.url import parse_url
from deftly.errors import EgressFailed
from tests.unit.egress.doubles import (
    RecordingDialer,
    get,
    guard,
    once,
    read_request,
    reply,
    settle,
    upstream,
)

URL = "http://api.example.com/"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
HEAD = OutboundRequest("HEAD", parse_url(URL))


async def answer_to(*parts: bytes):
    async with (
        upstream(converse=once(*parts)) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        return await client.send(get(URL, timeout_s=10))


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (reply(b"hello"), b"hello"),
        (OK + b"\r\nhello", b"hello"),
        (b"HTTP/1.0 200 OK\r\n\r\nhello", b"hello"),
        (CHUNKED + b"2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n", b"hello"),
        (CHUNKED + b"5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n", b"hello"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + reply(b"hello"), b"hello"),
        (b"HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n" * 3 + reply(b"hello"), b"hello"),
        (reply(b"", "204 No Content").replace(b"Content-Length: 0\r\n", b""), b""),
    ],
)
async def test_an_answer_reads_the_same_however_it_is_cut(answer, body):
    ways = [
        (answer,),
        tuple(answer[at : at + 1] for at in range(len(answer))),
        *((answer[:at], answer[at:]) for at in range(1, len(answer), 7)),
    ]
    answers = [await answer_to(*parts) for parts in ways]
    assert {one.body for one in answers} == {body}
    assert len({one.headers for one in answers}) == 1
    assert not any(name.startswith(("X-Early", "X-Sum")) for name, _ in answers[0].headers)


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (OK, b"X: 1\r\n"),
        (OK + b"X: ", b"1"),
        (CHUNKED + b"1;", b"x"),
        (CHUNKED + b"1", b";x=y"),
        (CHUNKED + b"0\r\n", b"X-Trailer: 1\r\n"),
        (CHUNKED + b"0\r\nX-Trailer: ", b"1"),
    ],
)
async def test_what_is_no_body_has_to_end(start, piece):
    async def converse(reader, writer):
        await read_request(reader)
        writer.write(start)
        while True:
            writer.write(piece * 1_000)
            await writer.drain()

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        with pytest.raises(EgressFailed) as caught:
            await client.send(get(URL, timeout_s=10))
    assert caught.value.verdict == "bad_response"


@pytest.mark.parametrize(
    "head",
    [b"X-Long: " + b"1" * 8_200 + b"\r\n", b"X: 1\r\n" * 129],
    ids=["long line", "many headers"],
)
async def test_headers_are_few_and_short(head):
    with pytest.raises(EgressFailed) as caught:
        await answer_to(OK + head + b"Content-Length: 0\r\n\r\n")
    assert caught.value.verdict == "bad_response"


@pytest.mark.parametrize(
    ("first", "connections"),
    [
        (reply(b"x"), 1),
        (reply(b"x", Connection="keep-alive"), 1),
        (reply(b"x", Connection="close"), 2),
        (reply(b"x").replace(b"1.1", b"1.0"), 2),
        (reply(b"x") + b"HTTP/1.1 200 OK\r\n", 2),
        (reply(b"x") + b"garbage", 2),
        (CHUNKED + b"1\r\nx\r\n0\r\n\r\n" + reply(b"poison"), 2),
    ],
    ids=["kept", "said so", "close", "1.0", "half an answer", "garbage", "answer"],
)
async def test_a_connection_is_used_again_only_where_nothing_is_left_on_it(first, connections):
    async def converse(reader, writer):
        while True:
            request = await read_request(reader)
            writer.write(first if b"/first" in request else reply(b"second"))

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(get(f"{URL}first"))).body == b"x"
        await settle()
        assert (await client.send(get(f"{URL}second"))).body == b"second"
    assert server.connections == connections


async def test_a_body_behind_the_answer_to_head_is_nobody_s():
    async def converse(reader, writer):
        while True:
            request = await read_request(reader)
            writer.write(reply(b"poison") if request.startswith(b"HEAD") else reply(b"own"))

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(HEAD)).body == b""
        await settle()
        assert (await client.send(get(URL))).body == b"own"
    assert server.connections == 2


async def test_the_body_of_a_redirect_is_not_the_next_answer_s():
    def answer(request: bytes) -> bytes:
        moved = reply(b"moved", "302 Found", Location="/there")
        return reply(b"here") if b"/there" in request else moved

    async with (
        upstream(answer) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(get(URL))).body == b"here"
    assert server.connections == 1


async def test_a_redirect_with_a_body_without_end_is_followed():
    async def converse(reader, writer):
        request = await read_request(reader)
        if b"/there" in request:
            writer.write(reply(b"here"))
        else:
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n" + b"x" * 100_000)
            await reader.read()

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(get(URL, timeout_s=10))).body == b"here"


async def test_an_answer_that_began_is_never_asked_for_again():
    seen: list[bytes] = []

    async def converse(reader, writer):
        seen.append(await read_request(reader))
        writer.write(reply(b"x"))
        seen.append(await read_request(reader))
        writer.write(b"HTTP/1.1 2")

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        await client.send(get(URL))
        with pytest.raises(EgressFailed):
            await client.send(get(URL))
    assert len(seen) == 2


async def test_no_more_connections_go_to_one_host_than_may():
    crowd, full, go_on = MAX_CONNECTIONS_PER_HOST + 20, asyncio.Event(), asyncio.Event()

    async def converse(reader, writer):
        while True:
            await read_request(reader)
            if server.connections >= MAX_CONNECTIONS_PER_HOST:
                full.set()
            await go_on.wait()
            writer.write(reply(b"x"))

    async with (
        upstream(converse=converse) as server,
        guard(dialer=(dialer := RecordingDialer(server.port))) as client,
    ):
        waiting = [asyncio.create_task(client.send(get(URL))) for _ in range(crowd)]
        await asyncio.wait_for(full.wait(), 10)
        await settle()
        assert len(dialer.dialled) == MAX_CONNECTIONS_PER_HOST
        go_on.set()
        assert {answer.body for answer in await asyncio.gather(*waiting)} == {b"x"}
    assert server.connections == MAX_CONNECTIONS_PER_HOST


@pytest.mark.slow
async def test_a_connection_nobody_uses_is_closed():
    gone = asyncio.Event()

    async def converse(reader, writer):
        await read_request(reader)
        writer.write(reply(b"x"))
        assert await reader.read() == b""
        gone.set()

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        await client.send(get(URL))
        await asyncio.wait_for(gone.wait(), 3 * KEEP_ALIVE_S)
