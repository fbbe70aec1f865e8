"""Placeholders: the grammar of ``{{ path }}`` and ``{{ path|filter }}``, and nothing more.

There are no expressions. A path is names joined by dots and leads through the members of
JSON objects; a name that starts with two underscores is refused.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NoReturn, TypeAlias

from deftly.domain.naming import is_secret_name
from deftly.errors import InvalidDefinition, Problem

PLACEHOLDER: Final = re.compile(
    r"\{\{[ \t]*(?P<path>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)[ \t]*"
    r"(?:\|[ \t]*(?P<filter>[A-Za-z0-9_]+)[ \t]*)?\}\}"
)
SECRETS: Final = "secrets"
SESSION_SCOPES: Final = frozenset({"user", "page"})

_BRACES: Final = re.compile(r"\{\{|\}\}")
_OPENING: Final = re.compile(r"\{\{")
_QUOTED_LIMIT: Final = 40
_SECRET_PATH_LENGTH: Final = 2


class Filter(StrEnum):
    """What a value becomes before its place encodes it.

    ``url`` is the percent-encoded text; URLs and forms encode so anyway and do it once.
    ``json`` is the JSON text of any value; bare in JSON (outside quotes) it is the value itself.
    """

    URL = "url"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One place for a value.

    Attributes:
        names: The path: the argument, ``secrets``, ``user`` or ``page``, then its members.
        filter: What the value becomes first.
    """

    names: tuple[str, ...]
    filter: Filter | None = None

    @property
    def argument(self) -> str | None:
        """The argument it stands for; None when the value is a secret or comes from the session."""
        root = self.names[0]
        return None if root == SECRETS or root in SESSION_SCOPES else root

    @property
    def secret(self) -> str | None:
        """The name of the secret it stands for."""
        return self.names[1] if self.names[0] == SECRETS else None

    @property
    def label(self) -> str:
        """How sentences name it: ``order_id``, ``address.city``, ``secrets.SHOP_KEY``."""
        return ".".join(self.names)

    @property
    def pointer(self) -> str:
        """Where its value stands: ``/order_id``, ``/address/city``, ``/secrets/SHOP_KEY``."""
        return "/" + "/".join(self.names)

    def __str__(self) -> str:
        """Return it as an author writes it."""
        return f"{{{{{self.label}|{self.filter}}}}}" if self.filter else f"{{{{{self.label}}}}}"


Part: TypeAlias = str | Placeholder
Parts: TypeAlias = tuple[Part, ...]


def refuse(path: str, sentence: str) -> NoReturn:
    """Refuse a template when it is saved.

    Raises:
        InvalidDefinition: Always, with the field's path.
    """
    raise InvalidDefinition(f"{path}: {sentence}", details=[Problem(path, sentence)])


def parse_parts(text: str, path: str, *, loose_ends: bool = False) -> Parts:
    """Return static text and placeholders in the order they stand; no static text is empty.

    With ``loose_ends`` a ``}}`` alone is text: scripts hold many (``${a:-${b}}``).

    Raises:
        InvalidDefinition: A ``{{`` that opens no placeholder, or a ``}}`` that closes none.
    """
    parts: list[Part] = []
    end = 0
    while braces := (_OPENING if loose_ends else _BRACES).search(text, end):
        if braces[0] == "}}":
            before = _tail(text[: braces.start()])
            refuse(path, f"a }}}} closes nothing after {before}; take it out, or write }} }}.")
        match = PLACEHOLDER.match(text, braces.start())
        if match is None:
            _refuse_opened(text[braces.start() :], path)
        parts += [text[end : braces.start()], placeholder_of(match, path)]
        end = match.end()
    parts.append(text[end:])
    return tuple(part for part in parts if part != "")


def placeholder_of(match: re.Match[str], path: str) -> Placeholder:
    """Return the placeholder a match of `PLACEHOLDER` stands for.

    Raises:
        InvalidDefinition: A name or filter that no placeholder can have.
    """
    names = tuple(match["path"].split("."))
    _check_names(names, match[0], path)
    if match["filter"] is None:
        return Placeholder(names)
    try:
        return Placeholder(names, Filter(match["filter"]))
    except ValueError:
        known = " and ".join(Filter)
        refuse(path, f"{match[0]} names an unknown filter; the filters are {known}.")


def _check_names(names: tuple[str, ...], written: str, path: str) -> None:
    if any(name.startswith("__") for name in names):
        refuse(path, f"{written} has a name that starts with two underscores, which none may.")
    match names[0]:
        case "secrets":
            if len(names) != _SECRET_PATH_LENGTH or not is_secret_name(names[1]):
                refuse(path, f"{written} names no secret; write {{{{secrets.SHOP_KEY}}}}.")
        case "user" | "page" if len(names) == 1:
            refuse(path, f"{written} needs a member, such as {{{{{names[0]}.id}}}}.")
        case "deftly":
            refuse(path, f"{written} uses a reserved name; the session is user and page.")
        case _:
            pass


def _refuse_opened(rest: str, path: str) -> NoReturn:
    if "}}" not in rest:
        refuse(path, f"{_head(rest)} is never closed; write {{{{name}}}}.")
    written = _head(rest[: rest.index("}}") + 2])
    refuse(
        path,
        f"{written} is not a placeholder; write a name such as {{{{order_id}}}}, a member such "
        "as {{user.email}}, or a filter such as {{text|url}}. There are no expressions.",
    )


def _head(text: str) -> str:
    return text if len(text) <= _QUOTED_LIMIT else text[:_QUOTED_LIMIT] + "…"


def _tail(text: str) -> str:
    return repr(text[-_QUOTED_LIMIT:]) if text else "the start"


def placeholders_in(parts: Iterable[Part]) -> Iterator[Placeholder]:
    """Yield the placeholders among the parts."""
    return (part for part in parts if isinstance(part, Placeholder))


def refuse_secrets_in_name(parts: Parts, path: str) -> None:
    """Refuse a secret where a field or member gets its name: logs and caches keep names.

    Raises:
        InvalidDefinition: There is one.
    """
    for placeholder in placeholders_in(parts):
        if placeholder.secret:
            refuse(path, f"{placeholder} stands in a name; a secret may be a value only.")


def split_parts(parts: Parts, separator: str, limit: int = -1) -> list[Parts]:
    """Return the parts cut at a separator in static text; what placeholders hold is never cut."""
    pieces: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Placeholder):
            pieces[-1].append(part)
            continue
        left = limit - len(pieces) + 1 if limit >= 0 else -1
        first, *others = part.split(separator, left) if left else [part]
        pieces[-1].append(first)
        pieces += [[other] for other in others]
    return [tuple(part for part in piece if part != "") for piece in pieces]


def without_url_filter(parts: Parts) -> Parts:
    """Return the parts for a place that percent-encodes every value itself, once."""
    return tuple(
        replace(part, filter=None)
        if isinstance(part, Placeholder) and part.filter is Filter.URL
        else part
        for part in parts
    )
