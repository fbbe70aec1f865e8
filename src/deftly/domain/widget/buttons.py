"""Buttons that send something: what each does, as only the server knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from deftly.domain.naming import action_name, tool_name
from deftly.domain.widget.properties import NotAdmittedError
from deftly.errors import InvalidDefinition
from deftly.values import JsonObject, JsonValue

MESSAGE_LIMIT: Final = 2_000
_KEYS: Final = frozenset({"type", "action", "arguments", "text"})
_WISH: Final = 'such as {"deftly": {"type": "message", "text": "Yes, please"}}'


class Does(StrEnum):
    """What the press of a button does."""

    MESSAGE = auto()
    ACTION = auto()
    SAVE = auto()


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a card.

    Attributes:
        title: What stands on it.
        text: What is sent, or said of it in the conversation; the title where nothing is written.
        action: The tool it calls, where it calls one.
        arguments: What the card gives it; a person's inputs come on top.
    """

    does: Does
    title: str
    text: str
    action: str | None
    arguments: JsonObject

    def wire(self) -> JsonObject:
        """Return it as it is kept beside its card."""
        return {
            "type": self.does.value,
            "text": self.text,
            "action": self.action or "",
            "arguments": self.arguments,
        }


def read_button(element: Mapping[str, JsonValue], title: str) -> Button:
    """Return what an ``Action.Submit`` does.

    Raises:
        NotAdmittedError: Its data does not say so, or not in a form that works.
    """
    data = element.get("data")
    said = data.get("deftly") if isinstance(data, dict) else None
    if not isinstance(said, dict):
        raise NotAdmittedError(f"must say what the button does, {_WISH}")
    unknown = [key for key in said if key not in _KEYS]
    if unknown:
        raise NotAdmittedError(f"holds {unknown[0]!r}; there are {', '.join(sorted(_KEYS))}")
    does = _does(said.get("type"))
    return Button(
        does,
        title,
        _text(said.get("text"), title),
        _action(said.get("action")) if does is Does.ACTION else None,
        _arguments(said.get("arguments")),
    )


def _does(value: JsonValue) -> Does:
    try:
        return Does(value) if isinstance(value, str) else Does("")
    except ValueError:
        choices = ", ".join(Does)
        raise NotAdmittedError(f"must have one of {choices} as its deftly.type") from None


def _text(value: JsonValue, title: str) -> str:
    if value is None:
        return title[:MESSAGE_LIMIT]
    if not isinstance(value, str):
        raise NotAdmittedError("must have a text as its deftly.text")
    if len(value) > MESSAGE_LIMIT:
        raise NotAdmittedError(f"must have at most {MESSAGE_LIMIT} characters as its deftly.text")
    return value


def _action(value: JsonValue) -> str:
    try:
        if isinstance(value, str):
            return tool_name(action_name(value))
    except InvalidDefinition:
        pass
    raise NotAdmittedError("must name the action it runs, in deftly.action")


def _arguments(value: JsonValue) -> JsonObject:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise NotAdmittedError("must have an object as its deftly.arguments")
    return value
