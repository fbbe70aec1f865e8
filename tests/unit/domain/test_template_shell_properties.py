"""Whatever a command looks like, it is compiled or refused with a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from deftly.domain.template import RenderScope, compile_shell
from deftly.errors import InvalidDefinition

_TOKENS = st.sampled_from(
    [
        *("{{q}}", "{{q|url}}", "{{user.id}}", "printf ", "a", "1", "x=", "y=$x", "$x", "$1", "$"),
        *(" ", "\n", "\t", "; ", "& ", "&& ", "| ", "( ", ") ", "{ ", "} ", "'", '"', "\\", "\\\n"),
        *(
            "`",
            "$(",
            "$((",
            "))",
            "${x",
            "${x:-",
            "}",
            "#",
            " #",
            "<<E",
            "<<'E'",
            "\nE\n",
            "<",
            ">",
        ),
        *("if ", "then ", "else ", "fi ", "while ", "do ", "done ", "for x in ", "case ", "in "),
        *("a) ", ";; ", "esac ", "f() ", "set -- ", "export ", "! ", "sh -c ", "eval ", "env "),
        *("[", "]", "*", "?", "~", "=", "+", "!", "2>&1 ", "{a,b}", "é", "[[ ", "&>", "<(", "-c "),
        *("find . -exec ", "xargs ", "awk ", "perl -e ", "python3 ", "trap ", "read x", "timeout "),
    ]
)
_SCRIPTS = st.lists(_TOKENS, max_size=14).map("".join)


@given(_SCRIPTS)
def test_any_command_is_compiled_or_refused_with_a_sentence(script):
    try:
        compiled = compile_shell(script)
    except InvalidDefinition as refused:
        compiled, problem = None, refused.details[0]
    if compiled is None:
        assert problem.path == "handler.command"
        assert problem.message.endswith(".")
        return
    assert compiled == compile_shell(script)
    rendered = compiled.render(RenderScope({"q": "$(v)"}, user={"id": "$(v)"}))
    assert "$(v)" not in rendered.script
    assert rendered.script == script or set(rendered.variables.values()) <= {"$(v)", "%24%28v%29"}


@given(_SCRIPTS, st.text(max_size=5).filter(lambda text: "{" not in text))
def test_a_command_without_placeholders_is_never_changed(script, text):
    plain = script.replace("{{q}}", "").replace("{{q|url}}", "").replace("{{user.id}}", "") + text
    try:
        compiled = compile_shell(plain)
    except InvalidDefinition:
        return
    assert compiled.script == plain.replace("\r\n", "\n")
    assert dict(compiled.render(RenderScope({})).variables) == {}
