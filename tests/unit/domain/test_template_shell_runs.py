"""Commands that run their input, their arguments or an option's text, told by rules."""

import pytest

from deftly.domain.template import compile_shell
from deftly.errors import InvalidDefinition

XARGS = "echo {{q}} | xargs"
HERE = "<<'EOF'\ntrue\nEOF"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        # what xargs puts into code, or in place of options
        (f"{XARGS} -I{{}} sh -c 'echo {{}}'", "in the code that sh runs can be a value"),
        (f"{XARGS} -0I % sh -c 'echo %'", "in the code that sh runs can be a value"),
        (f"{XARGS} -0I% sh -c 'echo %'", "in the code that sh runs can be a value"),
        (f"{XARGS} --replace=% sh -c 'echo %'", "in the code that sh runs can be a value"),
        (f"{XARGS} --replace sh -c 'echo {{}}'", "in the code that sh runs can be a value"),
        (f'{XARGS} -I"$r" sh -c "$c"', "cannot be told behind -I"),
        (f"{XARGS} --repl=% sh -c 'echo %'", "cannot be told behind --repl=%"),
        (f"{XARGS} find", "what xargs gives find can be a value"),
        (f"{XARGS} tar cf a.tar", "write -- in front of what xargs adds"),
        (f"{XARGS} -I% tar cf a.tar % --", "write -- in front of what xargs adds"),
        (f"{XARGS} -I% sort %", "write -- in front of what xargs adds"),
        (f"{XARGS} -I% tar xf a.tar --to-command=%", "write -- in front of what xargs adds"),
        (f"{XARGS} git", "what xargs gives git can be a value"),
        (f"{XARGS} ssh", "what xargs gives ssh can be a value"),
        (f"{XARGS} sed s/a/b/", "write -- in front of what xargs adds"),
        (f"{XARGS} chronic sh", "runs what it reads here"),
        # words that a value cuts
        ("x=$(echo {{q}}); find /tmp $x", "unquoted where find takes options"),
        ("echo {{q}} | while read -r x; do sort $x; done", "unquoted where sort takes options"),
        ("curl $(echo {{q}})", "unquoted where curl takes options"),
        # input that is code
        ("echo {{q}} | sh -s name", "runs what it reads here"),
        ("echo {{q}} | bash -es -- name", "runs what it reads here"),
        ("echo {{q}} | python3 -ic pass", "runs what it reads here"),
        ("echo {{q}} | python3 -i -c pass", "runs what it reads here"),
        ("echo {{q}} | perl -d -e 1", "runs what it reads here"),
        ("echo {{q}} | node -i -e 1", "runs what it reads here"),
        (f"echo {{{{q}}}} | sh 3{HERE}", "runs what it reads here"),
        ("echo {{q}} | sh 3<&0 <<'EOF' <&3\ntrue\nEOF", "runs what it reads here"),
        ("echo {{q}} | awk -f -", "runs what it reads here"),
        ("echo {{q}} | sed -nf /dev/stdin file", "runs what it reads here"),
        ("echo {{q}} | . /dev/stdin", "runs what it reads here"),
        ("echo {{q}} | make -f -", "runs what it reads here"),
        ("echo {{q}} | ed file", "runs what it reads here"),
        ("echo {{q}} | lua", "runs what it reads here"),
        ("echo {{q}} | sqlite3 data.db", "runs what it reads here"),
        ("echo {{q}} | curl -sK-", "reads options from its input"),
        # commands that run another one
        ("/usr/bin/time sh -c {{q}}", "as an argument of time"),
        ("setarch x86_64 sh -c {{q}}", "as an argument of setarch"),
        ("echo {{q}} | taskset 1 sh", "runs what it reads here"),
        ("unheard-of --of sh -c {{q}}", "in the code that sh runs"),
        ('echo {{q}} | nice -n"$n" sh', "cannot be told behind -n"),
        # interpreters by other names
        ("sh +e -c {{q}}", "in the code that sh runs"),
        ("sh +c {{q}}", "in the code that sh runs"),
        ("rbash -c {{q}}", "in the code that rbash runs"),
        ("csh -c {{q}}", "csh runs what it reads here"),
        ("python3.11-dbg -c {{q}}", "in the code that python3.11-dbg runs"),
        ("perl5.36-x86_64-linux-gnu -e {{q}}", "in the code that perl5.36"),
        ("bash -c '[[ $1 -eq 1 ]]' _ {{q}}", "in the code of bash, line 1"),
        ("bash -c 'eval \"$1\"' _ {{q}}", "in the code of bash, line 1: $1"),
        # options whose text is a command, however little of their names is written
        ("tar -xf a.tar --to-comm={{q}}", "names a command"),
        ("tar -cf a.tar --checkpoint=1 --checkpoint-act {{q}} a", "names a command"),
        ("tar cIf {{q}} b.tar a", "names a command"),
        ("tar -{{q}} b.tar a", "names a command"),
        ("sort --compress={{q}}", "names a command"),
        ("sort --{{q}}", "names a command"),
        ("split --filt {{q}} file", "names a command"),
        ("git fetch --upload-p={{q}} origin", "names a command"),
        ("git {{q}}", "as the name of a command of git"),
        ("git -C /tmp {{q}}", "as the name of a command of git"),
        ("git config alias.x {{q}}", "as an argument of git config"),
        ("git -C /tmp submodule foreach {{q}}", "as an argument of git submodule"),
    ],
)
def test_what_could_run_a_value_is_refused(command, says):
    with pytest.raises(InvalidDefinition) as refused:
        compile_shell(command)

    assert says in refused.value.details[0].message


@pytest.mark.parametrize(
    "command",
    [
        f"{XARGS} -I{{}} sh -c 'echo \"$1\"' _ {{}}",
        f"{XARGS} -0I% echo %",
        f"{XARGS} tar cf a.tar --",
        f"{XARGS} -I{{}} curl -s https://api.example.com/{{}}",
        f"{XARGS} -I% tar cf a.tar -- %",
        "awk -F: -v n={{n}} '$3 > n { print $1 }' file",
        f"{XARGS} sed s/a/b/ --",
        f"echo {{{{q}}}} | sh -s name {HERE}",
        f"sh 0{HERE}\necho {{{{q}}}}",
        "echo {{q}} | perl -pe 's/a/b/'",
        "df | awk '/dev/ {print $1}' | grep {{q}}",
        "echo {{q}} | sqlite3 data.db 'select 1'",
        "echo {{q}} | bc",
        "lua show.lua; echo {{q}}",
        "sh -c ls; echo {{q}}",
        'for x in $(echo {{q}}); do sort "$x"; done',
        "tar -czf {{file}} INFO/{{q}}",
        "tar cf {{file}} INFO",
        "sort -k 2 --reverse {{file}}",
        "git log --author={{q}}",
        "git clone {{url}} /tmp/a",
        "grep -c sh {{file}}",
        "cat file-{}-{{q}}",
    ],
)
def test_what_carries_a_value_as_data_is_taken(command):
    assert compile_shell(command).placeholders
