"""JSON in a field, a query value or a string of JSON: a value stays one JSON value there, too."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deftly.domain.template import RenderScope, compile_body, compile_url
from deftly.errors import InvalidDefinition

FORM = "application/x-www-form-urlencoded"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
WRITTEN = '{"t":"{{a}}","n":["x-{{a}}"]}'


def field(body, scope):
    """Return what a server reads as the field ``p``."""
    rendered = compile_body(body, FORM, path="handler.body").render(scope).decode()
    return parse_qs(rendered, keep_blank_values=True, strict_parsing=True)


def query(body, scope):
    url = compile_url(f"https://api.example.com/?{body}", path="handler.url").render(scope)
    return parse_qs(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)


def string(body, scope):
    rendered = compile_body({"p": WRITTEN, "q": "1"}, None, path="handler.body").render(scope)
    return {name: [text] for name, text in json.loads(rendered).items()}


PLACES = [
    (field, f"p={WRITTEN}&q=1"),
    (field, {"p": WRITTEN, "q": 1}),
    (query, f"p={WRITTEN}&q=1"),
    (string, None),
]


@pytest.mark.parametrize(("place", "body"), PLACES)
@given(value=TEXTS)
@example(value='He said "hi" & left')
@example(value='","admin":"1')
def test_a_value_adds_nothing_to_the_json_it_stands_in(place, body, value):
    read = place(body, RenderScope({"a": value}))

    assert read.keys() == {"p", "q"}
    assert json.loads(read["p"][0]) == {"t": value, "n": [f"x-{value}"]}


@pytest.mark.parametrize(("place", "body"), PLACES)
def test_a_value_keeps_its_type(place, body):
    read = place(body, RenderScope({"a": 5}))

    assert json.loads(read["p"][0]) == {"t": 5, "n": ["x-5"]}


@pytest.mark.parametrize(
    ("body", "rendered"),
    [
        ("p={{a|json}}", "p=%22x%22"),
        ("p=[{{a}}]", "p=[x]"),
        ("p=%7B%22t%22:%22{{a}}%22%7D", "p=%7B%22t%22:%22x%22%7D"),
        ('p={"t" {{a}}', "p=%7B%22t%22%20x"),
        ('p={"t":1}&q={{a}}', "p=%7B%22t%22:1%7D&q=x"),
        ({"p": '{"t":{"u":1.50}}', "q": "{{a}}"}, "p=%7B%22t%22%3A%7B%22u%22%3A1.50%7D%7D&q=x"),
    ],
)
def test_what_is_no_json_or_holds_no_value_stays_as_it_was_written(body, rendered):
    template = compile_body(body, FORM, path="handler.body")

    assert template.render(RenderScope({"a": "x"})).decode() == rendered


def test_a_secret_names_no_member_of_nested_json_either():
    with pytest.raises(InvalidDefinition, match="a secret may be a value only"):
        compile_body({"p": '{"{{secrets.K}}":1}'}, FORM, path="handler.body")
