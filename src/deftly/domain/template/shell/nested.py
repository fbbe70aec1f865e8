"""Code inside a script: what ``sh -c``, ``eval`` and ``trap`` are given is read as a script too."""

import re
from collections.abc import Iterator
from typing import Final

from deftly.domain.template.placeholder import refuse
from deftly.domain.template.shell.grammar import ScriptReader
from deftly.domain.template.shell.programs import INTERPRETERS
from deftly.domain.template.shell.words import Command, Word

_SHELLS: Final = frozenset(name for name, kind in INTERPRETERS.items() if kind.has_plus)
_RUNS_WORDS: Final = frozenset({"eval", "trap"})
_BEFORE_A_NAME: Final = ("", "builtin", "command")
_MAX_SCRIPTS: Final = 64


def read_scripts(outermost: ScriptReader, path: str) -> list[ScriptReader]:
    """Return the script, read, and every script written out in it, read.

    Raises:
        InvalidDefinition: Anything in one of them that cannot be told for certain.
    """
    outermost.script()
    readers = [outermost]
    for reader in readers:
        for name, code in _codes(reader.commands):
            if len(readers) >= _MAX_SCRIPTS:
                refuse(path, f"more than {_MAX_SCRIPTS} scripts are written into this one.")
            inner = ScriptReader((code,), path, name)
            inner.script()
            readers.append(inner)
    return readers


def _codes(commands: list[Command]) -> Iterator[tuple[str, str]]:
    for command in commands:
        before = _BEFORE_A_NAME[0]
        for at, word in enumerate(command.words):
            name = (word.literal or "").rpartition("/")[2]
            code = ""
            if name in _SHELLS:
                code = _code_of(command.words[at + 1 :], name)
            elif name in _RUNS_WORDS and before in _BEFORE_A_NAME:
                code = _text_of(command.words[at + 1 :])
            before = name
            if code:
                yield name, code


def _code_of(words: tuple[Word, ...], name: str) -> str:
    """Return the code behind ``-c``, empty if there is none or it is not written out."""
    kind, has_option = INTERPRETERS[name], False
    for word in words:
        text = word.literal or ""
        if not text.startswith(("-", "+")):
            return text if has_option else ""
        has_option |= bool(re.fullmatch(kind.code, text))
    return ""


def _text_of(words: tuple[Word, ...]) -> str:
    return " ".join(word.literal for word in words if word.literal and word.literal != "-")
