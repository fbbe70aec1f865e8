"""Answers in thousands of pieces: heard smoothly, at a cost that grows with them and no faster."""

import json
import time

import pytest

from tests.agent.chat_kit import in_process
from tests.agent.provider_server import EVENTS, Reply, event

PIECE = "word "


def long_answer(pieces):
    """Return an answer of so many pieces, fifty in a packet."""
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    choice = {"index": 0, "delta": {"content": PIECE}, "finish_reason": None}
    packet = event(json.dumps({**chunk, "choices": [choice]})) * 50
    return Reply(headers=EVENTS, pieces=[*[packet] * (pieces // 50), event("[DONE]")])


async def cpu_s(scene):
    """Return the turn and the processor time it took, the provider's and the reader's with it."""
    began_s = time.process_time()
    turn = await scene.client.say("Tell me everything.")
    return turn, time.process_time() - began_s


@pytest.mark.speed
async def test_twice_as_long_an_answer_takes_about_twice_the_time(folder):
    replies = [long_answer(50), long_answer(4000), long_answer(8000), long_answer(16000)]
    async with in_process(folder, *replies) as scene:
        await scene.client.say("hello")  # imports and first uses
        (_, short_s), (_, longer_s), (longest, longest_s) = [await cpu_s(scene) for _ in range(3)]

    assert longest.text == PIECE * 16000
    assert longest.kinds[-1] == "RUN_FINISHED"
    assert longer_s < short_s * 2.8
    assert longest_s < longer_s * 2.8


async def test_pieces_that_come_at_once_are_few_events_and_the_same_words(folder):
    async with in_process(folder, long_answer(2000)) as scene:
        turn, _ = await cpu_s(scene)
        (said,) = (await scene.client.seen(turn.conversation))["messages"][1:]

    assert turn.text == said["content"] == PIECE * 2000
    assert 2 <= len(turn.of("TEXT_MESSAGE_CONTENT")) < 400
    assert len(turn.of("TEXT_MESSAGE_START")) == len(turn.of("TEXT_MESSAGE_END")) == 1
