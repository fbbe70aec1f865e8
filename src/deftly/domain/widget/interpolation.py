"""Texts with expressions in them: ``Hello ${name}``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from deftly.domain.widget.budget import UnfitError
from deftly.domain.widget.expression import Node, worth
from deftly.domain.widget.parsing import Parsed, parse_expression
from deftly.domain.widget.scope import Scope
from deftly.domain.widget.texts import written
from deftly.domain.widget.tokens import NotAnExpressionError
from deftly.values import JsonValue

_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression.

    Attributes:
        source: As written, ``${`` and ``}`` included.
        size: How many tokens it has.
    """

    source: str
    node: Node
    size: int = 1

    def value(self, scope: Scope) -> JsonValue:
        """Return what it is worth, None for what is missing.

        Raises:
            UnfitError: It does not work out; the sentence names it.
        """
        try:
            return worth(self.node, scope)
        except UnfitError as fault:
            raise UnfitError(f"{self}: {fault}") from None

    def __str__(self) -> str:
        """Return it as written, shortened."""
        return f"{self.source[:_SHOWN]}…" if len(self.source) > _SHOWN else self.source


@dataclass(frozen=True, slots=True)
class Interpolated:
    """A text with at least one expression."""

    parts: tuple[str | Expression, ...]

    @property
    def size(self) -> int:
        """How many tokens its expressions have."""
        return sum(part.size for part in self.parts if isinstance(part, Expression))

    @property
    def single(self) -> Expression | None:
        """The expression that is the whole text, if it is one."""
        only = self.parts[0] if len(self.parts) == 1 else None
        return only if isinstance(only, Expression) else None

    def text(self, scope: Scope, missing: list[str]) -> str:
        """Return the text; an expression whose value is missing stays as written."""
        pieces = [
            part if isinstance(part, str) else _filled(part, scope, missing) for part in self.parts
        ]
        scope.budget.text(sum(map(len, pieces)))
        return "".join(pieces)


def _filled(part: Expression, scope: Scope, missing: list[str]) -> str:
    value = part.value(scope)
    if value is None:
        missing.append(part.source)
        return part.source
    return written(scope.budget, value)


def interpolated(text: str) -> Interpolated | str:
    r"""Return the text with its expressions; as a plain text where it has none.

    ``\${`` stands for the characters themselves.

    Raises:
        NotAnExpressionError: With what is wrong with the first that is none.
    """
    if "${" not in text:
        return text
    parts = tuple(_parts(text))
    if all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    return Interpolated(parts)


def _parsed(text: str, start: int) -> Parsed:
    try:
        return parse_expression(text, start + 2)
    except NotAnExpressionError as fault:
        shown = text[start : start + _SHOWN].partition("}")
        raise NotAnExpressionError(f"{shown[0]}{shown[1]} is no expression: {fault}") from None


def _parts(text: str) -> Iterator[str | Expression]:
    at = 0
    while (start := text.find("${", at)) >= 0:
        if start and text[start - 1] == "\\":
            yield text[at : start - 1] + "${"
            at = start + 2
            continue
        if start > at:
            yield text[at:start]
        parsed = _parsed(text, start)
        yield Expression(text[start : parsed.after], parsed.node, parsed.size)
        at = parsed.after
    if at < len(text):
        yield text[at:]
