"""Where placeholders may stand in a shell command."""

import pytest

from deftly.domain.template import compile_shell


@pytest.mark.parametrize(
    ("command", "script"),
    [
        ("echo {{q}}", 'echo "${DEFTLY_1}"'),
        ('echo "a {{q}} b"', 'echo "a ${DEFTLY_1} b"'),
        ("echo a{{q}}b{{r}}{{q}}", 'echo a"${DEFTLY_1}"b"${DEFTLY_2}""${DEFTLY_1}"'),
        ("echo {{q}} {{q|url}}", 'echo "${DEFTLY_1}" "${DEFTLY_2}"'),
        ("echo 'a'{{q}}'b'", "echo 'a'\"${DEFTLY_1}\"'b'"),
        ('echo "$(printf %s {{q}})"', 'echo "$(printf %s "${DEFTLY_1}")"'),
        ('echo "$(printf "%s" "{{q}}")"', 'echo "$(printf "%s" "${DEFTLY_1}")"'),
        ('x={{q}}; echo "$x"', 'x="${DEFTLY_1}"; echo "$x"'),
        ("cat < {{q}} > /tmp/{{r}}", 'cat < "${DEFTLY_1}" > /tmp/"${DEFTLY_2}"'),
        ("echo a\r\necho {{q}}\r\n", 'echo a\necho "${DEFTLY_1}"\n'),
    ],
)
def test_a_placeholder_becomes_a_quoted_reference(command, script):
    assert compile_shell(command).script == script


@pytest.mark.parametrize(
    "command",
    [
        "echo hello",
        "echo 'unbalanced and alone",
        '[[ $x == a* ]] && echo "${a:-${b}}" {1..3} `date`',
        "awk '{ print $1 }' <<EOF\n$(( 1 + 2 ))\nEOF",
    ],
)
def test_a_command_without_placeholders_is_its_authors_alone(command):
    compiled = compile_shell(command)

    assert (compiled.script, compiled.placeholders) == (command, ())


@pytest.mark.parametrize(
    "command",
    [
        "curl -sS https://wttr.in/{{city|url}}?format=3",
        'curl -sS -H "X-Name: {{name}}" --data-urlencode q={{q}} https://api.example.com/',
        'for x in {{a}} {{b}} c; do echo "$x"; done',
        "for n in $(seq 1 {{n}}); do echo $n; done",
        "case {{q}} in (a|b*) echo 1 ;; 'c d') echo 2 ;; *) echo 3 ; esac",
        "if [ {{q}} = a ] && ! [ -z {{r}} ]; then echo 1; elif true; then :; else echo 2; fi",
        'while read -r line; do echo "$line" {{q}}; done < list',
        "until false; do echo {{q}}; break; done | head -n 1 2>/dev/null",
        "show() { printf '%s\\n' \"$1\"; }\nshow {{q}}",
        "show() ( printf '%s\\n' \"$@\" ) >&2\nshow {{q}}",
        "set -- {{a}} {{b}}; printf '%s\\n' \"$@\"",
        "set -eu; echo {{q}}",
        "(cd /tmp && echo {{q}}) || { echo {{r}}; exit 1; }",
        "sh -c 'printf %s \"$1\"' _ {{q}}",
        "sh -euc 'printf %s \"$1\"' sh {{q}}",
        "sh ./show.sh {{q}}",
        "bash -o pipefail -c 'echo \"$1\"' _ {{q}} | cat",
        "python3 -c 'import sys; print(sys.argv[1])' {{q}}",
        "python3.11 -Ic 'import sys' --name={{q}}",
        "python3 -m json.tool {{file}}",
        "python3 - {{q}} <<'EOF'\nimport sys\nprint('it''s', sys.argv[1])\nEOF",
        "perl -we 'print $ARGV[0]' {{q}}",
        "node -e 'console.log(process.argv[1])' {{q}}",
        "awk -v n={{n}} 'BEGIN { print n + 1 }'",
        "awk -F , -vn={{n}} 'BEGIN { print n }' {{file}}",
        "sed -n -e '1p' {{file}}",
        "jq -r --arg name {{name}} '.[$name]' {{file}}",
        "find /tmp -name {{q}} -exec grep -F -- {{r}} {} +",
        "find {{q}} -exec sh -c 'cat \"$1\"' _ {} \\;",
        "timeout {{n}} echo {{q}}",
        "timeout -k 1 5 nice -n 5 env -u X name={{q}} sh -c 'echo \"$name\"'",
        "printf '%s\\0' {{q}} | xargs -0 -n 1 echo",
        "command -v {{q}}",
        'export name={{q}}; local_name={{r}}; readonly other="{{q}}"',
        'n=${x:-5} m=${x%.*} k=${#x}; echo $n "${m}" $k $((n * 2)) {{q}}',
        "echo `date` {{q}}",
        "cat <<EOF; echo {{q}}\nHello $USER, $(date)\nEOF\n",
        "cat <<'EOF' <<-OTHER\nit's\nEOF\n\tit\"s\n\tOTHER\necho {{q}} # it's\n",
        "echo {{a}} \\\n  --flag {{b}} \\\n  | cat &&\n# a comment\necho c",
        "echo \"{{a}}\"'b'\\ c*{{d}}",
        "tar -cf {{file}} -- {{q}}",
        "git -C /tmp log --author={{q}}",
        "curl -d {{body|json}} https://api.example.com/ 2>&1 >/dev/null",
        'echo \'{"a": {"b": 1}}\' {{q}}',
        "grep -e {{q}} -- {{file}}; [ -n {{q}} ]",
        "NAME={{q}} REGION={{r}} ./tool",
    ],
)
def test_words_of_ordinary_commands_hold_placeholders(command):
    assert compile_shell(command).placeholders
