"""Hosts in URL templates: written out, but for one label an author may admit."""

import pytest

from deftly.domain.template import RenderScope, compile_url
from deftly.errors import InvalidArguments, InvalidDefinition


def render(text, **arguments):
    template = compile_url(text, path="handler.url", allow_host_parameter=True)
    return template.render(RenderScope(arguments))


@pytest.mark.parametrize(
    "text",
    [
        "https://{{a}}/",
        "https://{{a}}.com/",
        "https://{{a}}.com./",
        "https://{{a}}.{{b}}.example.com/",
        "https://x{{a}}.example.com/",
        "https://{{a}}{{b}}.example.com/",
        "https://api.example.{{a}}/",
        "https://10.0.0.{{a}}/",
        "https://{{a}}.0.0.1/",
        "https://{{a}}.0x7f.1/",
        "https://{{a}}.example.com:{{b}}/",
        "https://{{a}}@x.example.com/",
        "https://{{user.region}}.example.com/",
        "https://{{page.region}}.example.com/",
        "https://{{secrets.KEY}}.example.com/",
    ],
)
def test_an_admitted_host_label_is_one_whole_label_in_front_of_a_domain(text):
    with pytest.raises(InvalidDefinition):
        compile_url(text, path="handler.url", allow_host_parameter=True)


@pytest.mark.parametrize("label", ["eu", "EU-1", "a", "7", "x" * 63, 5])
def test_an_admitted_host_label_takes_one_label(label):
    url = render("https://{{r}}.example.com:8443/x", r=label)

    assert url == f"https://{label}.example.com:8443/x"


@pytest.mark.parametrize(
    "label",
    [
        "",
        None,
        "a.b",
        "a/",
        "a@b",
        "a:1",
        "-a",
        "a-",
        "x" * 64,
        "é",
        "a b",
        "a%2eb",
        "xn--80ak6aa92e",
        "a\n",
        "[",
        1.5,
    ],
)
def test_an_admitted_host_label_takes_nothing_else(label):
    with pytest.raises(InvalidArguments):
        render("https://{{r}}.example.com/x", r=label)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://API.Example.com:8443/{{a}}", "api.example.com"),
        ("https://api.example.com?x={{a}}", "api.example.com"),
        ("https://api.example.com", "api.example.com"),
        ("https://[2001:DB8::1]/{{a}}", "[2001:db8::1]"),
        ("https://{{r}}.example.com/", None),
        ("https://", None),
        ("https://a\\@b/", None),
        ("mailto:x", None),
    ],
)
def test_the_host_is_told_when_no_value_can_change_it(text, host):
    template = compile_url(text, path="handler.url", allow_host_parameter=True)

    assert template.static_host == host
