"""Programs that run what they are given: how each tells code from data on its command line.

Patterns are of whole words. An option that is in none of them is one nobody knows about here.
"""

import re
from dataclasses import dataclass
from typing import Final

_VERSION: Final = re.compile(r"[0-9][0-9.]*(?:[a-z]{1,2}|-.*)?\Z")
_NOTHING: Final = "(?!)"
_INPUT: Final = r"(-|/dev/.*|/proc/.*)"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """How an interpreter reads its command line.

    Attributes:
        flags: Options that stand alone.
        code: Options whose next word is code, or a file of it.
        data: Options whose next word is text.
        pairs: Options followed by a name and a text.
        inline: Words that hold an option and its text, which is not empty.
        ends_at_code: Nothing behind the code is an option.
        permutes: Options may follow operands.
        asks: Options with which it runs its input, whatever else it is given.
        reads_input: Without code on its command line it runs its input.
        has_plus: What begins with ``+`` is an option as well.
    """

    flags: str = _NOTHING
    code: str = _NOTHING
    data: str = _NOTHING
    pairs: str = _NOTHING
    inline: str = _NOTHING
    ends_at_code: bool = False
    permutes: bool = False
    asks: str = _NOTHING
    reads_input: bool = True
    has_plus: bool = False


_SHELL: Final = Interpreter(
    flags=r"-[abefhiklmnuvxBCEHPT]+|\+[abefhkmnuvxBCEHPT]+|--(posix|login|norc|noprofile)",
    code=r"[-+][abefhiklmnuvxBCEHPT]*c[abefhiklmnuvxBCEHPT]*",
    data=r"[-+][abefhkmnuvx]*o",
    ends_at_code=True,
    asks=r"[-+][A-Za-z]*s[A-Za-z]*",
    has_plus=True,
)
_AWK: Final = Interpreter(
    flags=r"-F.+|--(posix|csv|traditional|sandbox|re-interval|lint)",
    code=r"-f|--file",
    data=r"-[vF]|--assign|--field-separator",
    inline=r"-v[A-Za-z_][A-Za-z0-9_]*=.*",
    permutes=True,
    asks=rf"(-f|--file=){_INPUT}",
    reads_input=False,
)

# By name without a version behind it: python3.11 is python, lua5.3 is lua.
INTERPRETERS: Final[dict[str, Interpreter]] = {
    **dict.fromkeys("ash bash dash ksh mksh rbash sh yash zsh".split(), _SHELL),
    **dict.fromkeys(
        ("python", "pypy"),
        Interpreter(
            flags=r"-[bBdEIOPqRsSuvVx]+",
            code=r"-[bBdEIOPqsSuvx]*[cm]",
            data=r"-[WX]",
            ends_at_code=True,
            asks=r"-[A-Za-z]*i[A-Za-z]*",
        ),
    ),
    "perl": Interpreter(
        flags=r"-[wWtTlX0]+|-M[A-Za-z0-9:,=]+|-C[A-Z0-9]*",
        code=r"-[wWlX0]*[eE]",
        asks=r"-[aclnpstuwWX0]*d.*",
    ),
    "ruby": Interpreter(flags=r"-[wWTl]+|-r[a-z/_]+", code=r"-[wWl]*e"),
    "php": Interpreter(flags=r"-[nq]", code=r"-r", asks=r"-a|--interactive"),
    **dict.fromkeys(
        ("node", "nodejs"),
        Interpreter(
            flags=r"--no-warnings|--input-type=module",
            code=r"-p?e|-p|--eval|--print",
            asks=r"-i|--interactive|inspect",
        ),
    ),
    **dict.fromkeys("awk gawk mawk nawk original-awk".split(), _AWK),
    **dict.fromkeys(
        ("sed", "gsed"),
        Interpreter(
            flags=r"-[nErsuz]+|-i|-i\.[A-Za-z]+|--(quiet|silent|regexp-extended|null-data|sandbox)",
            code=r"-[nErsuz]*[ef]|--expression|--file",
            permutes=True,
            asks=rf"(-[nErsuz]*f|--file=){_INPUT}",
            reads_input=False,
        ),
    ),
    **dict.fromkeys(
        ("jq", "gojq", "jaq"),
        Interpreter(
            flags=r"-[nrRcCMSeasj]+|--(raw-output|raw-input|null-input|compact-output|slurp|tab"
            r"|exit-status|sort-keys|join-output|ascii-output|monochrome-output|args|jsonargs)",
            code=r"-f|--from-file|-L",
            data=r"--indent",
            pairs=r"--(arg|argjson|slurpfile|rawfile)",
            permutes=True,
            asks=rf"(-f|--from-file=){_INPUT}",
            reads_input=False,
        ),
    ),
}


def unversioned(name: str) -> str:
    """Return the name of a program without its version: lua5.3 is lua, python3.11-dbg python."""
    return _VERSION.sub("", name)


def interpreter_of(name: str) -> Interpreter | None:
    """Return how the interpreter of this name reads its command line; None for other programs."""
    return INTERPRETERS.get(name) or INTERPRETERS.get(unversioned(name))


# Modules of Python that take data and files of data.
DATA_MODULES: Final = frozenset({"base64", "calendar", "gzip", "json", "json.tool", "uuid"})
TELLS_ONLY: Final = re.compile(r"--(version|help)|-V")


@dataclass(frozen=True, slots=True)
class Wrapper:
    """How a program that runs another one reads what stands before that one's name.

    Attributes:
        flags: Options that stand alone.
        takes: Options whose next word belongs to them.
        operands: How many words stand before the name.
        assigns: Words with ``=`` before the name are variables.
        appends: It adds words of its input at the end.
    """

    flags: str = _NOTHING
    takes: str = _NOTHING
    operands: int = 0
    assigns: bool = False
    appends: bool = False


WRAPPERS: Final[dict[str, Wrapper]] = {
    "builtin": Wrapper(),
    "busybox": Wrapper(),
    "command": Wrapper(r"-p"),
    "doas": Wrapper(r"-n", r"-u"),
    "env": Wrapper(r"-|-[i0]|-u.+|--ignore-environment", r"-[uC]", assigns=True),
    "exec": Wrapper(r"-[cl]+"),
    "ionice": Wrapper(r"-[cn][0-9]|-t", r"-[cn]"),
    "nice": Wrapper(r"-n-?[0-9]+|-[0-9]+", r"-n"),
    "nohup": Wrapper(),
    "setsid": Wrapper(r"-[cfw]+|--(ctty|fork|wait)"),
    "stdbuf": Wrapper(r"-[ioe].+", r"-[ioe]"),
    "sudo": Wrapper(r"-[nEHS]+", r"-[ug]", assigns=True),
    "timeout": Wrapper(
        r"-k.+|-s.+|--(foreground|preserve-status|verbose)|--(signal|kill-after)=.+",
        r"-[ks]",
        operands=1,
    ),
    "toybox": Wrapper(),
    "xargs": Wrapper(
        r"-[0rtxp]+|-[0rtxp]*([nPLsIdEa].+|i.*)|--replace(=.*)?"
        r"|--(null|no-run-if-empty|verbose)|--(max-args|max-procs)=.+",
        r"-[0rtxp]*[nPLsIdEa]",
        appends=True,
    ),
}
