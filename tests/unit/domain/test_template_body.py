"""Body templates: which encoding a body has, and values that stay one component of it."""

import json
from typing import TYPE_CHECKING

import pytest

from deftly.domain.template import RenderScope, compile_body, masked
from deftly.errors import InvalidArguments, InvalidDefinition

if TYPE_CHECKING:
    from deftly.values import JsonValue

FORM = "application/x-www-form-urlencoded"


def render(body, content_type=None, **arguments):
    return compile_body(body, content_type, path="handler.body").render(RenderScope(arguments))


def tree(body, content_type=None, **arguments):
    return json.loads(render(body, content_type, **arguments))


@pytest.mark.parametrize(
    ("body", "given", "sent"),
    [
        (None, None, None),
        ("", None, None),
        ({"a": 1}, None, "application/json"),
        ([], None, "application/json"),
        (0, None, "application/json"),
        (False, None, "application/json"),
        ('{"a": {{n}}}', None, "application/json"),
        ("{{n}}", None, "application/json"),
        ("hello {{n}}", None, "text/plain; charset=utf-8"),
        ("<a>{{n}}</a>", "application/xml", "application/xml"),
        ("a={{n}}", FORM, FORM),
        ('{"a":1}', "application/vnd.x+json", "application/vnd.x+json"),
        ("hello", "", "text/plain; charset=utf-8"),
    ],
)
def test_a_body_has_its_authors_type_or_one_that_fits(body, given, sent):
    assert compile_body(body, given, path="handler.body").content_type == sent


@pytest.mark.parametrize(
    ("body", "arguments", "value"),
    [
        ('{"a":{"b":{{n}}}}', {"n": 5}, {"a": {"b": 5}}),
        ('{"a":{"b":{"c":{{n}}}}}', {"n": None}, {"a": {"b": {"c": None}}}),
        ('{"a":[{{n}},{{ n }}]}', {"n": True}, {"a": [True, True]}),
        ('{"a":{"b":{"c":1}}}', {}, {"a": {"b": {"c": 1}}}),
        ('{"a":"{{n}}"}', {"n": [1, {"b": None}]}, {"a": [1, {"b": None}]}),
        ('{"a":"{{n}}"}', {}, {"a": ""}),
        ('{"a":{{n}}}', {}, {"a": ""}),
        ('{"a":"x{{n}}y"}', {}, {"a": "xy"}),
        ('{"a":"x{{n}}"}', {"n": 1.0}, {"a": "x1"}),
        ('{"a":"x{{n|json}}"}', {"n": [1]}, {"a": "x[1]"}),
        # JSON in a string of JSON
        ({"m": '{"t":"{{n}}"}'}, {"n": '"hi",\n"a":"'}, {"m": '{"t":"\\"hi\\",\\n\\"a\\":\\""}'}),
        ({"m": '{"t":{"u":"a {{n}}"}}'}, {"n": '"'}, {"m": '{"t":{"u":"a \\""}}'}),
        ({"m": '[{"t":{{n}}}]'}, {"n": 5}, {"m": '[{"t":5}]'}),
        ({"m": '{"t":{{n|json}}}'}, {"n": [1]}, {"m": '{"t":[1]}'}),
        ({"m": '{"t": {"u": {"v": 1.50}}}'}, {}, {"m": '{"t": {"u": {"v": 1.50}}}'}),
        ({"m": "[{{n}}]"}, {"n": "Berlin"}, {"m": "[Berlin]"}),
        ({"m": '{"t" {{n}}'}, {"n": 5}, {"m": '{"t" 5'}),
        ('{"a":"{{n|json}}"}', {"n": {"b": "c"}}, {"a": '{"b":"c"}'}),
        ('{"a":{{n|json}}}', {"n": {"b": "c"}}, {"a": {"b": "c"}}),
        ('{"a":{{n|url}}}', {"n": "x y"}, {"a": "x%20y"}),
        ('{"a":"{{n}}"}', {"n": '","b":"'}, {"a": '","b":"'}),
        ('{"a":{{n}}}', {"n": '1,"b":2'}, {"a": '1,"b":2'}),
        ('{"a":"{{n}}"}', {"n": "\x00\u202e\\"}, {"a": "\x00\u202e\\"}),
        ('{"a":"{{n}}"}', {"n": "{{secrets.KEY}}"}, {"a": "{{secrets.KEY}}"}),
        ('{"{{n}}":1,"b":2}', {"n": "a"}, {"a": 1, "b": 2}),
        ('{"x{{n}}":{{n}}}', {"n": 3}, {"x3": 3}),
        ('{"a\\"b{{n}}": "\\u00e9{{n}}"}', {"n": "'"}, {"a\"b'": "é'"}),
        ('{"a": "NaN", "b": {{n}}}', {"n": 1}, {"a": "NaN", "b": 1}),
        ('"{{n}}"', {"n": 7}, 7),
        (" [ {{n}} ] ", {"n": 7}, [7]),
        ({"a": ["{{n}}", "x{{n}}", 5, None, 1.5]}, {"n": 1}, {"a": [1, "x1", 5, None, 1.5]}),
        ({"{{k}}": {}}, {"k": "a"}, {"a": {}}),
        ({"a": 10**30}, {}, {"a": 10**30}),
        ({"a": "{{n}}"}, {"n": 10**30}, {"a": 10**30}),
        (["{{a.b}}"], {"a": {"b": {"c": 1}}}, [{"c": 1}]),
    ],
)
def test_values_are_put_into_the_parsed_json(body, arguments, value):
    assert tree(body, **arguments) == value


@pytest.mark.parametrize(
    "body",
    [
        '{"a": {{n}},}',
        '{"a": {{n}}',
        '{"a": 1{{n}}}',
        '{"a": {{n}}{{n}}}',
        "{{{n}}: 1}",
        "{{{n}}}",
        '{"a": {{7*7}}}',
        '{"a": {{n.__class__}}}',
        '{"a": "{{n"}',
        '{"a": "n}}"}',
        '{"a": "{{n|nope}}"}',
        '{"a": NaN}',
        '{"a": {{n}}, "b": NaN}',
        '{"a": -Infinity}',
        '{"a": 1, "a": 2}',
        '{"{{n}}": 1, "{{n}}": 2}',
        '{"a": 1e999}',
        '{"a": "\\ud800"}',
        pytest.param("[" * 65 + "]" * 65, id="65 levels"),
        pytest.param("[" * 100_000, id="100000 levels"),
        "plain text",
    ],
)
def test_under_a_json_type_the_body_must_be_json(body):
    with pytest.raises(InvalidDefinition) as refusal:
        compile_body(body, "application/json; charset=utf-8", path="handler.body")

    assert refusal.value.details[0].path == "handler.body"


@pytest.mark.parametrize(
    "body",
    [
        '{"a": {{n}},}',
        ' {"a" 1}',
        "[{]",
        '\ufeff{"a": {{n}}}',
        {"a": "{{"},
        {"{{7*7}}": 1},
        {"a": [{"{{secrets.KEY}}": 1}]},
        '{"x{{secrets.KEY}}": 1}',
        {"a": float("nan")},
        "x {{",
        "x }}",
    ],
)
def test_a_body_that_cannot_work_is_refused_without_a_type_too(body):
    with pytest.raises(InvalidDefinition):
        compile_body(body, None, path="handler.body")


@pytest.mark.parametrize(
    ("body", "arguments"),
    [
        ('{"{{k}}":1,"b":2}', {"k": "b"}),
        ('{"{{k}}":1,"{{l}}":2}', {"k": "b", "l": "b"}),
        ({"a": {"{{k}}": 1, "x": 2}}, {"k": "x"}),
        ('{"a":"x{{n}}"}', {"n": [1]}),
        ('{"{{n}}":1}', {"n": {"a": 1}}),
        ('{"a":"{{n}}"}', {"n": "\ud800"}),
        ('{"a":"x{{n}}"}', {"n": "\ud800"}),
    ],
)
def test_a_value_that_has_no_place_in_the_json_is_refused(body, arguments):
    with pytest.raises(InvalidArguments):
        render(body, **arguments)


@pytest.mark.parametrize(
    ("body", "arguments", "text"),
    [
        ("a={{a}}&b=1", {"a": "x&b=2"}, "a=x%26b%3D2&b=1"),
        ("a={{a}}", {"a": "x y+%\r\né"}, "a=x%20y%2B%25%0D%0A%C3%A9"),
        ("a={{a}}\n", {}, "a="),
        ("{{k}}={{a}}&c", {"k": "=", "a": 1.0}, "%3D=1&c"),
        ("name=Jörg Müller&a={{a}}", {"a": "+"}, "name=J%C3%B6rg%20M%C3%BCller&a=%2B"),
        ("a={{a|url}}", {"a": "/"}, "a=%2F"),
        ("a={{a|json}}", {"a": [1]}, "a=%5B1%5D"),
        ("a={{a}}", {"a": "{{secrets.KEY}}"}, "a=%7B%7Bsecrets.KEY%7D%7D"),
        (
            {"a": "{{a}}", "b": "x&y", "c": True, "d": 5, "e": None},
            {"a": "="},
            "a=%3D&b=x%26y&c=true&d=5&e=",
        ),
        ({"t[]": ["{{a}}", "2"]}, {"a": "1"}, "t%5B%5D=1&t%5B%5D=2"),
    ],
)
def test_form_values_stay_inside_their_field(body, arguments, text):
    assert render(body, FORM, **arguments).decode() == text


@pytest.mark.parametrize(
    "body",
    [
        "a=%{{a}}",
        "a=%2{{a}}",
        "a=1\nb={{a}}",
        "{{secrets.KEY}}=1",
        {"{{secrets.KEY}}": 1},
        {"a": {}},
        {"a": [[]]},
        [1],
        5,
        "a={{",
        "a=\x00",
    ],
)
def test_a_form_that_cannot_work_is_refused_when_saved(body):
    with pytest.raises(InvalidDefinition):
        compile_body(body, FORM, path="handler.body")


@pytest.mark.parametrize(
    ("body", "arguments"), [("{{k}}=1&b=2", {"k": "b"}), ("a={{a}}", {"a": {}})]
)
def test_a_form_value_that_would_change_another_field_is_refused(body, arguments):
    with pytest.raises(InvalidArguments):
        render(body, FORM, **arguments)


@pytest.mark.parametrize(
    ("body", "content_type", "arguments", "text"),
    [
        ("hi {{a}}\n", None, {"a": "é\r\n{{b}}"}, "hi é\r\n{{b}}\n"),
        ("{{a}}", "text/plain", {"a": "x"}, "x"),
        ("{{a|json}}", "text/plain", {"a": {"b": 1}}, '{"b":1}'),
        ("5", "text/csv", {}, "5"),
        ('{"a":"{{a}}"}', "text/plain", {"a": '"'}, '{"a":"\\""}'),
        (
            "<a b='{{a}}'>{{a}}</a>",
            "text/xml",
            {"a": "<\"'&>"},
            "<a b='&lt;&quot;&#39;&amp;&gt;'>&lt;&quot;&#39;&amp;&gt;</a>",
        ),
        ("<p>{{a}}</p>", "application/soap+xml; charset=UTF-8", {"a": "]]>"}, "<p>]]&gt;</p>"),
        ("--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b", {}, "--b\r\n\r\nx\r\n--b--"),
        (
            '{"index": {}}\n{"title":"{{a}}"}\n\n{"n":{{b}}}',
            "application/x-ndjson",
            {"a": 'x"}\n{"delete":{}}', "b": 1},
            '{"index":{}}\n{"title":"x\\"}\\n{\\"delete\\":{}}"}\n{"n":1}\n',
        ),
    ],
)
def test_text_carries_values_as_its_type_allows(body, content_type, arguments, text):
    assert render(body, content_type, **arguments).decode() == text


@pytest.mark.parametrize("content_type", ["application/x-ndjson", "application/jsonl"])
def test_a_line_that_is_no_json_is_named(content_type):
    with pytest.raises(InvalidDefinition, match="line 2"):
        compile_body('{"a":{{a}}}\n{"a":{{a}}', content_type, path="handler.body")


def test_elements_become_lines():
    body: JsonValue = [{"index": {}}, {"title": "{{a}}"}]

    assert render(body, "application/x-ndjson", a="x\ny") == b'{"index":{}}\n{"title":"x\\ny"}\n'


def test_text_refuses_what_it_cannot_hold():
    refused = {None: ("\ud800", ["a"]), "text/xml": ("\x00", "\ufffe")}
    for content_type, values in refused.items():
        for value in values:
            with pytest.raises(InvalidArguments):
                render("<{{a}}", content_type, a=value)


@pytest.mark.parametrize("body", ["--b\r\n\r\n{{a}}\r\n--b--", {"a": 1}, [1]], ids=str)
def test_nothing_but_written_parts_is_multipart(body):
    with pytest.raises(InvalidDefinition):
        compile_body(body, "multipart/form-data; boundary=b", path="b")


def test_another_charset_is_refused_because_utf_8_is_sent():
    with pytest.raises(InvalidDefinition, match="UTF-8"):
        compile_body("x", "text/plain; charset=iso-8859-1", path="handler.body")


def test_repeating_a_value_cannot_fill_the_memory():
    for body in ("{{a}}" * 1000, json.dumps(["{{a}}"] * 1000)):
        with pytest.raises(InvalidArguments, match="bytes"):
            render(body, a="x" * 1_000_000)


def test_a_masked_secret_is_shown_in_every_encoding():
    scope = RenderScope({}, secret=masked)
    bodies: list[tuple[JsonValue, str | None, str]] = [
        ({"a": "x{{secrets.KEY}}", "b": "{{secrets.KEY}}"}, None, '{"a":"x$","b":"$"}'),
        ("a={{secrets.KEY}}", FORM, "a=$"),
        ("x {{secrets.KEY|url}} {{secrets.KEY|json}}", "text/plain", "x $ $"),
    ]
    for body, content_type, shown in bodies:
        rendered = compile_body(body, content_type, path="b").render(scope).decode()
        assert rendered == shown.replace("$", "‹secret KEY›")


def test_a_revealed_secret_stays_inside_its_string():
    scope = RenderScope({}, secret=lambda _: '","admin":"1')
    body = compile_body({"key": "{{secrets.KEY}}", "x": "a {{secrets.KEY}}"}, None, path="b")

    assert set(json.loads(body.render(scope))) == {"key", "x"}
