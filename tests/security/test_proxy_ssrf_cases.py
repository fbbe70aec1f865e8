"""Every target of the SSRF fixture, asked of the proxy as a program would."""

import json
import re
from pathlib import Path

import pytest

from deftly.egress.url import parse_url
from tests.unit.egress.doubles import PUBLIC, FakeResolver, RecordingDialer
from tests.unit.egress.proxying import proxied, status_of

CASES = [
    pytest.param(case, id=case["id"])
    for case in json.loads((Path(__file__).parents[1] / "fixtures" / "ssrf_cases.json").read_text())
    if "redirects_to" not in case and "then_resolves_to" not in case
]
_PLACE = re.compile(r"https://([^/?#]*)", re.IGNORECASE | re.DOTALL)


def heads(url):
    """Return the requests that would fetch the URL, in both forms the proxy knows."""
    yield f"GET {url} HTTP/1.1\r\nHost: {PUBLIC}\r\n\r\n"
    if found := _PLACE.match(url):
        place = found[1] if re.search(r":[0-9]+\Z", found[1]) else f"{found[1]}:443"
        yield f"CONNECT {place} HTTP/1.1\r\nHost: {PUBLIC}\r\n\r\n"


@pytest.mark.parametrize("case", CASES)
async def test_a_target_is_dialled_if_and_only_if_it_is_public(case):
    dns = FakeResolver({}, otherwise=case.get("resolves_to", [PUBLIC]))
    for head in heads(case["url"]):
        async with proxied(dialer=(dialer := RecordingDialer()), resolver=dns) as proxy:
            answer = await proxy.ask(head.encode("utf-8", "surrogatepass"))
        status = status_of(answer)
        if status == 502:
            assert case["expect"] == "allow"
            target = parse_url(case["url"])
            expected = case.get("resolves_to", [target.host])
            assert dialer.dialled == [(address, target.port) for address in expected]
        else:
            # What is https goes through CONNECT, and a head holds ASCII.
            is_other_form = head.startswith("GET https:") or not head.isascii()
            assert case["expect"] == "block" or is_other_form
            assert status in {400, 403}
            assert dialer.dialled == []
        assert not any(one.encode() in answer for one in case.get("resolves_to", []))
