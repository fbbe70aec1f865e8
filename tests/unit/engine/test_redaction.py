"""A secret that comes back, in whatever spelling, leaves under its name only."""

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus
from xml.sax import saxutils

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deftly.engine.redaction import Redactor

SECRET = 'pä55/wörd+"quoted\'s"\\<&=%'
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda s: s,
    "percent": lambda s: quote(s, safe=""),
    "percent, slashes kept": quote,
    "percent, lower case": lambda s: "".join(f"%{b:02x}" for b in s.encode()),
    "form": quote_plus,
    "json, ascii": lambda s: json.dumps(s)[1:-1],
    "json, unicode": lambda s: json.dumps(s, ensure_ascii=False)[1:-1],
    "json, slashes escaped": lambda s: json.dumps(s)[1:-1].replace("/", "\\/"),
    "json in json": lambda s: json.dumps(json.dumps(s))[1:-1],
    "json in json, unicode": lambda s: json.dumps(
        json.dumps(s, ensure_ascii=False), ensure_ascii=False
    )[1:-1],
    "json, for pages": lambda s: (
        json.dumps(s)[1:-1].replace("<", "\\u003c").replace("&", "\\u0026")
    ),
    "json in a url": lambda s: quote(json.dumps(s), safe=""),
    "json in a form": lambda s: quote_plus(json.dumps(s, ensure_ascii=False)),
    "xml text": lambda s: html.escape(s, quote=False),
    "xml attribute": lambda s: saxutils.escape(s, {'"': "&quot;", "'": "&#39;"}),
    "xml with names": lambda s: saxutils.escape(s, {'"': "&quot;", "'": "&apos;"}),
    "html": html.escape,
    "html with numbers": lambda s: saxutils.escape(s, {'"': "&#34;", "'": "&#39;"}),
    "json in xml": lambda s: html.escape(json.dumps(s)[1:-1]),
    "hex": lambda s: s.encode().hex(),
    "basic credentials": lambda s: base64.b64encode(f"user:{s}".encode()).decode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_secret_is_found_in_every_spelling(spelling: str) -> None:
    sent = SPELLINGS[spelling](SECRET)

    told = Redactor({"KEY": SECRET}).text(f"before {sent} after")

    assert "‹secret KEY›" in told
    assert told.startswith("before ")
    assert told.endswith(" after")


@given(
    secret=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=6, max_size=40
    ),
    before=st.binary(max_size=5),
    after=st.binary(max_size=5),
    url_safe=st.booleans(),
)
@example(secret="abcdef", before=b"", after=b"", url_safe=False)
def test_base64_hides_it_at_no_alignment(
    secret: str, before: bytes, after: bytes, *, url_safe: bool
) -> None:
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    told = Redactor({"KEY": secret}).text(encode(before + secret.encode() + after).decode())

    assert "‹secret KEY›" in told
    core = encode(secret.encode()).decode().rstrip("=")[:-1]
    assert len(core) < 6 or core not in told


def test_json_is_redacted_in_values_keys_and_numbers() -> None:
    told = Redactor({"PIN": "123456789"}).value(
        {"a": ["x123456789y", 123456789], "k123456789": None, "n": 12345678, "t": True}
    )

    assert told == {
        "a": ["x‹secret PIN›y", "‹secret PIN›"],
        "k‹secret PIN›": None,
        "n": 12345678,
        "t": True,
    }


def test_short_values_are_left_alone() -> None:
    assert Redactor({"N": "abc"}).text("abcabc") == "abcabc"


def test_the_longer_of_two_overlapping_secrets_is_taken_whole() -> None:
    told = Redactor({"SHORT": "secret", "LONG": "secret-and-more"}).text("secret-and-more, secret")

    assert told == "‹secret LONG›, ‹secret SHORT›"
