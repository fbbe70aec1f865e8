"""A model that never comes to an end is broken off, long before it fills the memory."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.agent.chat_kit import in_process
from tests.agent.provider_server import EVENTS, Reply, event, words

PIECE = 256 * 1024
JSON = {"content-type": "application/json"}


@dataclass
class Flood:
    """The same piece again and again, to 100 MiB; counts what was taken of it."""

    piece: bytes
    first: bytes = b""
    taken: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(400):
            self.taken += 1
            yield self.first if self.taken == 1 and self.first else self.piece


def delta(**given: object) -> bytes:
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    return event({**chunk, "choices": [{"index": 0, "delta": given, "finish_reason": None}]})


def arguments(text: str, **more: object) -> bytes:
    called = {"name": "get_order_status", "arguments": text}
    return delta(tool_calls=[{"index": 0, "type": "function", "function": called, **more}])


@pytest.mark.parametrize(
    ("flood", "more", "most"),
    [
        (Flood(b"x" * PIECE), {"headers": EVENTS}, 40),
        (Flood(b"x" * PIECE, first=b"data: "), {"headers": EVENTS}, 40),
        (Flood(b"x" * PIECE), {"headers": JSON}, 40),
        (Flood(b"x" * PIECE), {"headers": JSON, "status": 400}, 20),
        (Flood(event("x" * PIECE)), {"headers": EVENTS}, 400),
        (Flood(delta(content="x" * PIECE)), {"headers": EVENTS}, 20),
        (Flood(arguments("x" * PIECE), first=arguments("", id="c1")), {"headers": EVENTS}, 20),
    ],
)
async def test_an_answer_without_end_is_broken_off(folder, flood, more, most):
    async with in_process(folder, Reply(pieces=flood, **more), words("Here I am again.")) as scene:
        turn = await scene.client.say("Where is A-1042?")
        again = await scene.client.say("hello?")

        assert turn.kinds[-1] == "RUN_ERROR"
        assert turn.events[-1]["code"] != "internal_error"
        assert flood.taken < most
        assert again.text == "Here I am again."


@pytest.mark.parametrize("given", [{"reasoning_content": "\ud800", "content": "Hm."}])
async def test_half_a_character_in_what_nobody_is_shown_is_no_crash(folder, given):
    thinking = Reply(headers=EVENTS, pieces=[delta(**given), b"data: [DONE]\n\n"])
    async with in_process(folder, thinking, words("Sorry.")) as scene:
        turn = await scene.client.say("hello?")
        again = await scene.client.say("what?")

        assert (turn.text, turn.kinds[-1]) == ("Hm.", "RUN_FINISHED")
        assert again.text == "Sorry."
