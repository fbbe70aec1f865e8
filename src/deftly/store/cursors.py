"""Cursors of lists in the order of commit: a place in one list, opaque to callers."""

import base64
import binascii

from deftly.errors import InvalidRequest, Problem


def cursor_of(which: str, seq: int) -> str:
    """Return the cursor of what comes after a row of the list ``which``."""
    return base64.urlsafe_b64encode(f"{which}:{seq}".encode()).rstrip(b"=").decode()


def place_of(which: str, cursor: str) -> int:
    """Return the row's place.

    Raises:
        InvalidRequest: The cursor is none of this list's.
    """
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        seq = int(text.removeprefix(f"{which}:"))
    except (ValueError, binascii.Error):
        seq = 0
    if seq < 1 or cursor_of(which, seq) != cursor:
        message = "cursor is not one this list has given; leave it out to start anew."
        raise InvalidRequest(message, details=[Problem("cursor", message)])
    return seq
