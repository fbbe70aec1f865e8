import pytest

from deftly.egress.message import OutboundRequest
from deftly.egress.redirects import locations, next_request
from deftly.egress.url import parse_url
from deftly.errors import EgressDenied

SECRET = (("Authorization", "Bearer s3cret"), ("X-Shop", "7"), ("Accept", "application/json"))


def request(
    method: str = "GET", url: str = "https://api.example.com/a/b", **more
) -> OutboundRequest:
    return OutboundRequest(method, parse_url(url), SECRET, b"body", **more)


PLACES = (("Location", "/a"), ("X-Other", "/x"), ("location", "/b"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_reads_are_led_on_and_writes_never(status):
    assert locations(request("GET"), status, PLACES) == ("/a", "/b")
    assert locations(request("HEAD"), status, PLACES) == ("/a", "/b")
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert locations(request(method), status, PLACES) == ()


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 306, 309, 400, 404, 500])
def test_other_statuses_are_answers(status):
    assert locations(request(), status, PLACES) == ()


@pytest.mark.parametrize(
    "location", ["/v2", "v2", "?x", "https://api.example.com/v2", "//API.example.com:443/"]
)
def test_the_same_origin_gets_everything(location):
    following = next_request(request(), [location], 0)
    assert following.headers == SECRET
    assert following.body == b"body"


@pytest.mark.parametrize(
    "location",
    [
        *("https://other.example.org/", "https://api.example.com:8443/", "https://example.com/"),
        *("https://api.example.com.evil.example.org/", "https://sub.api.example.com/"),
    ],
)
def test_another_origin_gets_nothing_of_the_owner(location):
    following = next_request(request(), [location], 0)
    assert following.headers == ()
    assert following.body is None


def test_an_upgrade_to_https_is_another_origin_too():
    following = next_request(
        request(url="http://api.example.com/"), ["https://api.example.com/"], 0
    )
    assert following.headers == ()


def test_headers_the_owner_did_not_write_go_along():
    owned = frozenset({"authorization", "x-shop"})
    following = next_request(request(owner_headers=owned), ["https://other.example.org/"], 0)
    assert following.headers == (("Accept", "application/json"),)


@pytest.mark.parametrize(
    ("more", "locations", "hop"),
    [
        ({}, [""], 0),
        ({}, ["/next"], 3),
        ({}, ["/a", "/b"], 0),
        ({}, ["http://api.example.com/"], 0),
        ({}, ["http://other.example.org/"], 0),
        ({}, ["ftp://api.example.com/"], 0),
        ({}, ["file:///etc/passwd"], 0),
        ({}, ["https://user@api.example.com/"], 0),
        ({}, ["https://2130706433/"], 0),
        ({}, ["https://api.example.com:0/"], 0),
        ({}, ["/a\r\nX: y"], 0),
        ({"stay_on_host": True}, ["https://other.example.org/"], 0),
        ({"stay_on_host": True}, ["//www.api.example.com/"], 0),
        ({"stay_on_host": True}, ["https://api.example.com:8443/"], 0),
        ({"stay_on_host": True}, ["//api.example.com:80/"], 0),
    ],
)
def test_every_refused_redirect_has_the_same_verdict(more, locations, hop):
    with pytest.raises(EgressDenied) as caught:
        next_request(request(**more), locations, hop)
    assert caught.value.verdict == "blocked_redirect"


def test_a_confirmed_call_may_move_on_its_host():
    following = next_request(request(stay_on_host=True), ["https://API.example.com/v2"], 2)
    assert following.target.url == "https://api.example.com/v2"


def test_a_confirmed_call_may_be_led_to_https():
    asked = request(url="http://api.example.com/v1", stay_on_host=True)

    assert next_request(asked, ["https://api.example.com/v1"], 0).target.scheme == "https"
