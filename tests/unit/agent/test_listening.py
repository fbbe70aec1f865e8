"""What one who follows hears, and when: first words at once, the others breath by breath."""

import asyncio

import pytest

from deftly.agent.listening import BREATH_S, Listener, Words


def say(listener, *texts, message="m1", first=False):
    for number, text in enumerate(texts):
        listener.say(Words(message, text, first and number == 0))


async def now_s():
    return asyncio.get_running_loop().time()


async def test_the_first_words_are_heard_at_once_and_those_behind_them_together():
    listener = Listener()
    say(listener, "One", " two", first=True)
    begun_s = await now_s()
    assert await listener.next(5) == Words("m1", "One two", first=True)
    assert await now_s() - begun_s < BREATH_S / 2

    say(listener, " three", " four")
    assert await listener.next(5) == Words("m1", " three four", first=False)
    assert await now_s() - begun_s >= BREATH_S * 0.9


async def test_words_that_come_within_a_breath_are_heard_with_it():
    listener = Listener()
    say(listener, "One", first=True)
    await listener.next(5)
    say(listener, " two")
    hearing = asyncio.create_task(listener.next(5))
    await asyncio.sleep(0)
    say(listener, " three")
    assert await hearing == Words("m1", " two three", first=False)


async def test_what_was_written_does_not_wait_for_a_breath_nor_overtake():
    listener = Listener()
    say(listener, "One", first=True)
    begun_s = await now_s()
    heard = [await listener.next(5)]
    say(listener, " two")
    hearing = asyncio.create_task(listener.next(5))
    await asyncio.sleep(0)
    listener.wake()
    say(listener, "Next", message="m2", first=True)
    heard += [await hearing, await listener.next(5)]
    took_s = await now_s() - begun_s
    heard.append(await listener.next(5))

    assert heard == [
        Words("m1", "One", first=True),
        Words("m1", " two", first=False),
        None,
        Words("m2", "Next", first=True),
    ]
    assert took_s < BREATH_S


async def test_nothing_for_a_while_is_a_reason_to_look():
    assert await Listener().next(0.001) is None


@pytest.mark.parametrize(
    "flood",
    [
        lambda listener, number: say(listener, "x" * 1000),
        lambda listener, number: say(listener, "x", message=f"m{number}"),
        lambda listener, number: listener.wake(),
    ],
    ids=["words", "messages", "entries"],
)
async def test_one_who_never_listens_is_let_go_before_memory_fills(flood):
    listener = Listener()
    for number in range(20_000):
        flood(listener, number)
        if listener.is_over:
            break
    assert listener.is_over


async def test_one_who_listens_may_hear_any_number_of_words():
    listener = Listener()
    for _ in range(3):
        say(listener, *["x" * 1000] * 900)
        heard = await listener.next(5)
        assert heard is not None
        assert len(heard.text) == 900_000
    assert not listener.is_over
