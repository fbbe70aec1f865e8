"""Header templates: names that may be sent, values that stay one field value."""

import pytest

from deftly.domain.template import RenderScope, compile_header, compile_headers, masked
from deftly.errors import InvalidArguments, InvalidDefinition


def render(text, name="X-Test", **arguments):
    return compile_header(name, text, path="handler.headers.X").render(RenderScope(arguments))


@pytest.mark.parametrize(
    ("text", "arguments", "value"),
    [
        ("Bearer {{t}}", {"t": "abc"}, "Bearer abc"),
        ("Bearer {{t}}", {}, "Bearer"),
        ("  padded {{t}} ", {"t": "x "}, "padded x"),
        ("{{t}}", {"t": "a\tb"}, "a\tb"),
        ("{{t}}", {"t": " !~"}, "!~"),
        ("{{t}}", {"t": 1.0}, "1"),
        ("{{t|url}}", {"t": "é\r\n"}, "%C3%A9%0D%0A"),
        ("{{t|json}}", {"t": {"é": "\r\n😀"}}, '{"\\u00e9":"\\r\\n\\ud83d\\ude00"}'),
        ("{{t}}", {"t": "{{secrets.KEY}}"}, "{{secrets.KEY}}"),
        ('W/"{{t}}"', {"t": 'a", "*'}, 'W/"a\\", \\"*"'),
        ('a="{{t}}"; b="\\"{{t}}"; c={{t}}', {"t": "\\"}, 'a="\\\\"; b="\\"\\\\"; c=\\'),
        (
            '{"path": "{{t}}", "n": {{n|json}}}',
            {"t": 'x","a":"y', "n": ["z"]},
            '{"path": "x\\",\\"a\\":\\"y", "n": ["z"]}',
        ),
        ("it's {{t}}", {"t": '"'}, "it's \""),
        pytest.param("{{t}}", {"t": "x" * 8192}, "x" * 8192, id="8 KiB"),
    ],
)
def test_a_header_carries_visible_ascii(text, arguments, value):
    assert render(text, **arguments) == value


@pytest.mark.parametrize(
    "value",
    [
        "a\r\nX: 1",
        "a\n",
        "\r",
        "a\x00b",
        "\x1b",
        "\x7f",
        "\x85",
        "é",
        "\u010d\u010a",
        "嘊",
        "\u2028",
        "\ud800",
        pytest.param("x" * 8193, id="over 8 KiB"),
        ["a"],
        {"a": 1},
        float("nan"),
    ],
)
def test_a_value_no_header_can_carry_is_refused(value):
    with pytest.raises(InvalidArguments) as refusal:
        render("{{v}}", v=value)

    assert refusal.value.details[0].path == "/v"


def test_beyond_ascii_the_sentence_tells_of_the_filter():
    with pytest.raises(InvalidArguments, match=r"\{\{city\|url\}\}"):
        render("{{city}}", city="Köln")


@pytest.mark.parametrize(
    "name",
    [
        "Host",
        "content-length",
        "TRANSFER-ENCODING",
        "Connection",
        "Keep-Alive",
        "Proxy-Anything",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "HTTP2-Settings",
        "Accept-Encoding",
        ":path",
        ":authority",
        "",
        " ",
        "X Y",
        "X:",
        "X-Ü",
        "X\r\nY",
        "X-{{n}}",
        "{{n}}",
        "X\x00",
        "X(",
        "x" * 129,
    ],
)
def test_a_name_that_is_not_the_authors_to_set_is_refused(name):
    with pytest.raises(InvalidDefinition):
        compile_header(name, "x", path="handler.headers")


@pytest.mark.parametrize(
    "name", ["Authorization", "X-Api-Key", "Accept", "content-type", "Origin", "X!#$%&'*+.^_`|~9"]
)
def test_other_names_are_fine(name):
    assert compile_header(name, "x", path="h").render(RenderScope({})) == "x"


@pytest.mark.parametrize(
    "text",
    ["a\r\nb", "a\nb", "é", "\x00", "{{", "}}", "{{a", pytest.param("x" * 8193, id="over 8 KiB")],
)
def test_a_written_value_no_header_can_carry_is_refused_when_saved(text):
    with pytest.raises(InvalidDefinition):
        compile_header("X-Test", text, path="handler.headers.X-Test")


def test_the_same_name_in_another_case_is_refused():
    with pytest.raises(InvalidDefinition) as refusal:
        compile_headers({"X-Key": "1", "x-key": "2"}, path="handler.headers")

    assert refusal.value.details[0].path == "handler.headers.x-key"


def test_headers_keep_their_order():
    headers = compile_headers({"B": "1", "A": "{{x}}"}, path="handler.headers")

    assert [one.name for one in headers] == ["B", "A"]


def test_a_type_cannot_depend_on_a_value():
    with pytest.raises(InvalidDefinition):
        compile_header("Content-Type", "{{type}}", path="handler.headers.Content-Type")


def test_a_value_cannot_add_a_cookie():
    with pytest.raises(InvalidDefinition, match=r"\{\{id\|url\}\}"):
        compile_header("Cookie", "id={{id}}", path="handler.headers.Cookie")

    assert render("id={{id|url}}", name="Cookie", id="1; admin=1") == "id=1%3B%20admin%3D1"


def test_a_masked_secret_passes_untouched_and_a_bad_one_is_named_without_its_value():
    header = compile_header("Authorization", "Bearer {{secrets.KEY}}", path="h")

    assert header.render(RenderScope({}, secret=masked)) == "Bearer ‹secret KEY›"
    with pytest.raises(InvalidArguments) as refusal:
        header.render(RenderScope({}, secret=lambda _: "hunter2\n"))
    assert "secrets.KEY" in refusal.value.message
    assert "hunter2" not in refusal.value.message
