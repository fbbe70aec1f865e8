"""Every case of the SSRF fixture, sent through the guarded client on DNS and dialling by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from deftly.egress.approvals import KEPT_S
from deftly.egress.client import GuardedClient
from deftly.egress.dial import Dialled
from deftly.egress.hosts import IPAddress
from deftly.egress.message import InboundResponse, OutboundRequest
from deftly.egress.url import join, parse_url
from deftly.errors import EgressDenied, EgressFailed
from tests.unit.egress.doubles import (
    PUBLIC,
    FakeResolver,
    HandClock,
    RecordingDialer,
    certificates,
    guard,
    reply,
    upstream,
)

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "ssrf_cases.json").read_text())
NAMES = [
    "*.example.com",
    "*.example.org",
    "*.attacker.example.net",
    "*.sslip.io",
    "xn--r8jz45g.example.com",
]


def cases(*, redirecting: bool = False, rebinding: bool = False):
    kind = (redirecting, rebinding)
    return [
        pytest.param(case, id=case["id"])
        for case in CASES
        if ("redirects_to" in case, "then_resolves_to" in case) == kind
    ]


async def send(client: GuardedClient, url: str) -> InboundResponse:
    return await client.send(OutboundRequest("GET", parse_url(url)))


def test_every_case_is_taken_up():
    taken = [*cases(), *cases(redirecting=True), *cases(rebinding=True)]
    assert len(taken) == len(CASES) == 236


@pytest.mark.parametrize("case", cases())
async def test_a_target_is_dialled_if_and_only_if_it_is_public(case):
    # Where the case names no answer, DNS looks innocent: the refusal has to come from us.
    dns = FakeResolver({}, otherwise=case.get("resolves_to", [PUBLIC]))
    dialer = RecordingDialer()
    async with guard(resolver=dns, dialer=dialer) as client:
        if case["expect"] == "block":
            with pytest.raises(EgressDenied) as caught:
                await send(client, case["url"])
            assert caught.value.verdict.startswith("blocked_")
            assert not any(answer in caught.value.message for answer in case.get("resolves_to", []))
            assert dialer.dialled == []
        else:
            with pytest.raises(EgressFailed) as failed:
                await send(client, case["url"])
            assert failed.value.verdict == "connect_failed"
            target = parse_url(case["url"])
            expected = case.get("resolves_to", [target.host])
            assert dialer.dialled == [(address, target.port) for address in expected]


@pytest.mark.parametrize("case", cases(rebinding=True))
async def test_a_second_look_up_cannot_move_a_target_inside(case):
    host = parse_url(case["url"]).host
    dns = FakeResolver({host: [case["resolves_to"], case["then_resolves_to"]]})
    dialer, clock = RecordingDialer(), HandClock()
    async with guard(resolver=dns, dialer=dialer, clock=clock) as client:
        target = parse_url(case["url"])
        approval = await client.approve(target)
        for _ in range(3):
            with pytest.raises(EgressFailed):
                await client.send(OutboundRequest("GET", target), approval)
        clock.seconds += KEPT_S + 1
        with pytest.raises(EgressDenied) as caught:
            await client.send(OutboundRequest("GET", target), approval)
    assert caught.value.verdict == "blocked_address"
    assert len(dns.asked) == 2
    assert not {address for address, _ in dialer.dialled} & set(case["must_not_dial"])


class Redirecting(NamedTuple):
    final: InboundResponse | None
    denied: EgressDenied | None
    dialled: list[tuple[str, int]]


@dataclass
class Switchboard(RecordingDialer):
    """Leads each port to a server of its own."""

    ports: Mapping[int, int] = field(default_factory=dict)

    async def dial(self, address: IPAddress, port: int) -> Dialled:
        self.leads_to = self.ports.get(port)
        return await super().dial(address, port)


async def follow(case, folder: Path) -> Redirecting:
    serving, trusting = certificates(folder, NAMES)
    first = parse_url(case["url"])
    answers = {first.host: [case["resolves_to"]]}
    try:
        second = join(first, case["redirects_to"]).host
        answers.setdefault(second, [case.get("redirect_resolves_to", [PUBLIC])])
    except EgressDenied:
        pass  # A place that the guard has to refuse by itself.

    def answer(request: bytes) -> bytes:
        if case["redirects_to"] == case["url"] or not redirected:
            redirected.append(request)
            return reply(b"", "302 Found", Location=case["redirects_to"])
        return reply(b"arrived")

    redirected: list[bytes] = []
    async with (
        upstream(answer, tls=serving if first.scheme == "https" else None) as one,
        upstream(answer, tls=serving) as two,
    ):
        # The plain and the encrypted port of one address are two servers.
        dialer = Switchboard(ports={443: two.port, first.port: one.port})
        async with guard(resolver=FakeResolver(answers), dialer=dialer, tls=trusting) as client:
            try:
                return Redirecting(await send(client, case["url"]), None, dialer.dialled)
            except EgressDenied as fault:
                return Redirecting(None, fault, dialer.dialled)


@pytest.mark.parametrize("case", cases(redirecting=True))
async def test_a_redirect_is_judged_like_a_first_target(case, tmp_path):
    first = parse_url(case["url"])
    outcome = await follow(case, tmp_path)
    if case["expect"] == "block":
        assert outcome.denied is not None
        assert outcome.denied.verdict == "blocked_redirect"
        assert outcome.dialled == [(case["resolves_to"][0], first.port)]
    else:
        assert outcome.final is not None
        assert outcome.final.body == b"arrived"
        assert all(address == PUBLIC for address, _ in outcome.dialled)
