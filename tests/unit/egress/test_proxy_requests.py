"""Requests to the proxy that are not plainly one allowed request."""

import pytest

from tests.unit.egress.doubles import FakeResolver, RecordingDialer, upstream
from tests.unit.egress.proxying import proxied, status_of

HOST = "api.example.com"
GET = f"GET http://{HOST}/ HTTP/1.1\r\n"
POST = f"POST http://{HOST}/ HTTP/1.1\r\n"
END = "\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        # no request for a proxy
        ("GET / HTTP/1.1\r\nHost: api.example.com", 403),
        ("GET //api.example.com/ HTTP/1.1", 403),
        ("GET api.example.com HTTP/1.1", 403),
        ("GET * HTTP/1.1", 403),
        (f"CONNECT http://{HOST}:443/ HTTP/1.1", 400),
        (f"CONNECT {HOST} HTTP/1.1", 400),
        (f"CONNECT {HOST}: HTTP/1.1", 400),
        (f"CONNECT {HOST}:443/x HTTP/1.1", 400),
        (f"CONNECT {HOST}:443?x HTTP/1.1", 400),
        (f"CONNECT user@{HOST}:443 HTTP/1.1", 400),
        (f"CONNECT {HOST}:99999 HTTP/1.1", 403),
        (f"CONNECT {HOST}:0443 HTTP/1.1", 403),
        (f"CONNECT {HOST}:443:22 HTTP/1.1", 403),
        (f"CONNECT {HOST}:443 HTTP/1.1\r\nContent-Length: 3", 400),
        # other schemes
        (f"GET https://{HOST}/ HTTP/1.1", 400),
        (f"GET ftp://{HOST}/ HTTP/1.1", 403),
        ("GET file:///etc/passwd HTTP/1.1", 403),
        ("GET gopher://127.0.0.1:6379/_INFO HTTP/1.1", 403),
        # addresses in every spelling
        ("GET http://127.0.0.1/ HTTP/1.1", 403),
        ("GET http://169.254.169.254/latest/ HTTP/1.1", 403),
        ("GET http://[::ffff:a9fe:a9fe]/ HTTP/1.1", 403),
        ("GET http://[::1]/ HTTP/1.1", 403),
        ("GET http://[fe80::1%25eth0]/ HTTP/1.1", 403),
        ("GET http://0x7f000001/ HTTP/1.1", 403),
        ("GET http://2130706433/ HTTP/1.1", 403),
        ("GET http://127.1/ HTTP/1.1", 403),
        ("GET http://0/ HTTP/1.1", 403),
        ("GET http://localhost/ HTTP/1.1", 403),
        ("GET http://metadata.google.internal/ HTTP/1.1", 403),
        (f"GET http://user@{HOST}/ HTTP/1.1", 403),
        (f"GET http://{HOST}@127.0.0.1/ HTTP/1.1", 403),
        (f"GET http://127.0.0.1\\@{HOST}/ HTTP/1.1", 403),
        (f"GET http://{HOST}:22/ HTTP/1.1", 403),
        ("CONNECT 127.0.0.1:22 HTTP/1.1", 403),
        ("CONNECT 169.254.169.254:80 HTTP/1.1", 403),
        ("CONNECT [::ffff:127.0.0.1]:443 HTTP/1.1", 403),
        ("CONNECT [::1]:443 HTTP/1.1", 403),
        ("CONNECT ::1:443 HTTP/1.1", 403),
        ("CONNECT localhost:443 HTTP/1.1", 403),
        (f"CONNECT {HOST}:22 HTTP/1.1", 403),
        ("CONNECT inside.example.com:443 HTTP/1.1", 403),
        ("GET http://inside.example.com/ HTTP/1.1", 403),
        ("GET http://mixed.example.com/ HTTP/1.1", 403),
        ("GET http://nowhere.example.com/ HTTP/1.1", 502),
        # bytes that two readers read differently
        ("CONNECT 169.254.169.254\x00.example.com:80 HTTP/1.1", 400),
        (f"GET http://{HOST}/\x00 HTTP/1.1", 400),
        (f"GET http://{HOST}/ä HTTP/1.1", 400),
        (f"GET  http://{HOST}/ HTTP/1.1", 400),
        (f"GET\thttp://{HOST}/ HTTP/1.1", 400),
        (f"GET http://{HOST}/ HTTP/1.1 ", 400),
        (f" GET http://{HOST}/ HTTP/1.1", 400),
        (f"\r\nGET http://{HOST}/ HTTP/1.1", 400),
        (f"GET http://{HOST}/\n HTTP/1.1", 400),
        (f"GET http://{HOST}/ HTTP/2.0", 400),
        (f"GET http://{HOST}/", 400),
        (f"get http://{HOST}/ HTTP/1.1", 400),
        (f"TRACE http://{HOST}/ HTTP/1.1", 400),
        ("PRI * HTTP/2.0", 400),
        ("\x16\x03\x01\x02", 400),
        ("\x05\x01\x00", 400),
        (f"{GET}Host: a\r\nHost: b", 400),
        (f"{GET}Host: a\r\nhost: a", 400),
        (f"{GET}X: a\nGET http://127.0.0.1/ HTTP/1.1", 400),
        (f"{GET}X: a\rY: b", 400),
        (f"{GET}X: a\x00b", 400),
        (f"{GET}X: ä", 400),
        (f"{GET}X a", 400),
        (f"{GET}X : a", 400),
        (f"{GET}: a", 400),
        (f"{GET} X: folded", 400),
        (f"{GET}X: a\r\n folded", 400),
        (f"{GET}" + "\r\n".join(f"X{at}: 1" for at in range(101)), 400),
        # where a request ends, told in two ways
        (f"{POST}Content-Length: 5\r\nTransfer-Encoding: chunked", 400),
        (f"{POST}Content-Length: 5\r\nContent-Length: 5", 400),
        (f"{POST}Content-Length: 5, 5", 400),
        (f"{POST}Content-Length: +5", 400),
        (f"{POST}Content-Length: -1", 400),
        (f"{POST}Content-Length: 0x5", 400),
        (f"{POST}Content-Length: 5 5", 400),
        (f"{POST}Content-Length:", 400),
        (f"{POST}Content-Length: 9999999999999999", 400),
        (f"{POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400),
        (f"{POST}Transfer-Encoding: gzip, chunked", 400),
        (f"{POST}Transfer-Encoding: identity", 400),
        (f"{POST}Transfer-Encoding: xchunked", 400),
        (f"{POST}Transfer-Encoding:\tchunked\t;x", 400),
        (f"POST http://{HOST}/ HTTP/1.0\r\nTransfer-Encoding: chunked", 400),
    ],
)
async def test_a_request_that_is_not_plainly_allowed_reaches_nothing(head, status):
    dns = FakeResolver(
        {
            "inside.example.com": [("10.0.0.1",)],
            "mixed.example.com": [("93.184.215.14", "127.0.0.1")],
            HOST: [("93.184.215.14",)],
        }
    )
    async with proxied(dialer=(dialer := RecordingDialer()), resolver=dns) as proxy:
        answer = await proxy.ask((head + END).encode())
    assert status_of(answer) == status
    assert dialer.dialled == []
    sentence = answer.partition(b"\r\n\r\n")[2].decode()
    assert sentence.endswith(".\n")
    assert sentence.count("\n") == 1
    assert not any(one in sentence for one in ("10.0.0.1", "127.0.0.1", "egress_allow"))


@pytest.mark.parametrize(
    "body",
    [
        "x\r\n",
        "-1\r\n",
        "+1\r\na\r\n",
        "0x1\r\na\r\n",
        "\r\n",
        "1\na\r\n0\r\n\r\n",
        "1;\x00\r\na\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "1\r\nab\r\n",
        "FFFFFFFFF\r\n",
        "1" * 20_000,
        "0\r\n" + "X: 1\r\n" * 40,
    ],
)
async def test_a_chunked_body_that_is_none_is_refused(body):
    async def converse(reader, writer):
        await reader.read()

    async with (
        upstream(converse=converse) as server,
        proxied(leads_to=server.port) as proxy,
    ):
        head = f"{POST}Transfer-Encoding: chunked{END}"
        assert status_of(await proxy.ask(head.encode(), body.encode())) == 400
