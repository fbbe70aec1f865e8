"""Transcripts: one turn at a time over all processes, and nothing lost when one of them dies."""

import asyncio

import pytest

from deftly.domain.conversation import Entry, Kind, OpenCall
from deftly.domain.run import Status, Trigger
from deftly.errors import ConversationBusy, EditConflict, NotFound
from deftly.store.transcripts import (
    Addition,
    Claimed,
    HistoryRow,
    LostTurn,
    SqliteTranscripts,
)
from tests.contract.kit import claim, deny, hold, until


def of(store):
    return SqliteTranscripts(store.database, store.lease)


@pytest.fixture
async def conversation(store):
    return (await store.conversations.open("default", "key:1", "t1")).id


def said(text):
    return Entry(Kind.TEXT, {"id": text, "text": text})


async def begun(transcripts, conversation, turn="turn-1") -> Claimed:
    claimed = await transcripts.begin(conversation, turn)
    assert isinstance(claimed, Claimed)
    return claimed


def an_open_call(held, turn="turn-1", **fields):
    given = {
        "run_id": held.run.id,
        "confirmation_id": held.confirmation.id,
        "turn": turn,
        "call_id": f"{turn}-1",
        "model_call_id": "call-0",
        "tool": held.run.tool,
        "arguments": held.run.arguments,
    }
    return OpenCall(**{**given, **fields})


async def test_the_same_key_is_the_same_conversation_and_another_principals_is_not(store, other):
    keys = [("default", "key:1", "t1"), ("default", "key:2", "t1"), ("shy", "key:1", "t1")]
    opened = [(await store.conversations.open(*key)).id for key in keys]
    again = await asyncio.gather(*(other.conversations.open(*key) for key in keys))

    assert len(set(opened)) == 3
    assert [one.id for one in again] == opened
    with pytest.raises(NotFound):
        await store.conversations.find("default", "key:3", "t1")


async def test_of_many_who_begin_a_turn_at_once_one_may(store, other, conversation):
    both = [of(store), of(other)]
    answers = await asyncio.gather(
        *(both[at % 2].begin(conversation, f"turn-{at}") for at in range(8)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Claimed) for one in answers) == 1
    assert sum(isinstance(one, ConversationBusy) for one in answers) == 7


async def test_a_turn_of_a_dead_process_is_taken_over_once(store, other, conversation):
    await begun(of(other), conversation)
    assert await of(store).lost(()) == ()
    other.lease.release()

    lost = await of(store).begin(conversation, "turn-2")
    assert isinstance(lost, LostTurn)
    assert await of(store).lost(()) == (lost,)
    taken = await asyncio.gather(of(store).take_over(lost), of(store).take_over(lost))
    (claimed,) = [one for one in taken if one is not None]
    with pytest.raises(EditConflict):
        await of(other).add(Claimed(conversation, "turn-1", 0), Addition(entries=[said("late")]))
    await of(store).add(claimed, Addition(entries=[said("sorry")], ends=True))

    await begun(of(store), conversation, "turn-2")
    assert [one.data["text"] for one in await of(store).after(conversation, 0)] == ["sorry"]


async def test_a_turn_of_ours_that_nobody_runs_is_lost_too(store, conversation):
    await begun(of(store), conversation)

    assert await of(store).lost({"turn-1"}) == ()
    assert [one.turn for one in await of(store).lost(())] == ["turn-1"]


async def test_a_turn_that_has_ended_adds_nothing(store, conversation):
    turn = await begun(of(store), conversation)
    await of(store).add(turn, Addition(ends=True))

    with pytest.raises(EditConflict):
        await of(store).add(turn, Addition(entries=[said("more")]))


async def test_an_answer_in_any_process_tells_the_conversation(store, other, conversation):
    turn = await begun(of(store), conversation)
    held = await hold(store, conversation_id=conversation, trigger=Trigger.CHAT)
    await of(store).hold(turn, an_open_call(held))
    await of(store).add(turn, Addition(ends=True))
    assert await of(store).answered() == ()

    from deftly.domain.event import EventKind

    heard: list[str] = []
    kinds = {EventKind.CONVERSATION_ANSWERED}
    store.changes.subscribe(kinds, lambda event: heard.append(event.subject))
    await deny(other, held)

    await until(lambda: heard)
    assert heard[0] == conversation
    assert await of(store).answered() == (conversation,)
    (standing,) = await of(store).standing(conversation)
    assert standing.was_decided
    assert await of(store).declined(conversation) == ()


async def test_a_call_under_way_is_not_answered_yet(store, conversation):
    turn = await begun(of(store), conversation)
    held = await hold(store, conversation_id=conversation)
    await of(store).hold(turn, an_open_call(held))
    await claim(store, held)

    (standing,) = await of(store).standing(conversation)
    assert standing.run.status is Status.RUNNING
    assert not standing.is_answered


async def test_what_was_told_is_told_once(store, conversation):
    turn = await begun(of(store), conversation)
    held = await hold(store, conversation_id=conversation)
    await of(store).hold(turn, an_open_call(held))
    await deny(store, held)
    await of(store).add(turn, Addition(told=[held.run.id], ends=True))

    assert await of(store).standing(conversation) == ()
    assert await of(store).answered() == ()


@pytest.mark.parametrize("trigger", [Trigger.CHAT, Trigger.WIDGET])
async def test_a_question_nobody_had_time_to_write_down_is_found_again(
    store, other, conversation, trigger
):
    await begun(of(other), conversation)
    held = await hold(other, conversation_id=conversation, trigger=trigger)
    other.lease.release()
    (lost,) = await of(store).lost(())
    await of(store).take_over(lost)

    (standing,) = await of(store).standing(conversation)
    assert standing.call.confirmation_id == held.confirmation.id
    assert standing.call.late


async def test_a_turn_that_is_cut_off_puts_off_its_own_questions_alone(store, conversation):
    turn = await begun(of(store), conversation)
    for name in ("turn-0", "turn-1"):
        held = await hold(store, conversation_id=conversation, arguments={"order_id": name})
        await of(store).hold(turn, an_open_call(held, turn=name))
    await of(store).add(turn, Addition(ends=True, cut_off=True))

    standing = await of(store).standing(conversation)
    assert {one.call.turn: one.call.late for one in standing} == {"turn-0": False, "turn-1": True}


async def test_history_is_cut_at_whole_turns_and_the_newest_always_fits(store, conversation):
    turn = await begun(of(store), conversation)
    rows = [
        HistoryRow(asked=asked, messages=f'["{number}{"x" * 96}"]')
        for number, asked in enumerate([True, False, True, False, False])
    ]
    await of(store).add(turn, Addition(history=rows))

    assert await of(store).history(conversation, 1000) == tuple(rows)
    assert await of(store).history(conversation, 400) == tuple(rows[2:])
    assert await of(store).history(conversation, 1) == tuple(rows[2:])


async def test_deleting_forgets_and_voids_and_the_id_stays_taken(store, conversation):
    turn = await begun(of(store), conversation)
    held = await hold(store, conversation_id=conversation)
    await of(store).hold(turn, an_open_call(held))
    with pytest.raises(ConversationBusy):
        await store.conversations.delete(conversation)
    await of(store).add(turn, Addition(entries=[said("hello")], ends=True))
    await store.conversations.delete(conversation)

    assert (await store.runs.get(held.run.id)).status is Status.VOID
    assert await of(store).after(conversation, 0) == ()
    assert await of(store).answered() == ()
    assert await store.conversations.owner_of(conversation) == "key:1"
    for gone in (store.conversations.get(conversation), of(store).begin(conversation, "turn-2")):
        with pytest.raises(NotFound):
            await gone
    fresh = await store.conversations.open("default", "key:1", "t1")
    assert fresh.id != conversation
