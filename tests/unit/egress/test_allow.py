# ruff: noqa: RUF001 -- look-alike characters are what these tests are about
from ipaddress import ip_address, ip_network

import pytest

from deftly.egress.allow import AllowEntry, parse_allow
from deftly.errors import InvalidSettings


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("orders:8080", AllowEntry(8080, host="orders")),
        ("Orders.Internal.:80", AllowEntry(80, host="orders.internal")),
        ("localhost:9000", AllowEntry(9000, host="localhost")),
        ("bücher.example:80", AllowEntry(80, host="xn--bcher-kva.example")),
        ("127.0.0.1:9000", AllowEntry(9000, network=ip_network("127.0.0.1/32"))),
        ("10.1.2.0/24:8080", AllowEntry(8080, network=ip_network("10.1.2.0/24"))),
        ("10.0.0.0/8:80", AllowEntry(80, network=ip_network("10.0.0.0/8"))),
        ("10.1.2.3/32:25", AllowEntry(25, network=ip_network("10.1.2.3/32"))),
        ("[::1]:9000", AllowEntry(9000, network=ip_network("::1/128"))),
        ("[fd00::/8]:80", AllowEntry(80, network=ip_network("fd00::/8"))),
        ("[fd00:1::/64]:65535", AllowEntry(65535, network=ip_network("fd00:1::/64"))),
    ],
)
def test_an_entry_is_one_port_of_one_host_or_network(entry, expected):
    assert parse_allow([entry]) == (expected,)


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        *(
            (text, "no port")
            for text in ("", ":", ":80", "orders", "127.0.0.1", "10.0.0.0/8", "[::1]", "[fd00::/8]")
        ),
        *(
            (f"orders:{port}", "port between")
            for port in ("", "0", "65536", "-1", "+80", "080", "80 ", "http", "*", "８０")
        ),
        *(
            (text, "switch the guard off")
            for text in ("0.0.0.0/0:80", "10.0.0.0/7:80", "[::/0]:80", "[2000::/3]:443")
        ),
        *(
            (text, "no host")
            for text in ("*:80", "*.example.com:80", "a b:80", "a..b:80", "::1:80", "0x7f.1:80")
        ),
        *((text, "no host") for text in ("127.1:80", "user@host:80", "127.0.0.01:80")),
        *((text, "URL") for text in ("http://orders:80", "https://10.0.0.1:443")),
        *((text, "bits set") for text in ("10.1.2.3/24:80", "[fd00::1/64]:80")),
        *(
            (text, "no address")
            for text in ("orders/24:80", "[127.0.0.1]:80", "[::1%lo]:80", "[]:80", "/24:80")
        ),
        *(
            (text, "prefix")
            for text in ("10.0.0.0/33:80", "[fd00::/129]:80", "10.0.0.0/:80", "10.0.0.0/08:80")
        ),
        *(
            (text, "prefix")
            for text in ("10.0.0.0/255.0.0.0:80", "10.0.0.0/-1:80", "10.0.0.0/8/8:80")
        ),
        *((text, "bracket") for text in ("[::1:80", "[fd00::/8:80")),
    ],
)
def test_a_vague_or_malformed_entry_stops_the_start_with_a_sentence(entry, hint):
    with pytest.raises(InvalidSettings) as caught:
        parse_allow(["orders:8080", entry])
    assert caught.value.message.startswith("egress_allow: ")
    assert repr(entry) in caught.value.message
    assert hint in caught.value.message


def test_an_entry_says_yes_to_its_own_port_alone():
    (entry,) = parse_allow(["10.1.2.0/24:8080"])
    assert entry.holds(ip_address("10.1.2.255"), 8080)
    assert not entry.holds(ip_address("10.1.2.255"), 8081)
    assert not entry.holds(ip_address("10.1.3.0"), 8080)
    assert not entry.holds(ip_address("::ffff:10.1.2.1"), 8080)
    assert not entry.names("10.1.2.1", 8080)
