"""From tokens to an expression; what it calls is known to exist and to get enough arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from deftly.domain.widget.calls import SCOPES, called, joined
from deftly.domain.widget.expression import (
    Call,
    Choice,
    Constant,
    Function,
    Index,
    ListOf,
    Name,
    Node,
)
from deftly.domain.widget.functions import OPERATORS
from deftly.domain.widget.tokens import NotAnExpressionError, Token, tokens_of, unquoted

NESTING_LIMIT: Final = 30
TOKENS_LIMIT: Final = 500
STEPS_LIMIT: Final = 100

# How tightly an operator binds; those of one number are read from left to right.
_POWERS: Final[Mapping[str, int]] = {
    "??": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, "<=": 5, ">": 5, ">=": 5, "&": 6,
    "+": 7, "-": 7, "*": 8, "/": 8, "%": 8,
}  # fmt: skip
_WORDS: Final[Mapping[str, Constant]] = {
    "true": Constant(True),  # noqa: FBT003 - the value itself
    "false": Constant(False),  # noqa: FBT003
    "null": Constant(None),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression.

    Attributes:
        after: Where the text behind its ``}`` goes on.
        size: How many tokens it has.
    """

    node: Node
    after: int
    size: int


def parse_expression(text: str, start: int) -> Parsed:
    """Return the expression that starts there, behind its ``${``.

    Raises:
        NotAnExpressionError: With what is wrong with it.
    """
    parser = _Parser(tokens_of(text, start))
    node = parser.whole()
    return Parsed(node, parser.now.after, parser.count)


class _Parser:
    """Precedence climbing over one expression."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        self._tokens = tokens
        self._depth = 0
        self.count = 0
        self._steps = 0
        self.now: Token = next(tokens)

    def whole(self) -> Node:
        if self._ended():
            raise NotAnExpressionError(r"it is empty; write \${ for the characters themselves")
        node = self._any()
        if not self._ended():
            raise NotAnExpressionError(f"{self.now.text} cannot stand where it does")
        return node

    def _ended(self) -> bool:
        return self.now.kind == "end"

    def _next(self) -> Token:
        taken = self.now
        if taken.kind == "end":
            raise NotAnExpressionError("it ends too early")
        self.count += 1
        if self.count > TOKENS_LIMIT:
            raise NotAnExpressionError(f"it has more than {TOKENS_LIMIT} parts; shorten it")
        self.now = next(self._tokens)
        return taken

    def _deepen(self) -> None:
        self._steps += 1
        if self._steps > STEPS_LIMIT:
            raise NotAnExpressionError(f"it has more than {STEPS_LIMIT} dots and operators")

    def _skip(self, mark: str) -> bool:
        if self.now.kind == "mark" and self.now.text == mark:
            self._next()
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._skip(mark):
            raise NotAnExpressionError(f"{mark} is missing before {self.now.text}")

    def _any(self) -> Node:
        self._depth += 1
        if self._depth > NESTING_LIMIT:
            raise NotAnExpressionError(f"it is nested more than {NESTING_LIMIT} levels deep")
        node = self._binary(1)
        if self._skip("?"):
            yes = self._any()
            self._expect(":")
            node = Choice(node, yes, self._any())
        self._depth -= 1
        return node

    def _binary(self, least: int) -> Node:
        node = self._unary()
        while (power := self._power()) >= least:
            self._deepen()
            sign = self._next().text
            node = joined(sign, node, self._binary(power + 1))
        return node

    def _power(self) -> int:
        return _POWERS.get(self.now.text, 0) if self.now.kind == "mark" else 0

    def _unary(self) -> Node:
        signs: list[Function] = []
        while self.now.kind == "mark" and self.now.text in {"!", "-", "+"}:
            self._deepen()
            signs.append(OPERATORS["unary " + self._next().text])
        node = self._postfix()
        for sign in reversed(signs):
            node = Call(sign, (node,))
        return node

    def _postfix(self) -> Node:
        node = self._primary()
        while self.now.kind == "mark" and self.now.text in {".", "["}:
            self._deepen()
            if self._skip("."):
                node = Index(node, Constant(self._name()))
            else:
                self._expect("[")
                node = Index(node, self._any())
                self._expect("]")
        return node

    def _name(self) -> str:
        token = self._next()
        if token.kind != "name":
            raise NotAnExpressionError(f"a name must follow the dot, not {token.text}")
        return token.text

    def _primary(self) -> Node:
        token = self._next()
        match token.kind:
            case "number":
                return Constant(float(token.text) if "." in token.text else int(token.text[:300]))
            case "text":
                return Constant(unquoted(token.text))
            case "name":
                return self._named(token.text)
            case _:
                return self._enclosed(token.text)

    def _enclosed(self, mark: str) -> Node:
        if mark == "(":
            node = self._any()
            self._expect(")")
            return node
        if mark == "[":
            return ListOf(self._until("]"))
        raise NotAnExpressionError(f"{mark} cannot stand where it does")

    def _until(self, mark: str) -> tuple[Node, ...]:
        parts: list[Node] = []
        if self._skip(mark):
            return ()
        while True:
            parts.append(self._any())
            if self._skip(mark):
                return tuple(parts)
            self._expect(",")

    def _named(self, name: str) -> Node:
        if name == "JSON" and self._skip("."):
            name = f"JSON.{self._name()}"
        if self._skip("("):
            return called(name, self._until(")"))
        if name.startswith("$") and name not in SCOPES:
            raise NotAnExpressionError(f"{name} is none of {', '.join(sorted(SCOPES))}")
        return _WORDS.get(name) or Name(name)
