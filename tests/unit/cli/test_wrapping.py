import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.cli.wrapping import Column


@pytest.mark.parametrize(
    ("width", "pieces", "expected"),
    [
        (None, ["one two three four five six"], "one two three four five six"),
        (None, ["one\ntwo\n\nthree"], "one\n    two\n\n    three"),
        (14, ["one two three four"], "one two \n    three four"),
        (14, ["one ", "two ", "three ", "four"], "one two \n    three four"),
        (10, ["abcdefghijkl"], "abcdef\n    ghijkl"),
        (10, ["ab abcdefgh"], "ab abc\n    defgh"),
        (12, ["漢字漢字漢字"], "漢字漢字\n    漢字"),
        (1, ["漢字"], "漢\n    字"),
    ],
)
def test_lines_stand_under_each_other(width, pieces, expected):
    column = Column(4, width)

    assert "".join(column.set(piece) for piece in pieces) == expected


@given(st.text(alphabet="ab \n-", max_size=80), st.integers(min_value=6, max_value=30))
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(text, width):
    lines = ("    " + Column(4, width).set(text)).split("\n")

    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_word_without_an_end_is_broken_in_no_time():
    text = Column(4, 80).set("x" * 200_000)

    assert text.count("\n") == 200_000 // 76
