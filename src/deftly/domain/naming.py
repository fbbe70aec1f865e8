"""Names: how a definition's name is spelled, and which names parameters and secrets may have."""

import re
import unicodedata
from typing import Final

from deftly.errors import InvalidDefinition, Problem

ACTION_NAME_LIMIT: Final = 60
PARAMETER_NAME_LIMIT: Final = 64
RESERVED_PARAMETERS: Final = frozenset({"secrets", "user", "page", "deftly"})

_WORD_STARTS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS: Final = re.compile(r"[^A-Za-z0-9]+")
_CONVERTED: Final = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*")
_PARAMETER: Final = re.compile(r"[A-Za-z0-9_-]+")
_SECRET: Final = re.compile(r"(?!__)[A-Za-z0-9_-]{1,200}")


def action_name(text: str) -> str:
    """Return the name in UPPER_SNAKE_CASE: ``getHTTPStatus`` gives ``GET_HTTP_STATUS``.

    A name that is in this form already stays as it is, so that converting twice changes
    nothing (in ``OAUTH2TOKEN`` no letter's case tells where a word starts).

    Raises:
        InvalidDefinition: No letter or digit is left, or more than 60 characters are.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    if not _CONVERTED.fullmatch(ascii_text):
        ascii_text = _WORD_STARTS.sub("_", ascii_text)
    name = _SEPARATORS.sub("_", ascii_text).strip("_").upper()
    if not name:
        _refuse("name has no letter or digit that a tool's name can have; write get_order_status.")
    if len(name) > ACTION_NAME_LIMIT:
        _refuse(f"name would be {len(name)} characters long; {ACTION_NAME_LIMIT} is the limit.")
    return name


def tool_name(name: str) -> str:
    """Return the name a model sees for an action: lower-case."""
    return name.lower()


def _refuse(sentence: str) -> None:
    raise InvalidDefinition(sentence, details=[Problem("name", sentence)])


def parameter_name_fault(name: str) -> str | None:
    """Return what is wrong with a parameter's name as the end of a sentence, or None."""
    if not _PARAMETER.fullmatch(name):
        return "may hold letters A-Z, digits, _ and - only, so that a placeholder can name it"
    if name.startswith("__"):
        return "must not start with two underscores"
    if name in RESERVED_PARAMETERS:
        return f"is reserved ({', '.join(sorted(RESERVED_PARAMETERS))}); choose another name"
    if len(name) > PARAMETER_NAME_LIMIT:
        return f"is longer than {PARAMETER_NAME_LIMIT} characters"
    return None


def is_secret_name(name: str) -> bool:
    """Return whether a secret may have this name: one a placeholder can say, 200 characters."""
    return _SECRET.fullmatch(name) is not None
