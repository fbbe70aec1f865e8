"""What a person can fill in on a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from deftly.values import JsonObject, JsonValue


class Takes(StrEnum):
    """What an input takes."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    TOGGLE = auto()
    CHOICES = auto()


KINDS: Final[Mapping[str, Takes]] = {
    "Input.Text": Takes.TEXT,
    "Input.Number": Takes.NUMBER,
    "Input.Date": Takes.DATE,
    "Input.Time": Takes.TIME,
    "Input.Toggle": Takes.TOGGLE,
    "Input.ChoiceSet": Takes.CHOICES,
}


@dataclass(frozen=True, slots=True)
class InputKind:
    """One input of a card.

    Attributes:
        label: What stands at it.
        required: The card asks for it before it sends.
        choices: The values it offers; empty where any is taken.
        several: More than one may be chosen; they are sent with commas between.
    """

    takes: Takes
    label: str
    required: bool = False
    choices: tuple[str, ...] = ()
    several: bool = False


def input_of(element: JsonObject) -> InputKind:
    """Return the input that a checked element is."""
    takes = KINDS[str(element["type"])]
    label = element.get("label") or element.get("title") or element.get("placeholder") or ""
    required = element.get("isRequired") is True
    return InputKind(
        takes, str(label), required, _offered(element, takes), element.get("isMultiSelect") is True
    )


def _offered(element: JsonObject, takes: Takes) -> tuple[str, ...]:
    match takes:
        case Takes.TOGGLE:
            return tuple(str(element.get(key, rest)) for key, rest in _TOGGLED)
        case Takes.CHOICES:
            choices: JsonValue = element.get("choices")
            listed = choices if isinstance(choices, list) else []
            return tuple(str(one["value"]) for one in listed if isinstance(one, dict))
        case _:
            return ()


_TOGGLED: Final = (("valueOn", "true"), ("valueOff", "false"))
