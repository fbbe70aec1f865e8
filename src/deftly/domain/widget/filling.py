"""A compiled template filled with data, within a budget."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.elements import KINDS
from deftly.domain.widget.interpolation import Expression
from deftly.domain.widget.parts import Element, Fixed, Items, Part, Text
from deftly.domain.widget.scope import Scope
from deftly.values import JsonObject, JsonValue

_FAMILIES: Final = ("Action.", "Input.")


class PlacedUnfitError(UnfitError):
    """The same with the place in the template."""

    def __init__(self, path: str, sentence: str) -> None:
        """Keep the place apart from the sentence."""
        super().__init__(sentence)
        self.path = path


@dataclass(slots=True)
class Filling:
    """One filling under way.

    Attributes:
        missing: Expressions without a value.
        found: How many texts have all of theirs.
    """

    budget: Budget = field(default_factory=Budget)
    missing: list[str] = field(default_factory=list)
    found: int = 0

    def fill(self, part: Part, scope: Scope) -> list[JsonValue]:
        """Return what the part becomes: nothing, one value, or one for each item of its data.

        Raises:
            UnfitError: It cannot be filled, or is too large.
        """
        self.budget.step()
        match part:
            case Fixed():
                self.budget.admit(part.value)
                return [part.value]
            case Text():
                return self._text(part, scope)
            case Items():
                return [[value for item in part.items for value in self._spliced(item, scope)]]
            case Element():
                return list(self._repeated(part, scope))

    def _text(self, part: Text, scope: Scope) -> list[JsonValue]:
        before = len(self.missing)
        try:
            value = self._value(part, scope)
            self.budget.admit(value)
            if not part.sent and isinstance(value, dict | list):
                _refuse_elements(value)
        except UnfitError as fault:
            raise PlacedUnfitError(part.path, str(fault)) from None
        complete = len(self.missing) == before
        self.found += complete
        return [value] if complete or not part.sent else []

    def _value(self, part: Text, scope: Scope) -> JsonValue:
        single = part.content.single
        if single is None:
            return part.content.text(scope, self.missing)
        value = single.value(scope)
        if value is None:
            self.missing.append(single.source)
            return single.source
        return value

    def _spliced(self, part: Part, scope: Scope) -> list[JsonValue]:
        made = self.fill(part, scope)
        if isinstance(part, Text) and made and isinstance(made[0], list):
            return made[0]
        return made

    def _repeated(self, part: Element, scope: Scope) -> Iterator[JsonValue]:
        for one in self._scopes(part, scope):
            self.budget.step()
            if part.when is None or _holds(part.when, one):
                yield self._object(part, one)

    def _scopes(self, part: Element, scope: Scope) -> list[Scope]:
        if part.data is None:
            return [scope]
        given = self._data(part.data, scope)
        if isinstance(given, list):
            self.budget.step(len(given))
            return [scope.over(item, index) for index, item in enumerate(given)]
        return [] if given is None else [scope.over(given, None)]

    def _data(self, part: Part, scope: Scope) -> JsonValue:
        """Return what ``$data`` is; being no part of the card, it is not paid for as one."""
        single = part.content.single if isinstance(part, Text) else None
        if single is None or not isinstance(part, Text):
            return next(iter(self.fill(part, scope)), None)
        try:
            value = single.value(scope)
        except UnfitError as fault:
            raise PlacedUnfitError(part.path, str(fault)) from None
        if value is None:
            self.missing.append(single.source)
        return value

    def _object(self, part: Element, scope: Scope) -> JsonObject:
        made: JsonObject = {}
        self.budget.admit(None)
        for key, member in part.members:
            values = self.fill(member, scope)
            if len(values) == 1:
                made[key] = values[0]
            elif values:
                made[key] = values
        return made


def _holds(when: Expression, scope: Scope) -> bool:
    """Tell whether a condition holds; one that does not work out does not, as published."""
    try:
        return when.value(scope) is True
    except UnfitError:
        # A budget that is spent stays spent: the next step says so.
        scope.budget.step()
        return False


def _refuse_elements(value: JsonValue) -> None:
    """Refuse data that would put elements of its own on the card: those are the author's.

    What has no type is no element by itself: an entry of a list that the template names, such as a
    fact, a choice, or a picture.

    Raises:
        UnfitError: It does.
    """
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending.extend(one)
        elif isinstance(one, dict):
            kind = one.get("type")
            if isinstance(kind, str) and (kind in KINDS or kind.startswith(_FAMILIES)):
                sentence = f"the data brings an element of its own, {kind}; write it in the "
                raise UnfitError(f"{sentence}template, and let $data repeat it.")
            pending.extend(one.values())
