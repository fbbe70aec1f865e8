"""``name=value&name=value``: what queries and forms are made of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote, unquote_plus

from deftly.domain.template.json_body import JsonBody, json_in
from deftly.domain.template.placeholder import (
    Parts,
    Placeholder,
    placeholders_in,
    refuse_secrets_in_name,
    split_parts,
)
from deftly.domain.template.scope import RenderScope, is_missing, refuse_value, render_parts

_ENCODED: Final = re.compile("[%+]")


@dataclass(frozen=True, slots=True)
class Pair:
    """One name and its value; without a value there was no ``=``.

    Attributes:
        json: The value where it is JSON itself, and holds placeholders.
    """

    name: Parts
    value: Parts | None
    json: JsonBody | None = None

    @classmethod
    def of(cls, name: Parts, value: Parts | None, path: str) -> Self:
        """Return the pair.

        Raises:
            InvalidDefinition: A secret stands in the name, where logs and caches keep it.
        """
        refuse_secrets_in_name(name, path)
        return cls(name, value, _json_of(value or (), path))

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The placeholders of name and value."""
        own = self.json.placeholders if self.json else placeholders_in(self.value or ())
        return (*placeholders_in(self.name), *own)


def _json_of(value: Parts, path: str) -> JsonBody | None:
    """Return the JSON a value is; one that is percent-encoded already is its author's to keep."""
    if any(_ENCODED.search(part) for part in value if isinstance(part, str)):
        return None
    found = json_in("".join(map(str, value)), path)
    return found if found and found.placeholders else None


def parse_pairs(parts: Parts, path: str) -> tuple[Pair, ...]:
    """Return the pairs; an empty text has none.

    Raises:
        InvalidDefinition: As `Pair.of`.
    """
    pairs = []
    for piece in split_parts(parts, "&") if parts else []:
        name, *value = split_parts(piece, "=", 1)
        pairs.append(Pair.of(name, value[0] if value else None, path))
    return tuple(pairs)


def without_missing(pairs: tuple[Pair, ...], scope: RenderScope) -> tuple[Pair, ...]:
    """Return the pairs but those whose whole value is an argument that was not given."""
    return tuple(pair for pair in pairs if not is_missing(pair.value or (), scope))


def render_pairs(
    pairs: tuple[Pair, ...], scope: RenderScope, encode: Callable[[Placeholder, str], str]
) -> Iterator[str]:
    """Yield the rendered pairs, each but the first behind its ``&``.

    Raises:
        InvalidArguments: A value that cannot stand here, or a name that becomes equal to another.
    """
    names = [render_parts(pair.name, scope, encode) for pair in pairs]
    _refuse_equal_names(pairs, names)
    for index, (pair, name) in enumerate(zip(pairs, names, strict=True)):
        start = f"&{name}" if index else name
        if pair.value is None:
            yield start
        elif pair.json:
            yield f"{start}={quote(b''.join(pair.json.chunks(scope)), safe='')}"
        else:
            yield f"{start}={render_parts(pair.value, scope, encode)}"


def _refuse_equal_names(pairs: tuple[Pair, ...], names: list[str]) -> None:
    """Refuse a name made of values that hides or repeats one of the others."""
    made = [(index, next(placeholders_in(pair.name), None)) for index, pair in enumerate(pairs)]
    if not any(placeholder for _, placeholder in made):
        return
    plain = [unquote_plus(name) for name in names]
    for index, placeholder in made:
        if placeholder and plain.count(plain[index]) > 1:
            refuse_value(placeholder, "gives a name that stands there already; use another one.")
