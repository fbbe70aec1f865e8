import asyncio
import threading
from ipaddress import ip_address

import pytest

from deftly.egress.approvals import KEPT_S, MAX_KEPT, Approvals
from deftly.egress.policy import Policy
from deftly.egress.resolve import SystemResolver
from deftly.egress.url import parse_url
from deftly.errors import EgressDenied, EgressFailed
from tests.unit.egress.doubles import PUBLIC, FakeResolver, HandClock


async def test_the_system_knows_localhost_without_a_network():
    assert "127.0.0.1" in await SystemResolver().resolve("localhost", 80)


async def test_a_name_server_that_never_answers_holds_a_caller_for_the_limit_alone():
    release = threading.Event()
    resolver = SystemResolver(limit_s=0.05, look_up=lambda *_: (str(release.wait(30)),))
    with pytest.raises(EgressFailed) as caught:
        await resolver.resolve("slow.example.com", 80)
    release.set()
    assert caught.value.verdict == "dns_failed"


async def test_one_slow_name_does_not_hold_up_another():
    release = threading.Event()

    def look_up(host: str, port: int) -> tuple[str, ...]:
        if host == "slow.example.com":
            release.wait(30)
        return (PUBLIC,)

    resolver = SystemResolver(look_up=look_up)
    slow = [asyncio.create_task(resolver.resolve("slow.example.com", 80)) for _ in range(4)]
    assert await resolver.resolve("fast.example.com", 80) == (PUBLIC,)
    assert not any(task.done() for task in slow)
    release.set()
    assert await asyncio.gather(*slow) == [(PUBLIC,)] * 4


async def test_many_names_at_once_are_all_answered():
    resolver = SystemResolver(look_up=lambda host, port: (f"93.184.215.{port}",))
    answers = await asyncio.gather(*(resolver.resolve("a.example.com", n) for n in range(200)))
    assert answers == [(f"93.184.215.{n}",) for n in range(200)]


@pytest.mark.parametrize("fault", [OSError("no such host"), UnicodeError("too long")])
async def test_a_failed_look_up_is_a_sentence_with_the_cause_for_the_log(fault):
    def look_up(host: str, port: int) -> tuple[str, ...]:
        raise fault

    with pytest.raises(EgressFailed) as caught:
        await SystemResolver(look_up=look_up).resolve("a.example.com", 80)
    assert caught.value.verdict == "dns_failed"
    assert str(fault) in caught.value.internal


def test_an_answer_after_the_loop_has_closed_is_dropped():
    asked, release, answered = threading.Event(), threading.Event(), threading.Event()

    def look_up(host: str, port: int) -> tuple[str, ...]:
        asked.set()
        release.wait(30)
        answered.set()
        return (PUBLIC,)

    async def give_up() -> SystemResolver:
        resolver = SystemResolver(look_up=look_up)
        task = asyncio.create_task(resolver.resolve("a.example.com", 80))
        await asyncio.to_thread(asked.wait, 10)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return resolver

    resolver = asyncio.run(give_up())
    release.set()
    assert answered.wait(10)
    assert asyncio.run(resolver.resolve("b.example.com", 80)) == (PUBLIC,)


def approvals(resolver: FakeResolver, clock: HandClock | None = None) -> Approvals:
    return Approvals(Policy(), resolver, clock or HandClock())


TARGET = parse_url("https://api.example.com/x")


async def test_a_host_is_looked_up_once_and_again_when_the_approval_is_old():
    clock = HandClock()
    resolver = FakeResolver({}, otherwise=(PUBLIC,))
    judge = approvals(resolver, clock)
    first = await judge.approve(TARGET)
    assert await judge.approve(parse_url("https://api.example.com/y")) is first
    assert judge.covers(first, TARGET)
    clock.seconds += KEPT_S + 0.1
    assert not judge.covers(first, TARGET)
    assert await judge.approve(TARGET) is not first
    assert len(resolver.asked) == 2


async def test_callers_at_the_same_time_share_one_look_up_and_its_outcome():
    resolver = FakeResolver({"api.example.com": [(PUBLIC,)], "bad.example.com": [("10.0.0.1",)]})
    judge = approvals(resolver)
    got = await asyncio.gather(*(judge.approve(TARGET) for _ in range(20)))
    assert len({id(approval) for approval in got}) == 1
    bad = parse_url("https://bad.example.com/")
    refused = await asyncio.gather(*(judge.approve(bad) for _ in range(20)), return_exceptions=True)
    assert all(isinstance(fault, EgressDenied) for fault in refused)
    assert resolver.asked == ["api.example.com", "bad.example.com"]


async def test_a_caller_who_leaves_does_not_take_the_answer_from_the_others():
    judge = approvals(FakeResolver({}, otherwise=(PUBLIC,)))
    leaving = asyncio.create_task(judge.approve(TARGET))
    staying = asyncio.create_task(judge.approve(TARGET))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).addresses == (ip_address(PUBLIC),)
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_a_refusal_is_not_kept():
    resolver = FakeResolver({"api.example.com": [("10.0.0.1",), (PUBLIC,)]})
    judge = approvals(resolver)
    with pytest.raises(EgressDenied):
        await judge.approve(TARGET)
    assert (await judge.approve(TARGET)).addresses == (ip_address(PUBLIC),)


async def test_an_approval_speaks_of_one_host_and_port_and_one_policy():
    resolver, clock = FakeResolver({}, otherwise=(PUBLIC,)), HandClock()
    judge = approvals(resolver, clock)
    approval = await judge.approve(TARGET)
    assert judge.covers(approval, parse_url("http://api.example.com:443/other"))
    assert not judge.covers(approval, parse_url("https://api.example.com:8443/x"))
    assert not judge.covers(approval, parse_url("https://api2.example.com/x"))
    assert not Approvals(Policy(), resolver, clock).covers(approval, TARGET)


@pytest.mark.parametrize(
    ("answers", "error", "verdict"),
    [
        ([], EgressFailed, "dns_failed"),
        ([f"93.184.215.{n}" for n in range(33)], EgressDenied, "blocked_address"),
        ([PUBLIC] * 33, EgressDenied, "blocked_address"),
        ([PUBLIC, "not an address"], EgressDenied, "blocked_address"),
        ([PUBLIC, ""], EgressDenied, "blocked_address"),
        ([PUBLIC, "127.1"], EgressDenied, "blocked_address"),
        ([*[f"93.184.215.{n}" for n in range(31)], "10.0.0.1"], EgressDenied, "blocked_address"),
        (["2606:4700::1%eth0"], EgressDenied, "blocked_address"),
    ],
)
async def test_every_answer_has_to_pass(answers, error, verdict):
    with pytest.raises(error) as caught:
        await approvals(FakeResolver({}, otherwise=answers)).approve(TARGET)
    assert caught.value.verdict == verdict


async def test_thirty_two_public_answers_pass_in_their_order():
    answers = [f"93.184.215.{n}" for n in range(32)]
    approval = await approvals(FakeResolver({}, otherwise=answers)).approve(TARGET)
    assert [str(address) for address in approval.addresses] == answers


async def test_a_refused_name_is_not_even_looked_up():
    resolver = FakeResolver({}, otherwise=(PUBLIC,))
    for url in (
        "http://redis/",
        "http://a.internal/",
        "http://api.example.com:25/",
        "http://10.0.0.1/",
    ):
        with pytest.raises(EgressDenied):
            await approvals(resolver).approve(parse_url(url))
    assert resolver.asked == []


async def test_an_address_in_the_url_is_never_looked_up():
    resolver = FakeResolver({}, otherwise=("10.0.0.1",))
    approval = await approvals(resolver).approve(parse_url(f"http://{PUBLIC}/"))
    assert approval.addresses == (ip_address(PUBLIC),)
    assert resolver.asked == []


async def test_what_is_kept_stays_bounded():
    judge = approvals(resolver := FakeResolver({}, otherwise=(PUBLIC,)))
    for number in range(MAX_KEPT + 10):
        await judge.approve(parse_url(f"https://h{number}.example.com/"))
    await judge.approve(parse_url(f"https://h{MAX_KEPT + 9}.example.com/"))
    assert len(resolver.asked) == MAX_KEPT + 10
    await judge.approve(parse_url("https://h0.example.com/"))
    assert len(resolver.asked) == MAX_KEPT + 11
