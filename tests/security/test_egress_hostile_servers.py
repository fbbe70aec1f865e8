"""Servers that answer too much, too slowly, twice, or not at all; and our own surroundings."""

import asyncio
import gzip
import time
import zlib
from ipaddress import ip_address

import pytest

from deftly.egress.dial import TcpDialer
from deftly.egress.message import InboundResponse, OutboundRequest
from deftly.egress.url import parse_url
from deftly.errors import EgressDenied, EgressFailed, EgressTimeout, ResponseTooLarge
from tests.unit.egress.doubles import (
    PUBLIC,
    FakeResolver,
    RecordingDialer,
    get,
    guard,
    once,
    read_request,
    reply,
    settle,
    upstream,
)


def zipped(data: bytes) -> bytes:
    # Without the time: the ids of the tests are the same for every worker.
    return gzip.compress(data, mtime=0)


URL = "http://api.example.com/"
OK = b"HTTP/1.1 200 OK\r\n"


async def outcome_of(converse, **more):
    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        return await client.send(get(URL, **{"timeout_s": 10, **more}))


async def refused(converse, **more) -> str:
    with pytest.raises(EgressFailed) as caught:
        await outcome_of(converse, **more)
    assert PUBLIC not in caught.value.message
    return caught.value.verdict


def chunked(*chunks: bytes) -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return OK + b"Transfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n\r\n"


MIB = 1_048_576


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"a" * 10_000_000),
        OK + b"Content-Length: 10000000\r\n\r\n",
        OK + b"Content-Length: 99999999999999\r\n\r\n",
        OK + b"\r\n" + b"a" * (MIB + 1),
        chunked(*[b"a" * 65_536] * 17),
        reply(b"a" * (MIB + 1)),
        reply(zipped(b"\0" * 100_000_000), Content_Encoding="gzip"),
        reply(zlib.compress(b"\0" * 100_000_000), Content_Encoding="deflate"),
        chunked(zipped(b"\0" * 20_000_000)).replace(b"OK\r\n", b"OK\r\nContent-Encoding: gzip\r\n"),
    ],
    ids=[
        "10 MB",
        "announced",
        "announced huge",
        "until close",
        "chunked",
        "one over",
        "gzip",
        "deflate",
        "both",
    ],
)
async def test_more_than_the_limit_is_never_kept(answer):
    with pytest.raises(ResponseTooLarge):
        await outcome_of(once(answer))


@pytest.mark.parametrize(
    "answer", [reply(b"a" * MIB), OK + b"\r\n" + b"a" * MIB, chunked(*[b"a" * 65_536] * 16)]
)
async def test_exactly_the_limit_arrives(answer):
    assert len((await outcome_of(once(answer))).body) == MIB


async def test_a_smaller_limit_counts_unpacked_bytes():
    packed = zipped(b"a" * 5_000)
    with pytest.raises(ResponseTooLarge):
        await outcome_of(once(reply(packed, Content_Encoding="gzip")), limit_bytes=4_999)


async def test_packed_nothing_without_end_is_cut_off():
    packer = zlib.compressobj(wbits=31)
    nothing = packer.compress(b"") + b"".join(packer.flush(zlib.Z_FULL_FLUSH) for _ in range(10))
    flood = nothing + b"\x00\x00\x00\xff\xff" * 400_000
    with pytest.raises((ResponseTooLarge, EgressFailed)):
        await outcome_of(once(reply(flood, Content_Encoding="gzip")))


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, text: bytes) -> None:
    await read_request(reader)
    for number in range(100_000):
        writer.write(text[number : number + 1] or b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "text",
    [
        OK + b"Content-Length: 100000\r\n\r\n",
        OK + b"X-Slow: ",
        b"HTTP/1.1 200 " + b"O" * 1000,
        b"",
    ],
    ids=["body", "headers", "status", "noise"],
)
async def test_a_byte_at_a_time_ends_at_the_one_deadline(text):
    started = time.monotonic()

    async def converse(reader, writer):
        await drip(reader, writer, text)

    with pytest.raises((EgressTimeout, EgressFailed)) as caught:
        await outcome_of(converse, timeout_s=0.4)
    assert time.monotonic() - started < 20
    if text:
        assert isinstance(caught.value, EgressTimeout)


async def test_silence_ends_at_the_deadline():
    async def converse(reader, writer):
        await read_request(reader)
        await reader.read()

    with pytest.raises(EgressTimeout):
        await outcome_of(converse, timeout_s=0.2)


async def test_the_deadline_covers_all_hops_together():
    hops = 0

    async def converse(reader, writer):
        nonlocal hops
        while True:
            await read_request(reader)
            hops += 1
            await asyncio.sleep(0.2)
            writer.write(reply(b"", "302 Found", Location="/again"))

    with pytest.raises(EgressTimeout):
        await outcome_of(converse, timeout_s=0.5)
    # A deadline for each hop would have reached the limit of hops, with four requests.
    assert hops < 4


@pytest.mark.parametrize("where", ["resolver", "dialer"])
async def test_the_deadline_covers_looking_up_and_dialling(where):
    async def never(*_):
        await asyncio.Event().wait()

    dns, dialer = FakeResolver({}, (PUBLIC,)), RecordingDialer()
    if where == "resolver":
        dns.resolve = never  # type: ignore[method-assign]
    else:
        dialer.dial = never  # type: ignore[method-assign]
    async with guard(resolver=dns, dialer=dialer) as client:
        with pytest.raises(EgressTimeout):
            await client.send(get(URL, timeout_s=0.2))


async def test_a_deadline_that_has_passed_sends_nothing():
    async with guard(dialer=(dialer := RecordingDialer())) as client:
        with pytest.raises(EgressTimeout):
            await client.send(get(URL, timeout_s=-1))
    assert dialer.dialled == []


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1_000) for n in range(70)),
        b"".join(b"X-%d: a\r\n" % n for n in range(10_000)),
        b"X: " + b"a" * 70_000 + b"\r\n",
        b"".join(b"Set-Cookie: a=%s\r\n" % (b"b" * 8_000) for _ in range(9)),
    ],
    ids=["70 KB", "10,000 headers", "one long header", "cookies"],
)
async def test_a_flood_of_headers_is_refused(head):
    assert await refused(once(OK + head + b"Content-Length: 0\r\n\r\n")) == "bad_response"


async def test_sixty_thousand_bytes_of_headers_are_fine():
    head = b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1_000) for n in range(60))
    assert (await outcome_of(once(OK + head + b"Content-Length: 0\r\n\r\n"))).status == 200


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"220 mail.example.com ESMTP\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n"[:8],
        b"ICY 200 OK\r\n\r\n",
        OK,
        OK + b"Content-Length: 10\r\n\r\nabc",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: 3, 4\r\n\r\nabcd",
        OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        OK + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\nabc",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        OK + b"X\0: 1\r\n\r\n",
        OK + b" folded\r\nX: 1\r\n\r\n",
    ],
)
async def test_what_is_not_a_whole_http_answer_is_a_bad_response(answer):
    assert await refused(once(answer)) == "bad_response"


async def test_a_server_that_speaks_first_is_not_listened_to():
    async def converse(reader, writer):
        writer.write(reply(b"early"))
        await writer.drain()
        await reader.read()

    outcome = await asyncio.gather(outcome_of(converse, timeout_s=2), return_exceptions=True)
    match outcome:
        case [EgressFailed(verdict="bad_response")]:
            pass
        case [InboundResponse(body=b"early")]:
            pass  # It came after our request was on its way: no different from a fast server.
        case _:
            pytest.fail(f"{outcome}")


async def test_interim_answers_without_end_meet_the_deadline():
    async def converse(reader, writer):
        await read_request(reader)
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            await writer.drain()
            await asyncio.sleep(0.005)

    with pytest.raises((EgressTimeout, EgressFailed)):
        await outcome_of(converse, timeout_s=0.4)


@pytest.mark.parametrize("late", [False, True], ids=["at once", "while idle"])
async def test_a_second_answer_is_never_taken_for_the_next_request_s(late):
    poison, answered = reply(b"poison"), asyncio.Event()

    async def converse(reader, writer):
        while True:
            request = await read_request(reader)
            own = reply(request.split(b" ")[1])
            if b"/first" in request:
                writer.write(own if late else own + poison)
                if late:
                    await answered.wait()
                    writer.write(poison)
            else:
                writer.write(own)

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(get(URL + "first"))).body == b"/first"
        answered.set()
        await settle()
        assert (await client.send(get(URL + "second"))).body == b"/second"
        assert server.connections == 2


def closing_on_second(seen: list[bytes]):
    """Answer the first request of the first connection; hang up on everything after it."""

    async def converse(reader, writer):
        first = not seen
        while True:
            seen.append(await read_request(reader))
            if not first:
                return
            writer.write(reply(b"x"))
            first = False

    return converse


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("body", [None, b"pay"])
async def test_a_request_that_may_have_been_carried_out_is_never_sent_again(method, body):
    seen: list[bytes] = []
    async with (
        upstream(converse=closing_on_second(seen)) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        await client.send(get(URL))
        with pytest.raises(EgressFailed) as caught:
            await client.send(OutboundRequest(method, parse_url(URL), body=body))
    assert caught.value.verdict == "bad_response"
    assert len(seen) == 2
    assert server.connections == 1


async def test_a_read_on_a_connection_just_closed_is_sent_again_once():
    seen: list[bytes] = []
    async with (
        upstream(converse=closing_on_second(seen)) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        await client.send(get(URL))
        with pytest.raises(EgressFailed):
            await client.send(get(URL))
    assert len(seen) == 3
    assert server.connections == 2


async def test_a_read_that_a_fresh_connection_drops_is_not_sent_again():
    async with (
        upstream(converse=once()) as server,
        guard(dialer=(dialer := RecordingDialer(server.port))) as client,
    ):
        with pytest.raises(EgressFailed):
            await client.send(get(URL))
    assert server.connections == 1
    assert len(dialer.dialled) == 1


async def test_cookies_are_never_kept():
    async with (
        upstream(lambda _: reply(b"x", Set_Cookie="session=1; Path=/")) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        for _ in range(2):
            answer = await client.send(get(URL))
            assert answer.header("set-cookie")
    assert not any("cookie" in head.lower() for head in server.heads)


@pytest.mark.parametrize("case", [str.lower, str.upper])
async def test_proxies_and_passwords_of_the_surroundings_are_ignored(monkeypatch, tmp_path, case):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(case(name), "http://127.0.0.1:9/")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.example.com login me password s3cret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(dialer=(dialer := RecordingDialer(server.port))) as client,
    ):
        assert (await client.send(get(URL))).body == b"x"
    assert dialer.dialled == [(PUBLIC, 80)]
    assert "authorization" not in server.heads[0].lower()


async def test_whoever_picks_up_has_to_be_who_was_dialled():
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(dialer=RecordingDialer(server.port, pretends_peer=ip_address("127.0.0.1"))) as client,
    ):
        with pytest.raises(EgressDenied) as caught:
            await client.send(get(URL))
    assert caught.value.verdict == "blocked_address"
    assert "127.0.0.1" not in caught.value.message
    assert server.requests == []


async def test_the_dialer_reports_the_peer_the_system_sees():
    async with upstream(lambda _: reply(b"x")) as server:
        dialled = await TcpDialer().dial(ip_address("127.0.0.1"), server.port)
        await asyncio.wait_for(server.met.wait(), 5)
        dialled.socket.close()
        assert (str(dialled.peer), dialled.peer_port) == ("127.0.0.1", server.port)


async def test_an_approval_made_up_elsewhere_opens_nothing():
    dns = FakeResolver({"api.example.com": [(PUBLIC,)]})
    async with guard(resolver=dns, dialer=(dialer := RecordingDialer())) as client:
        genuine = await client.approve(parse_url(URL))
        forged = type(genuine)(
            genuine.target, (ip_address("10.0.0.1"),), genuine.policy, genuine.expires_s
        )
        with pytest.raises(EgressDenied) as caught:
            await client.send(get(URL), forged)
    assert caught.value.verdict == "blocked_address"
    assert dialer.dialled == []


async def test_a_refusal_at_one_address_never_leads_to_the_next():
    class Refusing(RecordingDialer):
        async def dial(self, address, port):
            self.dialled.append((str(address), port))
            raise EgressDenied("blocked_address", "No.")

    dns = FakeResolver({}, ("93.184.215.1", "93.184.215.2", "93.184.215.3"))
    async with guard(resolver=dns, dialer=(dialer := Refusing())) as client:
        with pytest.raises(EgressDenied):
            await client.send(get(URL))
    assert len(dialer.dialled) == 1


async def test_a_caller_who_gives_up_leaves_a_usable_client():
    all_wait = asyncio.Event()

    async def converse(reader, writer):
        while True:
            request = await read_request(reader)
            if b"/slow" in request:
                if server.connections == 10:
                    all_wait.set()
                await reader.read()
                return
            writer.write(reply(b"x"))

    async with (
        upstream(converse=converse) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        waiting = [asyncio.create_task(client.send(get(URL + "slow"))) for _ in range(10)]
        await asyncio.wait_for(all_wait.wait(), 5)
        for task in waiting:
            task.cancel()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
        assert (await client.send(get(URL))).body == b"x"
