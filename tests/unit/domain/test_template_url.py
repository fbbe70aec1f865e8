"""URL templates: where values may stand, how they are spelled, and what is refused."""

import pytest

from deftly.domain.template import RenderScope, compile_url, masked
from deftly.errors import InvalidArguments, InvalidDefinition

API = "https://api.example.com"


def render(text, **arguments):
    return compile_url(text, path="handler.url").render(RenderScope(arguments))


@pytest.mark.parametrize(
    ("text", "arguments", "url"),
    [
        ("{api}/o/{{a}}", {"a": "x/y?z#w"}, "{api}/o/x%2Fy%3Fz%23w"),
        ("{api}/o/{{a}}", {"a": "../../admin"}, "{api}/o/..%2F..%2Fadmin"),
        ("{api}/o/{{a}}", {"a": "a b+c&d=e;f"}, "{api}/o/a%20b%2Bc%26d%3De%3Bf"),
        ("{api}/o/{{a}}", {"a": "AZaz09-._~"}, "{api}/o/AZaz09-._~"),
        ("{api}/o/{{a}}", {"a": "é\u202e日"}, "{api}/o/%C3%A9%E2%80%AE%E6%97%A5"),
        ("{api}/o/{{a}}", {"a": "..."}, "{api}/o/..."),
        ("{api}/o/{{a}}", {"a": "\\"}, "{api}/o/%5C"),
        ("{api}/o/x{{a}}", {"a": "."}, "{api}/o/x."),
        ("{api}/o/{{a}}/i", {}, "{api}/o//i"),
        ("{api}/o/{{a}}/i", {"a": None}, "{api}/o//i"),
        ("{api}/o/{{a}};v={{b}}", {"a": "1", "b": "2;x"}, "{api}/o/1;v=2%3Bx"),
        ("{api}/@{{a}}:{{b}}", {"a": "1", "b": "2"}, "{api}/@1:2"),
        ("{api}?{{k}}={{v}}", {"k": "a=b", "v": "c&d"}, "{api}?a%3Db=c%26d"),
        ("{api}?q={{a}}={{b}}", {"a": "1", "b": "="}, "{api}?q=1=%3D"),
        ("{api}?{{a}}", {"a": "x=y"}, "{api}?x%3Dy"),
        ("{api}/?t={{a}}&t={{a}}", {"a": "1"}, "{api}/?t=1&t=1"),
        ("{api}/?a={{a|json}}", {"a": {"b": ["&"]}}, "{api}/?a=%7B%22b%22%3A%5B%22%26%22%5D%7D"),
        ("{api}/?a={{a|url}}", {"a": "x y"}, "{api}/?a=x%20y"),
        ("{api}/?a={{ a | url }}", {"a": "%"}, "{api}/?a=%25"),
        ("{api}/?a={{a.b.c}}", {"a": {"b": {"c": 5}}}, "{api}/?a=5"),
        ("{api}/?a={{a.0}}{{a.b}}", {"a": ["x"]}, "{api}/?a="),
        ("{api}/?a={{a.keys}}{{a.get}}", {"a": {}}, "{api}/?a="),
        ("{api}/?a={{a}}#x", {"a": "1"}, "{api}/?a=1#x"),
        ("{api}/größe/{{a}}", {"a": "1"}, "{api}/größe/1"),
        ("HTTPS://API.example.com:8443/{{a}}", {"a": "1"}, "HTTPS://API.example.com:8443/1"),
        ("http://[2001:db8::1]:80/{{a}}", {"a": "1"}, "http://[2001:db8::1]:80/1"),
    ],
)
def test_a_value_is_encoded_for_the_place_it_stands_in(text, arguments, url):
    assert render(text.replace("{api}", API), **arguments) == url.replace("{api}", API)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (1e-7, "1e-7"),
        (1e20, "100000000000000000000"),
        (1e22, "1e%2B22"),
        (True, "true"),
        (False, "false"),
        (10**40, "1" + "0" * 40),
        (-7, "-7"),
        ("1.0", "1.0"),
        ("", ""),
    ],
)
def test_every_value_has_one_spelling(value, text):
    assert render(f"{API}/?v={{{{v}}}}", v=value) == f"{API}/?v={text}"


@pytest.mark.parametrize(
    "text",
    [
        "{{a}}",
        "//{{a}}",
        "/{{a}}",
        "api.example.com/{{a}}",
        "https:/{{a}}",
        "https:///{{a}}",
        "https:{{a}}",
        "http{{a}}://x.example/",
        "{{a}}://api.example.com/",
        "file:///etc/{{a}}",
        "javascript:{{a}}",
        "https://{{a}}",
        "https://{{a}}/",
        "https://{{a}}.example.com/",
        "https://api.{{a}}.com/",
        "https://api.example.com{{a}}",
        "https://api.example.com{{a}}/x",
        "https://api.example.com.{{a}}/x",
        "https://api.example.com:{{a}}/",
        "https://api.example.com:80{{a}}/",
        "https://api.example.com:{{a}}",
        "https://{{a}}:80/",
        "https://{{a}}@api.example.com/",
        "https://u:{{a}}@api.example.com/",
        "https://u@{{a}}/",
        "https://u@api.example.com{{a}}/",
        "https://{{a}}@/",
        "https://[{{a}}]/",
        "https://[::1]{{a}}/",
        "https://api.example.com\\{{a}}",
        "https://api.example.com/a b/{{a}}",
        "https://api.example.com/{{a}}\n",
        " https://api.example.com/{{a}}",
        "https://api.example.com/#{{a}}",
        "https://api.example.com/?x#y={{a}}",
        "https://api.example.com/%{{a}}",
        "https://api.example.com/%2{{a}}",
        "https://api.example.com/?x=%{{a}}",
        "https://api.example.com/../{{a}}",
        "https://api.example.com/%2E%2e/{{a}}",
        "https://api.example.com/..;x/{{a}}",
        "https://api.example.com/{{{a}}}",
        "https://api.example.com/{{a}}}}",
        "https://api.example.com/{{a",
        "https://api.example.com/a}}",
        "https://api.example.com/{{}}",
        "https://api.example.com/{{ }}",
        "https://api.example.com/{{a b}}",
        "https://api.example.com/{{a.}}",
        "https://api.example.com/{{.a}}",
        "https://api.example.com/{{a..b}}",
        "https://api.example.com/{{a[0]}}",
        "https://api.example.com/{{a()}}",
        "https://api.example.com/{{'a'}}",
        "https://api.example.com/{{a|}}",
        "https://api.example.com/{{a|upper}}",
        "https://api.example.com/{{a|url|json}}",
        "https://api.example.com/{{é}}",
        "https://api.example.com/{{__proto__}}",
        "https://api.example.com/{{a.__dict__.b}}",
        "https://api.example.com/{{{{a}}}}",
        "https://api.example.com/{{secrets}}",
        "https://api.example.com/?a={{secrets.A.b}}",
        "https://api.example.com/?a={{secrets.__a}}",
        "https://api.example.com/{{secrets.KEY}}",
        "https://{{secrets.KEY}}.example.com/",
        "https://api.example.com/?{{secrets.KEY}}=1",
        "https://api.example.com/?{{secrets.KEY}}",
        "https://api.example.com/{{user}}",
        "https://api.example.com/{{page}}",
        "https://api.example.com/{{deftly.x}}",
        "https://api.example.com/\ud800{{a}}",
    ],
)
def test_a_placeholder_where_no_value_may_stand_is_refused_when_saved(text):
    with pytest.raises(InvalidDefinition) as refusal:
        compile_url(text, path="handler.url")

    assert [one.path for one in refusal.value.details] == ["handler.url"]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("/{{a}}/x", {"a": "."}),
        ("/{{a}}/x", {"a": ".."}),
        ("/.{{a}}/x", {"a": "."}),
        ("/%2e{{a}}/x", {"a": "."}),
        ("/{{a}}%2E", {"a": "."}),
        ("/{{a}}{{b}}{{c}}", {"a": ".", "c": "."}),
        ("/{{a}};v=1/x", {"a": ".."}),
        ("/{{a}}", {"a": ["x"]}),
        ("/{{a}}", {"a": {"b": 1}}),
        ("/?q={{a}}", {"a": []}),
        ("/?q={{a}}", {"a": "x\x00"}),
        ("/?q={{a}}", {"a": "x\r\ny"}),
        ("/?q={{a}}", {"a": "\x7f"}),
        ("/?q={{a}}", {"a": "\x85"}),
        ("/?q={{a|url}}", {"a": "\n"}),
        ("/?q={{a}}", {"a": "\ud800"}),
        ("/?q={{a|url}}", {"a": "\udc00"}),
        ("/?q={{a|json}}", {"a": ["\ud800"]}),
        ("/?q={{a}}", {"a": float("nan")}),
        ("/?q={{a}}", {"a": float("inf")}),
        ("/?q={{a}}", {"a": 10**5000}),
        ("/?q={{a}}", {"a": "x" * 20_000}),
        ("/?{{a}}=1&role=user", {"a": "role"}),
        ("/?role=user&{{a}}=1", {"a": "role"}),
        ("/?r%6fle=user&{{a}}=1", {"a": "role"}),
        ("/?{{a}}=1&{{b}}=2", {"a": "x", "b": "x"}),
    ],
)
def test_a_value_that_would_change_the_request_is_refused(text, arguments):
    with pytest.raises(InvalidArguments) as refusal:
        render(API + text, **arguments)

    assert len(refusal.value.details) == 1


def test_a_refusal_leads_to_the_argument_and_does_not_repeat_its_value():
    with pytest.raises(InvalidArguments) as refusal:
        render(f"{API}/{{{{order.id}}}}", order={"id": "hunter2\n"})

    assert refusal.value.details[0].path == "/order/id"
    assert "order.id" in refusal.value.message
    assert "hunter2" not in refusal.value.message


@pytest.mark.parametrize(
    "text",
    ["ftp://x/", "https://10.0.0.1/", "not a url", "", "https://u:p@x/ \\", "https://x/{id}"],
)
def test_a_url_without_placeholders_is_left_to_the_guard_as_it_was_written(text):
    assert render(text) == text


def test_a_template_tells_its_placeholders_in_order():
    template = compile_url(
        f"{API}/{{{{a}}}}/{{{{user.id}}}}?k={{{{secrets.KEY}}}}", path="handler.url"
    )

    assert [one.label for one in template.placeholders] == ["a", "user.id", "secrets.KEY"]
    assert [one.argument for one in template.placeholders] == ["a", None, None]
    assert [one.secret for one in template.placeholders] == [None, None, "KEY"]


def test_values_are_never_read_as_templates():
    arguments = {"a": "{{secrets.KEY}}", "b": "{{a}}"}
    template = compile_url(f"{API}/{{{{b}}}}?x={{{{a}}}}&y={{{{b}}}}", path="handler.url")

    url = template.render(RenderScope(arguments, secret=lambda _: "REVEALED"))

    assert "REVEALED" not in url
    assert url == f"{API}/%7B%7Ba%7D%7D?x=%7B%7Bsecrets.KEY%7D%7D&y=%7B%7Ba%7D%7D"


def test_arguments_cannot_name_what_the_session_or_a_secret_says():
    scope = RenderScope(
        {"user": {"id": "forged"}, "secrets": {"KEY": "forged"}, "page": {"url": "forged"}},
        user={"id": "u1"},
        secret=lambda name: f"value-of-{name}",
    )
    template = compile_url(
        f"{API}/{{{{user.id}}}}?k={{{{secrets.KEY}}}}&p={{{{page.url}}}}", path="handler.url"
    )

    assert template.render(scope) == f"{API}/u1?k=value-of-KEY&p="


def test_a_secret_is_encoded_when_revealed_and_shown_by_name_when_masked():
    template = compile_url(f"{API}/?k={{{{secrets.KEY}}}}", path="handler.url")

    assert template.render(RenderScope({}, secret=lambda _: "a&b")) == f"{API}/?k=a%26b"
    assert template.render(RenderScope({}, secret=masked)) == f"{API}/?k=‹secret KEY›"
