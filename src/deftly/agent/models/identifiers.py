"""Identifiers: which of a text's is meant for which parameter, and how it is spelled."""

import re
from collections.abc import Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind
from deftly.agent.models.numbers import is_money
from deftly.agent.models.roles import example_of, subjects_of
from deftly.agent.models.toolcard import Parameter

_NEAR_CHARACTERS: Final = 28
_FEWEST_DIGITS: Final = 3
_MOST_PARTS: Final = 3
_NO_FIT: Final = 0


def find_identifier(
    parameter: Parameter, text: str, free: Sequence[Found], rivals: Sequence[Parameter] = ()
) -> Found | None:
    """Return the identifier meant for the parameter: by its shape, then by the word before it.

    One that fits a rival better is left to it.
    """
    scored = [(_identifier_fit(parameter, text, each), each) for each in free]
    fitting = [
        (fit, each)
        for fit, each in scored
        if fit > _NO_FIT and all(_identifier_fit(rival, text, each) <= fit for rival in rivals)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _identifier_fit(parameter: Parameter, text: str, found: Found) -> int:
    if found.kind not in {Kind.IDENTIFIER, Kind.UUID, Kind.NUMBER}:
        return _NO_FIT
    near = text[max(0, found.start - _NEAR_CHARACTERS) : found.start]
    close = {wording.stem(word) for word in wording.words(near)[-3:]}
    cue = 3 if close & subjects_of(parameter) else 0
    if found.kind is Kind.NUMBER:
        counts = not found.written.isdigit() or is_money(text, found)
        # Next to "CU-5512" a lone "2" is how many there are, and no customer.
        short = len(found.written) < _FEWEST_DIGITS and not cue
        counts = counts or (short and example_of(parameter) is not None)
        return _NO_FIT if counts or not (cue or parameter.required) else 1 + cue
    return 2 + cue + likeness(example_of(parameter), found)


def likeness(example: str | None, found: Found) -> int:
    """Return 3 for the example's letters and build, 2 or 1 for its build, -2 for another.

    2 is for as many letters as the example has; 0 is unknown.
    """
    value = str(found.value)
    if example is None or value.isdigit():  # "#88": people leave the letters out
        return 0
    mixed = _build(example).startswith("mixed")
    same = bool(_letters(value)) and _letters(example) == _letters(value)
    if _joined(_build(example)) != _joined(_build(value)):
        return -2
    if mixed or same:
        return 3
    return 2 if len(_letters(example)) == len(_letters(value)) else 1


def spelled_like(example: str | None, value: str) -> str:
    """Return an identifier as the example is spelled: ``so88`` beside ``SO-12`` is ``SO-88``."""
    shape = re.fullmatch(r"([A-Za-z]+)([-_/]?)\d+", example or "")
    said = re.fullmatch(r"([A-Za-z]+)[-_/]?(\d+)", value)
    if shape is None or said is None or shape[1].lower() != said[1].lower():
        return value
    return f"{shape[1]}{shape[2]}{said[2]}"


def _build(identifier: str) -> str:
    build = re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "9", identifier))
    # In a code such as K7PX2M letters and digits stand anywhere.
    return f"mixed {len(identifier)}" if len(build) > _MOST_PARTS else build


def _joined(build: str) -> str:
    return re.sub(r"(?<=a)[-_/](?=9)", "", build)


def _letters(identifier: str) -> str:
    return re.sub(r"[^A-Za-z]", "", identifier).lower()
