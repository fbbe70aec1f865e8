"""The data a widget is drawn with."""

from collections.abc import Mapping
from typing import Final

from deftly.values import JsonObject, JsonValue

RESPONSE: Final = "response"


def merge_data(
    example: Mapping[str, JsonValue], arguments: Mapping[str, JsonValue], response: JsonValue
) -> JsonObject:
    """Return example < arguments < response, by top-level key.

    The whole response is there as ``response`` too; None stands for no response.
    """
    merged: JsonObject = {**example, **arguments}
    if response is None:
        return merged
    if isinstance(response, dict):
        merged |= response
    return {**merged, RESPONSE: response}
