"""The text a person reads on a card: for the model, and for whoever cannot draw one."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from deftly.domain.widget.budget import DEPTH_LIMIT
from deftly.values import JsonObject, JsonValue, depth_of

SPOKEN_LIMIT: Final = 2_000

_BLANKS: Final = re.compile(r"\s+")
# Where a block holds further ones; what is behind a button is not read until it is pressed.
_HELD: Final = ("body", "items", "rows", "actions")


def spoken(card: JsonObject) -> str:
    """Return what is read on a card, one line for each block, 2,000 characters at most.

    Inputs are read as ``[Label: value]``, buttons as ``[Title]``, a picture by its text. What
    cannot be seen is not read.
    """
    if depth_of(card) > 2 * DEPTH_LIMIT:
        return ""
    lines: list[str] = []
    left = SPOKEN_LIMIT
    for line in _lines(card):
        if len(line) + 1 > left:
            lines.append(f"{line[: max(left - 2, 0)]}…")
            break
        lines.append(line)
        left -= len(line) + 1
    return "\n".join(lines)


def _lines(value: JsonValue) -> Iterator[str]:
    """Yield the lines of a block and of those inside it."""
    if not isinstance(value, dict) or value.get("isVisible") is False:
        return
    read = _READ.get(str(value.get("type")))
    if read is not None:
        yield from filter(None, map(_line, read(value)))
        return
    for key in _HELD:
        for one in _listed(value, key):
            yield from _lines(one)


def _line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _listed(value: JsonObject, key: str) -> list[JsonValue]:
    found = value.get(key)
    return found if isinstance(found, list) else []


def _said(value: JsonObject, *keys: str) -> str:
    """Return the first of these properties that is a text with something in it."""
    found = (value.get(key) for key in keys)
    return next((str(one) for one in found if isinstance(one, str | int | float) and one != ""), "")


def _text(value: JsonObject) -> Iterator[str]:
    yield _said(value, "text")


def _runs(value: JsonObject) -> Iterator[str]:
    runs = _listed(value, "inlines")
    yield "".join(_said(one, "text") if isinstance(one, dict) else str(one) for one in runs)


def _facts(value: JsonObject) -> Iterator[str]:
    for one in _listed(value, "facts"):
        if isinstance(one, dict):
            yield f"{_said(one, 'title')}: {_said(one, 'value')}"


def _picture(value: JsonObject) -> Iterator[str]:
    text = _said(value, "altText")
    yield f"({text})" if text else ""


def _pictures(value: JsonObject) -> Iterator[str]:
    for one in _listed(value, "images"):
        if isinstance(one, dict):
            yield from _picture(one)


def _columns(value: JsonObject) -> Iterator[str]:
    """Yield columns of one line each as one line, others one after the other."""
    columns = [list(_lines(one)) for one in _listed(value, "columns")]
    if all(len(column) <= 1 for column in columns):
        yield " ".join(line for column in columns for line in column)
    else:
        for column in columns:
            yield from column


def _row(value: JsonObject) -> Iterator[str]:
    cells = (" ".join(_lines(cell)) for cell in _listed(value, "cells"))
    yield " | ".join(cells)


def _input(value: JsonObject) -> Iterator[str]:
    label = _said(value, "label", "title", "placeholder", "id")
    filled = _chosen(value) or _said(value, "value")
    yield f"[{label}: {filled}]"


def _chosen(value: JsonObject) -> str:
    """Return the titles of what can be chosen."""
    choices = (one for one in _listed(value, "choices") if isinstance(one, dict))
    return " / ".join(_said(one, "title", "value") for one in choices)


def _button(value: JsonObject) -> Iterator[str]:
    title = _said(value, "title", "tooltip")
    yield f"[{title}]" if title else ""


_READ: Final[Mapping[str, Callable[[JsonObject], Iterator[str]]]] = {
    "TextBlock": _text,
    "RichTextBlock": _runs,
    "ColumnSet": _columns,
    "FactSet": _facts,
    "Image": _picture,
    "ImageSet": _pictures,
    "TableRow": _row,
    "Input.Text": _input,
    "Input.Number": _input,
    "Input.Date": _input,
    "Input.Time": _input,
    "Input.Toggle": _input,
    "Input.ChoiceSet": _input,
    "Action.Submit": _button,
    "Action.OpenUrl": _button,
    "Action.ShowCard": _button,
    "Action.ToggleVisibility": _button,
}
