"""Taking secrets out of everything that leaves a run.

A secret that was sent may come back in an answer: plain, percent-encoded, JSON-escaped
or in base64. What is found is replaced by the secret's name.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Self
from urllib.parse import quote, quote_plus

from deftly.domain.secret import mask
from deftly.values import JsonValue

SHORTEST: Final = 6
"""Characters; shorter values are found in too many innocent places."""


class Redactor:
    """Replaces the spellings of some secrets by their names."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Prepare every spelling of every value that is long enough."""
        spellings: dict[str, str] = {}
        for name, value in secrets.items():
            if len(value) >= SHORTEST:
                spellings.update(dict.fromkeys(_spellings(value), mask(name)))
        self._spellings = spellings
        # Longest first, so that a spelling that contains another one is taken whole.
        ordered = sorted(spellings, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE)
        self._folded = {spelling.lower(): masked for spelling, masked in spellings.items()}
        self._probes = tuple(spelling.lower() for spelling in ordered)

    @classmethod
    def joined(cls, several: Iterable[Mapping[str, str]]) -> Self:
        """Return one redactor for several sets of secrets."""
        return cls({name: value for secrets in several for name, value in secrets.items()})

    def text(self, text: str) -> str:
        """Return the text with every known spelling replaced."""
        if not self._spellings:
            return text
        folded = text.lower()
        if not any(probe in folded for probe in self._probes):
            return text
        return self._pattern.sub(lambda found: self._folded.get(found[0].lower(), "‹secret›"), text)

    def value(self, value: JsonValue) -> JsonValue:
        """Return JSON with every known spelling replaced, in keys too."""
        if not self._spellings:
            return value
        match value:
            case str():
                return self.text(value)
            case list():
                return [self.value(one) for one in value]
            case dict():
                return {self.text(key): self.value(one) for key, one in value.items()}
            case _:
                return self._number(value)

    def _number(self, value: JsonValue) -> JsonValue:
        """A secret of digits may come back as a number."""
        if value is None or isinstance(value, bool):
            return value
        text = str(value)
        return self.text(text) if self.text(text) != text else value


NOTHING_TO_HIDE: Final = Redactor({})


def _spellings(value: str) -> set[str]:
    raw = value.encode()
    found = {
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        "".join(f"%{byte:02x}" for byte in raw),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
        raw.hex(),
    }
    # Escaped twice: JSON inside a JSON string.
    found.add(json.dumps(json.dumps(value)[1:-1])[1:-1])
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        found |= {_base64_core(encode, raw, shift) for shift in range(3)}
    return {spelling for spelling in found if len(spelling) >= SHORTEST}


def _base64_core(encode: Callable[[bytes], bytes], raw: bytes, shift: int) -> str:
    """Return the digits that are the same wherever the value lies in a longer text.

    At each of the three alignments the first and last digits also depend on the
    neighbouring bytes, so they are left out.
    """
    digits = encode(b"\0" * shift + raw).decode().rstrip("=")
    lead = -(-shift * 8 // 6)
    bits_at_end = (shift + len(raw)) * 8 % 6
    return digits[lead : len(digits) - (1 if bits_at_end else 0)]
