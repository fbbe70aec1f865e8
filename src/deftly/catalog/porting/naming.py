"""Names for what had none: actions from requests, parameters from other people's spellings."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final
from urllib.parse import unquote

from deftly.domain.naming import (
    ACTION_NAME_LIMIT,
    PARAMETER_NAME_LIMIT,
    RESERVED_PARAMETERS,
    action_name,
)
from deftly.errors import InvalidDefinition

_NOT_PARAMETER: Final = re.compile(r"[^A-Za-z0-9_-]+")
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_LINK: Final = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")


def name_of_request(method: str, url: str) -> str:
    """Return a name made of method and path: ``GET_ORDERS_A_1042``; of the host without a path."""
    address = re.sub(r"^[a-z]+://", "", url.partition("?")[0].partition("#")[0])
    host, _, path = address.partition("/")
    said = unquote(path).replace("{{", " ").replace("}}", " ").strip("/ ")
    return fitting_name(f"{method} {said or host}")


def fitting_name(text: str, fallback: str = "ACTION") -> str:
    """Return an action's name, cut at a word where it is too long."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    try:
        return action_name(plain)
    except InvalidDefinition:
        pass
    words = re.findall(r"[A-Za-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain))
    name = ""
    for word in words:
        longer = f"{name}_{word}" if name else word[:ACTION_NAME_LIMIT]
        if len(longer) > ACTION_NAME_LIMIT:
            break
        name = longer
    return name.upper() or fallback


def unique_name(name: str, taken: dict[str, int]) -> str:
    """Return the name, numbered where it is taken; ``taken`` remembers the last number."""
    unique, number = name, taken.get(name, 1)
    while unique in taken:
        number += 1
        tail = f"_{number}"
        unique = name[: ACTION_NAME_LIMIT - len(tail)].rstrip("_") + tail
    taken[name] = number
    taken.setdefault(unique, 1)
    return unique


def parameter_name(given: str, taken: Collection[str], prefix: str = "") -> str:
    """Return a name a placeholder can say, different from those taken."""
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
    name = _NOT_PARAMETER.sub("_", plain).strip("_-")[: PARAMETER_NAME_LIMIT - 8] or "value"
    if name in RESERVED_PARAMETERS:
        name = f"{name}_value"
    if name in taken and prefix:
        name = f"{prefix}_{name}"
    number, numbered = 2, name
    while numbered in taken:
        number, numbered = number + 1, f"{name}_{number}"
    return numbered


def short_text(given: object, limit: int) -> str:
    """Return the first paragraph of somebody's Markdown as one line, cut at a sentence or word."""
    if not isinstance(given, str):
        return ""
    start = given[: limit * 8]
    first = re.split(r"\n\s*\n", _HTML.sub(" ", _LINK.sub(r"\1", start)).strip(), maxsplit=1)[0]
    text = " ".join(first.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    sentence = cut.rfind(". ")
    return cut[: sentence + 1] if sentence > limit // 2 else f"{cut.rsplit(' ', 1)[0]}…"
