"""From a template to its compiled parts, with every problem it has."""

from typing import Final

from deftly.domain.widget.budget import DEPTH_LIMIT
from deftly.domain.widget.expression import Constant
from deftly.domain.widget.interpolation import Expression, interpolated
from deftly.domain.widget.parts import EMPTY, Element, Fixed, Items, Part, Text, folded
from deftly.domain.widget.tokens import NotAnExpressionError
from deftly.domain.widget.traits import INPUTS, SUBMIT
from deftly.errors import Problem
from deftly.values import JsonObject, JsonValue

TOKENS_LIMIT: Final = 20_000

_PROBLEMS_LIMIT: Final = 20
_DATA: Final = "$data"
_WHEN: Final = "$when"
_NEVER: Final = Expression("false", Constant(False))  # noqa: FBT003 - the value itself


class TooLongError(ValueError):
    """The expressions of a template are more than anybody writes."""


class Compiling:
    """One compilation, and the problems it meets."""

    def __init__(self) -> None:
        """Start without problems."""
        self.problems: list[Problem] = []
        self._left = TOKENS_LIMIT

    def part(self, value: JsonValue, path: str, depth: int = 0, *, sent: bool = False) -> Part:
        """Return the compiled value; ``sent`` is what a button sends."""
        if depth > DEPTH_LIMIT:
            self._refuse(path, f"it is nested more than {DEPTH_LIMIT} levels deep.")
            return EMPTY
        match value:
            case str():
                return self._text(value, path, sent=sent)
            case list():
                items = (
                    self.part(item, f"{path}[{index}]", depth + 1, sent=sent)
                    for index, item in enumerate(value)
                )
                return folded(Items(tuple(items)))
            case dict():
                return self._element(value, path, depth, sent=sent)
            case _:
                return Fixed(value)

    def _refuse(self, path: str, sentence: str) -> None:
        if len(self.problems) < _PROBLEMS_LIMIT:
            self.problems.append(Problem(path, f"{path}: {sentence}"))

    def _text(self, text: str, path: str, *, sent: bool) -> Fixed | Text:
        try:
            content = interpolated(text)
        except NotAnExpressionError as fault:
            self._refuse(path, f"{fault}.")
            return Fixed(text)
        if isinstance(content, str):
            return Fixed(content)
        self._left -= content.size
        if self._left < 0:
            raise TooLongError
        return Text(content, path, sent)

    def _element(self, value: JsonObject, path: str, depth: int, *, sent: bool) -> Part:
        if not sent:
            self._check_written_out(value, path)
        holds_sent = {"data"} if value.get("type") == SUBMIT else frozenset[str]()
        members = tuple(
            (key, self.part(one, f"{path}.{key}", depth + 1, sent=sent or key in holds_sent))
            for key, one in value.items()
            if key not in {_DATA, _WHEN}
        )
        return folded(Element(members, self._data(value, path, depth), self._when(value, path)))

    def _data(self, value: JsonObject, path: str, depth: int) -> Part | None:
        if _DATA not in value:
            return None
        where = f"{path}.{_DATA}"
        data = self.part(value[_DATA], where, depth + 1, sent=True)
        if isinstance(data, Fixed) and not isinstance(data.value, dict | list):
            self._refuse(where, "write an expression such as ${items}, or a list or object.")
        return data

    def _when(self, value: JsonObject, path: str) -> Expression | None:
        given = value.get(_WHEN, True)
        if isinstance(given, bool):
            return None if given else _NEVER
        where = f"{path}.{_WHEN}"
        part = self._text(given, where, sent=True) if isinstance(given, str) else EMPTY
        single = part.content.single if isinstance(part, Text) else None
        if single is None:
            self._refuse(where, "write one expression such as ${price > 30}.")
        return single

    def _check_written_out(self, value: JsonObject, path: str) -> None:
        """See to it that data cannot choose what an element is, or what a button does."""
        kind, given_id = value.get("type"), value.get("id")
        self._written_out(kind, f"{path}.type")
        if kind in INPUTS and isinstance(given_id, str) and given_id.startswith("${"):
            # It is the name of the argument that is filled in.
            sentence = "begin it with a word of yours, such as item_${sku}; data must not name it."
            self._refuse(f"{path}.id", sentence)
        if kind != SUBMIT or "data" not in value:
            return
        data = value["data"]
        said = data.get("deftly", {}) if isinstance(data, dict) else None
        if not isinstance(said, dict):
            self._refuse(f"{path}.data", "write the object out, with what the button does in it.")
            return
        for key in ("type", "action"):
            self._written_out(said.get(key), f"{path}.data.deftly.{key}")

    def _written_out(self, value: JsonValue, path: str) -> None:
        if isinstance(value, str) and "${" in value:
            self._refuse(path, "write it out; it is the template's to say, not the data's.")
