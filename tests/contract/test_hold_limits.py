import pytest

from deftly.domain.run import Status
from deftly.domain.visitor import Visitor
from deftly.errors import TooMany
from deftly.store.hold_limits import HoldLimits
from deftly.store.idempotency import Idempotency
from deftly.store.visitors import SqliteVisitors
from tests.contract.kit import HandClock, Store, deny, hold

SHOP = "https://shop.example.com"


async def test_five_questions_wait_in_a_conversation_and_no_sixth(store: Store, clock: HandClock):
    for n in range(5):
        await hold(store, conversation_id="c1", arguments={"n": n}, lasts_s=300 + n)
    clock.pass_s(100)

    with pytest.raises(TooMany) as refusal:
        await hold(store, conversation_id="c1", arguments={"n": 5})
    assert refusal.value.retry_after_s == 200
    await hold(store, conversation_id="c2")

    clock.pass_s(200)
    await hold(store, conversation_id="c1", arguments={"n": 5})
    assert len(await store.confirmations.list(Status.CONFIRM_REQUIRED)) == 6


async def test_there_is_a_limit_in_all(store: Store):
    limits = HoldLimits(pending_in_all=3)
    for n in range(3):
        await hold(store, limits=limits, arguments={"n": n})

    with pytest.raises(TooMany):
        await hold(store, limits=limits, arguments={"n": 3})


@pytest.mark.parametrize(
    ("many", "one"), [("visitor:v-{}", "key:1"), ("key:{}", "visitor:v-1")], ids=["them", "us"]
)
async def test_visitors_are_counted_apart(store: Store, many: str, one: str):
    limits = HoldLimits(pending_in_all=3)
    for n in range(3):
        await hold(store, limits=limits, principal=many.format(n), arguments={"n": n})
    with pytest.raises(TooMany):
        await hold(store, limits=limits, principal=many.format(9), arguments={"n": 9})

    await hold(store, limits=limits, principal=one, arguments={"n": 9})

    assert len(await store.confirmations.list(Status.CONFIRM_REQUIRED)) == 4


async def test_visitors_of_one_address_share_what_may_wait(store: Store, other: Store):
    limits = HoldLimits(pending_from_network=2)
    for n, network in enumerate(["here", "here", "here", "there"]):
        await SqliteVisitors(store.database).note(Visitor(f"v-{n}", "a-1", SHOP), network)
    held = [
        await hold(store, limits=limits, principal=f"visitor:v-{n}", arguments={"n": n})
        for n in range(2)
    ]
    for n in range(2):
        await SqliteVisitors(store.database).note(Visitor(f"v-{n}", "a-1", SHOP), "elsewhere")

    with pytest.raises(TooMany, match="2 confirmations wait for an answer from this address"):
        await hold(other, limits=limits, principal="visitor:v-2", arguments={"n": 2})
    await hold(store, limits=limits, principal="visitor:v-3", arguments={"n": 3})
    await hold(store, limits=limits, principal="key:1", arguments={"n": 4})

    await deny(store, held[0])
    await hold(other, limits=limits, principal="visitor:v-2", arguments={"n": 2})


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"conversation_id": "c1"}, {"conversation_id": "c1"}),
        ({"conversation_id": "c1"}, {"conversation_id": "c1", "principal": "key:2"}),
        ({}, {}),
        ({"arguments": {"a": 1, "b": 2}}, {"arguments": {"b": 2, "a": 1}}),
    ],
)
async def test_a_denied_call_is_not_asked_again_at_once(store: Store, clock, first, again):
    await deny(store, await hold(store, **first))
    clock.pass_s(10)

    with pytest.raises(TooMany) as refusal:
        await hold(store, **again)
    assert refusal.value.retry_after_s == 20

    clock.pass_s(20)
    held = await hold(store, **again)
    assert (await store.confirmations.get(held.confirmation.id)).asked_times == 2


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"conversation_id": "c1"}, {"conversation_id": "c2"}),
        ({}, {"principal": "key:2"}),
        ({}, {"arguments": {"order_id": "A-2"}}),
        ({}, {"tool": "another"}),
        ({"principal": "c1"}, {"conversation_id": "c1"}),
    ],
)
async def test_another_call_may_be_asked_at_once(store: Store, first, again):
    await deny(store, await hold(store, **first))

    held = await hold(store, **again)

    assert (await store.confirmations.get(held.confirmation.id)).asked_times == 1


async def test_a_refused_question_leaves_its_key_free(store: Store):
    limits = HoldLimits(pending_in_all=0)
    held = await hold(store)
    run = held.run.with_(id="run-2", confirmation_id="question-2")
    question = held.confirmation.with_(id="question-2", run_id="run-2")
    key = Idempotency("k1", "digest-1")

    with pytest.raises(TooMany):
        await store.confirmations.hold(run, question, token=None, idempotency=key, limits=limits)

    assert await store.runs.begin(run.with_(status=Status.RUNNING), idempotency=key) is None
