from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.egress.ranges import METADATA_ADDRESSES, denied_range, embedded_ipv4

DENIED_V4 = """0/8 10/8 100.64/10 127/8 168.63.129.16 169.254/16 172.16/12 192.0.0/24 192.0.2/24
    192.31.196/24 192.52.193/24 192.88.99/24 192.168/16 192.175.48/24 198.18/15 198.51.100/24
    203.0.113/24 224/4 240/4""".split()


def network(short: str) -> IPv4Network:
    start, _, length = short.partition("/")
    octets = (start.split(".") + ["0"] * 3)[:4]
    return IPv4Network(f"{'.'.join(octets)}/{length or 32}")


@pytest.mark.parametrize("short", DENIED_V4)
def test_a_denied_network_is_denied_from_edge_to_edge_and_no_further(short):
    denied = network(short)
    assert denied_range(denied[0])
    assert denied_range(denied[-1])
    assert denied_range(denied[denied.num_addresses // 2])
    others = [network(other) for other in DENIED_V4]
    for outside in (int(denied[0]) - 1, int(denied[-1]) + 1):
        if 0 <= outside < 2**32 and not any(IPv4Address(outside) in other for other in others):
            assert denied_range(IPv4Address(outside)) is None


@given(st.integers(0, 2**32 - 1))
def test_every_other_ipv4_address_is_public(number):
    address = IPv4Address(number)
    inside = any(address in network(short) for short in DENIED_V4)
    assert (denied_range(address) is not None) == inside


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        *(("::", "unspecified"), ("::1", "loopback"), ("::ffff:8.8.8.8", "IPv4-mapped")),
        *(
            ("::ffff:0:808:808", "IPv4-translated"),
            ("::8.8.8.8", "IPv4-compatible"),
            ("::2", "IPv4-compatible"),
        ),
        *(
            ("64:ff9b::808:808", "NAT64"),
            ("64:ff9b:1:ffff::1", "NAT64"),
            ("64:ff9b:2::1", "not global"),
        ),
        *(("100::1", "not global"), ("1fff:ffff::1", "not global"), ("4000::1", "not global")),
        *(
            ("5f00::1", "not global"),
            ("fbff::1", "not global"),
            ("fc00::1", "private"),
            ("fdff::1", "private"),
        ),
        *(("fe00::1", "not global"), ("fe80::1", "link-local"), ("febf:ffff::1", "link-local")),
        *(
            ("fec0::1", "not global"),
            ("feff::1", "not global"),
            ("ff02::1", "multicast"),
            ("ff0e::1", "multicast"),
        ),
        *(
            ("2001::1", "Teredo"),
            ("2001:1::1", "protocol assignments"),
            ("2001:20::1", "protocol assignments"),
        ),
        *(("2001:1ff:ffff::1", "protocol assignments"), ("2001:db8::1", "documentation")),
        *(
            ("2001:db8:ffff:ffff::1", "documentation"),
            ("2002::1", "6to4"),
            ("2002:ffff:ffff::1", "6to4"),
        ),
        *(
            ("2620:4f:8000::1", "AS112"),
            ("3fff::1", "documentation"),
            ("3fff:fff:ffff::1", "documentation"),
        ),
        *(("2001:470:1f0b::5efe:7f00:1", "ISATAP"), ("2606:4700::200:5efe:808:808", "ISATAP")),
        *(("2606:4700::1%eth0", "scoped"), ("fe80::1%1", "scoped"), ("fd00:ec2::254", "metadata")),
        ("169.254.169.254", "metadata"),
        ("127.0.0.1", "loopback"),
    ],
)
def test_a_denied_address_has_a_named_reason(address, reason):
    assert denied_range(ip_address(address)) == reason


@pytest.mark.parametrize(
    "address",
    [
        *("2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2400:cb00::1"),
        *(
            "2606:4700:4700::1111",
            "2620:4f:7fff::1",
            "2620:4f:8001::1",
            "2a00:1450::1",
            "3ffe:ffff::1",
        ),
        *("3fff:1000::1", "2606:4700::5eff:808:808", "2606:4700::300:5efe:808:808"),
    ],
)
def test_a_global_ipv6_address_is_public(address):
    assert denied_range(IPv6Address(address)) is None


@given(st.integers(0, 2**128 - 1))
def test_nothing_outside_2000_3_is_public(number):
    address = IPv6Address(number)
    if address not in IPv6Network("2000::/3"):
        assert denied_range(address)


@given(st.ip_addresses(v=4))
def test_every_form_that_carries_an_ipv4_address_is_denied_and_read(inner):
    bits = int(inner)
    high, low = bits >> 16, bits & 0xFFFF
    forms = [
        IPv6Address(0xFFFF << 32 | bits),
        IPv6Address(0xFFFF << 48 | bits),
        IPv6Address(bits),
        IPv6Address((0x64FF9B << 96) | bits),
        IPv6Address(f"64:ff9b:1:{high:x}:{low >> 8:x}:{(low & 255) << 8:x}::"),
        IPv6Address(f"2002:{high:x}:{low:x}::1"),
        IPv6Address(f"2001:0:4136:e378:8000:63bf:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}"),
        IPv6Address(f"2606:4700::5efe:{high:x}:{low:x}"),
        IPv6Address(f"fd00::200:5efe:{high:x}:{low:x}"),
    ]
    for form in forms:
        assert denied_range(form), form
        assert inner in embedded_ipv4(form) or bits < 2, form


def test_no_metadata_address_is_public():
    assert all(denied_range(address) == "metadata" for address in METADATA_ADDRESSES)


def test_an_ipv4_address_carries_none():
    assert embedded_ipv4(IPv4Address("10.0.0.1")) == frozenset()
