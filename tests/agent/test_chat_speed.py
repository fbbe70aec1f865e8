"""Ten thousand entries in one conversation: what people do with it stays fast."""

import time

import pytest

from deftly.agent import agui
from deftly.domain.conversation import TURN_ENDS, Entry, Kind
from deftly.rest.chat import line_of
from deftly.store.transcripts import Addition, Claimed, HistoryRow
from tests.agent.chat_kit import in_process
from tests.agent.provider_server import words

pytestmark = [pytest.mark.speed, pytest.mark.slow]

TURNS = 1250


def entries(number):
    called = {"callId": f"c{number}", "tool": "get_order_status"}
    return [
        Entry(Kind.TURN_STARTED, {"runId": f"r{number}"}),
        Entry(Kind.MESSAGE, {"id": f"m{number}", "text": f"question {number}"}),
        Entry(Kind.TOOL_CALLED, {**called, "arguments": {"order_id": "A-1042"}}),
        Entry(Kind.TOOL_ANSWERED, {**called, "told": {"data": "z" * 800}, "failed": False}),
        Entry(Kind.TOOL_CALLED, {**called, "arguments": {"order_id": "A-1043"}}),
        Entry(Kind.TOOL_ANSWERED, {**called, "told": {"data": "z" * 800}, "failed": False}),
        Entry(Kind.TEXT, {"id": f"t{number}", "text": "answer " * 30}),
        Entry(Kind.TURN_FINISHED, {"runId": f"r{number}", "waiting": []}),
    ]


async def fill(transcripts, conversation, history):
    for number in range(TURNS):
        claimed = await transcripts.begin(conversation, f"turn-{number}")
        assert isinstance(claimed, Claimed)
        rows = [HistoryRow(asked=True, messages=history)]
        addition = Addition(entries=entries(number), history=rows, ends=True)
        await transcripts.add(claimed, addition)


async def timed(work):
    started_s = time.perf_counter()
    await work
    return time.perf_counter() - started_s


async def test_a_conversation_of_ten_thousand_entries_stays_fast(folder):
    async with in_process(folder, words("Still here.")) as scene:
        turn = await scene.client.say("hello")
        first_s = await timed(scene.client.say("hello again"))
        transcripts = scene.api.deftly.stores.transcripts
        (row, *_) = await transcripts.history(turn.conversation, 1_000_000)
        await fill(transcripts, turn.conversation, row.messages)

        http, path = scene.client.http, f"/api/conversations/{turn.conversation}"
        assert await timed(http.get("/api/conversations")) < 0.1
        assert await timed(http.get(path)) < 0.2
        assert await timed(http.get(f"{path}/export")) < 3
        assert await timed(scene.client.say("and now?")) < first_s * 3 + 0.5
        assert await timed(_replay(scene, turn.conversation)) < 6


async def _replay(scene, conversation):
    ends = size = 0
    async for one in scene.api.deftly.chats.followers.follow(conversation, 0):
        size += len(line_of(one, "t1"))
        ends += getattr(one, "kind", None) in TURN_ENDS
        if ends == TURNS + 3:
            break
    assert size > 10_000 * len(agui.PROTOCOL)
