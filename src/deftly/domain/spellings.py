"""The spellings of a secret: plain, percent-encoded, JSON-escaped, in hexadecimal and base64."""

import base64
import json
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, quote_plus

SHORTEST: Final = 6
"""Characters; shorter values are found in too many innocent places."""


def spellings_of(value: str) -> frozenset[str]:
    """Return what the value looks like in an answer; nothing for one that is too short."""
    if len(value) < SHORTEST:
        return frozenset()
    raw = value.encode()
    found = {
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        "".join(f"%{byte:02x}" for byte in raw),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
        raw.hex(),
    }
    # Escaped twice: JSON inside a JSON string.
    found.add(json.dumps(json.dumps(value)[1:-1])[1:-1])
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        found |= {_base64_core(encode, raw, shift) for shift in range(3)}
    return frozenset(spelling for spelling in found if len(spelling) >= SHORTEST)


def _base64_core(encode: Callable[[bytes], bytes], raw: bytes, shift: int) -> str:
    """Return the digits that are the same wherever the value lies in a longer text.

    At each of the three alignments the first and last digits also depend on the
    neighbouring bytes, so they are left out.
    """
    digits = encode(b"\0" * shift + raw).decode().rstrip("=")
    lead = -(-shift * 8 // 6)
    bits_at_end = (shift + len(raw)) * 8 % 6
    return digits[lead : len(digits) - (1 if bits_at_end else 0)]
