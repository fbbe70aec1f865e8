"""What a person is shown hides nothing and does nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.domain.summary import visible

TRICKS = {
    "right-to-left override": ("abc\u202etxt.exe", "abc⟨U+202E⟩txt.exe"),
    "zero-width space": ("pay\u200bpal", "pay⟨U+200B⟩pal"),
    "terminal escape": ("\x1b[31mred", "⟨U+001B⟩[31mred"),
    "carriage return": ("safe\rEVIL", "safe⟨U+000D⟩EVIL"),
    "line separator": ("a\u2028b", "a⟨U+2028⟩b"),
    "no-break space": ("a\u00a0b", "a⟨U+00A0⟩b"),
    "hangul filler": ("a\u3164b", "a⟨U+3164⟩b"),
    "tag character": ("a\U000e0041b", "a⟨U+E0041⟩b"),
    "newline stays a line": ("a\nb", "a⏎\nb"),
    "plain words": ("Größe 42, 日本", "Größe 42, 日本"),
    "html stays text": ("<b onclick=x>", "<b onclick=x>"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_what_a_screen_would_hide_is_spelled_out(trick: str) -> None:
    given_text, shown = TRICKS[trick]

    assert visible(given_text) == shown


@given(st.text())
def test_nothing_shown_is_invisible(text: str) -> None:
    shown = visible(text).replace("⏎\n", "")

    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@given(st.text(), st.text())
def test_different_values_are_shown_differently(one: str, other: str) -> None:
    marks = "⟨⟩⏎"
    if one != other and not any(mark in one + other for mark in marks):
        assert visible(one) != visible(other)


def test_ten_thousand_lines_are_shown_complete() -> None:
    assert visible("x\n" * 10_000).count("x⏎") == 10_000
