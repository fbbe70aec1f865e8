"""JSON as a person reads it: fields line by line, lists of records as a small table."""

import re
from collections.abc import Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.values import JsonObject, JsonValue

_MOST_ROWS: Final = 8
_MOST_COLUMNS: Final = 5
_MOST_FIELDS: Final = 12
_MOST_CELL_CHARACTERS: Final = 60
_MOST_LINE_CHARACTERS: Final = 300
_TIME: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?"
)


def describe(data: JsonValue, subject: str = "") -> str:
    """Return the value in words, empty if there is nothing to tell.

    Args:
        data: What a call returned.
        subject: What it is about, such as ``Order A-1042``.
    """
    match data:
        case None:
            return ""
        case list():
            return _list(data) if data else "Nothing was found."
        case dict():
            return _record(data, subject) if data else ""
        case str() if "\n" in data:
            return data.strip()
        case _:
            return _cell(data, _MOST_LINE_CHARACTERS)


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, cut to a readable length."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= _MOST_LINE_CHARACTERS else plain[:_MOST_LINE_CHARACTERS] + " …"


def _list(items: Sequence[JsonValue]) -> str:
    records = [item for item in items if isinstance(item, dict)]
    if len(records) != len(items):
        lines = [f"- {_cell(item, _MOST_LINE_CHARACTERS)}" for item in items[:_MOST_ROWS]]
        return "\n".join([*lines, *_rest(len(items))])
    if len(records) == 1:
        return _record(records[0], "")
    return "\n".join([f"I found {len(records)}:", "", *_table(records), *_rest(len(records))])


def _rest(count: int) -> list[str]:
    return ["", f"… and {count - _MOST_ROWS} more."] if count > _MOST_ROWS else []


def _table(records: Sequence[JsonObject]) -> list[str]:
    columns = _columns(records)
    rows = [
        [_cell(record.get(name), _MOST_CELL_CHARACTERS) for name in columns]
        for record in records[:_MOST_ROWS]
    ]
    titles = [_label(name) for name in columns]
    return [_row(titles), _row(["---"] * len(columns)), *map(_row, rows)]


def _columns(records: Sequence[JsonObject]) -> list[str]:
    """Return the fields worth a column: plain ones first, as the first record orders them."""
    names = list(dict.fromkeys(name for record in records for name in record))
    plain = [n for n in names if not any(isinstance(r.get(n), (dict, list)) for r in records)]
    return (plain or names)[:_MOST_COLUMNS]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _record(record: JsonObject, subject: str) -> str:
    lists = {
        name: value
        for name, value in record.items()
        if isinstance(value, list) and any(isinstance(item, dict) for item in value)
    }
    empty = [name for name, value in record.items() if value == []]
    fields = {name: value for name, value in record.items() if name not in {*lists, *empty}}
    # A page around a list is about the list.
    if len(lists) == 1 and len(record) > len(fields) and _is_page(fields):
        return _list(next(iter(lists.values())))
    if empty and not lists and _is_page(fields):
        return "Nothing was found."
    told = [_opening(fields, subject), *_lines(fields, subject)]
    for name, value in lists.items():
        told += ["", f"{_label(name)}:", "", *_table_of(value)]
    return "\n".join(line for i, line in enumerate(told) if line or 0 < i < len(told) - 1)


def _is_page(fields: JsonObject) -> bool:
    page = {"total", "count", "page", "limit", "offset", "next", "size", "more", "cursor", "pages"}
    return all(page.intersection(wording.words(name)) for name in fields)


def _table_of(value: JsonValue) -> list[str]:
    records = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return [*_table(records), *_rest(len(records))]


def _opening(fields: JsonObject, subject: str) -> str:
    for name in ("status", "state"):
        value = fields.get(name)
        if subject and isinstance(value, str):
            return f"{subject} is {wording_of(value)}."
    return f"{subject}:" if subject else "Here is what I found:"


def wording_of(value: str) -> str:
    """Return a status code as words: ``IN_TRANSIT`` becomes ``in transit``."""
    plain = one_line(value)
    return plain.replace("_", " ").lower() if re.fullmatch(r"[A-Za-z_ -]{1,40}", plain) else plain


def _lines(fields: JsonObject, subject: str) -> list[str]:
    lines = []
    for name, value in list(fields.items())[:_MOST_FIELDS]:
        said = name in {"status", "state"} and subject and isinstance(value, str)
        named = isinstance(value, str) and subject.endswith(f" {value}")
        if value is not None and not said and not named:
            lines.append(f"- {_label(name)}: {_cell(value, _MOST_LINE_CHARACTERS)}")
    return lines


def _label(name: str) -> str:
    label = " ".join(wording.words(name)) or name
    return one_line(label[:1].upper() + label[1:])


def _cell(value: JsonValue, most: int) -> str:
    match value:
        case None:
            text = "–"
        case bool():
            text = "yes" if value else "no"
        case str():
            text = _TIME.sub(r"\1 \2", one_line(value))
        case int() | float():
            text = str(value)
        case list():
            text = ", ".join(_cell(item, most) for item in value[:_MOST_ROWS])
        case dict():
            text = ", ".join(
                f"{_label(name).lower()} {_cell(inner, most)}"
                for name, inner in list(value.items())[:_MOST_COLUMNS]
            )
    return text if len(text) <= most else text[:most].rstrip() + " …"
