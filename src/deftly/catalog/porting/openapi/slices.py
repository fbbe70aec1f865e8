"""JSON of many megabytes, taken in slices: a call into C keeps every other thread waiting.

One emoji makes a text of Python's four times as large, so what is not ASCII becomes an escape
where the text is to be read as JSON.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Final

import orjson

from deftly.values import JsonValue

# A call may look at so much of a text: that takes it one or two milliseconds.
SLICE: Final = 512 * 1024
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
# What may stand between two quotes, up to a place where the text can be cut.
_INSIDE: Final = re.compile(
    rb'(?:[^"\\]++|\\(?:[^u]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}'
    rb"|u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}))*+",
    re.DOTALL,
)
_HALF_CHARACTER: Final = re.compile(
    r"\\u[dD](?:[89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|[c-fC-F](?<![^\\]\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F]))"
)
_PAIR: Final = len(r"\ud83d\ude00")
_HOLE: Final = "the text that stood here"


def members_in(raw: bytes) -> int:
    """Return about how many members the objects of a JSON text have, texts inside it left out."""
    found = 0
    for start in range(0, len(raw), SLICE):
        end = start + SLICE
        found += raw.count(b'":', start, end) - raw.count(b'\\":', start, end)
    return found


def has_half_character(text: str) -> bool:
    """Tell whether a JSON text may have the escape of a lone surrogate."""
    for end in range(SLICE, len(text) + SLICE, SLICE):
        found = _HALF_CHARACTER.search(text, end - SLICE, end + _PAIR)
        if found and found.start() < end:
            return True
    return False


def decoded(raw: bytes) -> str:
    """Return a JSON text in ASCII.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    slices = (decoder.decode(raw[at : at + SLICE]) for at in range(0, len(raw), SLICE))
    return "".join((*map(_escaped, slices), decoder.decode(b"", final=True)))


def read_around(raw: bytes, name: str) -> JsonValue:
    """Return the value of a JSON text that is mostly one long text, its member ``name``.

    Raises:
        orjson.JSONDecodeError: It is no JSON.
    """
    opening = re.search(rb'(?<!\\)"%b"[ \t\r\n]*:[ \t\r\n]*"' % name.encode(), raw)
    begin = opening.end() if opening else len(raw)
    pieces: list[str] = []
    end = begin
    for piece, end in _pieces(raw, begin):  # noqa: B007 - where the last one ended
        pieces.append(piece)
    if end - begin > SLICE and raw[end : end + 1] == b'"':
        value: JsonValue = orjson.loads(b"%b%b%b" % (raw[:begin], _HOLE.encode(), raw[end:]))
        if isinstance(value, dict) and value.get(name) == _HOLE:
            value[name] = _joined(pieces)
            return value
    found: JsonValue = orjson.loads(raw)
    return found


def _pieces(raw: bytes, begin: int) -> Iterator[tuple[str, int]]:
    """Yield what stands between quotes, slice by slice, and where each ends."""
    while found := _INSIDE.match(raw, begin, begin + SLICE):
        end = found.end()
        while raw[end : end + 1] and raw[end] & 0xC0 == 0x80:  # noqa: PLR2004 - inside a character
            end -= 1
        if end == begin:
            return
        yield orjson.loads(b'"%b"' % raw[begin:end]), end
        begin = end


def _joined(pieces: list[str]) -> str:
    first = pieces[0].removeprefix("\ufeff").lstrip()
    if first[:1] not in {"{", "["}:
        return "".join(pieces)  # YAML has places where an escape is none
    return "".join(map(_escaped, (first, *pieces[1:])))


def _escaped(text: str) -> str:
    if text.isascii():
        return text
    return _NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
