"""What programs get through the proxy, and what targets get of it."""

import asyncio
import contextlib
import socket

import pytest

from deftly.egress.proxy import EgressProxy
from tests.unit.egress.doubles import (
    PUBLIC,
    FakeResolver,
    RecordingDialer,
    certificates,
    guard,
    once,
    reply,
    upstream,
)
from tests.unit.egress.proxying import proxied, status_of

HOST = "api.example.com"


async def echo(reader, writer):
    """Answer every piece with itself in upper case; end when the other side ends."""
    while piece := await reader.read(1024):
        writer.write(piece.upper())
        await writer.drain()


async def test_a_plain_request_reaches_its_target_and_the_answer_comes_back():
    async with (
        upstream(lambda _: reply(b"pong", X_A="1")) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        answer = await proxy.ask(
            f"GET http://{HOST}/a?b=c HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
        )
    head, _, body = answer.partition(b"\r\n\r\n")
    assert (status_of(answer), body) == (200, b"pong")
    assert b"X-A: 1" in head
    assert head.count(b"Connection: close") == 1
    assert server.heads[0].split("\r\n") == [
        "GET /a?b=c HTTP/1.1",
        f"Host: {HOST}",
        "Connection: close",
    ]


async def test_what_speaks_of_one_connection_stays_behind_and_host_is_the_targets():
    head = (
        f"POST http://{HOST}:8080/x HTTP/1.1\r\nHost: 169.254.169.254\r\nX-Kept: a b\r\n"
        "Proxy-Connection: Keep-Alive\r\nProxy-Authorization: Basic x\r\nTE: trailers\r\n"
        "Connection: keep-alive, X-Named\r\nX-Named: 1\r\nUpgrade: h2c\r\nKeep-Alive: 5\r\n"
        "Content-Length: 3\r\n\r\nabc"
    )
    async with (
        upstream(lambda _: reply()) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        assert status_of(await proxy.ask(head.encode())) == 200
    assert server.heads[0].split("\r\n") == [
        "POST /x HTTP/1.1",
        f"Host: {HOST}:8080",
        "X-Kept: a b",
        "Content-Length: 3",
        "Connection: close",
    ]
    assert server.requests[0].endswith(b"\r\n\r\nabc")


async def test_a_chunked_body_is_written_anew():
    got = bytearray()

    async def converse(reader, writer):
        got.extend(await reader.readuntil(b"0\r\n\r\n"))
        writer.write(reply(b"ok"))

    async with (
        upstream(converse=converse) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        answer = await proxy.ask(
            f"PUT http://{HOST}/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".encode(),
            b"3;a=b\r\nabc\r\n",
            b"00A\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n",
        )
    assert answer.endswith(b"ok")
    assert got.endswith(b"\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n")
    assert b"Content-Length" not in got


async def test_a_program_that_waits_for_leave_to_send_gets_it():
    async with (
        upstream(lambda _: reply(b"ok")) as server,
        proxied(leads_to=server.port) as proxy,
        proxy.program() as (reader, writer),
    ):
        writer.write(
            f"POST http://{HOST}/ HTTP/1.1\r\nExpect: 100-continue\r\n"
            "Content-Length: 2\r\n\r\n".encode()
        )
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"hi")
        assert (await reader.read()).endswith(b"ok")
    assert "Expect" not in server.heads[0]


async def test_a_redirect_is_an_answer():
    async with (
        upstream(lambda _: reply(b"", "302 Found", Location="http://127.0.0.1/")) as server,
        proxied(dialer=(dialer := RecordingDialer(server.port))) as proxy,
    ):
        answer = await proxy.ask(f"GET http://{HOST}/ HTTP/1.1\r\n\r\n".encode())
    assert status_of(answer) == 302
    assert b"Location: http://127.0.0.1/" in answer
    assert dialer.dialled == [(PUBLIC, 80)]


async def test_a_second_request_on_one_connection_is_never_forwarded():
    request = f"GET http://{HOST}/1 HTTP/1.1\r\n\r\n".encode()
    second = b"GET http://169.254.169.254/ HTTP/1.1\r\nHost: x\r\n\r\n"
    async with (
        upstream(lambda _: reply(b"one")) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        answer = await proxy.ask(request + second + request)
    assert answer.count(b"HTTP/1.1") == 1
    assert len(server.requests) == 1


async def test_interim_answers_come_along_and_an_answer_may_end_with_the_connection():
    parts = (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\n", b"tail")
    async with (
        upstream(converse=once(*parts)) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        answer = await proxy.ask(f"GET http://{HOST}/ HTTP/1.1\r\n\r\n".encode())
    assert answer == parts[0] + b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\ntail"


async def test_an_answer_before_the_body_is_there_comes_back():
    async def converse(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply(b"no", "413 Content Too Large"))
        await writer.drain()

    async with (
        upstream(converse=converse) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        answer = await proxy.ask(
            f"POST http://{HOST}/ HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n".encode()
        )
    assert (status_of(answer), answer[-2:]) == (413, b"no")


async def test_a_tunnel_carries_both_directions_and_half_closes():
    async with (
        upstream(converse=echo) as server,
        proxied(dialer=(dialer := RecordingDialer(server.port))) as proxy,
        proxy.program() as (reader, writer),
    ):
        writer.write(f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\nearly ".encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        writer.write(b"late")
        writer.write_eof()
        assert await reader.read() == b"EARLY LATE"
        assert proxy.traffic.sent_bytes == proxy.traffic.received_bytes == len("early late")
    assert dialer.dialled == [(PUBLIC, 443)]


async def test_tls_is_between_the_program_and_the_target(tmp_path):
    server_side, program_side = certificates(tmp_path, [HOST])
    async with (
        upstream(lambda _: reply(b"secret"), tls=server_side) as server,
        proxied(leads_to=server.port) as proxy,
        proxy.program() as (reader, writer),
    ):
        writer.write(f"CONNECT {HOST}:443 HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        await writer.start_tls(program_side, server_hostname=HOST)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"secret" in await reader.readuntil(b"secret")


async def test_an_exception_of_the_operator_counts_here_too():
    async with (
        upstream(lambda _: reply(b"pong")) as server,
        proxied(allow=[f"127.0.0.1:{server.port}"]) as proxy,
    ):
        place = f"127.0.0.1:{server.port}"
        allowed = await proxy.ask(f"GET http://{place}/ HTTP/1.1\r\n\r\n".encode())
        refused = await proxy.ask(b"GET http://127.0.0.1:22/ HTTP/1.1\r\n\r\n")
    assert (status_of(allowed), status_of(refused)) == (200, 403)


async def test_the_name_is_looked_up_once_and_a_later_answer_is_not_dialled():
    dns = FakeResolver({HOST: [(PUBLIC,), ("127.0.0.1",)]})
    async with (
        upstream(lambda _: reply(b"x")) as server,
        proxied(dialer=(dialer := RecordingDialer(server.port)), resolver=dns) as proxy,
    ):
        for _ in range(2):
            await proxy.ask(f"GET http://{HOST}/ HTTP/1.1\r\n\r\n".encode())
    assert dns.asked == [HOST]
    assert dialer.dialled == [(PUBLIC, 80)] * 2


async def test_bytes_are_counted_in_both_directions():
    async with (
        upstream(lambda _: reply(b"x" * 1000)) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        request = f"GET http://{HOST}/ HTTP/1.1\r\n\r\n".encode()
        answer = await proxy.ask(request)
        assert proxy.traffic.sent_bytes == len(server.requests[0])
        assert 1000 < proxy.traffic.received_bytes <= len(answer)
        await proxy.ask(request)
        assert proxy.traffic.sent_bytes == 2 * len(server.requests[0])


@pytest.mark.parametrize("opening", ["CONNECT a.example.com:443", "GET http://a.example.com/"])
async def test_everything_ends_with_the_context(opening):
    accepted = asyncio.Event()

    async def hold(reader, writer):
        accepted.set()
        await reader.read()

    async with (
        upstream(converse=hold) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        listener = socket.create_server(("127.0.0.1", 0))
        address = listener.getsockname()[:2]
        before = asyncio.all_tasks()
        async with EgressProxy(client).serving(listener):
            reader, writer = await asyncio.open_connection(*address)
            idle_reader, idle_writer = await asyncio.open_connection(*address)
            writer.write(f"{opening} HTTP/1.1\r\n\r\n".encode())
            await accepted.wait()
        assert listener.fileno() == -1
        assert asyncio.all_tasks() - before - server.running == set()
        for one, other in ((reader, writer), (idle_reader, idle_writer)):
            with contextlib.suppress(ConnectionError):
                await one.read()
            other.transport.abort()
        with pytest.raises(ConnectionError):
            await asyncio.open_connection(*address)
