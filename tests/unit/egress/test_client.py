import asyncio
import gzip
import zlib

import pytest
import uvloop

from deftly.egress.message import OutboundRequest, check_request
from deftly.egress.url import parse_url
from deftly.errors import EgressDenied, EgressFailed
from tests.unit.egress.doubles import (
    PUBLIC,
    FakeResolver,
    RecordingDialer,
    certificates,
    get,
    guard,
    reply,
    upstream,
)

HOST = "api.example.com"


async def test_an_answer_comes_back_whole():
    async with (
        upstream(
            lambda _: reply(b'{"a": 1}', "201 Created", X_A="1", Content_Type="application/json")
        ) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        answer = await client.send(get(f"http://{HOST}/orders/1?x=2#frag"))
    assert (answer.status, answer.body, answer.target.path) == (201, b'{"a": 1}', "/orders/1?x=2")
    assert answer.header("x-a") == "1"
    assert answer.header("content-type") == "application/json"
    assert (answer.sent_bytes, answer.received_bytes) == (0, 8)


async def test_the_first_line_and_the_headers_are_what_was_given_and_nothing_more():
    async with (
        upstream(lambda _: reply()) as server,
        guard(allow=[f"127.0.0.1:{server.port}"]) as client,
    ):
        url = f"http://127.0.0.1:{server.port}/a/../b;c//d%2f%2E%zz?q=a+b&&x=[1]&y=%20'~!$@:,"
        await client.send(get(url, headers=(("X-One", "1"), ("Authorization", "Bearer x"))))
        await client.send(OutboundRequest("POST", parse_url(url), body=b"abc"))
        await client.send(OutboundRequest("POST", parse_url(url)))
    first, second, third = (head.split("\r\n") for head in server.heads)
    path = url.partition(str(server.port))[2]
    assert first[0] == f"GET {path} HTTP/1.1"
    assert sorted(first[1:]) == [
        "Accept-Encoding: gzip, deflate",
        "Accept: */*",
        "Authorization: Bearer x",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: deftly",
        "X-One: 1",
    ]
    assert second[0] == f"POST {path} HTTP/1.1"
    assert "Content-Length: 3" in second
    assert server.requests[1].endswith(b"\r\n\r\nabc")
    assert "Content-Length: 0" in third
    assert not any("content-type" in line.lower() for line in [*second, *third])


@pytest.mark.parametrize(
    "url",
    [
        "http://bücher.example.com/ä?ö=ü",
        "http://EXAMPLE.com.:80/?a?b",
        "http://a_b.example.com:8080//x//",
        "http://[2606:4700:0:0::1111]:8080/x",
        "http://93.184.215.14/%00",
    ],
)
async def test_host_and_path_on_the_wire_are_those_of_the_target(url):
    async with (
        upstream(lambda _: reply()) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        target = (await client.send(get(url))).target
    lines = server.heads[0].split("\r\n")
    assert lines[0] == f"GET {target.path} HTTP/1.1"
    assert f"Host: {target.authority}" in lines


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_packed_answers_are_unpacked_and_counted_as_received(encoding):
    body = b"a" * 10_000
    packed = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    async with (
        upstream(lambda _: reply(packed, Content_Encoding=encoding)) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        answer = await client.send(get(f"http://{HOST}/"))
    assert answer.body == body
    assert answer.received_bytes == len(packed)


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
async def test_an_answer_without_a_body_may_name_any_packing(status):
    head = f"HTTP/1.1 {status}\r\nContent-Encoding: br\r\n\r\n".encode()
    async with (
        upstream(lambda _: head) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(get(f"http://{HOST}/"))).body == b""


async def test_the_answer_to_head_has_headers_alone():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nContent-Encoding: br\r\n\r\n"
    async with (
        upstream(lambda _: head) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        request = OutboundRequest("HEAD", parse_url(f"http://{HOST}/"))
        answers = [await client.send(request), await client.send(request)]
    assert [answer.body for answer in answers] == [b"", b""]
    assert server.connections == 1


async def test_connections_are_kept_and_shared():
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(
            dialer=(dialer := RecordingDialer(server.port)),
            resolver=(dns := FakeResolver({}, (PUBLIC,))),
        ) as client,
    ):
        for path in range(20):
            await client.send(get(f"http://{HOST}/{path}"))
    assert len(server.requests) == 20
    assert server.connections == 1
    assert dialer.dialled == [(PUBLIC, 80)]
    assert dns.asked == [HOST]


async def test_a_connection_is_never_shared_between_hosts_ports_or_schemes():
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        for url in (
            f"http://{HOST}/",
            f"http://{HOST}:81/",
            "http://other.example.com/",
            f"http://{PUBLIC}/",
        ):
            await client.send(get(url))
    assert server.connections == 4


async def test_an_approval_spares_the_second_look_up_and_pins_the_addresses():
    dns = FakeResolver({HOST: [(PUBLIC,), ("127.0.0.1",)]})
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(dialer=(dialer := RecordingDialer(server.port)), resolver=dns) as client,
    ):
        request = get(f"http://{HOST}/")
        approval = await client.approve(request.target)
        assert (await client.send(request, approval)).status == 200
    assert dns.asked == [HOST]
    assert dialer.dialled == [(PUBLIC, 80)]


async def test_an_approval_of_another_host_is_not_taken():
    dns = FakeResolver({"inside.example.com": [("10.0.0.1",)]}, otherwise=(PUBLIC,))
    async with guard(dialer=(dialer := RecordingDialer()), resolver=dns) as client:
        approval = await client.approve(parse_url(f"http://{HOST}/"))
        with pytest.raises(EgressDenied) as caught:
            await client.send(get("http://inside.example.com/"), approval)
    assert caught.value.verdict == "blocked_address"
    assert dialer.dialled == []


async def test_four_addresses_are_tried_and_no_more():
    answers = tuple(f"93.184.215.{n}" for n in range(1, 9))
    async with guard(
        dialer=(dialer := RecordingDialer()), resolver=FakeResolver({}, answers)
    ) as client:
        with pytest.raises(EgressFailed) as caught:
            await client.send(get(f"http://{HOST}/"))
    assert caught.value.verdict == "connect_failed"
    assert dialer.dialled == [(address, 80) for address in answers[:4]]
    assert "93.184" not in caught.value.message
    assert "93.184" in caught.value.internal


async def test_a_dead_address_gives_way_to_the_next():
    answers = ("2606:4700::1", PUBLIC)
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(
            dialer=(dialer := RecordingDialer(server.port, dead=frozenset({"2606:4700::1"}))),
            resolver=FakeResolver({}, answers),
        ) as client,
    ):
        assert (await client.send(get(f"http://{HOST}/"))).status == 200
    assert dialer.dialled == [("2606:4700::1", 80), (PUBLIC, 80)]


async def test_nobody_listening_is_a_failed_connection(unused_tcp_port):
    async with guard(allow=[f"127.0.0.1:{unused_tcp_port}"]) as client:
        with pytest.raises(EgressFailed) as caught:
            await client.send(get(f"http://127.0.0.1:{unused_tcp_port}/"))
    assert caught.value.verdict == "connect_failed"


async def test_a_redirect_is_followed_and_the_answer_says_where_it_came_from():
    def answer(request: bytes) -> bytes:
        if b"GET /v1" in request:
            return reply(b"moved", "302 Found", Location="../v2?x=1")
        return reply(b"here")

    async with (
        upstream(answer) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        found = await client.send(get(f"http://{HOST}/v1/a", headers=(("X-Key", "k"),)))
    assert (found.status, found.body, found.target.url) == (200, b"here", f"http://{HOST}/v2?x=1")
    assert all("X-Key: k" in head for head in server.heads)


async def test_another_origin_never_sees_the_owner_s_headers_even_on_the_way_back():
    steps = {b"/1": "http://other.example.org/2", b"/2": f"http://{HOST}/3"}

    def answer(request: bytes) -> bytes:
        location = steps.get(request.split(b" ")[1])
        return (
            reply(status="307 Temporary Redirect", Location=location) if location else reply(b"ok")
        )

    async with (
        upstream(answer) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        request = get(
            f"http://{HOST}/1",
            headers=(("Authorization", "s3cret"), ("X-Key", "s3cret")),
            body=b"s3cret",
        )
        answered = await client.send(request)
    assert answered.sent_bytes == 6
    assert [b"s3cret" in sent for sent in server.requests] == [True, False, False]
    assert "Host: other.example.org" in server.heads[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_for_methods_that_write_a_redirect_is_an_answer(method):
    async with (
        upstream(lambda _: reply(b"", "307 Temporary Redirect", Location="/again")) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        answer = await client.send(OutboundRequest(method, parse_url(f"http://{HOST}/"), body=b"x"))
    assert answer.status == 307
    assert answer.header("location") == "/again"
    assert len(server.requests) == 1


async def test_a_redirect_without_a_location_is_an_answer():
    async with (
        upstream(lambda _: reply(b"", "302 Found")) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        assert (await client.send(get(f"http://{HOST}/"))).status == 302


@pytest.mark.parametrize("hops", [3, 4])
async def test_three_redirects_are_followed_and_a_fourth_is_refused(hops):
    def answer(request: bytes) -> bytes:
        step = int(request.split(b" ")[1][1:])
        return reply(b"", "301 Moved", Location=f"/{step + 1}") if step < hops else reply(b"end")

    async with (
        upstream(answer) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        sending = client.send(get(f"http://{HOST}/0"))
        if hops == 3:
            assert (await sending).body == b"end"
        else:
            with pytest.raises(EgressDenied) as caught:
                await sending
            assert caught.value.verdict == "blocked_redirect"
    assert len(server.requests) == 4


async def test_a_redirect_to_an_inside_name_is_refused_by_its_address():
    dns = FakeResolver({HOST: [(PUBLIC,)], "inside.example.org": [("10.0.0.9",)]})
    async with (
        upstream(
            lambda _: reply(b"", "302 Found", Location="http://inside.example.org/")
        ) as server,
        guard(dialer=(dialer := RecordingDialer(server.port)), resolver=dns) as client,
    ):
        with pytest.raises(EgressDenied) as caught:
            await client.send(get(f"http://{HOST}/"))
    assert caught.value.verdict == "blocked_redirect"
    assert "10.0.0.9" not in caught.value.message
    assert "10.0.0.9" in caught.value.internal
    assert dialer.dialled == [(PUBLIC, 80)]


async def test_certificates_are_checked_against_the_host(tmp_path):
    serving, trusting = certificates(tmp_path, ["good.example.com"])
    async with (
        upstream(lambda _: reply(b"x"), tls=serving) as server,
        guard(dialer=RecordingDialer(server.port), tls=trusting) as client,
        guard(dialer=RecordingDialer(server.port)) as stranger,
    ):
        assert (await client.send(get("https://good.example.com/"))).body == b"x"
        for sender, url in (
            (client, "https://bad.example.com/"),
            (stranger, "https://good.example.com/"),
        ):
            with pytest.raises(EgressFailed) as caught:
                await sender.send(get(url))
            assert caught.value.verdict == "connect_failed"
            assert "certificate" in caught.value.message
    assert len(server.requests) == 1


async def test_a_server_without_tls_is_a_failed_connection():
    async def complain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with (
        upstream(converse=complain) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        with pytest.raises(EgressFailed) as caught:
            await client.send(get(f"https://{HOST}/", timeout_s=5))
    assert caught.value.verdict == "connect_failed"


@pytest.mark.parametrize(
    "header",
    [
        *(
            ("Host", "evil.example.com"),
            ("HOST", "x"),
            ("Content-Length", "5"),
            ("Transfer-Encoding", "chunked"),
        ),
        *(
            ("Connection", "close"),
            ("Upgrade", "websocket"),
            ("Expect", "100-continue"),
            ("TE", "trailers"),
        ),
        *(
            ("Proxy-Authorization", "x"),
            ("Trailer", "x"),
            ("X A", "1"),
            ("X:A", "1"),
            ("", "1"),
            ("X-\u00e4", "1"),
        ),
        *(
            ("X", "a\r\nb"),
            ("X", "a\nb"),
            ("X", "a\0b"),
            ("X", "\x7f"),
            ("X", "\u00e4"),
            ("X\r\nY", "1"),
            ("X", "\u2028"),
        ),
    ],
)
def test_a_header_that_would_make_another_request_of_it_is_refused(header):
    with pytest.raises(EgressDenied):
        check_request(get(f"http://{HOST}/", headers=(header,)))


@pytest.mark.parametrize("method", ["get", "CONNECT", "TRACE", "", "GET /x HTTP/1.1\r\n", "G ET"])
def test_an_unknown_method_is_refused(method):
    with pytest.raises(EgressDenied):
        check_request(OutboundRequest(method, parse_url(f"http://{HOST}/")))


async def test_our_own_listener_is_closed_from_the_moment_it_is_known():
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(
            allow=[f"127.0.0.1:{server.port}", f"me:{server.port}"],
            resolver=FakeResolver({}, ("127.0.0.1",)),
        ) as client,
    ):
        before = await client.approve(parse_url(f"http://me:{server.port}/"))
        assert (await client.send(get(f"http://127.0.0.1:{server.port}/"))).status == 200
        client.set_own_listener("127.0.0.1", server.port)
        for request in (get(f"http://127.0.0.1:{server.port}/"), get(f"http://me:{server.port}/")):
            with pytest.raises(EgressDenied) as caught:
                await client.send(request, before)
            assert caught.value.verdict == "blocked_address"
    assert len(server.requests) == 1


async def test_calls_at_the_same_time_do_not_mix():
    async with (
        upstream(lambda request: reply(request.split(b" ")[1])) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        hosts = [f"h{n}.example.com" for n in range(5)]
        urls = [f"http://{hosts[n % 5]}/{n}" for n in range(100)]
        answers = await asyncio.gather(*(client.send(get(url)) for url in urls))
    assert [answer.body.decode() for answer in answers] == [f"/{n}" for n in range(100)]
    assert [answer.target.url for answer in answers] == urls


async def test_a_closed_client_leaves_nothing_open():
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        await client.send(get(f"http://{HOST}/"))
        await client.close()
        await client.close()


async def test_header_values_outside_utf8_become_text_that_can_be_stored():
    async with (
        upstream(
            lambda _: (
                b"HTTP/1.1 200 OK\r\nX-A: \xff\xe4b\r\nX-B: \xc3\xa4\r\nContent-Length: 0\r\n\r\n"
            )
        ) as server,
        guard(dialer=RecordingDialer(server.port)) as client,
    ):
        answer = await client.send(get(f"http://{HOST}/"))
    assert answer.header("x-a") == "\ufffd\ufffdb"
    assert answer.header("X-B") == "ä"
    "".join(value for _, value in answer.headers).encode()


async def test_one_look_up_serves_a_crowd():
    dns = FakeResolver({}, (PUBLIC,))
    async with (
        upstream(lambda _: reply(b"x")) as server,
        guard(dialer=(dialer := RecordingDialer(server.port)), resolver=dns) as client,
    ):
        await asyncio.gather(*(client.send(get(f"http://{HOST}/")) for _ in range(64)))
    assert dns.asked == [HOST]
    assert len(dialer.dialled) <= 64


def test_the_loop_of_the_server_behaves_alike(tmp_path):
    serving, trusting = certificates(tmp_path, [HOST])

    async def exchange() -> None:
        async with (
            upstream(lambda _: reply(b"plain")) as plain,
            upstream(lambda _: reply(b"tls"), tls=serving) as encrypted,
            guard(allow=[f"127.0.0.1:{plain.port}"]) as direct,
            guard(dialer=RecordingDialer(encrypted.port), tls=trusting) as client,
        ):
            url = f"http://127.0.0.1:{plain.port}/"
            assert (await direct.send(get(url))).body == b"plain"
            for path in ("a", "b"):
                assert (await client.send(get(f"https://{HOST}/{path}"))).body == b"tls"
            assert encrypted.connections == 1
            with pytest.raises(EgressFailed):
                await client.send(get("https://bad.example.com/"))

    uvloop.run(exchange())
