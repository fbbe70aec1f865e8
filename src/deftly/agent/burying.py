"""The end of a turn that nobody can end any more: what it left open is closed.

Its process died, or a fault of ours broke it off. What its model reads is made of what was
written down.
"""

from typing import Final

from deftly.agent.events import AgentEvent, TextDelta, ToolAnswered, ToolCalled, TurnFailed
from deftly.agent.remembering import rows_of
from deftly.agent.salvage import history_of
from deftly.agent.telling import CUT_OFF
from deftly.domain.conversation import Entry, Kind, WrittenEntry
from deftly.store.transcripts import Addition, Claimed, Transcripts
from deftly.values import JsonObject

LOST: Final = TurnFailed(
    "turn_lost", "The server stopped in the middle of this turn; write again to go on."
)
_NEWEST: Final = 2**62


async def last_words(
    transcripts: Transcripts, claimed: Claimed, failure: TurnFailed = LOST
) -> None:
    """Write what is missing of the turn, and set the conversation free.

    Raises:
        StoreUnavailable: Nothing was written.
        EditConflict: The turn is not this process's any more.
    """
    seen = await _seen(transcripts, claimed)
    if not seen:
        await transcripts.add(claimed, Addition(ends=True, cut_off=True))
        return
    held = {one.call.call_id for one in await transcripts.standing(claimed.conversation_id)}
    prompt, events = _read(seen)
    lost = [call for call in _unanswered(events) if call.call_id not in held]
    ends = [ToolAnswered(call.call_id, call.tool, CUT_OFF, failed=True) for call in lost]
    fault: JsonObject = {"code": failure.code, "message": failure.message}
    entries = [
        *(Entry(Kind.TOOL_ANSWERED, _answer(one)) for one in ends),
        Entry(Kind.TURN_FAILED, {"runId": seen[0].data.get("runId"), **fault}),
    ]
    history = rows_of(history_of(prompt, [*events, *ends]))
    addition = Addition(entries=entries, history=history, ends=True, cut_off=True)
    await transcripts.add(claimed, addition)


async def _seen(transcripts: Transcripts, claimed: Claimed) -> list[WrittenEntry]:
    """Return the turn's entries; they are the conversation's last."""
    seen: list[WrittenEntry] = []
    before = _NEWEST
    while True:
        page = await transcripts.before(claimed.conversation_id, before)
        ours = [one for one in page if one.turn == claimed.id]
        seen = [*ours, *seen]
        if not page or len(ours) < len(page):
            return seen
        before = page[0].seq


def _read(seen: list[WrittenEntry]) -> tuple[str | None, list[AgentEvent]]:
    prompt: str | None = None
    events: list[AgentEvent] = []
    for one in seen:
        data = one.data
        match one.kind:
            case Kind.MESSAGE:
                prompt = str(data["text"])
            case Kind.TEXT:
                events.append(TextDelta(str(data["text"])))
            case Kind.TOOL_CALLED:
                called = ToolCalled(str(data["callId"]), str(data["tool"]), data["arguments"])
                events.append(called)
            case Kind.TOOL_ANSWERED:
                call_id, tool = str(data["callId"]), str(data["tool"])
                failed = bool(data["failed"])
                events.append(ToolAnswered(call_id, tool, data["told"], failed))
            case _:
                pass
    return prompt, events


def _unanswered(events: list[AgentEvent]) -> list[ToolCalled]:
    answered = {one.call_id for one in events if isinstance(one, ToolAnswered)}
    called = [one for one in events if isinstance(one, ToolCalled)]
    return [one for one in called if one.call_id not in answered]


def _answer(one: ToolAnswered) -> JsonObject:
    return {"callId": one.call_id, "tool": one.tool, "told": one.told, "failed": one.failed}
