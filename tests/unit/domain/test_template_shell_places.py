"""Places in a shell command where no placeholder may stand: quotes, expansions, grammar."""

import pytest

from deftly.domain.template import compile_shell
from deftly.errors import InvalidDefinition


def refusal(command, *allow_options):
    with pytest.raises(InvalidDefinition) as refused:
        compile_shell(command, allow_options=frozenset(allow_options))
    return refused.value.details[0]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        # quotes and text
        ("echo '{{q}}'", "in single quotes; write it outside the quotes"),
        ("sh -c 'echo {{q}}'", "sh -c '… \"$1\"'"),
        ("echo $'{{q}}'", "differently"),
        ('echo $"{{q}}"', "differently"),
        ("echo a # {{q}}", "in a comment"),
        ("# {{q}}\necho", "in a comment"),
        ("echo {{q}} 'a", "never closed"),
        ('echo {{q}} "a', "never closed"),
        ('echo "$(echo {{q}}"', "never closed"),
        ("echo {{q}} $(echo", "ends before )"),
        ("echo {{q}} `date", "never closed"),
        ("echo \\{{q}}", "right after a \\"),
        ('echo "\\{{q}}"', "right after a \\"),
        ('echo "${{q}}"', "right after a $"),
        ("echo ${{q}}", "right after a $"),
        ("echo {{q}} \\", "ends in a \\"),
        ("cat <<EOF\n{{q}}\nEOF", "in a here-document"),
        ("cat <<'EOF'\n{{q}}\nEOF", "in a here-document"),
        ("cat <<-\tEOF\n\t{{q}}\n\tEOF\n", "in a here-document"),
        ("cat <<{{q}}\n{{q}}\n", "the end of a here-document"),
        ("cat <<EOF {{q}}\na", "never ends"),
        ("cat <<< {{q}}", "differently"),
        ("echo {a,{{q}}}", "unquoted [ or {"),
        ("ls [{{q}}]", "unquoted [ or {"),
        # expansions
        ("echo $(( {{q}} ))", "inside $((…)); use expr"),
        ("echo $((1+{{q}}))", "inside $((…))"),
        ("echo $[{{q}}]", "differently"),
        ("(( x = {{q}} ))", "differently"),
        ("echo ${x:-{{q}}}", "inside ${…}"),
        ('echo "${x#{{q}}}"', "inside ${…}"),
        ('echo "${x#"{{q}}"}"', "inside ${…}"),
        ("echo ${x/a/{{q}}}", "${…}"),
        ("echo ${!x} {{q}}", "${…}"),
        ("echo ${x@P} {{q}}", "${…}"),
        ("echo `echo {{q}}`", "in backquotes; write $( … )"),
        ("n={{n}}; echo $((n + 1))", "$n, which can hold a value, stands inside $((…))"),
        ("n={{n}}; echo $(($n + 1))", "$n"),
        ("cat <({{q}})", "differently"),
        ("cat <(echo {{q}})", "differently"),
        # names of commands
        ("{{q}}", "as the name of a command; write the command out"),
        ("{{q}} arg", "name of a command"),
        ('"{{q}}" arg', "name of a command"),
        ("/usr/bin/{{q}}", "name of a command"),
        ("$x{{q}}", "name of a command"),
        ("$(echo {{q}}) a", "name of a command"),
        ('x={{q}}; "$x" a', "name of a command"),
        ("x=1 {{q}}", "name of a command"),
        ("> /tmp/f {{q}}", "name of a command"),
        ("echo a | {{q}}", "name of a command"),
        ("echo a && {{q}}", "name of a command"),
        ("echo a\n{{q}}", "name of a command"),
        ("! {{q}}", "name of a command"),
        ("{ {{q}}; }", "name of a command"),
        ("({{q}})", "name of a command"),
        ("if {{q}}; then :; fi", "name of a command"),
        ("while :; do {{q}}; done", "name of a command"),
        ("case a in a) {{q}};; esac", "name of a command"),
        ("echo $({{q}})", "name of a command"),
        ('echo "$({{q}})"', "name of a command"),
        ("f() { {{q}}; }", "name of a command"),
        ('f() { "$@"; }; f {{q}}', "name of a command"),
        ("env {{q}} ls", "name of a command"),
        ("env -i A=1 {{q}}", "name of a command"),
        ("exec {{q}}", "name of a command"),
        ("command {{q}}", "name of a command"),
        ("nohup nice -n 5 {{q}}", "name of a command"),
        ("timeout 5 {{q}}", "name of a command"),
        ("sudo -u nobody {{q}}", "name of a command"),
        ("xargs -n 1 {{q}}", "name of a command"),
        ("find . -exec {{q}} \\;", "name of a command"),
        ("$tool {{q}}", "behind $tool"),
        ("/usr/bin/*sh -c {{q}}", "write the name of the command out"),
        ("env $x {{q}}", "behind $x"),
        ("timeout $n sh -c : {{q}}", "quote it"),
        # other words of the grammar
        ("for {{q}} in a; do :; done", "the name of a variable"),
        ("case a in {{q}}) :;; esac", "in a pattern of case"),
        ("{{q}}() { :; }", "cannot be placed here"),
        ("function f { :; }; f {{q}}", "differently"),
        ("[[ {{q}} == a ]]", "write it as POSIX sh has it"),
        ("time {{q}}", "differently"),
        ("echo {{q}} |& cat", "differently"),
        ("echo {{q}} &> f", "differently"),
        ("echo {{q}} >&{{r}}", "write the descriptor's number out"),
        ("a=(b {{q}})", "cannot be placed here"),
        ("a[{{q}}]=1", "unquoted ["),
        ("if true; then echo {{q}}", "ends before"),
        ("echo {{q}} )", "cannot be placed here"),
        ("echo {{q}} ;; echo", "cannot be placed here"),
        ("fi; echo {{q}}", "cannot be placed here"),
        ("i\\\nf {{q}}; then :; fi", "needs a blank"),
    ],
)
def test_a_place_that_is_not_surely_data_is_refused(command, says):
    problem = refusal(command)

    assert says in problem.message
    assert problem.path == "handler.command"


def test_the_sentence_names_the_line():
    assert refusal("echo a\necho b\necho '{{q}}'").message.startswith("line 3: {{q}} stands in")
