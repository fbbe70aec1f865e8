"""Addresses a card may lead to, and pictures it may show."""

import base64
import binascii
import re
from typing import Final
from urllib.parse import urlsplit

LINK_LIMIT: Final = 4_096
PICTURE_LIMIT_BYTES: Final = 64 * 1024

_SCHEMES: Final = ("http", "https")
# RFC 3986 has none of these; browsers drop tabs and line breaks and read \ as /.
_NEVER_IN_LINKS: Final = re.compile(
    r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_PICTURE: Final = re.compile(r"data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})")
# What the formats begin with.
_SIGNATURES: Final = {
    "png": (b"\x89PNG",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF8",),
    "webp": (b"RIFF",),
}


def link(text: str) -> str | None:
    """Return the address if it is a whole one of http or https, without a user name; else None."""
    given = text.strip(" ")
    if len(given) > LINK_LIMIT or _NEVER_IN_LINKS.search(given):
        return None
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc or "%" in host:
        return None
    # The scheme in small letters, and written with its two slashes.
    head = f"{parts.scheme}://"
    return head + given[len(head) :] if given[: len(head)].lower() == head else None


def picture(text: str) -> str | None:
    """Return the address of a picture, or the picture itself as a data address; else None."""
    found = _PICTURE.fullmatch(text.strip(" ")) if text[:5].lower() == "data:" else None
    if found is None:
        return link(text)
    if len(found[2]) > PICTURE_LIMIT_BYTES * 4 // 3 + 4:
        return None
    try:
        raw = base64.b64decode(found[2], validate=True)
    except binascii.Error:
        return None
    fits = len(raw) <= PICTURE_LIMIT_BYTES and raw.startswith(_SIGNATURES[found[1]])
    return found[0] if fits else None
