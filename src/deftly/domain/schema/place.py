"""Places as text: a field's path in sentences, a JSON pointer in problems."""

import re
from collections.abc import Iterable
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9_$-]+")
_LIMIT: Final = 200


def place_text(place: Iterable[str | int], start: str = "") -> str:
    """Return ``inputSchema.properties.order_id.type`` or ``items[2].sku``."""
    text = start
    for step in place:
        match step:
            case int():
                text += f"[{step}]"
            case _ if not _PLAIN.fullmatch(step):
                text += f"[{step[:80]!r}]"
            case _:
                text += f".{step}" if text else step
    return text if len(text) <= _LIMIT else text[:_LIMIT] + "…"


def pointer(place: Iterable[str | int]) -> str:
    """Return the JSON pointer (RFC 6901), empty for the whole."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in place)
