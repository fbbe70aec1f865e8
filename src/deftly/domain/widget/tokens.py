"""From the text of an expression to its tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

EXPRESSION_LIMIT: Final = 4_000

_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
  | (?P<name>\$?[^\W\d]\w*)
  | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<mark>==|!=|<=|>=|&&|\|\||\?\?|[-+*/%<>!&?:().,\[\]])
  | (?P<end>\})
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "'": "'", '"': '"', "\\": "\\", "`": "`"}

Kind: TypeAlias = Literal["number", "name", "text", "mark", "end"]


class NotAnExpressionError(ValueError):
    """The text is no expression of the language; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression.

    Attributes:
        after: Where the text goes on.
    """

    kind: Kind
    text: str
    after: int


def tokens_of(text: str, start: int) -> Iterator[Token]:
    """Yield the tokens from ``start`` up to the ``}`` that ends the expression, and that.

    Raises:
        NotAnExpressionError: It does not end, is too long, or holds what is no token.
    """
    at = start
    while at - start <= EXPRESSION_LIMIT:
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotAnExpressionError(_fault_at(text, at))
        at = found.end()
        kind = found.lastgroup
        match kind:
            case "number" | "name" | "text" | "mark":
                yield Token(kind, found[kind], at)
            case _:
                yield Token("end", "}", at)
                return
    raise NotAnExpressionError(f"it is longer than {EXPRESSION_LIMIT} characters")


def _fault_at(text: str, at: int) -> str:
    rest = text[at:].lstrip()
    if not rest:
        return r"it has no closing }; write \${ for the characters themselves"
    if rest[0] in "'\"":
        return f"the text that starts with {rest[:12]} has no closing {rest[0]}"
    if rest[0] == "=":
        return "= is no operator; write == to compare"
    return f"{rest[0]} cannot stand there"


def unquoted(literal: str) -> str:
    r"""Return what a quoted text says; a backslash stands before quotes, itself, n, r and t."""
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[0]), literal[1:-1])
