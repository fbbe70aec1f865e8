"""Shell templates: values reach a script as variables of its environment, never as its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.template.placeholder import (
    Parts,
    Placeholder,
    parse_parts,
    placeholders_in,
    refuse,
)
from deftly.domain.template.scope import RenderScope
from deftly.domain.template.shell.flow import Flow
from deftly.domain.template.shell.grammar import ScriptReader
from deftly.domain.template.shell.judge import Judge
from deftly.domain.template.shell.nested import read_scripts
from deftly.domain.template.shell.values import shell_value
from deftly.domain.template.shell.words import Word
from deftly.values import light_value

# Linux takes 128 KiB for one argument of a program.
SCRIPT_LIMIT_BYTES: Final = 65_536
READ_LIMIT_BYTES: Final = 16_384
MAX_VARIABLES: Final = 64

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@light_value
class RenderedShell:
    """What one call runs.

    Attributes:
        script: The same in every call.
        variables: The values, for the environment of the script.
    """

    script: str
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShellTemplate:
    """A compiled command.

    Attributes:
        text: As its author wrote it.
        placeholders: In the order they stand.
        script: What runs, with references to variables in their places.
        allow_options: Parameters whose values may begin with ``-`` or ``@``.
    """

    text: str
    placeholders: tuple[Placeholder, ...]
    script: str
    allow_options: frozenset[str] = frozenset()
    _variables: Mapping[str, Placeholder] = field(default_factory=dict, repr=False)

    def render(self, scope: RenderScope) -> RenderedShell:
        """Return the script and the variables of one call.

        Raises:
            InvalidArguments: A value that no command may be given; see `shell_value`.
        """
        return RenderedShell(
            self.script,
            {
                name: shell_value(placeholder, scope, self.allow_options)
                for name, placeholder in self._variables.items()
            },
        )


def compile_shell(
    command: str, *, path: str = "handler.command", allow_options: frozenset[str] = frozenset()
) -> ShellTemplate:
    """Return the compiled command.

    A script with placeholders is read as POSIX sh has it, and refused where its meaning cannot
    be told for certain; one without them is the author's alone and runs as it is.

    Raises:
        InvalidDefinition: A placeholder where a value could be more than one word of data, a
            script that shells read differently, or ``allow_options`` that name nothing.
    """
    text = command.replace("\r\n", "\n")
    parts = parse_parts(text, path, loose_ends=True)
    placeholders = tuple(placeholders_in(parts))
    _check(text, placeholders, path)
    _check_options(placeholders, allow_options, path)
    if not placeholders:
        return ShellTemplate(command, (), text)
    script = ScriptReader(parts, path)
    _judge(read_scripts(script, path), allow_options)
    names = {one: f"DEFTLY_{at}" for at, one in enumerate(dict.fromkeys(placeholders), 1)}
    return ShellTemplate(
        command,
        placeholders,
        _with_references(parts, names, script.quoted),
        allow_options,
        {name: placeholder for placeholder, name in names.items()},
    )


def _check(text: str, placeholders: tuple[Placeholder, ...], path: str) -> None:
    if fault := _CONTROL.search(text):
        refuse(path, f"the command holds {fault[0]!a}, which no script can; remove it.")
    limit = READ_LIMIT_BYTES if placeholders else SCRIPT_LIMIT_BYTES
    if len(text.encode()) > limit:
        refuse(path, f"the command is over {limit} bytes; shorten it.")
    if len(set(placeholders)) > MAX_VARIABLES:
        refuse(path, f"the command has more than {MAX_VARIABLES} different placeholders.")
    for placeholder in placeholders:
        if placeholder.secret:
            refuse(
                path,
                f"{placeholder} would be readable by everything the command starts; a secret's "
                "place is a header of an http action.",
            )


def _check_options(
    placeholders: tuple[Placeholder, ...], allow_options: frozenset[str], path: str
) -> None:
    unused = sorted(allow_options - {one.argument for one in placeholders})
    if unused:
        where = path.rpartition(".")[0]
        refuse(
            f"{where}.allowOptions" if where else "allowOptions",
            f"{unused[0]} is in no placeholder of the command; take it out of allowOptions.",
        )


def _judge(scripts: list[ScriptReader], allow_options: frozenset[str]) -> None:
    flow = Flow(command for script in scripts for command in script.commands)
    for script in scripts:
        judge = Judge(script, flow, allow_options)
        for one in script.sums:
            judge.sum(one.at, Word("", names=one.names, inner=one.inner))
        for command in script.commands:
            judge.command(command)


def _with_references(parts: Parts, names: Mapping[Placeholder, str], quoted: set[int]) -> str:
    """Return the script with a reference for every placeholder, always inside double quotes."""
    pieces: list[str] = []
    at = 0
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            at += len(part)
        else:
            reference = f"${{{names[part]}}}"
            pieces.append(reference if at in quoted else f'"{reference}"')
            at += 1
    return "".join(pieces)
