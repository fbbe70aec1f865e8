"""How an agent looks on a host page: what its owner chose for everybody who visits."""

import re
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, field_validator

from deftly.domain.handler import Extensible, NonBlank

_STRINGS_MAX: Final = 100
_NAME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9]{0,39}")
# RFC 5646 in its common part: a language, perhaps a script, perhaps a region.
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")

ShortLine: TypeAlias = Annotated[NonBlank, Field(max_length=80)]
Phrase: TypeAlias = Annotated[str, Field(max_length=500)]


class Embed(Extensible):
    """What may be chosen; the page's own attributes go before it.

    Attributes:
        launcher_text: Beside the button that opens the chat.
        color: Of the button and of what the visitor says, as ``#rrggbb``.
        theme: ``auto`` follows the visitor's system.
        language: Of the words on the chat, such as ``de`` or ``pt-BR``.
        strings: Words on the chat by name, in place of those of the language.
    """

    launcher_text: ShortLine | None = None
    color: str | None = None
    position: Literal["left", "right"] | None = None
    theme: Literal["auto", "light", "dark"] | None = None
    language: str | None = None
    strings: Annotated[dict[str, Phrase], Field(max_length=_STRINGS_MAX)] | None = None

    @field_validator("color")
    @classmethod
    def _six_digits(cls, text: str | None) -> str | None:
        if text is None or _COLOR.fullmatch(text):
            return text
        message = "must be a colour of six digits such as #0f766e"
        raise ValueError(message)

    @field_validator("language")
    @classmethod
    def _tag(cls, text: str | None) -> str | None:
        if text is None or _LANGUAGE.fullmatch(text):
            return text
        message = "must be a language such as de, pt-BR or zh-Hant"
        raise ValueError(message)

    @field_validator("strings")
    @classmethod
    def _named(cls, strings: dict[str, str] | None) -> dict[str, str] | None:
        bad = next((name for name in strings or () if not _NAME.fullmatch(name)), None)
        if bad is None:
            return strings
        message = f"holds the name {bad!r}; names are letters and digits, such as placeholder"
        raise ValueError(message)
