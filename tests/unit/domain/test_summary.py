"""What a person is shown hides nothing and does nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deftly.domain.action import Action
from deftly.domain.handler import HttpHandler
from deftly.domain.summary import summarise, visible
from deftly.values import JsonValue

TRICKS = {
    "right-to-left override": ("abc\u202etxt.exe", "abc⟨U+202E⟩txt.exe"),
    "zero-width space": ("pay\u200bpal", "pay⟨U+200B⟩pal"),
    "terminal escape": ("\x1b[31mred", "⟨U+001B⟩[31mred"),
    "carriage return": ("safe\rEVIL", "safe⟨U+000D⟩EVIL"),
    "line separator": ("a\u2028b", "a⟨U+2028⟩b"),
    "no-break space": ("a\u00a0b", "a⟨U+00A0⟩b"),
    "hangul filler": ("a\u3164b", "a⟨U+3164⟩b"),
    "tag character": ("a\U000e0041b", "a⟨U+E0041⟩b"),
    "variation selector": ("a\ufe00b\ufe0f", "a⟨U+FE00⟩b⟨U+FE0F⟩"),
    "a byte behind a letter": ("a\U000e0141b", "a⟨U+E0141⟩b"),
    "mongolian selector": ("a\u180bb", "a⟨U+180B⟩b"),
    "khmer vowel without a shape": ("a\u17b4b", "a⟨U+17B4⟩b"),
    "null note head": ("a\U0001d159b", "a⟨U+1D159⟩b"),
    "an emoji stays one": ("I ❤\ufe0f it, ☀\ufe0f", "I ❤\ufe0f it, ☀\ufe0f"),
    "but has one selector": ("❤\ufe0f\ufe0f", "❤\ufe0f⟨U+FE0F⟩"),
    "newline stays a line": ("a\nb", "a⏎\nb"),
    "plain words": ("Größe 42, 日本", "Größe 42, 日本"),
    "html stays text": ("<b onclick=x>", "<b onclick=x>"),
}


ACTION = Action(
    id="5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10",
    name="LOOK_UP",
    description="Look something up.",
    input_schema={},
    handler=HttpHandler(type="http", url="https://api.example.com/"),
    created_at="2026-01-01T12:00:00.000Z",
    updated_at="2026-01-01T12:00:00.000Z",
)


def shown(value: str) -> JsonValue:
    return summarise(ACTION, {"q": value}, method="GET", host="h")["arguments"]


@pytest.mark.parametrize("trick", TRICKS)
def test_what_a_screen_would_hide_is_spelled_out(trick: str) -> None:
    given_text, shown = TRICKS[trick]

    assert visible(given_text) == shown


@given(st.text())
def test_nothing_shown_is_invisible(text: str) -> None:
    shown = visible(text).replace("⏎\n", "")

    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@given(st.text(), st.text())
@example("a\u200bb", "a⟨U+200B⟩b")
@example("⏎\n", "\n")
def test_different_values_are_shown_differently(one: str, other: str) -> None:
    if one != other:
        assert shown(one) != shown(other)


def test_ten_thousand_lines_are_shown_complete() -> None:
    assert visible("x\n" * 10_000).count("x⏎") == 10_000
