"""Tables of what strangers wrote, as CSV that a spreadsheet opens as text and never runs."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

from deftly.values import JsonValue, dump_json

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
# Without it, a spreadsheet takes the bytes for those of an old code page.
MARK: Final = "\ufeff"

# With these a spreadsheet begins a formula (OWASP, "CSV Injection"); four of them also in the
# full width of East Asian scripts, and behind blanks it passes over.
_SIGNS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_BREAKS: Final = frozenset("\t\r\n")


def line_of(cells: Iterable[JsonValue]) -> str:
    """Return one line: every cell in quotes (RFC 4180), a text that could be a formula marked."""
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([_cell(one) for one in cells])
    return out.getvalue()


def _cell(value: JsonValue) -> str:
    match value:
        case None:
            return ""
        case str():
            text = value.replace("\0", "")
            is_formula = text.lstrip()[:1] in _SIGNS or text[:1] in _BREAKS
            return f"'{text}" if is_formula else text
        case _:
            return dump_json(value).decode()
