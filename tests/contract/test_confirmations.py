import asyncio
import itertools
import threading

import pytest

from deftly.domain.run import Status
from deftly.errors import ConfirmationClosed, NotFound
from deftly.store.confirmation_rows import TOKENS_MAX
from deftly.store.confirmations import TokenIssue
from deftly.store.idempotency import Idempotency
from deftly.store.transaction import Transaction
from deftly.values import sha256_hex
from tests.contract.kit import (
    LIMITS,
    HandClock,
    Held,
    Store,
    an_ending,
    claim,
    deny,
    hold,
    until,
)


async def status_of(store: Store, held: Held) -> Status:
    """Return the one status that question and run have."""
    run = await store.runs.get(held.run.id)
    confirmation = await store.confirmations.get(held.confirmation.id)
    assert confirmation.status is run.status
    return run.status


async def test_a_held_run_waits(store: Store):
    held = await hold(store, conversation_id="c1")

    assert await store.runs.get(held.run.id) == held.run
    assert await store.confirmations.get(held.confirmation.id) == held.confirmation


async def test_a_confirmed_run_is_this_process_s_to_finish(store: Store, other: Store, clock):
    held = await hold(store)
    clock.pass_s(60)

    claimed = await claim(other, held)

    assert claimed.won
    assert claimed.run == held.run.with_(
        status=Status.RUNNING, started_at="2026-01-01T12:01:00.000Z"
    )
    assert claimed.confirmation.status is Status.RUNNING
    assert not await store.runs.finish(held.run.id, an_ending())
    assert await other.runs.finish(held.run.id, an_ending())


async def test_a_second_confirm_gets_what_the_first_led_to(store: Store):
    held = await hold(store)
    await claim(store, held)
    await store.runs.finish(held.run.id, an_ending(result={"sent": 1}))

    second = await claim(store, held)

    assert not second.won
    assert second.run.result == {"sent": 1}


async def test_of_16_racing_confirms_exactly_one_wins(store: Store):
    held = await hold(store)

    claims = await asyncio.gather(*(claim(store, held) for _ in range(16)))

    assert sum(claimed.won for claimed in claims) == 1


async def test_of_racing_confirms_in_two_processes_exactly_one_wins(store: Store, other: Store):
    for _ in range(20):
        held = await hold(store)
        claims = await asyncio.gather(*(claim((store, other)[n % 2], held) for n in range(16)))
        assert sum(claimed.won for claimed in claims) == 1
        await deny(store, held)


@pytest.mark.parametrize("turn", range(8))
async def test_of_confirm_and_deny_exactly_one_wins(store: Store, other: Store, turn: int):
    held = await hold(store)
    stores = itertools.cycle([store, other] if turn % 2 else [other, store])
    answers = [claim, deny] if turn % 4 < 2 else [deny, claim]

    answered = await asyncio.gather(*(answer(next(stores), held) for answer in answers * 4))

    assert sum(claimed.won for claimed in answered) == 1
    assert {claimed.run.status for claimed in answered} == {await status_of(store, held)}


@pytest.mark.parametrize("answer", [claim, deny])
async def test_an_answer_is_on_the_disk_before_it_is_told(store: Store, answer):
    held = await hold(store)
    started, queued = threading.Event(), threading.Event()

    def occupy(tx: Transaction) -> bool:
        started.set()
        return queued.wait(5)

    occupying = asyncio.create_task(store.database.write(occupy))
    await until(started.is_set)
    answering = asyncio.create_task(answer(store, held))
    level = asyncio.create_task(store.database.write(lambda tx: tx.one("PRAGMA synchronous")))
    await asyncio.sleep(0)
    queued.set()

    assert (await answering).won
    row = await level
    assert row is not None
    assert row["synchronous"] == 2, "the commit they share was not synced"
    assert await occupying


async def test_a_denied_run_never_starts(store: Store):
    held = await hold(store)

    assert (await deny(store, held)).won
    claimed = await claim(store, held)

    assert not claimed.won
    assert claimed.run.status is Status.DENIED
    assert claimed.run.started_at is None


@pytest.mark.parametrize("current", ["v2", None, "", "V1"])
async def test_a_definition_that_changed_voids_the_question(store: Store, current: str | None):
    held = await hold(store, version_hash="v1")

    claimed = await claim(store, held, version_hash=current)

    assert not claimed.won
    assert claimed.run.status is Status.VOID
    assert not (await claim(store, held, version_hash="v1")).won


def _variants(held: Held) -> list[tuple[str, str, str]]:
    right = (held.confirmation.id, held.token_sha256, held.principal)
    confirmation_id, token, principal = right
    return [
        ("nobody", token, principal),
        (confirmation_id.upper(), token, principal),
        (confirmation_id, sha256_hex("guess"), principal),
        (confirmation_id, token.upper(), principal),
        (confirmation_id, token[:-1], principal),
        (confirmation_id, token + " ", principal),
        (confirmation_id, "", principal),
        (confirmation_id, token, "user:2"),
        (held.run.id, token, principal),
        (confirmation_id, "%", "%"),
    ]


@pytest.mark.parametrize("n", range(10))
async def test_whatever_is_wrong_gets_the_same_answer(store: Store, n: int):
    held = await hold(store)
    foreign = await hold(store, tool="another")
    wrong = _variants(held)[n]

    told = set()
    for answer in (
        store.confirmations.claim(*wrong, version_hash="v1"),
        store.confirmations.deny(*wrong),
        store.confirmations.deny(held.confirmation.id, foreign.token_sha256, foreign.principal),
    ):
        with pytest.raises(NotFound) as refusal:
            await answer
        told.add(refusal.value.message)

    assert len(told) == 1
    assert await status_of(store, held) is Status.CONFIRM_REQUIRED


async def test_any_of_several_tokens_answers_and_one_answer_counts(store: Store):
    held = await hold(store)
    tokens = [TokenIssue(sha256_hex(f"token {n}"), f"user:{n}") for n in range(4)]
    for token in tokens:
        await store.confirmations.add_token(held.confirmation.id, token)

    claims = await asyncio.gather(
        *(
            store.confirmations.claim(
                held.confirmation.id, token.sha256, token.principal, version_hash="v1"
            )
            for token in tokens
        )
    )

    assert sum(claimed.won for claimed in claims) == 1


async def test_of_ever_further_tokens_the_last_ones_count(store: Store, clock: HandClock):
    held = await hold(store)
    tokens = [TokenIssue(sha256_hex(f"token {n}"), held.principal) for n in range(TOKENS_MAX + 1)]
    other = TokenIssue(sha256_hex("another's"), "user:2")
    await store.confirmations.add_token(held.confirmation.id, other)
    for token in tokens:
        clock.pass_s(1)
        await store.confirmations.add_token(held.confirmation.id, token)

    with pytest.raises(NotFound):
        await store.confirmations.deny(held.confirmation.id, tokens[0].sha256, held.principal)
    for token in (tokens[1], tokens[-1], other):
        denied = await store.confirmations.deny(held.confirmation.id, token.sha256, token.principal)
        assert denied.run.status is Status.DENIED


async def test_a_closed_question_takes_no_token(store: Store, clock: HandClock):
    token = TokenIssue(sha256_hex("more"), "user:1")
    denied, expired = await hold(store), await hold(store, tool="another")
    await deny(store, denied)
    clock.pass_s(300)

    for held, status in ((denied, "denied"), (expired, "expired")):
        with pytest.raises(ConfirmationClosed) as closed:
            await store.confirmations.add_token(held.confirmation.id, token)
        assert closed.value.status == status
    with pytest.raises(NotFound):
        await store.confirmations.add_token("nobody", token)


async def test_questions_are_listed_newest_first(store: Store):
    held = [await hold(store, arguments={"n": n}) for n in range(3)]
    await deny(store, held[1])

    def ids(listed):
        return [confirmation.id for confirmation in listed]

    expected = [one.confirmation.id for one in reversed(held)]
    assert ids(await store.confirmations.list(None)) == expected
    assert ids(await store.confirmations.list(Status.DENIED)) == [expected[1]]
    pending = ids(await store.confirmations.list(Status.CONFIRM_REQUIRED))
    assert pending == [expected[0], expected[2]]


async def test_a_key_gives_the_run_that_is_held_already(store: Store):
    held = await hold(store)
    key = Idempotency("k1", "digest-1")
    again = [held.run.with_(id=f"run-{n}", confirmation_id=f"question-{n}") for n in range(2)]
    question = held.confirmation

    outcomes = [
        await store.confirmations.hold(
            run,
            question.with_(id=run.confirmation_id, run_id=run.id),
            token=None,
            idempotency=key,
            limits=LIMITS,
        )
        for run in again
    ]

    assert outcomes == [None, again[0]]
