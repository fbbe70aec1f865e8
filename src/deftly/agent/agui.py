"""A transcript's entries as AG-UI 1.0 events in a stream of server-sent events.

An entry may be several events; only the last carries the entry's place as ``id``, so that a
stream that is cut goes on at the beginning of an entry.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from ag_ui.core import (
    BaseEvent,
    CustomEvent,
    Interrupt,
    RunErrorEvent,
    RunFinishedEvent,
    RunFinishedInterruptOutcome,
    RunFinishedSuccessOutcome,
    RunStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
    TokenUsage,
    ToolCallArgsEvent,
    ToolCallEndEvent,
    ToolCallResultEvent,
    ToolCallStartEvent,
)

from deftly.domain.client_call import ClientCall
from deftly.domain.conversation import Kind, WrittenEntry
from deftly.values import JsonObject, JsonValue, dump_json

PROTOCOL: Final = "1.0"
CARD: Final = "deftly.widget"
CLIENT_CALL: Final = "deftly.client_action"


def encode(events: Sequence[BaseEvent], seq: int | None = None) -> bytes:
    """Return the events as lines of the stream."""
    lines = [f"data: {event.model_dump_json(by_alias=True)}\n\n" for event in events]
    if seq is not None and lines:
        lines[-1] = f"id: {seq}\n{lines[-1]}"
    return "".join(lines).encode()


def begun_text(message_id: str) -> list[BaseEvent]:
    """Return the beginning of the agent's words."""
    return [TextMessageStartEvent(message_id=message_id, role="assistant")]


def more_text(message_id: str, delta: str) -> list[BaseEvent]:
    """Return a further piece of the agent's words."""
    return [TextMessageContentEvent(message_id=message_id, delta=delta)]


def ended_text(message_id: str) -> list[BaseEvent]:
    """Return the end of the agent's words."""
    return [TextMessageEndEvent(message_id=message_id)]


def client_call(call: ClientCall) -> list[BaseEvent]:
    """Return the request to a browser to start a call; whoever is first gets what it takes."""
    value = {"callId": call.id, "tool": call.tool, "expiresAt": call.expires_at}
    return [CustomEvent(name=CLIENT_CALL, value=value)]


def events_of(
    entry: WrittenEntry, thread_id: str, tokens: Mapping[str, str] | None = None
) -> list[BaseEvent]:
    """Return what an entry is in the protocol; some are nothing there.

    Args:
        entry: From the transcript.
        thread_id: What the client calls the conversation.
        tokens: By confirmation, for the one who asked and for nobody else.
    """
    match entry.kind:
        case Kind.TURN_STARTED:
            return [_started(entry.data, thread_id)]
        case Kind.TURN_FINISHED:
            return [_finished(entry.data, thread_id, tokens or {})]
        case Kind.MESSAGE:
            return _whole_text(entry.data, "user")
        case Kind.CONFIRMATION_ASKED:
            return []  # told when the turn ends
        case _:
            return _of_the_agent(entry)


def _of_the_agent(entry: WrittenEntry) -> list[BaseEvent]:
    data = entry.data
    match entry.kind:
        case Kind.TEXT:
            return _whole_text(data, "assistant")
        case Kind.TOOL_CALLED:
            return _called(data)
        case Kind.TOOL_ANSWERED:
            return [_answered(entry)]
        case Kind.CARD_SHOWN:
            return [CustomEvent(name=CARD, value=data)]
        case _:
            message, code = _text(data, "message"), _text(data, "code")
            return [RunErrorEvent(message=message, code=code, usage=_counted(data))]


def _started(data: JsonObject, thread_id: str) -> BaseEvent:
    run_id = _text(data, "runId")
    return RunStartedEvent(thread_id=thread_id, run_id=run_id, protocol_version=PROTOCOL)


def _whole_text(data: JsonObject, role: str) -> list[BaseEvent]:
    message_id = _text(data, "id")
    start = TextMessageStartEvent.model_validate({"messageId": message_id, "role": role})
    return [start, *more_text(message_id, _text(data, "text")), *ended_text(message_id)]


def _called(data: JsonObject) -> list[BaseEvent]:
    call_id = _text(data, "callId")
    return [
        ToolCallStartEvent(tool_call_id=call_id, tool_call_name=_text(data, "tool")),
        ToolCallArgsEvent(tool_call_id=call_id, delta=as_text(data["arguments"])),
        ToolCallEndEvent(tool_call_id=call_id),
    ]


def _answered(entry: WrittenEntry) -> BaseEvent:
    return ToolCallResultEvent(
        message_id=f"result-{entry.seq}",
        tool_call_id=_text(entry.data, "callId"),
        content=as_text(entry.data["told"]),
        metadata=_of_run(entry.data),
    )


def _of_run(data: JsonObject) -> dict[str, JsonValue]:
    """Return what the record has of a call; standard clients keep it beside the result."""
    told: dict[str, JsonValue] = {"failed": data["failed"]}
    return {**told, "actionRunId": data["actionRunId"]} if "actionRunId" in data else told


def _counted(data: JsonObject) -> list[TokenUsage] | None:
    usage = data.get("usage")
    if not isinstance(usage, dict):
        return None
    return [TokenUsage.model_validate({key: usage[key] for key in ("inputTokens", "outputTokens")})]


def _finished(data: JsonObject, thread_id: str, tokens: Mapping[str, str]) -> BaseEvent:
    waiting = cast("list[JsonObject]", data.get("waiting") or [])
    interrupts = [_interrupt(one, tokens.get(_text(one, "id"))) for one in waiting]
    return RunFinishedEvent(
        thread_id=thread_id,
        run_id=_text(data, "runId"),
        usage=_counted(data),
        outcome=RunFinishedInterruptOutcome(interrupts=interrupts)
        if interrupts
        else RunFinishedSuccessOutcome(),
    )


def _interrupt(one: JsonObject, token: str | None) -> Interrupt:
    metadata: JsonObject = {"tool": one["tool"], "summary": one["summary"]}
    if token is not None:
        metadata["token"] = token
    return Interrupt(
        id=_text(one, "id"),
        reason="confirm",
        tool_call_id=_text(one, "callId"),
        expires_at=_text(one, "expiresAt"),
        metadata=metadata,
    )


def as_text(value: JsonValue) -> str:
    """Return a text as it is and anything else as JSON."""
    return value if isinstance(value, str) else dump_json(value).decode()


def _text(data: JsonObject, name: str) -> str:
    return str(data[name])
