"""What is known of a definition's file: its name, its stamp, what it says or why it cannot."""

import re
from dataclasses import dataclass
from typing import Final

from deftly.values import JsonObject

# Hidden files and what editors and office programs leave beside the file they edit.
_DEFINITION: Final = re.compile(r"[^.#~/\0][^/\0]*\.ya?ml")
_TOOL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What changes when a file changes, without reading it.

    Attributes:
        mtime_ns: When its bytes were changed, in nanoseconds.
        ctime_ns: When its bytes or its rights were changed; nobody can set it back.
        size_bytes: How long it is.
        inode: Which file the name stands for.
    """

    mtime_ns: int
    ctime_ns: int
    size_bytes: int
    inode: int


UNKNOWN_STAMP: Final = FileStamp(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """A file that was read.

    Attributes:
        name: Its name in the folder.
        sha256: Of its bytes; what ``expected_sha256`` is compared with.
        definition: What it says, in the file's order.
    """

    name: str
    sha256: str
    definition: JsonObject


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file (or the folder) that cannot be used, and what to do about it.

    Attributes:
        file: Its name; the folder's for the folder.
        line: Counted from 1; None when it is about the whole file.
        message: A sentence that says what is wrong.
        fix: A sentence that says what to do.
        sha256: Of the bytes, if they could be read.
    """

    file: str
    line: int | None
    message: str
    fix: str
    sha256: str | None = None


def is_definition(name: str) -> bool:
    """Tell whether a file of this name is a definition: ``*.yaml`` or ``*.yml``, not hidden."""
    return _DEFINITION.fullmatch(name) is not None


def file_for(tool: str) -> str:
    """Return the name of the file that is made for a tool.

    Raises:
        ValueError: It is no tool name.
    """
    if not _TOOL.fullmatch(tool):
        raise ValueError(f"{tool!r} cannot name a file: letters, digits, '_' and '-' only.")
    return f"{tool}.yaml"
