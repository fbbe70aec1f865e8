"""Client calls: one browser of many takes each; a process that dies leaves none in the air."""

import asyncio

import pytest

from deftly.domain.client_call import ClientEvent, ClientStatus, Offer, integrity_of, script_of
from deftly.domain.event import EventKind
from deftly.domain.run import RunEvent, RunFault, Status
from deftly.errors import ClientCallClosed, ClientCallTaken, NotFound
from deftly.store.client_calls import SqliteClientCalls
from deftly.store.retention import Retention
from deftly.values import sha256_hex
from tests.contract.kit import a_run, an_ending, until

CODE = "document.title = args.title"
FINISHED, FAILED = ClientEvent.FINISHED, ClientEvent.FAILED
_KINDS = (EventKind.CONVERSATION_CHANGED,)


def of(store):
    return SqliteClientCalls(store.database, store.lease)


@pytest.fixture
async def conversation(store):
    return (await store.conversations.open("default", "visitor:1", "t1")).id


async def offered(store, conversation, code=CODE, **fields):
    """Return a call that waits for a browser, and its run."""
    run = a_run(conversation_id=conversation, tool="set_title", arguments={"title": "Hello"})
    await store.runs.begin(run)
    given = {
        "run_id": run.id,
        "conversation_id": conversation,
        "sha256": sha256_hex(code),
        "code": code,
        "returns": False,
        "start_s": 15.0,
        "timeout_s": 10.0,
    }
    assert await of(store).offer(Offer(**{**given, **fields}))
    return run


async def test_a_call_waits_with_what_its_run_was_called_with(store, other, conversation):
    run = await offered(store, conversation, returns=True, timeout_s=4.0)

    (call,) = await of(other).waiting(conversation)
    assert (call.id, call.tool, call.arguments) == (run.id, "set_title", {"title": "Hello"})
    assert (call.returns, call.timeout_s, call.status) == (True, 4.0, ClientStatus.WAITING)
    assert call.created_at < call.expires_at
    assert await of(other).waiting("another") == ()


async def test_of_sixteen_tabs_in_two_processes_one_starts_it(store, other, conversation):
    run = await offered(store, conversation)
    both = [of(store), of(other)]

    answers = await asyncio.gather(
        *(both[at % 2].start(run.id, conversation) for at in range(16)), return_exceptions=True
    )

    lost = [one for one in answers if isinstance(one, ClientCallTaken)]
    (won,) = [one for one in answers if not isinstance(one, BaseException)]
    assert (won.status, len(lost)) == (ClientStatus.STARTED, 15)
    assert await of(store).waiting(conversation) == ()


async def test_of_a_browser_and_a_maker_who_gives_up_one_wins(store, other, conversation):
    for _ in range(20):
        run = await offered(store, conversation)
        starting = asyncio.create_task(of(other).start(run.id, conversation))
        withdrawn = await of(store).withdraw(run.id)
        await asyncio.wait([starting])
        assert isinstance(starting.exception(), ClientCallTaken) is withdrawn


@pytest.mark.parametrize(
    ("event", "told", "status"),
    [
        (FINISHED, {"result": {"n": [1, None]}}, ClientStatus.FINISHED),
        (FINISHED, {"result": False}, ClientStatus.FINISHED),
        (FINISHED, {}, ClientStatus.FINISHED),
        (FAILED, {"error": "TypeError: x"}, ClientStatus.FAILED),
    ],
)
async def test_it_ends_once(store, other, conversation, event, told, status):
    run = await offered(store, conversation, returns=True)
    await of(store).start(run.id, conversation)
    both = [of(store), of(other)]

    answers = await asyncio.gather(
        *(both[at % 2].finish(run.id, conversation, event, **told) for at in range(8)),
        return_exceptions=True,
    )

    assert sum(one is None for one in answers) == 1
    assert sum(isinstance(one, ClientCallClosed) for one in answers) == 7
    call = await of(store).find(run.id)
    assert (call.status, call.result, call.error) == (
        status,
        told.get("result"),
        told.get("error"),
    )


async def test_it_does_not_end_before_it_has_begun(store, conversation):
    run = await offered(store, conversation)
    with pytest.raises(ClientCallClosed, match="start it first"):
        await of(store).finish(run.id, conversation, FINISHED)

    assert await of(store).withdraw(run.id)
    with pytest.raises(ClientCallClosed, match="never started"):
        await of(store).finish(run.id, conversation, FINISHED)


async def test_it_is_unknown_in_another_conversation(store, conversation):
    run = await offered(store, conversation)
    another = (await store.conversations.open("default", "visitor:2", "t1")).id

    for missing in (another, "none"):
        with pytest.raises(NotFound):
            await of(store).start(run.id, missing)
        with pytest.raises(NotFound):
            await of(store).finish(run.id, missing, FINISHED)
    assert (await of(store).find(run.id)).status is ClientStatus.WAITING


@pytest.mark.parametrize("kind", ["unknown", "a key's own name for it"])
async def test_a_conversation_nobody_can_follow_is_offered_nothing(store, kind):
    if kind != "unknown":
        await store.conversations.claim(kind, "key:1")
    offer = Offer("run-1", kind, "0" * 64, CODE, returns=False, start_s=15, timeout_s=10)

    assert not await of(store).offer(offer)


async def test_a_call_whose_run_is_over_is_not_started(store, conversation):
    run = await offered(store, conversation)
    ending = an_ending(RunEvent.FAILED, result=None, error=RunFault(code="x", message="X."))
    await store.runs.finish(run.id, ending)

    assert await of(store).waiting(conversation) == ()
    with pytest.raises(ClientCallTaken):
        await of(store).start(run.id, conversation)


async def test_a_waiting_call_of_a_dead_process_failed_and_a_started_one_is_unknown(
    store, other, conversation
):
    waiting = await offered(other, conversation)
    started = await offered(other, conversation)
    await of(store).start(started.id, conversation)
    other.lease.release()

    assert await of(store).waiting(conversation) == ()
    settled = {one.id: one for one in await store.runs.settle_lost()}

    assert settled[waiting.id].status is Status.FAILED
    assert settled[waiting.id].error.code == "no_browser"
    assert settled[started.id].status is Status.UNKNOWN
    assert (await of(store).find(waiting.id)).status is ClientStatus.GONE
    # What its browser says is still written down.
    await of(store).finish(started.id, conversation, FINISHED)


async def test_a_browser_does_not_start_what_a_dead_process_waited_for(store, other, conversation):
    run = await offered(other, conversation)
    other.lease.release()

    with pytest.raises(ClientCallTaken, match="Nobody waits"):
        await of(store).start(run.id, conversation)

    assert (await store.runs.get(run.id)).status is Status.FAILED


async def test_each_step_wakes_those_who_follow_in_any_process(store, other, conversation):
    heard = []
    other.changes.subscribe({*_KINDS}, lambda event: heard.append(event.data.get("clientCall")))
    run = await offered(store, conversation)
    await until(lambda: heard.count(run.id) >= 1)
    await of(store).start(run.id, conversation)
    await until(lambda: heard.count(run.id) >= 2)
    await of(store).finish(run.id, conversation, FINISHED)
    await until(lambda: heard.count(run.id) >= 3)


async def test_code_is_kept_as_long_as_a_call_of_it(store, conversation, clock):
    first, second = await offered(store, conversation), await offered(store, conversation)
    digest = sha256_hex(CODE)
    assert await of(store).code(digest) == CODE
    for run in (first, second):
        await of(store).withdraw(run.id)
    await store.runs.finish(first.id, an_ending())
    clock.pass_s(3 * 86_400)
    retention = Retention(store.database, runs_days=1, conversations_days=0)
    await retention.forget_old()

    assert await of(store).find(first.id) is None
    assert await of(store).code(digest) == CODE

    await store.runs.finish(second.id, an_ending())
    await retention.forget_old()
    with pytest.raises(NotFound):
        await of(store).code(digest)


def test_a_script_is_named_by_its_code_and_checked_as_a_whole():
    script = script_of(sha256_hex(CODE), CODE)

    assert f'deftly._register("{sha256_hex(CODE)}", ' in script
    assert CODE in script
    # The example of https://www.w3.org/TR/SRI/#integrity-metadata-description
    assert integrity_of("alert('Hello, world.');") == (
        "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    )
