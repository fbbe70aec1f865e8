"""Rendered commands in real shells: every value arrives as one word, whatever it holds.

The scripts are harmless: they print words, with a separator that no value may hold.
"""

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deftly.domain.template import RenderScope, compile_shell
from deftly.errors import InvalidArguments, InvalidDefinition
from deftly.sandbox.process import Command, start

_NAMES = ["sh", "dash", "bash"]
_FOUND = {Path(found).resolve() for one in _NAMES if (found := shutil.which(one))}
SHELLS = [
    *((str(one),) for one in sorted(_FOUND)),
    *((str(one), "--posix") for one in sorted(_FOUND) if one.name == "bash"),
]
END = "\x1f"
PRINT = r"printf '%s\037'"
HOSTILE = [
    "$(echo PWN)",
    "`echo PWN`",
    "; echo PWN",
    "| echo PWN",
    "&& echo PWN",
    "\necho PWN\n",
    '" ; echo PWN ; "',
    "' ; echo PWN ; '",
    "${IFS}echo PWN",
    "$((1+1))",
    "a[$(echo PWN)]",
    "<(echo PWN)",
    "!!",
    "~",
    "~root",
    "*",
    "?",
    "/*",
    "[a-z]",
    "!(a)",
    "$HOME",
    "${DEFTLY_2}",
    "{a,b}",
    "{1..3}",
    "a  b\tc",
    "  ",
    "",
    "\\",
    "\\n",
    "a\\",
    "#",
    "'",
    '"',
    "}",
    ")",
    "EOF",
    "x=1",
    "%s%n",
    "é\u202e😀",
]
# Each says what is around one word, and what is printed for it; `W` is the word.
PLACES = [
    "{p} W",
    "{p} W | cat",
    "( {p} W )",
    "{{ {p} W; }}",
    "true && {p} W || :",
    "if [ W = W ]; then {p} W; fi",
    'for x in W; do {p} "$x"; done',
    'x=W; {p} "$x"',
    'x=W sh -c "{p} "\'"$x"\'',
    'export x=W; {p} "$x"',
    "case W in a|*) {p} W ;; esac",
    'printf %s "$({p} W)"',
    'f() {{ {p} "$@"; }}; f W',
    'set -- W; {p} "$@"',
    'sh -c "{p} "\'"$@"\' _ W',
    'env x=W sh -c "{p} "\'"$x"\'',
    "cat <<'EOF' >/dev/null; {p} W\nit's \"\nEOF\n",
    "cat >/dev/null <<-EOF # it's\n\t\"\n\tEOF\n{p} \\\n W",
    "! {p} W >&2 2>&1 | :; {p} W",
    "while :; do {p} W; break; done <W 2>/dev/null || {p} W",
]


def words_printed(script, variables, shell):
    return printed_by(script, variables, shell).split(END)[:-1]


def printed_by(script, variables, shell):
    async def run():
        argv = (*shell, "-c", script)
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp", **variables}
        async with await start(Command(argv, environment, Path("/tmp"))) as child:
            child.end_input()
            printed = bytearray()
            while piece := await child.read():
                printed += piece
            await child.wait()
            return printed.decode()

    return asyncio.run(run())


def check(command, values, expected):
    rendered = compile_shell(command).render(RenderScope(values))
    for shell in SHELLS:
        assert words_printed(rendered.script, rendered.variables, shell) == expected, shell


@pytest.mark.parametrize(
    ("word", "around"),
    [
        ("{{Q}}", ""),
        ('"{{Q}}"', ""),
        ("a{{Q}}b", "ab"),
        ("\"a {{Q}}\"'b'", "a b"),
        ("$none{{Q}}", ""),
    ],
)
def test_every_hostile_value_is_one_word(word, around):
    words = [word.replace("Q", f"v{at}") for at in range(len(HOSTILE))]
    before, after = around[:-1], around[-1:]

    check(
        f"{PRINT} {' '.join(words)}",
        {f"v{at}": value for at, value in enumerate(HOSTILE)},
        [f"{before}{value}{after}" for value in HOSTILE],
    )


@pytest.mark.parametrize("place", PLACES)
def test_every_place_carries_the_words_it_shows(place):
    command = place.format(p=PRINT).replace("W", 'pre"{{q}}"{{r}}')
    for q, r in zip(HOSTILE[:2], HOSTILE[2:4], strict=True):
        check(command, {"q": q, "r": r}, [f"pre{q}{r}"])


_VALUES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=20
    ).filter(lambda text: not text.startswith(("-", "@"))),
)
_PIECES = st.one_of(
    st.sampled_from(["{{a}}", '"{{b}}"', '"x {{a}}\'{{b}}"', "{{b}}{{a}}"]),
    st.sampled_from(["k", "k=", "'l '", '"m\\\\"', "\\$", "\\'", "'\"'", "%", "a#", ":/"]),
)
_PLAIN = {
    "'l '": "l ",
    '"m\\\\"': "m\\",
    "\\$": "$",
    "\\'": "'",
    "'\"'": '"',
}


def seen(piece, values):
    """Return what a piece of a word stands for."""
    if "{{" not in piece:
        return _PLAIN.get(piece, piece)
    text = piece.removeprefix('"').removesuffix('"')
    # Values are put in at once: what one holds is not looked at for the other.
    parts = text.replace("{{a}}", "\x00a\x00").replace("{{b}}", "\x00b\x00").split("\x00")
    return "".join(values[one] if at % 2 else one for at, one in enumerate(parts))


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.lists(_PIECES, min_size=1, max_size=4),
    st.fixed_dictionaries({"a": _VALUES, "b": _VALUES}),
)
def test_any_word_in_any_place_carries_what_it_shows(place, pieces, values):
    command = place.format(p=PRINT).replace("W", f"w{''.join(pieces)}")

    check(command, values, ["w" + "".join(seen(one, values) for one in pieces)])


# Run as code these print PWN, a word that neither they nor any script holds.
_RUNS = [
    one.replace("echo PWN", "printf 'P%sN' W")
    for one in (*HOSTILE[:9], "} ; echo PWN ; {", ") ; echo PWN ; (", "\nE\necho PWN\n")
]
_SOUP = [
    *("{{q}}", "{{q}}", "{{q}}", " ", " ", "\n", "; ", "&& ", "| ", "( ", ") ", "{ ", "} ", "'"),
    *('"', "\\", "\\\n", "`", "$( ", ")", "$((", "))", "${x:-", "}", "$x", "$1", "$", "x=", "y=$x"),
    *("#", "<<E", "<<'E'", "\nE\n", "if ", " then ", " fi\n", "for x in ", "do ", "done ", "case "),
    *(" in ", "a) ", ";; ", "esac ", "f() ", "f ", "set -- ", "export x=", "sh -c ", "eval ", "["),
    *("*", "~", "!", "2>&1 ", "{a,b}", "env ", ":", "trap ", " EXIT", f"{PRINT} "),
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(_SOUP), max_size=10).map("".join), st.sampled_from(_RUNS))
def test_no_command_that_compiles_runs_its_value(script, value):
    try:
        template = compile_shell(f"{PRINT} {script} {{{{q}}}}")
    except InvalidDefinition:
        return
    rendered = template.render(RenderScope({"q": value}))
    for shell in SHELLS:
        assert "PWN" not in printed_by(rendered.script, rendered.variables, shell)


def test_redirections_go_where_the_value_says(tmp_path):
    name = "$(echo PWN) ' \" *"
    template = compile_shell(f"cd {tmp_path} && {PRINT} {{{{q}}}} > {{{{q}}}} && cat < {{{{q}}}}")
    rendered = template.render(RenderScope({"q": name}))

    for shell in SHELLS:
        assert words_printed(rendered.script, rendered.variables, shell) == [name]
    assert [one.name for one in tmp_path.iterdir()] == [name]


_FILE = Path(__file__).parents[1] / "fixtures" / "sandbox_shell_probes.json"
_PROBES = [one for one in json.loads(_FILE.read_text()) if "params" in one]


@pytest.mark.parametrize("probe", _PROBES, ids=[one["id"] for one in _PROBES])
def test_a_probe_is_refused_or_prints_its_value(probe):
    """Only those that print are run here; the others need the sandbox."""
    try:
        template = compile_shell(probe["command"])
        rendered = template.render(RenderScope(probe["params"]))
    except InvalidDefinition:
        assert probe["expect"] == "contained"
        return
    except InvalidArguments:
        assert probe["expect"] == "refuse"
        return
    assert probe["expect"] != "refuse"
    if not re.match(r"(printf|echo|cat) ", rendered.script):
        return
    for shell in SHELLS:
        printed = printed_by(rendered.script, rendered.variables, shell)
        assert printed == probe.get("must_equal", "")
