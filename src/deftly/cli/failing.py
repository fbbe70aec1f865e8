"""How a failed command ends: with a sentence, or for programs with an error as the API has it."""

import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from deftly.cli import terminal

if TYPE_CHECKING:
    import typer

    from deftly.errors import DeftlyError
    from deftly.values import JsonObject, JsonValue

_USAGE: Final = "Usage: "
# What the library that reads command lines says, in our words.
_WORDS: Final[Mapping[str, str]] = {
    r"Input should be a valid integer, unable to parse .*": "it must be a whole number.",
    r"Input should be a valid number, unable to parse .*": "it must be a number.",
    r"Input should be greater than or equal to (\S+)": r"it must be at least \1.",
    r"Input should be less than or equal to (\S+)": r"it must be at most \1.",
}


def of_misuse(misuse: "typer.TyperException") -> None:
    """Tell what is wrong with a command line; of a group without a command, print its help."""
    said = misuse.format_message()
    if said.startswith(_USAGE):
        if not _is_for_programs():
            sys.stderr.write(f"{said}\n")
            return
        said = "A command is missing."
    context = getattr(misuse, "ctx", None)
    path = context.command_path if context else "deftly"
    of_reason(f"{_sentence(said)} See '{path} --help'.", code="invalid_usage")


def of_fault(fault: "DeftlyError") -> None:
    """Tell an error with all its details."""
    if not _is_for_programs():
        terminal.complain_of(fault)
        return
    told: JsonObject = {"error": fault.message, "code": fault.code}
    details: list[JsonValue] = [{"path": one.path, "message": one.message} for one in fault.details]
    terminal.print_json({**told, "details": details} if details else told)


def of_reason(message: str, *, code: str) -> None:
    """Tell a sentence."""
    if _is_for_programs():
        terminal.print_json({"error": message, "code": code})
    else:
        terminal.complain(message)


def _is_for_programs() -> bool:
    """Tell whether a program reads the output, even where the command line is no good."""
    words = sys.argv[1:]
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def _sentence(said: str) -> str:
    before, colon, what = said.partition(": ")
    for theirs, ours in _WORDS.items():
        found = re.fullmatch(theirs, what)
        if found:
            return f"{before}{colon}{found.expand(ours)}"
    return said if said.endswith((".", "?", "!")) else f"{said}."
