"""What may be sent to a browser of a card, and what its buttons and inputs are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from deftly.domain.widget.budget import UnfitError
from deftly.domain.widget.buttons import Button
from deftly.domain.widget.checking import Walk
from deftly.domain.widget.elements import ROOT
from deftly.domain.widget.inputs import KINDS as INPUTS
from deftly.domain.widget.inputs import InputKind, input_of
from deftly.domain.widget.speaking import spoken
from deftly.errors import Problem, WidgetDoesNotFit
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json

__all__ = ["CheckedCard", "buttons_of", "check_card", "checked", "inputs_of", "spoken"]

CARD_LIMIT_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """A card that may be sent.

    Attributes:
        card: As a browser gets it: of a button that sends, ``data`` is ``{"button": "s1"}``.
        buttons: What each of these does, by its id, in document order; the server's own.
        inputs: What can be filled in, by id.
        problems: What was left out, and why.
    """

    card: JsonObject
    buttons: Mapping[str, Button]
    inputs: Mapping[str, InputKind]
    problems: tuple[Problem, ...]


def checked(card: JsonObject) -> CheckedCard:
    """Return what of an expanded card may be sent, with its buttons and inputs.

    An element that is not known, or lacks what it needs, is replaced by its ``fallback`` or left
    out; a property that is not known, or has no such value, is left out.

    Raises:
        WidgetDoesNotFit: It is no card, or over 256 KiB, 2,000 elements or 25 levels.
    """
    if card.get("type", ROOT) != ROOT:
        raise _unfit(f"its type must be {ROOT}.")
    walk = Walk()
    try:
        sent = walk.root(card)
        size = len(dump_json(sent))
    except (UnfitError, NotJsonError) as fault:
        raise _unfit(str(fault)) from None
    if size > CARD_LIMIT_BYTES:
        raise _unfit(f"it has {size} bytes; {CARD_LIMIT_BYTES} are the limit.")
    return CheckedCard(sent, walk.buttons, walk.inputs, tuple(walk.problems))


def _unfit(sentence: str) -> WidgetDoesNotFit:
    return WidgetDoesNotFit(
        f"The card cannot be shown: {sentence}", details=[Problem("card", sentence)]
    )


def check_card(card: JsonObject) -> JsonObject:
    """Return what of an expanded card may be sent to a browser.

    Raises:
        WidgetDoesNotFit: As ``checked``.
    """
    return checked(card).card


def buttons_of(card: JsonObject) -> Mapping[str, Button]:
    """Return what the buttons of an expanded card do; one that was sent no longer says it.

    Raises:
        WidgetDoesNotFit: As ``checked``.
    """
    return checked(card).buttons


def inputs_of(card: JsonObject) -> Mapping[str, InputKind]:
    """Return what can be filled in on a card that was sent, by the inputs' ids.

    It was checked before it was sent, and is only looked through.
    """
    found: dict[str, InputKind] = {}
    pending: list[JsonValue] = [card]
    while pending:
        match pending.pop():
            case list() as several:
                pending.extend(several)
            case dict() as one:
                if one.get("type") in INPUTS:
                    found[str(one["id"])] = input_of(one)
                pending.extend(held for held in one.values() if isinstance(held, dict | list))
            case _:
                continue
    return found
