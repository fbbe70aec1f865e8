"""What a model wrote and no encoding can hold: half a character, arguments that are no JSON."""

from typing import cast

from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter
from pydantic_core import PydanticSerializationError

from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json


def sound_text(text: str) -> str:
    """Return the text with a mark in the place of each half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def sound_value(value: JsonValue) -> JsonValue:
    """Return the value with every text in it sound."""
    return cast("JsonValue", _sound(value))


def _sound(value: object) -> object:
    match value:
        case str():
            return sound_text(value)
        case dict():
            return {_sound(name): _sound(one) for name, one in value.items()}
        case list() | tuple():
            return [_sound(one) for one in value]
        case _:
            return value


def sound_message(message: ModelMessage) -> ModelMessage:
    """Return the message so that it can be kept and sent."""
    try:
        ModelMessagesTypeAdapter.dump_json([message])
    except PydanticSerializationError:
        plain = ModelMessagesTypeAdapter.dump_python([message])
        (sound,) = ModelMessagesTypeAdapter.validate_python(_sound(plain))
        return sound
    return message


def sound_arguments(given: str | JsonObject | None) -> JsonValue:
    """Return the arguments as JSON; where a model wrote something else, as it wrote it."""
    if not isinstance(given, str):
        return sound_value(given or {})
    try:
        parsed = parse_json(given or "{}")
    except NotJsonError:
        return sound_text(given)
    return {} if parsed is None else parsed
