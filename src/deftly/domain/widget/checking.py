"""A card as it may be sent: walked once, and only what the table of elements knows is kept."""

import re
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.widget.budget import UnfitError
from deftly.domain.widget.buttons import Button, read_button
from deftly.domain.widget.elements import KINDS, ROOT
from deftly.domain.widget.inputs import KINDS as INPUTS
from deftly.domain.widget.inputs import InputKind, input_of
from deftly.domain.widget.properties import Kind, Nested, NotAdmittedError
from deftly.domain.widget.traits import SUBMIT
from deftly.errors import Problem
from deftly.values import JsonObject, JsonValue

ELEMENTS_LIMIT: Final = 2_000
LEVELS_LIMIT: Final = 25

_PROBLEMS_LIMIT: Final = 50
# What the renderer is, for elements that say what they require.
_ABILITIES: Final = {"adaptivecards": (1, 5)}
_VERSION: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,3}))?(?:\.[0-9]{1,5})*")
# Read by the server, and never sent: data by buttons.py, the others here.
_READ_APART: Final = frozenset({"type", "data", "fallback", "requires", "version", "$schema"})
# An input's value would take the place of what says which button was pressed.
_RESERVED: Final = frozenset({"button", "deftly"})


@dataclass(slots=True)
class Walk:
    """One walk over a card.

    Attributes:
        buttons: What each button does, by the id it got, in document order.
        inputs: What can be filled in, by id.
        problems: What was left out, and why; the first fifty.
    """

    buttons: dict[str, Button] = field(default_factory=dict)
    inputs: dict[str, InputKind] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _elements: int = 0

    def root(self, card: JsonObject) -> JsonObject:
        """Return what of the card is sent.

        Raises:
            UnfitError: It is too deep or has too many elements.
        """
        return self._kept(card, ROOT, "card", 0)

    def _refuse(self, path: str, sentence: str) -> None:
        if len(self.problems) < _PROBLEMS_LIMIT:
            self.problems.append(Problem(path, f"{path} {sentence}; it is left out."))

    def _element(self, value: JsonValue, kinds: Nested, path: str, depth: int) -> JsonValue:
        """Return the element, or its fallback, or None."""
        if isinstance(value, str) and kinds.strings:
            return self._short(value, kinds, path)
        if not isinstance(value, dict):
            self._refuse(path, "must be an object")
            return None
        kind = value.get("type", kinds.implied)
        if isinstance(kind, str) and kind in kinds.kinds and _meets(value.get("requires")):
            before = len(self.buttons), len(self.inputs)
            try:
                return self._kept(value, kind, path, depth)
            except NotAdmittedError as fault:
                self._forget(*before)
                self._refuse(path, str(fault))
        else:
            self._refuse(path, f"is {_called(kind)}, which cannot be shown here")
        fallback = value.get("fallback")
        if isinstance(fallback, dict) and depth < LEVELS_LIMIT:
            return self._element(fallback, kinds, f"{path}.fallback", depth + 1)
        return None

    def _forget(self, buttons: int, inputs: int) -> None:
        """Forget what was inside of an element that is left out."""
        for name in list(self.buttons)[buttons:]:
            del self.buttons[name]
        for name in list(self.inputs)[inputs:]:
            del self.inputs[name]

    def _short(self, value: str, kinds: Nested, path: str) -> JsonValue:
        """Return what a plain text stands for: the one thing such an element needs."""
        kind = str(kinds.implied)
        (needed,) = KINDS[kind].needed
        rule = KINDS[kind].properties[needed]
        try:
            return None if isinstance(rule, Nested) else rule(value)
        except NotAdmittedError as fault:
            self._refuse(path, str(fault))
            return None

    def _kept(self, value: JsonObject, kind: str, path: str, depth: int) -> JsonObject:
        self._elements += 1
        if depth > LEVELS_LIMIT:
            raise UnfitError(f"it is nested more than {LEVELS_LIMIT} levels deep.")
        if self._elements > ELEMENTS_LIMIT:
            raise UnfitError(f"it has more than {ELEMENTS_LIMIT} elements; show fewer items.")
        known = KINDS[kind]
        made: JsonObject = {"type": kind}
        for name, given in value.items():
            if given is None or name in _READ_APART:
                continue
            self._property(made, known, name, given, path, depth)
        lacking = [name for name in known.needed if name not in made]
        if lacking:
            raise NotAdmittedError(f"has no {lacking[0]} that can be used")
        return self._finished(made, value, kind)

    def _property(
        self, made: JsonObject, known: Kind, name: str, given: JsonValue, path: str, depth: int
    ) -> None:
        where = f"{path}.{name}"
        rule = known.properties.get(name)
        if rule is None:
            self._refuse(where, f"is no property of {made['type']}")
            return
        try:
            found = (
                self._nested(given, rule, where, depth) if isinstance(rule, Nested) else rule(given)
            )
        except NotAdmittedError as fault:
            self._refuse(where, str(fault))
        else:
            if found is not None:
                made[name] = found

    def _nested(self, given: JsonValue, rule: Nested, path: str, depth: int) -> JsonValue:
        if not rule.many:
            return self._element(given, rule, path, depth + 1)
        if not isinstance(given, list):
            raise NotAdmittedError("must be a list")
        kept = (
            self._element(one, rule, f"{path}[{index}]", depth + 1)
            for index, one in enumerate(given)
        )
        return [one for one in kept if one is not None]

    def _finished(self, made: JsonObject, value: JsonObject, kind: str) -> JsonObject:
        if kind == SUBMIT:
            button = read_button(value, str(made.get("title", "")))
            given_id = f"s{len(self.buttons) + 1}"
            self.buttons[given_id] = button
            return {**made, "id": given_id, "data": {"button": given_id}}
        if kind in INPUTS:
            self._take_input(made)
        if kind == ROOT:
            return {**made, "version": _version(value.get("version"))}
        return made

    def _take_input(self, made: JsonObject) -> None:
        name = str(made["id"])
        if name in _RESERVED:
            raise NotAdmittedError(f"has the id {name}, which is ours; give it another")
        if name in self.inputs:
            raise NotAdmittedError(f"has the id {name}, as another input has; give it its own")
        self.inputs[name] = input_of(made)


def _version(given: JsonValue) -> str:
    return given if isinstance(given, str) and _VERSION.fullmatch(given) else "1.5"


def _meets(required: JsonValue) -> bool:
    """Tell whether the renderer has what an element says it requires."""
    if not isinstance(required, dict):
        return True
    return all(_able(name, least) for name, least in required.items())


def _able(name: str, least: JsonValue) -> bool:
    ours = _ABILITIES.get(name.lower())
    wanted = _VERSION.fullmatch(least) if isinstance(least, str) else None
    if ours is None or (wanted is None and least != "*"):
        return False
    return wanted is None or (int(wanted[1]), int(wanted[2] or 0)) <= ours


def _called(kind: JsonValue) -> str:
    return f"a {kind[:40]}" if isinstance(kind, str) else "of no type"
