"""Calls in an expression: to what there is, with as many values as it takes."""

import difflib
from collections.abc import Callable, Mapping
from typing import Final

from deftly.domain.widget.expression import (
    Call,
    Choice,
    Each,
    Every,
    Loop,
    Name,
    Node,
    Present,
    Some,
)
from deftly.domain.widget.functions import FUNCTIONS, OPERATORS
from deftly.domain.widget.tokens import NotAnExpressionError

SCOPES: Final = frozenset({"$root", "$data", "$index"})

_LAZY: Final[Mapping[str, Callable[[tuple[Node, ...]], Node]]] = {
    "and": Every,
    "&&": Every,
    "or": Some,
    "||": Some,
    "coalesce": Present,
    "??": Present,
}
_LOOPS: Final[Mapping[str, Loop]] = {
    "foreach": "foreach",
    "select": "foreach",
    "where": "where",
    "any": "any",
    "all": "all",
}
NAMES: Final = frozenset({"if", *FUNCTIONS, *_LOOPS, "and", "or", "coalesce"})


def joined(sign: str, left: Node, right: Node) -> Node:
    """Return two parts joined by an operator."""
    lazy = _LAZY.get(sign)
    return lazy((left, right)) if lazy else Call(OPERATORS[sign], (left, right))


def called(name: str, arguments: tuple[Node, ...]) -> Node:
    """Return the call of a function.

    Raises:
        NotAnExpressionError: There is none of that name, or it takes other arguments.
    """
    if name in _LOOPS:
        return _loop(name, arguments)
    if name in _LAZY:
        _count(name, len(arguments), 1, None)
        return _LAZY[name](arguments)
    if name == "if":
        _count(name, len(arguments), 3, 3)
        return Choice(*arguments)
    function = FUNCTIONS.get(name)
    if function is None:
        raise NotAnExpressionError(_unknown(name))
    _count(name, len(arguments), function.least, function.most)
    return Call(function, arguments)


def _loop(name: str, arguments: tuple[Node, ...]) -> Node:
    _count(name, len(arguments), 3, 3)
    items, variable, body = arguments
    if not isinstance(variable, Name) or variable.name in SCOPES:
        raise NotAnExpressionError(f"{name} needs a name second: {name}(items, item, item.title)")
    return Each(_LOOPS[name], items, variable.name, body)


def _count(name: str, given: int, least: int, most: int | None) -> None:
    if given >= least and (most is None or given <= most):
        return
    wanted = (
        str(least)
        if most == least
        else f"{least} or more"
        if most is None
        else (f"{least} to {most}")
    )
    raise NotAnExpressionError(f"{name} takes {wanted} values in its brackets, and gets {given}")


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, NAMES, 1) or [
        known for known in NAMES if known.lower() == name.lower()
    ]
    hint = f"perhaps {close[0]} is meant" if close else "docs/widgets.md lists those there are"
    return f"{name} is no function here; {hint}"
