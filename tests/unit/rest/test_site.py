"""Requests that were meant for somebody else, or sent by somebody else's page, are refused."""

from ipaddress import ip_network

import pytest

from deftly.rest.site import Site

SITE = Site(
    host="127.0.0.1",
    port=8484,
    public_url="https://deftly.example.com",
    allowed_hosts=("deftly.lan.example.com", "other.example.com:8443"),
    allowed_origins=("https://shop.example.com",),
    proxies=(ip_network("10.0.0.0/8"),),
)


def visit(site: Site, peer: str = "127.0.0.1", **headers: str):
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return site.visit(pairs, peer, "http")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8484",
        "localhost:8484",
        "LOCALHOST:8484",
        "[::1]:8484",
        "deftly.example.com",
        "deftly.lan.example.com",
        "deftly.lan.example.com:1234",
        "other.example.com:8443",
    ],
)
def test_a_known_host_is_answered(host):
    assert SITE.refuses_host(visit(SITE, host=host)) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example.com",
        "evil.example.com:8484",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost",
        "127.0.0.1.nip.io:8484",
        "localhost.evil.com:8484",
        "0.0.0.0:8484",
        "127.1:8484",
        "other.example.com",
        "deftly.example.com.",
        "xdeftly.lan.example.com",
        "user@127.0.0.1:8484",
        "127.0.0.1:8484, evil.example.com",
    ],
)
def test_an_unknown_host_is_refused(host):
    refused = SITE.refuses_host(visit(SITE, host=host))

    assert refused is not None
    assert refused.status == 421
    assert "allowed_hosts" in str(refused.body["error"])


def test_two_host_headers_are_refused():
    pairs = [(b"host", b"127.0.0.1:8484"), (b"host", b"127.0.0.1:8484")]

    assert SITE.refuses_host(SITE.visit(pairs, None, "http")) is not None


def test_no_host_header_is_refused():
    assert SITE.refuses_host(SITE.visit([], None, "http")) is not None


def test_port_80_needs_no_port_in_the_host():
    assert Site("127.0.0.1", 80).refuses_host(visit(SITE, host="127.0.0.1")) is None


def test_an_unspecified_address_is_no_host_of_ours():
    everywhere = Site("0.0.0.0", 8484)

    assert everywhere.refuses_host(visit(everywhere, host="0.0.0.0:8484")) is not None
    assert everywhere.refuses_host(visit(everywhere, host="localhost:8484")) is None


def test_forwarded_headers_are_believed_from_trusted_proxies_alone():
    forwarded = {"x_forwarded_host": "deftly.example.com", "x_forwarded_proto": "https"}

    trusted = visit(SITE, "10.1.2.3", host="inner", **forwarded)
    stranger = visit(SITE, "192.0.2.1", host="inner", **forwarded)

    assert SITE.refuses_host(trusted) is None
    assert trusted.scheme == "https"
    assert SITE.refuses_host(stranger) is not None
    assert stranger.scheme == "http"


OURS = "127.0.0.1:8484"
ORIGINS = [
    ("http://127.0.0.1:8484", OURS, True),
    ("https://deftly.example.com", "deftly.example.com", True),
    ("https://deftly.example.com", OURS, True),
    ("https://shop.example.com", OURS, True),
    ("HTTPS://SHOP.EXAMPLE.COM", OURS, True),
    ("http://deftly.lan.example.com", "deftly.lan.example.com", True),
    ("null", OURS, False),
    ("", OURS, False),
    ("http://localhost:3000", OURS, False),
    ("http://127.0.0.1", OURS, False),
    ("http://127.0.0.1:8484.evil.com", OURS, False),
    ("http://evil.example.com", OURS, False),
    ("https://shop.example.com.evil.com", OURS, False),
    ("http://shop.example.com", OURS, False),
    ("https://shop.example.com:444", OURS, False),
    ("file://", OURS, False),
    ("chrome-extension://127.0.0.1:8484", OURS, False),
]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(("origin", "host", "welcome"), ORIGINS)
def test_only_our_own_and_allowed_origins_may_call(origin, host, welcome, method):
    refused = SITE.refuses_origin(visit(SITE, host=host, origin=origin), method)

    assert (refused is None) is welcome
    assert refused is None or refused.status == 403


@pytest.mark.parametrize(
    ("fetch_site", "method", "welcome"),
    [
        ("same-origin", "POST", True),
        ("none", "POST", True),
        ("cross-site", "GET", True),
        ("cross-site", "POST", False),
        ("same-site", "POST", False),
        ("cross-site", "PUT", False),
        ("cross-site", "DELETE", False),
    ],
)
def test_a_browser_that_says_another_site_is_sending_is_believed(fetch_site, method, welcome):
    seen = visit(SITE, host=OURS, sec_fetch_site=fetch_site)

    assert (SITE.refuses_origin(seen, method) is None) is welcome


def test_the_base_url_is_the_public_one_if_there_is_one():
    assert SITE.base_url == "https://deftly.example.com"
    assert Site("::1", 9).base_url == "http://[::1]:9"
    assert Site("0.0.0.0", 9).base_url == "http://127.0.0.1:9"
