from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.agent.models.found import Kind, find_values, without_values

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("Where is A-1042 and #77?", Kind.IDENTIFIER, ["A-1042", "77"]),
        ("compare ab_12, P7 and 555-1234", Kind.IDENTIFIER, ["ab_12", "P7", "555-1234"]),
        ("my 2nd order, 5k run, 16GB", Kind.IDENTIFIER, []),
        ("two hundred dollars or $1,299.50, or 5k", Kind.NUMBER, [200, 1299.5, 5000]),
        ("twenty-five chairs and a dozen tables", Kind.NUMBER, [25, 12]),
        ("16 GB or 16GB", Kind.NUMBER, [16, 16]),
        ("no one, one day", Kind.NUMBER, []),
        ("at -5 degrees", Kind.NUMBER, [-5]),
        ("ann.lee+x@mail.example.com, ok?", Kind.EMAIL, ["ann.lee+x@mail.example.com"]),
        ("see https://x.example/a?b=1.", Kind.URL, ["https://x.example/a?b=1"]),
        ("say 'too small' and \"blue shirt\"", Kind.QUOTED, ["too small", "blue shirt"]),
        ("I don't think it's broken", Kind.QUOTED, []),
        ("at 3pm or 14:30", Kind.TIME, ["15:00", "14:30"]),
        ("12am and 12 p.m.", Kind.TIME, ["00:00", "12:00"]),
        ("at 13pm", Kind.TIME, []),
        ("tomorrow", Kind.DATE, ["2026-11-24"]),
        ("the day after tomorrow", Kind.DATE, ["2026-11-25"]),
        ("in 2 weeks", Kind.DATE, ["2026-12-07"]),
        ("next Friday, next Monday", Kind.DATE, ["2026-11-27", "2026-11-30"]),
        ("March 5", Kind.DATE, ["2027-03-05"]),
        ("5th of December 2026 and 24 Dec", Kind.DATE, ["2026-12-05", "2026-12-24"]),
        ("2026-12-01T10:00:00Z", Kind.DATE, ["2026-12-01T10:00:00Z"]),
        ("February 30 or 2026-02-30", Kind.DATE, []),
        ("on 3/4/2026", Kind.DATE, []),
    ],
)
def test_values_are_read_as_people_write_them(text, kind, values):
    assert [each.value for each in find_values(text, MONDAY) if each.kind is kind] == values


def test_what_is_no_value_stays_where_it_was():
    assert without_values("order A-1042 for 'me'") == "order        for 'me'"


@given(st.text(max_size=200))
def test_values_never_overlap_and_stand_in_the_text(text):
    found = find_values(text, MONDAY)
    assert all(text[each.start : each.end] == each.written for each in found)
    ends = [0, *(each.end for each in found)]
    assert all(each.start >= end for each, end in zip(found, ends, strict=False))
