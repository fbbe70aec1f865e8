"""Commands in which a value would be code, an option, or a name that something acts on."""

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
        # commands that run what they are given
        ("eval echo {{q}}", "as an argument of eval"),
        ("e\\val echo {{q}}", "as an argument of eval"),
        ("'ev'al echo {{q}}", "as an argument of eval"),
        ("command eval {{q}}", "as an argument of eval"),
        ('x={{q}}; eval "echo $x"', "$x, which can hold a value"),
        ('x={{q}}; y="a$x"; eval "$y"', "$y"),
        ('x=$(echo {{q}}); eval "$x"', "$x"),
        ('read -r x; eval "$x"; echo {{q}}', "$x"),
        (': "${x:=$1}"; eval "$x"; echo {{q}}', "$x"),
        ('for x in {{q}}; do eval "$x"; done', "$x"),
        ('export x={{q}}; eval "$x"', "$x"),
        ('eval "$DEFTLY_1"; echo {{q}}', "$DEFTLY_1"),
        ('f() { eval "$1"; }; f {{q}}', "$1, which can hold a value"),
        (". {{q}}", "as an argument of ."),
        ("source {{q}}", "as an argument of source"),
        ("trap {{q}} EXIT", "as an argument of trap"),
        ("alias a={{q}}", "alias"),
        ("alias a='eval '; a {{q}}", "alias"),
        ("unset {{q}}", "as an argument of unset"),
        ("read {{q}}", "as an argument of read"),
        ("let {{q}}", "as an argument of let"),
        ("ssh host {{q}}", "as an argument of ssh"),
        ("set {{q}}", "write set --"),
        ("printf -v {{q}} a", "takes a variable"),
        ("[ -v {{q}} ]", "takes a variable"),
        ("sh -c {{q}}", "in the code that sh runs; give it after the code"),
        ('sh -c "echo {{q}}"', "in the code that sh runs"),
        ('/bin/sh -ec "echo {{q}}"', "in the code that sh runs"),
        ("bash -c -x {{q}}", "in the code that bash runs"),
        ("sh {{q}}", "in the code that sh runs"),
        ("sh -x {{q}}", "in the code that sh runs"),
        ("sh $flags {{q}}", "may not be there"),
        ('sh "$file" {{q}}', "may not be there"),
        ("sh -c $code {{q}}", "may not be there"),
        ("sh --rcfile {{q}} -i", "cannot be told apart"),
        ("bash --init-file {{q}}", "cannot be told apart"),
        ("env -S {{q}}", "env"),
        ("env -S 'sh -c' {{q}}", "where the command it runs cannot be told"),
        ("python3 -c \"print('{{q}}')\"", "in the code that python3 runs"),
        ("python3 {{q}}", "in the code that python3 runs"),
        ("python3 -m {{q}}", "in the code that python3 runs"),
        ("python3 -m timeit {{q}}", "cannot be told apart"),
        ("python3 - {{q}} <<EOF\nprint(1)\nEOF", "runs"),
        ("perl -e {{q}}", "in the code that perl runs"),
        ("perl -e 'print 1' -e {{q}}", "in the code that perl runs"),
        ("perl -ne 'print' {{q}}", "cannot be told apart"),
        ("perl -e 'while (<>) { print }' {{q}}", "Perl opens it"),
        ('awk "{ print {{q}} }"', "in the code that awk runs"),
        ("awk -f {{q}}", "in the code that awk runs"),
        ("awk -F{{q}} '{ print }' file", "in the code that awk runs"),
        ("sed s/a/{{q}}/", "in the code that sed runs"),
        ("sed -n {{q}} file", "in the code that sed runs"),
        ("sed -n p file -e {{q}}", "in the code that sed runs"),
        ('jq ".{{q}}" file', "in the code that jq runs"),
        ("find . -exec sh -c {{q}} \\;", "in the code that sh runs"),
        ("find {{q}} -exec sh -c 'cat {}' \\;", "can be a value"),
        ("echo {{q}} | sh", "runs what it reads here"),
        ("echo {{q}} | bash -s", "bash"),
        ("echo {{q}} | sh /dev/stdin", "runs what it reads here"),
        ("echo {{q}} | python3", "runs what it reads here"),
        ("echo {{q}} | xargs -I% sh -c 'echo %'", "can be a value"),
        ("echo {{q}} | xargs sh -c", "runs what it reads here"),
        ("echo {{q}} | xargs env", "runs what it is given"),
        ("x={{q}}; sh <<EOF\necho $x\nEOF", "runs what it reads here"),
        ("tar -xf a.tar --to-command={{q}}", "names a command"),
        ("tar -xf a.tar --to-command {{q}}", "names a command"),
        ("sort --compress-program {{q}} f", "names a command"),
        ("git -c {{q}} log", "names a command"),
        ("curl -K {{q}}", "names a command"),
        # code written into the script
        ("sh -c 'eval \"$1\"' _ {{q}}", "in the code of sh, line 1: $1"),
        ("sh -c 'echo $1' _ {{q}}", "in double quotes"),
        ("sh -c '\"$@\"' _ {{q}}", "as the name of a command"),
        ("env -i x={{q}} sh -euc 'eval \"$x\"'", "in the code of sh, line 1: $x"),
        ("trap 'eval \"$x\"' EXIT; x={{q}}", "in the code of"),
        ("x={{q}}; eval 'echo $x'", "in the code of eval"),
        ('x={{q}}; eval "$y"', "takes only what is written out"),
        ("echo {{q}}; sh -c 'echo \"'", 'in the code of sh, line 1: a " is never closed'),
        # variables something acts on
        ("PATH={{q}} env", "in PATH, which programs act on"),
        ("LD_PRELOAD={{q}} ls", "in LD_PRELOAD"),
        ('x={{q}}; PATH="$x:$PATH"; ls', "in PATH"),
        ("IFS={{q}}", "in IFS"),
        ("ENV={{q}} sh -c :", "in ENV"),
        ("BASH_ENV={{q}} bash -c :", "in BASH_ENV"),
        ("PS4={{q}}; set -x", "in PS4"),
        ("PYTHONPATH={{q}} python3 -c 1", "in PYTHONPATH"),
        ("PERL5OPT={{q}} perl -e 1", "in PERL5OPT"),
        ("NODE_OPTIONS={{q}} node -e 1", "in NODE_OPTIONS"),
        ("GIT_SSH_COMMAND={{q}} git fetch", "in GIT_SSH_COMMAND"),
        ("https_proxy={{q}} curl https://example.com", "in https_proxy"),
        ("export PATH={{q}}", "in PATH"),
        ("env LD_PRELOAD={{q}} ls", "in LD_PRELOAD"),
        ("for PATH in {{q}}; do ls; done", "in PATH"),
        ("export {{q}}", "in the names that export takes"),
        ("export -n x={{q}}", "in the names that export takes"),
        ("readonly a{{q}}=b", "in the names that readonly takes"),
        # splitting
        ("x={{q}}; echo $x", 'write it in double quotes: "$x"'),
        ("f() { echo $1; }; f {{q}}", 'write it in double quotes: "$1"'),
        ("set -- {{q}}; for x in $@; do :; done", 'write it in double quotes: "$1"'),
        # what can be in no script
        ("echo {{secrets.KEY}}", "a secret's place is a header"),
        ("echo {{q}} \x00", "no script can"),
        ("echo {{q}} \ud800", "no script can"),
        ("echo \r {{q}}", "no script can"),
        ("echo {{q", "never closed"),
        ("echo {{ 1+1 }}", "not a placeholder"),
        ("docker ps --format '{{.Names}}'", "not a placeholder"),
        (" ".join(f"{{{{a{at}}}}}" for at in range(65)), "more than 64"),
        pytest.param("#" * 65_537, "65536 bytes; shorten it", id="over 64 KiB"),
        pytest.param("echo {{q}} " + "a" * 16_384, "16384 bytes", id="over 16 KiB to be read"),
        ("echo " + "$(" * 30 + "echo {{q}}" + ")" * 30, "deep"),
    ],
)
def test_an_argument_that_is_more_than_data_is_refused(command, says):
    problem = refusal(command)

    assert says in problem.message
    assert problem.path == "handler.command"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("sed -n p {{q}}", "take it out of allowOptions"),
        ("perl -e 1 {{q}}", "take it out of allowOptions"),
        ("find . {{q}}", "take it out of allowOptions"),
        ("timeout {{q}} ls", "write them out"),
        ("x={{q}}; awk '{ print }' \"$x\"", "take it out of allowOptions"),
    ],
)
def test_a_value_that_may_be_an_option_stays_out_of_what_runs_code(command, says):
    assert compile_shell(command).placeholders
    assert says in refusal(command, "q").message


def test_values_that_may_be_options_can_follow_the_code_of_a_shell():
    assert compile_shell("sh -c 'ls \"$1\"' _ {{q}}", allow_options=frozenset({"q"})).placeholders


def test_options_allowed_to_nothing_in_the_command_are_refused():
    problem = refusal("echo {{q}} {{user.id}}", "q", "r")

    assert problem.path == "handler.allowOptions"
    assert problem.message.startswith("r is in no placeholder")
