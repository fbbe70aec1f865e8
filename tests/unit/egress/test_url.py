# ruff: noqa: RUF001 -- look-alike characters are what these tests are about
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from deftly.egress.url import Target, join, parse_url
from deftly.errors import EgressDenied


def verdict_of(url: str) -> str:
    with pytest.raises(EgressDenied) as caught:
        parse_url(url)
    assert caught.value.message.endswith((".", ")."))
    return caught.value.verdict


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://api.example.com", "https://api.example.com/"),
        ("HTTPS://API.Example.COM/V1", "https://api.example.com/V1"),
        ("hTTp://api.example.com:80/", "http://api.example.com/"),
        ("https://api.example.com:443/", "https://api.example.com/"),
        ("http://api.example.com:443/", "http://api.example.com:443/"),
        ("https://api.example.com./v1", "https://api.example.com/v1"),
        ("https://api.example.com?x=1", "https://api.example.com/?x=1"),
        ("https://api.example.com#top", "https://api.example.com/"),
        ("https://api.example.com/x?", "https://api.example.com/x"),
        ("https://api.example.com/x??", "https://api.example.com/x??"),
        ("https://api.example.com/x?a=1?b#c?d", "https://api.example.com/x?a=1?b"),
        ("https://api.example.com//a//b", "https://api.example.com//a//b"),
        ("https://api.example.com/a/../b/./c", "https://api.example.com/a/../b/./c"),
        ("https://api.example.com/%2e%2E/%zz%", "https://api.example.com/%2e%2E/%zz%"),
        ("https://api.example.com/@user:pw/", "https://api.example.com/@user:pw/"),
        ("https://api.example.com/a?b=http://x@y/", "https://api.example.com/a?b=http://x@y/"),
        ("https://api.example.com/ä?ü=€", "https://api.example.com/%C3%A4?%C3%BC=%E2%82%AC"),
        ('https://api.example.com/"<{|}>^`', "https://api.example.com/%22%3C%7B%7C%7D%3E%5E%60"),
        ("https://api.example.com/a[]?b[]=1", "https://api.example.com/a[]?b[]=1"),
        ("https://r3---sn-x.example.com/", "https://r3---sn-x.example.com/"),
        ("https://my_bucket.example.com/", "https://my_bucket.example.com/"),
        ("https://10.example.com/", "https://10.example.com/"),
        ("https://bücher.example.com/", "https://xn--bcher-kva.example.com/"),
        ("https://XN--BCHER-KVA.example.com/", "https://xn--bcher-kva.example.com/"),
        ("https://faß.example.com/", "https://xn--fa-hia.example.com/"),
        ("https://例え.example.com/", "https://xn--r8jz45g.example.com/"),
        ("http://93.184.215.14:8080/", "http://93.184.215.14:8080/"),
        ("http://[2001:4860:4860:0:0:0:0:8888]:8080/x", "http://[2001:4860:4860::8888]:8080/x"),
        ("http://[2606:4700::ABCD]/", "http://[2606:4700::abcd]/"),
        ("http://api.example.com:1/", "http://api.example.com:1/"),
        ("http://api.example.com:65535/", "http://api.example.com:65535/"),
    ],
)
def test_an_accepted_url_has_one_form_and_keeps_it(url, sent):
    target = parse_url(url)
    assert target.url == sent
    assert parse_url(target.url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.com/",
        "//api.example.com/",
        "http:/api.example.com/",
        "http:api.example.com/",
        "http:",
        "http",
        "httpſ://api.example.com/",
        "ｈttp://api.example.com/",
        " http://api.example.com/",
        "\ufeffhttp://api.example.com/",
        "ht\ttp://api.example.com/",
        "http//api.example.com/",
        "ws://api.example.com/",
        "wss://api.example.com/",
        "gopher://api.example.com/",
        "dict://api.example.com/",
        "javascript:alert(1)",
        "http+unix://%2Fvar%2Frun/",
        "https\n://api.example.com/",
    ],
)
def test_only_http_and_https_urls_are_urls(url):
    assert verdict_of(url) == "blocked_scheme"


@pytest.mark.parametrize(
    "host",
    [
        # numbers that some parser takes for an address
        *("0", "00", "0x", "0X", "0x7f000001", "2130706433", "017700000001", "127.1", "127.0.1"),
        *("0177.0.0.1", "0x7f.0.0.1", "127.0.0.01", "127.0.0.1.", "127.0.0.1..", "1.2.3.4.5"),
        *(
            "256.0.0.1",
            "1.2.3.256",
            "127.0.0.0x1",
            "a.1",
            "example.0x",
            "example.0xdead",
            "1.2.3.00",
        ),
        *("+127.0.0.1", "127.0.0.1-", "4294967296", "0b1.1", "127.0x0.1", "0o177.0.0.1"),
        # digits and dots of other scripts
        *(
            "①②⑦.⓪.⓪.①",
            "１２７.0.0.1",
            "127。0。0。1",
            "127．0．0．1",
            "127｡0｡0｡1",
            "²¹³.1",
            "𝟏𝟐𝟕.0.0.1",
        ),
        *(
            "ｌocalhost",
            "ℓocalhost",
            "localhoſt",
            "ⓛocalhost",
            "loc\u00adalhost",
            "local\u200bhost",
        ),
        *("\u202e1.0.0.721", "api.example\u2024com", "exam\u2044ple.com", "BÜCHER.de"),
        *("K\u212a.com", "☃.net", "💩.la", "a\u0301b.com", "\u0301a.com"),
        # labels
        *("", ".", "..", "a..b", ".a.com", "-a.com", "a-.com", "a.-", "_-.com", "*.example.com"),
        *("a b.com", "a%20b.com", "%6c%6f.com", "a%00.com", "a\x00.com", "a,b.com", "a;b.com"),
        *("a'b.com", 'a"b.com', "a!b.com", "a$b.com", "a&b.com", "a(b).com", "a=b.com", "a~b.com"),
        *(
            "a|b.com",
            "a^b.com",
            "a`b.com",
            "{a}.com",
            "<a>.com",
            "a+b.com",
            "a\x7fb.com",
            "a\x85b.com",
        ),
        *(
            "xn--",
            "xn--a",
            "xn--a-",
            "xn---",
            "xn--localhost-",
            "xn--bcher-KVA0",
            "xn--0",
            "xn--zzzzzz",
        ),
        *(
            "xn--bcher-kva-",
            "xn--example.com",
            "a" * 64 + ".com",
            "ü" * 64 + ".com",
            ".".join(["a" * 60] * 5),
        ),
        # user information and backslashes
        *(
            "user@a.com",
            "user:pw@a.com",
            "@a.com",
            "a.com@",
            "a.com:80@b.com",
            "a.com\\b.com",
            "\\a.com",
        ),
        # brackets
        *("[", "]", "[]", "[::1", "::1]", "[::1]]", "[[::1]]", "[::1]a", "[::1].com", "a[::1]"),
        *(
            "[127.0.0.1]",
            "[::1%lo]",
            "[::1%25lo]",
            "[fe80::1%1]",
            "[v1.a]",
            "[::g]",
            "[1:2:3:4:5:6:7]",
        ),
        *(
            "[1::2::3]",
            "[::ffff:127.1]",
            "[::ffff:0177.0.0.1]",
            "[：：1]",
            "[::１]",
            "[ ::1]",
            "[:]",
        ),
        *(
            "[1:2:3:4:5:6:7:8:9]",
            "[12345::]",
            "[::1/128]",
            "[0x1::]",
            "[localhost]",
            "[1.2.3.4:80]",
        ),
    ],
)
def test_a_host_with_a_second_reading_is_refused(host):
    assert verdict_of(f"http://{host}/") in {"blocked_host", "blocked_port"}


@pytest.mark.parametrize(
    "port",
    [
        *("", "0", "00", "000", "65536", "99999", "100000", "-80", "+80", "080", "0080", " 80"),
        *("80 ", "8_0", "http", "0x50", "8０", "٨٠", "80:80", "1e2", "8.0", "80.", "80\t", "²"),
    ],
)
@pytest.mark.parametrize("host", ["api.example.com", "93.184.215.14", "[2606:4700::1111]"])
def test_a_port_is_a_plain_number_in_range(host, port):
    assert verdict_of(f"http://{host}:{port}/") in {"blocked_port", "blocked_host"}


@pytest.mark.parametrize(
    "bad", ["\r\n", "\n", "\t", "\0", " ", "\x7f", "\x1f", "\x80", "\x9f", "\\", "\ud800"]
)
@pytest.mark.parametrize(
    "template",
    [
        "http://api.example.com/a{}b",
        "http://api.example.com/?a={}b",
        "http://a{}b.com/",
        "http://a.com{}",
    ],
)
def test_blanks_controls_and_backslashes_are_refused_wherever_they_stand(template, bad):
    assert verdict_of(template.format(bad)) == "blocked_host"


def test_an_endless_url_is_refused():
    assert verdict_of("https://api.example.com/" + "a" * 20_000) == "blocked_host"
    assert verdict_of("https://" + "a." * 8_000 + "com/") == "blocked_host"


BASE = "https://api.example.com:8443/a/b/c?q=1"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        # RFC 3986 section 5.4, with our base
        ("https://other.example.org/x", "https://other.example.org/x"),
        ("g", "https://api.example.com:8443/a/b/g"),
        ("./g", "https://api.example.com:8443/a/b/g"),
        ("g/", "https://api.example.com:8443/a/b/g/"),
        ("/g", "https://api.example.com:8443/g"),
        ("//g.example.com", "https://g.example.com/"),
        ("?y", "https://api.example.com:8443/a/b/c?y"),
        ("g?y", "https://api.example.com:8443/a/b/g?y"),
        ("#s", "https://api.example.com:8443/a/b/c?q=1"),
        ("g#s", "https://api.example.com:8443/a/b/g"),
        (".", "https://api.example.com:8443/a/b/"),
        ("./", "https://api.example.com:8443/a/b/"),
        ("..", "https://api.example.com:8443/a/"),
        ("../g", "https://api.example.com:8443/a/g"),
        ("../../../../g", "https://api.example.com:8443/g"),
        ("/./g", "https://api.example.com:8443/g"),
        ("/../g", "https://api.example.com:8443/g"),
        ("g..", "https://api.example.com:8443/a/b/g.."),
        ("./g/.", "https://api.example.com:8443/a/b/g/"),
        ("g/../h", "https://api.example.com:8443/a/b/h"),
        ("g?y/../x", "https://api.example.com:8443/a/b/g?y/../x"),
        ("https://api.example.com/x/../y?a=../b", "https://api.example.com/y?a=../b"),
        ("/v2?x=1", "https://api.example.com:8443/v2?x=1"),
        ("/a:b", "https://api.example.com:8443/a:b"),
        ("?", "https://api.example.com:8443/a/b/c"),
    ],
)
def test_a_location_is_read_as_rfc_3986_has_it(location, expected):
    assert join(parse_url(BASE), location).url == expected


@pytest.mark.parametrize(
    ("location", "verdict"),
    [
        ("", "blocked_redirect"),
        ("file:///etc/passwd", "blocked_scheme"),
        ("g:h", "blocked_scheme"),
        ("http:g", "blocked_scheme"),
        ("https:/g", "blocked_scheme"),
        ("///evil.example.com/", "blocked_host"),
        ("////evil.example.com/", "blocked_host"),
        ("/\\evil.example.com", "blocked_host"),
        ("\\\\evil.example.com", "blocked_host"),
        (" /g", "blocked_host"),
        ("/a b", "blocked_host"),
        ("/a\r\nX: 1", "blocked_host"),
        ("//user@g.example.com/", "blocked_host"),
        ("//g.example.com:99999/", "blocked_port"),
        ("/\udc80", "blocked_host"),
    ],
)
def test_a_location_that_can_be_misread_is_refused(location, verdict):
    with pytest.raises(EgressDenied) as caught:
        join(parse_url(BASE), location)
    assert caught.value.verdict == verdict


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcxnABC019.-_:@/?#[]%\\ \t\r\n&=+~;,'\"{}|^`<>$!()*"),
        st.sampled_from("。．｡①１üßé\u200d\u0301ſK\u202e例"),
        st.characters(),
    ),
    max_size=40,
)
URLS = st.one_of(
    st.builds(
        "{}{}".format, st.sampled_from(["http://", "https://", "HTTP://", "http:", ""]), HOSTILE
    ),
    st.builds(
        "http://{}{}{}".format,
        st.sampled_from(
            ["api.example.com", "93.184.215.14", "[2606:4700::1111]", "bücher.example.com"]
        ),
        st.sampled_from(["", ":80", ":8080", ":443", "."]),
        HOSTILE,
    ),
    st.builds(
        "https://{}.{}.{}/{}".format,
        *[st.text("abcxn0159-_üßAB", min_size=1, max_size=8)] * 3,
        HOSTILE,
    ),
)


def parsed(url: str) -> Target | None:
    try:
        return parse_url(url)
    except EgressDenied:
        return None


@given(URLS)
def test_what_was_checked_is_what_is_dialled_and_parsing_again_changes_nothing(url):
    target = parsed(url)
    if target is None:
        return
    assert parse_url(target.url) == target
    seen = URL(target.url, encoded=True)
    assert (seen.scheme, seen.raw_host, seen.port) == (target.scheme, target.host, target.port)
    assert seen.raw_path_qs == target.path
    assert seen.host_port_subcomponent == target.authority
    assert seen.raw_user is None
    assert seen.raw_password is None


@given(URLS, HOSTILE)
def test_a_joined_location_is_as_strict_as_a_url(url, location):
    target = parsed(url)
    if target is None:
        return
    try:
        joined = join(target, location)
    except EgressDenied:
        return
    assert parse_url(joined.url) == joined
    assert URL(joined.url, encoded=True).raw_path_qs == joined.path
