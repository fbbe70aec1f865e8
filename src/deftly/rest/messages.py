"""A transcript as messages, in the form standard clients take as their history, and as turns."""

from collections.abc import Iterable

from deftly.domain.conversation import Kind, WrittenEntry
from deftly.values import JsonObject, JsonValue, dump_json


def messages_of(entries: Iterable[WrittenEntry]) -> list[JsonValue]:
    """Return one message for each thing said, called or answered."""
    return [told for entry in entries if (told := _message(entry)) is not None]


def _message(entry: WrittenEntry) -> JsonObject | None:
    data = entry.data
    told: JsonObject = {
        "id": data.get("id", f"entry-{entry.seq}"),
        "at": entry.at,
        "turn": entry.turn,
    }
    said = _said(entry.kind, data)
    return None if said is None else {**told, **said}


def _said(kind: Kind, data: JsonObject) -> JsonObject | None:
    said: JsonObject | None = None
    match kind:
        case Kind.MESSAGE:
            said = {"role": "user", "content": data["text"]}
        case Kind.TEXT:
            said = {"role": "assistant", "content": data["text"]}
        case Kind.TOOL_CALLED:
            said = {"role": "assistant", "toolCalls": [_call(data)]}
        case Kind.TOOL_ANSWERED:
            said = {"role": "tool", **_answer(data)}
        case Kind.CARD_SHOWN:
            said = {"role": "card", **_card(data)}
        case Kind.TURN_FAILED:
            said = {"role": "assistant", "content": data["message"], "fault": data["code"]}
        case _:
            pass
    return said


def turns_of(entries: Iterable[WrittenEntry]) -> list[JsonValue]:
    """Return what is known of each turn beside its messages, out of beginnings and ends."""
    turns: dict[str, JsonObject] = {}
    for entry in entries:
        turn = turns.setdefault(entry.turn, {"id": entry.turn, "startedAt": entry.at})
        match entry.kind:
            case Kind.TURN_STARTED:
                turn["model"] = entry.data.get("model")
                turn["chosen"] = entry.data.get("chosen", False)
            case _:
                turn["endedAt"] = entry.at
                turn["usage"] = entry.data.get("usage")
    return [*turns.values()]


def _answer(data: JsonObject) -> JsonObject:
    told: JsonObject = {"toolCallId": data["callId"], "content": _text(data["told"])}
    if "actionRunId" in data:
        told["actionRunId"] = data["actionRunId"]
    return {**told, "failed": True} if data["failed"] else told


def _card(data: JsonObject) -> JsonObject:
    shown: JsonObject = {name: data[name] for name in ("cardId", "widget", "card")}
    return {"toolCallId": data["callId"], **shown, "content": data["spoken"]}


def _call(data: JsonObject) -> JsonObject:
    function: JsonObject = {"name": data["tool"], "arguments": _text(data["arguments"])}
    return {"id": data["callId"], "type": "function", "function": function}


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else dump_json(value).decode()
