"""Taking secrets out of everything that leaves a run.

A secret that was sent may come back in an answer: plain, percent-encoded, JSON-escaped
or in base64. What is found is replaced by the secret's name.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Self

from deftly.domain.secret import mask
from deftly.domain.spellings import spellings_of
from deftly.values import JsonValue


class Redactor:
    """Replaces the spellings of some secrets by their names."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Prepare every spelling of every value that is long enough."""
        spellings: dict[str, str] = {}
        for name, value in secrets.items():
            spellings.update(dict.fromkeys(spellings_of(value), mask(name)))
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
