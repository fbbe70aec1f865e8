"""Long JSON taken in slices is the JSON that it is at once."""

import json
import random

import orjson
import pytest

from deftly.catalog.porting.openapi import slices
from deftly.catalog.porting.openapi.reading import read_text
from deftly.errors import InvalidRequest
from deftly.values import JsonObject

PARTS = [
    "plain ",
    "\u00e9",
    "\u4e2d",
    "\U0001f600",
    "\\",
    '"',
    "\n",
    '\\"',
    "\\u",
    "\x7f",
    "\u2028",
]


@pytest.fixture(autouse=True)
def _short_slices(monkeypatch):
    monkeypatch.setattr(slices, "SLICE", 16)


def long_text_of(raw: bytes) -> str:
    read = slices.read_around(raw, "openapi")
    assert isinstance(read, dict)
    return str(read["openapi"])


def texts():
    """Return texts whose slices are cut at every kind of place."""
    chance = random.Random(7)
    return ["".join(chance.choices(PARTS, k=60)) for _ in range(200)]


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("before", ["", "[", "\ufeff {"])
def test_a_long_text_comes_back_as_it_was(ascii_only, before):
    for text in texts():
        document = {"select": ["x"], "openapi": before + text, "baseUrl": "https://a.example"}
        raw = json.dumps(document, ensure_ascii=ascii_only).encode()
        read = slices.read_around(raw, "openapi")
        assert isinstance(read, dict)
        found = read.pop("openapi")

        assert read == {"select": ["x"], "baseUrl": "https://a.example"}
        if before:  # JSON: what is not ASCII is an escape
            assert str(found).isascii()
        else:
            assert found == text


def test_a_document_inside_a_text_is_the_document():
    for text in texts():
        info: JsonObject = {"title": text, text: [text]}
        document = {"openapi": "3.1.0", "info": info}
        for ascii_only in (True, False):
            inner = json.dumps(document, ensure_ascii=ascii_only)
            raw = json.dumps({"openapi": inner}, ensure_ascii=ascii_only).encode()
            assert read_text(long_text_of(raw)) == document
            assert json.loads(slices.decoded(inner.encode())) == document


@pytest.mark.parametrize(
    "raw",
    [
        b'{"openapi": "' + b"x" * 99,
        b'{"openapi": "' + b"x" * 99 + b'\\ud800"}',
        b'{"openapi": "' + b"x" * 99 + b'\\x"}',
        b'{"openapi": "' + b"x" * 99 + b'\xff"}',
        b'{"openapi": "' + b"x" * 99 + b'\n"}',
        b'{"openapi": "' + b"x" * 99 + b'"} x',
        b'"openapi": "' + b"x" * 99 + b'"',
    ],
)
def test_what_is_no_json_is_refused(raw):
    with pytest.raises(orjson.JSONDecodeError):
        slices.read_around(raw, "openapi")


@pytest.mark.parametrize(
    "given",
    [
        {"x": {"openapi": "y" * 99}, "openapi": "short"},
        {"x": '"openapi": "' + "y" * 99},
        {"curl": "y" * 99},
        ["openapi", "y" * 99],
        {'"openapi': "y" * 99},
    ],
)
def test_a_long_text_elsewhere_is_left_where_it_is(given):
    assert slices.read_around(json.dumps(given).encode(), "openapi") == given


@pytest.mark.parametrize(
    ("text", "has"),
    [
        (r'"\ud83d\ude00"', False),
        (r'"\ud83d"', True),
        (r'"\ude00"', True),
        (r'"\ude00\ud83d"', True),
        (r'"\ud83d\ud83d\ude00"', True),
        (r'"\\ud83d\ude00"', True),
        (r'"\u00e9 plain"', False),
    ],
)
def test_halves_of_characters_are_found_wherever_a_slice_ends(text, has):
    for blanks in range(40):
        assert slices.has_half_character(" " * blanks + text) is has
        if has:
            with pytest.raises(UnicodeEncodeError):
                json.loads(text).encode()


def test_bytes_that_are_no_text_are_no_body():
    with pytest.raises(UnicodeDecodeError):
        slices.decoded(b"x" * 40 + b"\xe4")
    with pytest.raises(InvalidRequest):
        read_text("{")
