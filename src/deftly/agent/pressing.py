"""What the press of a card's button means, judged by the card that was kept and nothing else."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from deftly.agent.opening import Pressed
from deftly.domain.schema import coerce
from deftly.domain.widget.card import inputs_of
from deftly.domain.widget.inputs import InputKind, Takes
from deftly.errors import InvalidRequest, NotAllowed, NotFound, Problem
from deftly.values import JsonObject, JsonValue

if TYPE_CHECKING:
    from deftly.agent.calling import HoldsActions
    from deftly.domain.agent import Agent
    from deftly.domain.run import ShownCard

VALUE_LIMIT: Final = 20_000
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_LABEL: Final = "Pressed a button."


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a card, pressed.

    Attributes:
        does: ``message``, ``action`` or ``save``.
        text: What the conversation shows of it.
        tool: Which action it calls; empty for the others.
        given: What the button itself holds.
        inputs: What the person filled in, by the ids of the card's inputs.
    """

    does: str
    text: str
    tool: str
    given: JsonObject
    inputs: JsonObject

    @property
    def data(self) -> JsonObject:
        """All of it: what was filled in comes before what the button holds."""
        return {**self.given, **self.inputs}


def read_press(card: "ShownCard", button: str, inputs: JsonValue) -> Press:
    """Return what a press means.

    Raises:
        InvalidRequest: The card has no such button or input, or a value fits no input.
    """
    filled = _filled(card, inputs)
    match card.buttons.get(button):
        case {"type": str(does), "text": str(text), "action": str(tool), "arguments": dict(given)}:
            return Press(does, text or _LABEL, tool, given, filled)
        case _:
            raise _refused("button", f"button: the card has no button {button[:80]!r} to send.")


def _filled(card: "ShownCard", inputs: JsonValue) -> JsonObject:
    if not isinstance(inputs, dict):
        raise _refused("inputs", "inputs must be an object: each value by the id of its input.")
    known = inputs_of(card.card)
    for name, value in inputs.items():
        path = f"inputs.{name[:80]}"
        kind = known.get(name)
        if kind is None:
            raise _refused(path, f"{path}: the card has no input of this id.")
        fault = _fault(kind, value)
        if fault:
            raise _refused(path, f"{path} {fault}.")
    # An empty field is one that was not filled in.
    return {name: value for name, value in inputs.items() if value not in ("", None)}


def _fault(kind: InputKind, value: JsonValue) -> str | None:
    """Return what is wrong with a value as the end of a sentence; nothing is always right."""
    if isinstance(value, str) and len(value) > VALUE_LIMIT:
        return f"is over {VALUE_LIMIT} characters; write less"
    match kind.takes, value:
        case (_, None | "") | (Takes.TOGGLE, bool()):
            return None
        case Takes.NUMBER, _:
            return None if _is_number(value) else "must be a number"
        case _, str():
            return _not_offered(kind, value)
        case _:
            return "must be a text"


def _is_number(value: JsonValue) -> bool:
    match value:
        case bool():
            return False
        case str():
            return _NUMBER.fullmatch(value) is not None
        case _:
            return isinstance(value, int | float)


def _not_offered(kind: InputKind, value: str) -> str | None:
    chosen = value.split(",") if kind.several else [value]
    if kind.choices and not {*chosen} <= {*kind.choices}:
        return "must be one of the values the card offers"
    return None


def _refused(path: str, message: str) -> InvalidRequest:
    return InvalidRequest(message, details=[Problem(path, message)])


def said_by(press: Press) -> str:
    """Return the message of a button that sends one: its words, then what was filled in."""
    return "\n".join([press.text, *(f"{name}: {value}" for name, value in press.inputs.items())])


def call_of_press(press: Press, agent: "Agent", catalog: "HoldsActions") -> Pressed:
    """Return the call of a button that runs an action; nothing is called yet.

    Inputs the action does not take belong to other buttons of the card.

    Raises:
        NotAllowed: It is none of this agent's actions.
        NotFound: There is no such enabled action any more.
        InvalidArguments: The arguments do not fit it.
    """
    tool = press.tool
    if not agent.may_call(tool):
        raise NotAllowed(f"This agent does not have the action {tool}; nothing was sent.")
    compiled = catalog.snapshot.by_tool.get(tool)
    if compiled is None or not compiled.action.enabled:
        raise NotFound(f"There is no enabled action called {tool}.")
    schema = compiled.schema
    filled = {name: one for name, one in press.inputs.items() if name in schema.declared_names}
    typed = {name: one for name, one in filled.items() if isinstance(one, str)}
    arguments = {**press.given, **filled, **coerce(schema.schema, typed)}
    return Pressed(tool, schema.bind(arguments))
