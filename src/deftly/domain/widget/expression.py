"""The parts an expression is made of, and what each is worth in a scope.

None is the worth of what is missing, and of what was to be made of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.comparing import truth
from deftly.domain.widget.scope import Scope
from deftly.domain.widget.texts import described
from deftly.values import JsonValue

Loop: TypeAlias = Literal["foreach", "where", "any", "all"]


class Node(Protocol):
    """A part of an expression."""

    def worth(self, scope: Scope) -> JsonValue:
        """Return its value.

        Raises:
            UnfitError: With a sentence on what does not work out.
        """
        ...


def worth(node: Node, scope: Scope) -> JsonValue:
    """Return the node's value, for one step."""
    scope.budget.step()
    return node.worth(scope)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    Attributes:
        most: None takes any number of arguments from ``least`` on.
        takes_missing: It is called with None for what is not there; else its result is None then.
    """

    name: str
    call: Callable[[Budget, list[JsonValue]], JsonValue]
    least: int = 1
    most: int | None = 1
    takes_missing: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written out."""

    value: JsonValue

    def worth(self, _: Scope) -> JsonValue:
        """Return the value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Name:
    """A field of the data, ``$root``, ``$data``, ``$index``, or a variable of a loop."""

    name: str

    def worth(self, scope: Scope) -> JsonValue:
        """Return what it stands for."""
        return scope.value_of(self.name)


@dataclass(frozen=True, slots=True)
class Index:
    """``of[at]``; ``of.name`` is the same with the name as a text."""

    of: Node
    at: Node

    def worth(self, scope: Scope) -> JsonValue:
        """Return the item or member."""
        value, at = worth(self.of, scope), worth(self.at, scope)
        if isinstance(value, dict):
            return value.get(at) if isinstance(at, str) else None
        if isinstance(at, float) and at.is_integer():
            at = int(at)
        if not isinstance(value, list) or not isinstance(at, int) or isinstance(at, bool):
            return None
        return value[at] if 0 <= at < len(value) else None


@dataclass(frozen=True, slots=True)
class ListOf:
    """``[1, 2]``."""

    items: tuple[Node, ...]

    def worth(self, scope: Scope) -> JsonValue:
        """Return the list."""
        return [worth(one, scope) for one in self.items]


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator that stands for one, and its arguments."""

    function: Function
    arguments: tuple[Node, ...]

    def worth(self, scope: Scope) -> JsonValue:
        """Return its result."""
        given = [worth(one, scope) for one in self.arguments]
        if not self.function.takes_missing and any(one is None for one in given):
            return None
        return self.function.call(scope.budget, given)


@dataclass(frozen=True, slots=True)
class Choice:
    """``if(condition, yes, no)``; only one of the two is looked at."""

    condition: Node
    yes: Node
    no: Node

    def worth(self, scope: Scope) -> JsonValue:
        """Return the one that the condition picks."""
        return worth(self.yes if truth(worth(self.condition, scope)) else self.no, scope)


@dataclass(frozen=True, slots=True)
class Every:
    """``and``: true when all are; stops at the first that is not."""

    parts: tuple[Node, ...]

    def worth(self, scope: Scope) -> JsonValue:
        """Return true or false."""
        return all(truth(worth(part, scope)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """``or``: true when one is; stops there."""

    parts: tuple[Node, ...]

    def worth(self, scope: Scope) -> JsonValue:
        """Return true or false."""
        return any(truth(worth(part, scope)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Present:
    """``coalesce``: the first that is there."""

    parts: tuple[Node, ...]

    def worth(self, scope: Scope) -> JsonValue:
        """Return it, None if there is none."""
        values = (worth(part, scope) for part in self.parts)
        return next((value for value in values if value is not None), None)


@dataclass(frozen=True, slots=True)
class Each:
    """A loop over a list with a variable."""

    kind: Loop
    items: Node
    variable: str
    body: Node

    def worth(self, scope: Scope) -> JsonValue:
        """Return a list of results, of the items that pass, or whether any or all do."""
        items = worth(self.items, scope)
        if items is None:
            return None
        if not isinstance(items, list):
            raise UnfitError(f"{self.kind} goes over a list, not over {described(items)}.")
        rounds = (worth(self.body, scope.inside(self.variable, item)) for item in items)
        match self.kind:
            case "foreach":
                return list(rounds)
            case "where":
                return [item for item, kept in zip(items, rounds, strict=True) if truth(kept)]
            case "any":
                return any(map(truth, rounds))
            case "all":
                return all(map(truth, rounds))
