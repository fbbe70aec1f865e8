"""What the terminal shows: words on standard output, complaints on standard error.

Texts from models, servers and files are printed inert: no markup, no control characters.
Rich and the domain are imported with the first word, so that --help needs neither.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from deftly.cli.wrapping import Column

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from deftly.errors import DeftlyError
    from deftly.values import JsonObject, JsonValue

_WIDE: Final = 240  # where nobody looks, nothing is wrapped


@cache
def _out() -> "Console":
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, width=_width(is_terminal=sys.stdout.isatty()))


@cache
def _err() -> "Console":
    from rich.console import Console

    # Sentences are broken between words; output that somebody may copy never is.
    somebody_looks = sys.stderr.isatty()
    width = _width(is_terminal=somebody_looks)
    return Console(highlight=False, soft_wrap=not somebody_looks, stderr=True, width=width)


def _width(*, is_terminal: bool) -> int | None:
    return None if is_terminal else _WIDE


def is_interactive() -> bool:
    """Tell whether somebody sits there who can be asked; questions go to standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def inert(text: str) -> str:
    """Return the text with everything a terminal would act on spelled out."""
    from deftly.domain.summary import visible

    return "\n".join(visible(line) for line in text.expandtabs(4).splitlines())


def _styled(*parts: tuple[str, str]) -> "Text":
    from rich.text import Text

    return Text.assemble(*((inert(text), style) for text, style in parts))


def say(text: str = "", style: str = "") -> None:
    """Print a line."""
    _out().print(_styled((text, style)))


def say_piece(text: str, style: str = "") -> None:
    """Print a piece of a line that goes on."""
    out = _out()
    # A last line break would be lost in splitting; it belongs to what goes on.
    out.print(_styled((text, style)), end="\n" if text.endswith("\n") else "")
    out.file.flush()


def columns() -> int | None:
    """Return how wide the terminal is, None where nobody looks."""
    return _out().width if sys.stdout.isatty() else None


def say_parts(*parts: tuple[str, str], end: str = "\n") -> None:
    """Print one line of differently styled texts: pairs of text and style."""
    _out().print(_styled(*parts), end=end)


def say_labelled(label: str, text: str, *, margin: int, label_style: str, style: str = "") -> None:
    """Print a label, and a text in a column of its own beside it."""
    say_parts((label.ljust(margin), label_style), end="")
    say_piece(Column(margin, columns()).set(inert(text)), style=style)
    say()


def hint(text: str) -> None:
    """Print a line about the output, which is not part of it."""
    _err().print(_styled((text, "dim")))


def complain(message: str) -> None:
    """Print an error as a sentence."""
    _err().print(_styled(("deftly: ", "bold red"), (message, "")))


def complain_of(fault: "DeftlyError") -> None:
    """Print an error with all its details, each with the field it is about."""
    told = [_located(one.path, one.message) for one in fault.details if one.message]
    if len(told) == 1 and fault.details[0].message == fault.message:
        complain(told[0])
        return
    # The headline of several is the first of them.
    several = len(told) > 1 and fault.message.startswith(fault.details[0].message)
    complain(f"{len(told)} things are wrong:" if several else fault.message)
    for sentence in told:
        _err().print(_styled((f"  - {sentence}", "")))


def _located(path: str, message: str) -> str:
    field = path.lstrip("/")
    return message if not field or field in message else f"{field}: {message}"


def warn(message: str) -> None:
    """Print something that may surprise later."""
    _err().print(_styled(("warning: ", "yellow"), (message, "")))


def print_json(value: "JsonValue | JsonObject") -> None:
    """Print JSON for programs: indented, no colours, nothing besides."""
    import json

    text = json.dumps(value, indent=2, ensure_ascii=False)
    # A lone surrogate cannot be written; as an escape it can.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, wrap: int) -> None:
    """Print a table; column ``wrap`` gives way where the terminal is narrow."""
    from rich import box
    from rich.table import Table

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        grid.add_column(column, overflow="fold", no_wrap=index != wrap)
    for row in rows:
        grid.add_row(*(_styled((cell, "")) for cell in row))
    _out().print(grid, soft_wrap=False)


def panel(
    title: str,
    headline: str,
    lines: Sequence[tuple[str, str]],
    *,
    texts: Sequence[str] = (),
    note: str,
) -> None:
    """Print a headline, texts and labelled lines in a frame, beside the output."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(_styled((label, "dim")), _styled((text, "")))
    apart = [part for text in texts for part in ("", _styled((text, "")))]
    frame = Panel(
        Group(_styled((headline, "bold")), *apart, "", grid, "", _styled((note, "dim"))),
        title=_styled((title, "bold")),
        title_align="left",
        border_style="yellow",
        expand=False,
        padding=(1, 2),
    )
    _err().print(frame, soft_wrap=False)


def ask(text: str) -> None:
    """Print what a person is to answer, and leave the cursor behind it."""
    sys.stderr.write(text)
    sys.stderr.flush()


@contextmanager
def spinner(text: str) -> Iterator[None]:
    """Show that something is under way, on a terminal only; without a text show nothing."""
    err = _err()
    if not (text and err.is_terminal):
        yield
        return
    with err.status(_styled((text, "dim")), spinner="dots"):
        yield


def end_line() -> None:
    """Leave the cursor at the start of a line, after an interrupt."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def silence() -> None:
    """Let nothing more be written: the reader has gone."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
