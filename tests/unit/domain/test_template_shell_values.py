"""What a value of a shell command may hold."""

import pytest

from deftly.domain.handler import ShellHandler
from deftly.domain.template import RenderScope, compile_shell
from deftly.errors import InvalidArguments


def render(value, template="echo {{q}}", *allow_options):
    compiled = compile_shell(template, allow_options=frozenset(allow_options))
    return compiled.render(RenderScope({"q": value}, user={"id": value})).variables["DEFTLY_1"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("$(echo PWN)", "$(echo PWN)"),
        ("a\nb\tc", "a\nb\tc"),
        ("", ""),
        (None, ""),
        (True, "true"),
        (1.0, "1"),
        ("é\u202e😀", "é\u202e😀"),
        ("a-b@c", "a-b@c"),
        ("{{r}}", "{{r}}"),
        pytest.param("x" * 8192, "x" * 8192, id="8 KiB"),
    ],
)
def test_a_value_arrives_as_it_is(value, text):
    assert render(value) == text


def test_a_missing_value_is_empty():
    rendered = compile_shell("echo {{q}} {{user.name}}").render(RenderScope({}))

    assert dict(rendered.variables) == {"DEFTLY_1": "", "DEFTLY_2": ""}


def test_the_script_is_the_same_for_every_value():
    template = compile_shell('echo {{q}} "{{user.id}}"')

    scripts = {template.render(RenderScope({"q": one})).script for one in ("a", "'; b", "$(c)")}
    assert scripts == {template.script}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("\x00", "control character"),
        ("a\rb", "control character"),
        ("\x1b[2J", "control character"),
        ("\x7f", "control character"),
        ("\x85", "control character"),
        ("\ud800", "surrogate"),
        ("-o/tmp/x", "allowOptions: [q]"),
        ("--config=/etc/passwd", "an option"),
        ("@/etc/passwd", "begins with @"),
        (-5, "begins with -"),
        pytest.param("x" * 8193, "8192 bytes", id="over 8 KiB"),
        pytest.param("é" * 4097, "8192 bytes", id="over 8 KiB of UTF-8"),
        ({"a": 1}, "{{q|json}}"),
        (["a"], "an array"),
        (float("nan"), "finite"),
    ],
)
def test_a_value_that_no_command_may_be_given_is_refused(value, says):
    with pytest.raises(InvalidArguments) as refused:
        render(value)

    assert says in refused.value.message
    assert refused.value.details[0].path == "/q"


@pytest.mark.parametrize("value", ["-5", "@file", "--all"])
def test_a_definition_can_admit_options(value):
    assert render(value, "echo {{q}}", "q") == value


@pytest.mark.parametrize("value", ["\x00", "\r", "x" * 8193])
def test_nothing_else_is_admitted_with_options(value):
    with pytest.raises(InvalidArguments):
        render(value, "echo {{q}}", "q")


@pytest.mark.parametrize("value", ["-x", "@x", "\x00"])
def test_what_the_session_gives_follows_the_same_rules(value):
    with pytest.raises(InvalidArguments) as refused:
        render(value, "echo {{user.id}}")

    assert refused.value.details[0].path == "/user/id"


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("echo {{q|json}}", {"a": ["b"]}, '{"a":["b"]}'),
        ("echo {{q|url}}", "@a b\x00\n", "%40a%20b%00%0A"),
    ],
)
def test_filters_come_first(template, value, text):
    assert render(value, template) == text


def test_a_handler_names_the_parameters_that_may_be_options():
    handler = ShellHandler.model_validate(
        {"type": "shell", "command": "ls {{q}}", "allowOptions": ["q"]}
    )

    assert handler.allow_options == ("q",)
    assert handler.wire()["allowOptions"] == ["q"]
