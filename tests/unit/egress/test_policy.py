from ipaddress import ip_address

import pytest

from deftly.egress.interfaces import own_addresses
from deftly.egress.names import BAD_PORTS
from deftly.egress.policy import Policy, parse_allow
from deftly.egress.url import parse_url
from deftly.errors import EgressDenied

PUBLIC = "93.184.215.14"
STRICT = Policy()


def verdict(policy: Policy, url: str, *answers: str) -> str | None:
    target = parse_url(url)
    try:
        policy.check_target(target)
        for answer in answers:
            policy.check_address(target, ip_address(answer))
    except EgressDenied as fault:
        denied = fault
    else:
        return None
    assert all(answer not in denied.message for answer in answers)
    return denied.verdict


@pytest.mark.parametrize(
    "host",
    [
        *(
            "localhost",
            "LOCALHOST",
            "localhost.",
            "foo.localhost",
            "a.b.localhost",
            "localhost.localdomain",
        ),
        *(
            "redis",
            "metadata",
            "kubernetes",
            "com",
            "xn--bcher-kva",
            "wpad",
            "_gateway",
            "ip6-localhost",
        ),
        *(
            "db.local",
            "x.internal",
            "wiki.intranet",
            "router.lan",
            "ad.corp",
            "nas.home",
            "x.home.arpa",
        ),
        *(
            "1.0.0.127.in-addr.arpa",
            "x.ip6.arpa",
            "a.private",
            "a.default.svc",
            "svc.cluster.local",
        ),
        *("a.consul", "a.onion", "a.invalid", "a.test", "a.example", "metadata.google.internal"),
        *(
            "METADATA.GOOGLE.INTERNAL.",
            "metadata.goog",
            "instance-data.ec2.internal",
            "metadata.tencentyun.com",
        ),
        # what no public name ends in, and some reader takes for the end of an address
        *("127.0.0.1e0", "127.0.0.0o1", "127.0.0.1_", "127.0.0.0b1", "10.0.0.1x", "a.c-d"),
    ],
)
def test_a_name_from_inside_is_refused_whatever_dns_says(host):
    assert verdict(STRICT, f"http://{host}/", PUBLIC) == "blocked_host"


@pytest.mark.parametrize(
    "host",
    [
        *("api.example.com", "internal.example.com", "local.example.org", "localhost.example.com"),
        *(
            "example.com",
            "test.com",
            "mylocal.net",
            "a.notinternal",
            "svc.dev",
            "corp.com",
            "lan.example.net",
        ),
        *("metadata.example.com", "home.example.com", "10.example.com", "localhost.com"),
        *("a.xn--p1ai", "a.xn--vermgensberatung-pwb", "a.io", "a.museum", "1.a2.example.com"),
    ],
)
def test_a_public_name_passes_even_if_it_holds_such_a_word(host):
    assert verdict(STRICT, f"https://{host}/", PUBLIC) is None


@pytest.mark.parametrize("port", sorted(BAD_PORTS - {0}))
def test_a_port_of_another_protocol_is_refused(port):
    assert verdict(STRICT, f"http://api.example.com:{port}/") == "blocked_port"
    assert verdict(STRICT, f"http://{PUBLIC}:{port}/") == "blocked_port"


@pytest.mark.parametrize("port", [80, 443, 3000, 5000, 8000, 8080, 8443, 9000, 9200, 65535])
def test_other_ports_are_open(port):
    assert verdict(STRICT, f"http://api.example.com:{port}/", PUBLIC) is None


@pytest.mark.parametrize(
    ("allow", "url", "answers", "expected"),
    [
        # an exact host and port may lead anywhere
        ("orders:8080", "http://orders:8080/", ["10.0.0.5"], None),
        ("orders:8080", "http://ORDERS.:8080/", ["10.0.0.5"], None),
        ("orders:8080", "http://orders:8080/", ["127.0.0.1", "fd00::1", "::1"], None),
        ("orders:8080", "http://orders:8081/", [], "blocked_host"),
        ("orders:8080", "http://orders/", [], "blocked_host"),
        ("orders:8080", "http://a.orders:8080/", ["10.0.0.5"], "blocked_address"),
        ("orders:25", "http://orders:25/", ["10.0.0.5"], None),
        ("db.rack7:80", "http://db.rack7/", ["10.0.0.5"], None),
        ("localhost:9000", "http://localhost:9000/", ["127.0.0.1", "::1"], None),
        ("db.internal:5432", "http://db.internal:5432/", ["10.0.0.5"], None),
        # but not to a cloud's metadata
        ("orders:80", "http://orders/", ["169.254.169.254"], "blocked_address"),
        ("orders:80", "http://orders/", ["::ffff:169.254.169.254"], "blocked_address"),
        ("orders:80", "http://orders/", ["64:ff9b::a9fe:a9fe"], "blocked_address"),
        ("orders:80", "http://orders/", ["10.0.0.5", "fd00:ec2::254"], "blocked_address"),
        ("orders:80", "http://orders/", ["fe80::1%eth0"], "blocked_address"),
        (
            "metadata.google.internal:80",
            "http://metadata.google.internal/",
            ["10.0.0.1"],
            "blocked_host",
        ),
        ("169.254.169.254:80", "http://169.254.169.254/", [], "blocked_address"),
        ("169.254.0.0/16:80", "http://169.254.169.254/", [], "blocked_address"),
        ("168.63.129.16:80", "http://168.63.129.16/", [], "blocked_address"),
        ("100.64.0.0/10:80", "http://100.100.100.200/", [], "blocked_address"),
        ("[fd00::/8]:80", "http://[fd00:ec2::254]/", [], "blocked_address"),
        ("[64:ff9b::/96]:80", "http://[64:ff9b::a9fe:a9fe]/", [], "blocked_address"),
        ("[64:ff9b::/96]:80", "http://[64:ff9b::808:808]/", [], None),
        # an exact address and port, by literal or by name
        ("127.0.0.1:9000", "http://127.0.0.1:9000/", [], None),
        ("127.0.0.1:9000", "http://127.0.0.1:9001/", [], "blocked_address"),
        ("127.0.0.1:9000", "http://127.0.0.2:9000/", [], "blocked_address"),
        ("127.0.0.1:9000", "http://[::ffff:127.0.0.1]:9000/", [], "blocked_address"),
        ("127.0.0.1:9000", "http://localhost:9000/", ["127.0.0.1"], "blocked_host"),
        ("127.0.0.1:9000", "http://a.example.com:9000/", ["127.0.0.1"], None),
        (
            "127.0.0.1:9000",
            "http://a.example.com:9000/",
            ["127.0.0.1", "10.0.0.1"],
            "blocked_address",
        ),
        ("[::1]:9000", "http://[::1]:9000/", [], None),
        ("[::1]:9000", "http://[0:0:0:0:0:0:0:1]:9000/", [], None),
        ("10.1.2.0/24:8080", "http://10.1.2.77:8080/", [], None),
        ("10.1.2.0/24:8080", "http://10.1.3.77:8080/", [], "blocked_address"),
        ("10.1.2.0/24:8080", "http://10.1.2.77/", [], "blocked_address"),
        # a refused port opens for the listed addresses alone
        ("10.1.2.0/24:25", "http://10.1.2.77:25/", [], None),
        ("10.1.2.0/24:25", "http://mail.example.com:25/", ["10.1.2.77"], None),
        ("10.1.2.0/24:25", "http://mail.example.com:25/", [PUBLIC], "blocked_port"),
        ("10.1.2.0/24:25", "http://mail.example.com:25/", ["10.1.2.7", PUBLIC], "blocked_port"),
        ("10.1.2.0/24:26", "http://mail.example.com:25/", [], "blocked_port"),
    ],
)
def test_an_exception_is_as_wide_as_it_is_written(allow, url, answers, expected):
    assert verdict(Policy(allow=parse_allow([allow])), url, *answers) == expected


OWN = frozenset({ip_address("198.41.0.4"), ip_address("2606:4700::7"), ip_address("10.9.8.7")})


@pytest.mark.parametrize(
    ("bound", "url", "answers"),
    [
        ("127.0.0.1", "http://127.0.0.1:8484/", []),
        ("127.0.0.1", "http://127.0.0.2:8484/", []),
        ("127.0.0.1", "http://[::1]:8484/", []),
        ("127.0.0.1", "http://[::ffff:127.0.0.1]:8484/", []),
        ("127.0.0.1", "http://0.0.0.0:8484/", []),
        ("127.0.0.1", "http://[::]:8484/", []),
        ("0.0.0.0", "http://10.9.8.7:8484/", []),
        ("::", "http://[2606:4700::7]:8484/", []),
        ("10.7.7.7", "http://10.7.7.7:8484/", []),
        ("localhost", "http://127.0.0.1:8484/", []),
        ("127.0.0.1", "http://me:8484/", ["127.0.0.1"]),
        ("127.0.0.1", "http://me:8484/", ["10.0.0.1", "198.41.0.4"]),
    ],
)
def test_our_own_listener_stays_closed_even_if_it_is_allowed(bound, url, answers):
    allow = [
        "127.0.0.0/8:8484",
        "[::1]:8484",
        "0.0.0.0/8:8484",
        "[::]:8484",
        "10.0.0.0/8:8484",
        "me:8484",
    ]
    open_policy = Policy(
        parse_allow([*allow, "[::ffff:127.0.0.1]:8484", "[2606:4700::7]:8484"]), OWN
    )
    assert verdict(open_policy, url, *answers) is None
    assert verdict(open_policy.with_listener(bound, 8484), url, *answers) == "blocked_address"
    assert verdict(open_policy.with_listener(bound, 9999), url, *answers) is None


def test_every_listener_of_ours_counts():
    policy = Policy(parse_allow(["127.0.0.1:1111", "127.0.0.1:2222"]))
    policy = policy.with_listener("127.0.0.1", 1111).with_listener("127.0.0.1", 2222)
    assert verdict(policy, "http://127.0.0.1:1111/") == "blocked_address"
    assert verdict(policy, "http://127.0.0.1:2222/") == "blocked_address"


def test_a_public_address_of_this_machine_is_refused_unless_allowed():
    assert verdict(Policy(), "http://198.41.0.4/") is None
    assert verdict(Policy(own_addresses=OWN), "http://198.41.0.4/") == "blocked_address"
    assert (
        verdict(Policy(own_addresses=OWN), "http://a.example.com/", "2606:4700::7")
        == "blocked_address"
    )
    allowed = Policy(parse_allow(["198.41.0.4:80"]), OWN)
    assert verdict(allowed, "http://198.41.0.4/") is None
    assert verdict(allowed, "http://198.41.0.4:8080/") == "blocked_address"


def test_the_address_is_for_the_log_alone():
    target = parse_url("http://inside.example.com/")
    with pytest.raises(EgressDenied) as caught:
        STRICT.check_address(target, ip_address("10.11.12.13"))
    assert "10.11.12.13" not in caught.value.message
    assert "10.11.12.13" in caught.value.internal


FIB_TRIE = """Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        |-- 127.0.0.1
           /32 host LOCAL
     |-- 198.41.0.0
        /24 link UNICAST
     |-- 198.41.0.4
        /32 host LOCAL
     |-- 198.41.0.255
        /32 link BROADCAST
"""
IF_INET6 = """00000000000000000000000000000001 01 80 10 80       lo
26064700000000000000000000000007 02 40 00 80     eth0
"""


def test_the_addresses_of_the_interfaces_are_read_from_proc(tmp_path):
    (tmp_path / "fib_trie").write_text(FIB_TRIE)
    (tmp_path / "if_inet6").write_text(IF_INET6)
    expected = {"127.0.0.1", "198.41.0.4", "::1", "2606:4700::7"}
    assert own_addresses(tmp_path) == {ip_address(text) for text in expected}


def test_without_proc_no_own_address_is_known(tmp_path):
    assert own_addresses(tmp_path) == frozenset()


def test_this_machine_knows_its_loopback_address():
    assert not own_addresses() or ip_address("127.0.0.1") in own_addresses()
