"""What a model wrote and no encoding can hold: half a character, arguments that are no JSON."""

from dataclasses import replace

from pydantic_ai.messages import (
    ModelMessage,
    ModelResponse,
    ModelResponsePart,
    TextPart,
    ToolCallPart,
)

from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json


def sound_text(text: str) -> str:
    """Return the text with a mark in the place of each half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def sound_message(message: ModelMessage) -> ModelMessage:
    """Return the message so that it can be kept and sent."""
    if not isinstance(message, ModelResponse):
        return message
    return replace(message, parts=[_sound_part(part) for part in message.parts])


def _sound_part(part: ModelResponsePart) -> ModelResponsePart:
    match part:
        case TextPart(content=text):
            return replace(part, content=sound_text(text))
        case ToolCallPart(args=str(text)):
            return replace(part, args=sound_text(text))
        case _:
            return part


def sound_arguments(given: str | JsonObject | None) -> JsonValue:
    """Return the arguments as JSON; where a model wrote something else, as it wrote it."""
    if not isinstance(given, str):
        return given or {}
    try:
        return parse_json(given or "{}")
    except NotJsonError:
        return sound_text(given)
