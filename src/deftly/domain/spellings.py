"""The spellings of a secret: plain, percent-encoded, escaped, in hexadecimal and base64."""

import base64
import html
import json
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, quote_plus

SHORTEST: Final = 6
"""Characters; shorter values are found in too many innocent places."""

# Some writers of JSON escape what HTML would read, too.
_FOR_PAGES: Final = tuple(
    {ord(one): f"\\u{ord(one):04x}" for one in own} for own in ("&<>", "&<>'")
)


def spellings_of(value: str) -> frozenset[str]:
    """Return what the value looks like in an answer; nothing for one that is too short."""
    if len(value) < SHORTEST:
        return frozenset()
    raw = value.encode()
    found = {"".join(f"%{byte:02x}" for byte in raw), raw.hex()}
    # A JSON text may stand in a URL, in markup, or in another JSON text.
    for text in (value, *_in_json(value)):
        found |= {text, quote(text, safe=""), quote(text), quote_plus(text), *_in_markup(text)}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        found |= {_base64_core(encode, raw, shift) for shift in range(3)}
    return frozenset(spelling for spelling in found if len(spelling) >= SHORTEST)


def _in_json(value: str) -> frozenset[str]:
    """Return the value as a JSON string carries it, and as one inside another."""
    once = {_json_text(value, ascii_only=True), _json_text(value, ascii_only=False)}
    twice = {_json_text(one, ascii_only=ascii_only) for one in once for ascii_only in (True, False)}
    for_pages = {one.translate(table) for one in once for table in _FOR_PAGES}
    return frozenset(once | twice | for_pages | {one.replace("/", "\\/") for one in once})


def _json_text(text: str, *, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only)[1:-1]


def _in_markup(text: str) -> frozenset[str]:
    """Return the text as XML and HTML carry it; writers differ in how they spell the quotes."""
    bare = html.escape(text, quote=False)
    apostrophes = {bare.replace("'", one) for one in ("'", "&#39;", "&#x27;", "&apos;")}
    return frozenset(
        text.replace('"', one) for text in apostrophes for one in ('"', "&quot;", "&#34;")
    )


def _base64_core(encode: Callable[[bytes], bytes], raw: bytes, shift: int) -> str:
    """Return the digits that are the same wherever the value lies in a longer text.

    At each of the three alignments the first and last digits also depend on the
    neighbouring bytes, so they are left out.
    """
    digits = encode(b"\0" * shift + raw).decode().rstrip("=")
    lead = -(-shift * 8 // 6)
    bits_at_end = (shift + len(raw)) * 8 % 6
    return digits[lead : len(digits) - (1 if bits_at_end else 0)]
