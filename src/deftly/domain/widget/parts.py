"""The parts a compiled template is made of."""

from dataclasses import dataclass
from typing import TypeAlias

from deftly.domain.widget.interpolation import Expression, Interpolated
from deftly.values import JsonValue


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value without expressions."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class Text:
    """A text with expressions.

    Attributes:
        sent: It is data that a button sends, and no text that is shown: with a value missing it
            is left out, and what an expression brings may be anything.
    """

    content: Interpolated
    path: str
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; what its elements repeat to is spliced in."""

    items: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An object.

    Attributes:
        data: Its ``$data``, None where it has none.
        when: Its ``$when``, None where it has none.
    """

    members: tuple[tuple[str, "Part"], ...]
    data: "Part | None"
    when: Expression | None


Part: TypeAlias = Fixed | Text | Items | Element
EMPTY = Fixed(None)


def folded(part: Items | Element) -> Part:
    """Return the part as one fixed value if nothing in it depends on data."""
    match part:
        case Items(items) if all(isinstance(item, Fixed) for item in items):
            return Fixed([item.value for item in items if isinstance(item, Fixed)])
        case Element(members, None, None) if all(isinstance(one, Fixed) for _, one in members):
            return Fixed({key: one.value for key, one in members if isinstance(one, Fixed)})
        case _:
            return part
