"""A transcript as messages, in the form standard clients take as their history."""

from collections.abc import Iterable

from deftly.domain.conversation import Kind, WrittenEntry
from deftly.values import JsonObject, JsonValue, dump_json


def messages_of(entries: Iterable[WrittenEntry]) -> list[JsonValue]:
    """Return one message for each thing said, called or answered."""
    return [told for entry in entries if (told := _message(entry)) is not None]


def _message(entry: WrittenEntry) -> JsonObject | None:
    data = entry.data
    told: JsonObject = {"id": data.get("id", f"entry-{entry.seq}"), "at": entry.at}
    match entry.kind:
        case Kind.MESSAGE:
            return {**told, "role": "user", "content": data["text"]}
        case Kind.TEXT:
            return {**told, "role": "assistant", "content": data["text"]}
        case Kind.TOOL_CALLED:
            return {**told, "role": "assistant", "toolCalls": [_call(data)]}
        case Kind.TOOL_ANSWERED:
            content = _text(data["told"])
            result = {**told, "role": "tool", "toolCallId": data["callId"], "content": content}
            return {**result, "failed": True} if data["failed"] else result
        case Kind.TURN_FAILED:
            code = data["code"]
            return {**told, "role": "assistant", "content": data["message"], "fault": code}
        case _:
            return None


def _call(data: JsonObject) -> JsonObject:
    function: JsonObject = {"name": data["tool"], "arguments": _text(data["arguments"])}
    return {"id": data["callId"], "type": "function", "function": function}


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else dump_json(value).decode()
