"""Programs that try to get around the proxy, and targets that misbehave towards it."""

import asyncio
from pathlib import Path

import pytest
import uvloop

from deftly.egress.proxy import LIMIT_BYTES, MAX_CONNECTIONS
from tests.unit.egress.doubles import FakeResolver, RecordingDialer, once, reply, upstream
from tests.unit.egress.proxying import proxied, status_of

HOST = "api.example.com"
GET = f"GET http://{HOST}/ HTTP/1.1\r\n"
POST = f"POST http://{HOST}/ HTTP/1.1\r\n"
END = "\r\n\r\n"


async def test_a_body_that_ends_early_is_never_completed():
    got = bytearray()

    async def converse(reader, writer):
        got.extend(await reader.read(-1))

    for body in ("Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n5\r\nabc"):
        async with (
            upstream(converse=converse) as server,
            proxied(leads_to=server.port) as proxy,
            proxy.program() as (reader, writer),
        ):
            writer.write(f"{POST}{body}".encode())
            writer.write_eof()
            assert await _rest(reader) == b""
    assert not got.endswith(b"0\r\n\r\n")


async def test_what_follows_a_body_is_not_sent_on():
    smuggled = b"GET http://127.0.0.1/ HTTP/1.1\r\n\r\n"
    async with (
        upstream(lambda _: reply(b"one")) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        answer = await proxy.ask(f"{POST}Content-Length: 2{END}".encode() + b"ab" + smuggled)
    assert answer.endswith(b"one")
    assert [one[-4:] for one in server.requests] == [b"\r\nab"]


async def test_a_head_without_end_is_refused():
    async with proxied() as proxy:
        assert status_of(await proxy.ask(b"GET http://a.example.com/" + b"a" * 40_000)) == 431
        headers = b"".join(b"X: %d\r\n" % at for at in range(5_000))
        assert status_of(await proxy.ask(GET.encode() + headers)) == 431


async def test_a_slow_head_is_given_up(monkeypatch):
    monkeypatch.setattr("deftly.egress.proxy.connection.HEAD_LIMIT_S", 0.05)
    async with proxied() as proxy:
        assert status_of(await proxy.ask(b"GET http://a.exam")) == 408


@pytest.mark.parametrize("silent", ["program", "target"])
async def test_a_tunnel_in_which_nothing_happens_is_closed(silent):
    async def converse(reader, writer):
        if silent == "program":
            await reader.read()
        while await reader.read(1):
            pass

    async with (
        upstream(converse=converse) as server,
        proxied(leads_to=server.port, idle_s=0.1) as proxy,
        proxy.program() as (reader, writer),
    ):
        writer.write(f"CONNECT {HOST}:443 HTTP/1.1{END}".encode())
        await reader.readuntil(b"\r\n\r\n")
        assert await _rest(reader) == b""


async def test_one_direction_may_be_silent_while_the_other_is_not():
    async def converse(reader, writer):
        await reader.read(1)
        for _ in range(6):
            writer.write(b"x")
            await asyncio.sleep(0.05)

    async with (
        upstream(converse=converse) as server,
        proxied(leads_to=server.port, idle_s=0.2) as proxy,
        proxy.program() as (reader, writer),
    ):
        writer.write(f"CONNECT {HOST}:443 HTTP/1.1{END}x".encode())
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(6) == b"xxxxxx"


async def test_a_target_that_never_answers_is_given_up():
    async def converse(reader, writer):
        await reader.read()

    async with (
        upstream(converse=converse) as server,
        proxied(leads_to=server.port, idle_s=0.1) as proxy,
    ):
        assert status_of(await proxy.ask(f"{GET}\r\n".encode())) == 504


async def test_a_target_that_takes_no_connection_is_told_without_its_address():
    async with proxied(dialer=RecordingDialer()) as proxy:
        answer = await proxy.ask(f"{GET}\r\n".encode())
    assert status_of(answer) == 502
    assert b"93.184" not in answer


@pytest.mark.parametrize(
    "parts",
    [
        (b"",),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n",),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\n folded\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nX: 1",),
        (b"HTTP/1.1 200 OK\r\nX: " + b"1" * 100_000 + b"\r\n\r\n",),
        (b"ICY 200 OK\r\n\r\n",),
    ],
)
async def test_an_answer_that_is_not_http_is_not_passed_on(parts):
    async with (
        upstream(converse=once(*parts)) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        assert status_of(await proxy.ask(f"{GET}\r\n".encode())) == 502


async def test_a_run_has_so_many_bytes_and_no_more():
    async def flood(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(bytes(65_536))
            await writer.drain()

    async with (
        upstream(converse=flood) as server,
        proxied(leads_to=server.port) as proxy,
        proxy.program() as (reader, writer),
    ):
        writer.write(f"{GET}\r\n".encode())
        received = 0
        while piece := await _some(reader):
            received += len(piece)
        assert LIMIT_BYTES - 100_000 < received < LIMIT_BYTES + 100_000
        again = await proxy.ask(f"{GET}\r\n".encode())
    assert status_of(again) == 403
    assert b"10 MiB" in again


async def test_a_run_has_so_many_connections_and_no_more():
    async with proxied() as proxy:
        held = [await asyncio.open_connection(*proxy.address) for _ in range(MAX_CONNECTIONS)]
        assert status_of(await proxy.ask()) == 503
        _, freed = held.pop()
        freed.transport.abort()
        status = 503
        while status == 503:  # until the proxy has noticed
            status = status_of(await proxy.ask(f"{GET}{END}".encode()))
        assert status == 502
        for _, writer in held:
            writer.transport.abort()


async def test_look_ups_of_one_run_leave_room_for_others():
    class SlowResolver(FakeResolver):
        most = now = 0

        async def resolve(self, host, port):
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1
            return await super().resolve(host, port)

    dns = SlowResolver({})
    async with proxied(resolver=dns) as proxy:
        heads = [f"GET http://a{at}.example.com/ HTTP/1.1{END}".encode() for at in range(20)]
        answers = await asyncio.gather(*(proxy.ask(head) for head in heads))
    assert {status_of(answer) for answer in answers} == {502}
    assert dns.most <= 4


async def test_programs_that_hang_up_leave_nothing_behind():
    async def hold(reader, writer):
        await reader.read()

    before = _descriptors()
    async with upstream(converse=hold) as server, proxied(leads_to=server.port) as proxy:
        for opening in (
            b"",
            b"GET",
            f"{GET}\r\n".encode(),
            b"CONNECT a.example.com:443 HTTP/1.1\r\n\r\n",
        ):
            for _ in range(5):
                async with proxy.program() as (_, writer):
                    writer.write(opening)
                    await writer.drain()
                    await asyncio.sleep(0)
    assert _descriptors() <= before


def test_the_same_holds_on_the_loop_that_servers_run_on():
    async def run():
        async with (
            upstream(lambda _: reply(b"pong")) as server,
            proxied(leads_to=server.port) as proxy,
        ):
            good = await proxy.ask(f"{GET}\r\n".encode())
            bad = await proxy.ask(b"GET http://127.0.0.1/ HTTP/1.1\r\n\r\n")
            return status_of(good), good[-4:], status_of(bad)

    assert uvloop.run(run()) == (200, b"pong", 403)


def _descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


async def _some(reader):
    try:
        return await reader.read(65_536)
    except ConnectionError:
        return b""


async def _rest(reader):
    try:
        return await reader.read()
    except ConnectionError:
        return b""
