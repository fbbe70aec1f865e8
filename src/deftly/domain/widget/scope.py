"""What the names in an expression stand for, in one element of a card."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deftly.domain.widget.budget import Budget
from deftly.values import JsonValue


@dataclass(frozen=True, slots=True)
class Scope:
    """The data around an expression. Nothing but JSON can be reached from it.

    Attributes:
        root: ``$root``, the whole data.
        data: ``$data``, what names are members of.
        index: ``$index``, in an element that is repeated.
        variables: Of the loops around.
    """

    root: JsonValue
    data: JsonValue
    budget: Budget
    index: int | None = None
    variables: Mapping[str, JsonValue] = field(default_factory=dict)

    def over(self, data: JsonValue, index: int | None) -> "Scope":
        """Return the scope of an element with data of its own."""
        at = self.index if index is None else index
        return Scope(self.root, data, self.budget, at, self.variables)

    def inside(self, variable: str, value: JsonValue) -> "Scope":
        """Return the scope of one round of a loop."""
        variables = {**self.variables, variable: value}
        return Scope(self.root, self.data, self.budget, self.index, variables)

    def value_of(self, name: str) -> JsonValue:
        """Return what the name stands for, or None."""
        match name:
            case "$root":
                return self.root
            case "$data":
                return self.data
            case "$index":
                return self.index
            case _ if name in self.variables:
                return self.variables[name]
            case _:
                return self.data.get(name) if isinstance(self.data, dict) else None
