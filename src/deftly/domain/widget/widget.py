"""The widget: a card's template, what data it takes, and data to show it with."""

import re
from typing import Annotated, Final, TypeAlias

from pydantic import Field, field_validator

from deftly.domain.handler import Extensible, NonBlank
from deftly.domain.noun import IDENTITY, DefinitionId, digest_without
from deftly.values import JsonObject, dump_json

NAME_LIMIT: Final = 60
TEXT_LIMIT: Final = 2_000
EXAMPLE_LIMIT_BYTES: Final = 256 * 1024

_NAME: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
# Their addresses are those of other things about widgets.
_RESERVED: Final = frozenset({"gallery", "generate", "new", "preview"})

Line: TypeAlias = Annotated[NonBlank, Field(max_length=TEXT_LIMIT)]


class Widget(Extensible):
    """A widget as callers see it, complete.

    Attributes:
        name: Spelled as a tool's; its file is named after it.
        title: What people call it.
        description: What it shows, for people and for the model that fills it.
        template: An Adaptive Card in the Adaptive Cards Template language.
        data_schema: JSON Schema of the data; None takes any.
        example_data: What it is shown with in the editor, and what fills the gaps of real data.
        version: Grows by one with every stored change.
        created_at: None where nothing was ever stored.
    """

    id: DefinitionId
    name: str
    title: Line | None = None
    description: Line | None = None
    template: JsonObject
    data_schema: JsonObject | None = None
    example_data: JsonObject = Field(default_factory=dict)
    version: int = 1
    created_at: str | None = None
    updated_at: str | None = None

    @field_validator("name")
    @classmethod
    def _slug(cls, text: str) -> str:
        fault = name_fault(text)
        if fault:
            raise ValueError(fault)
        return text

    @field_validator("example_data")
    @classmethod
    def _small(cls, given: JsonObject) -> JsonObject:
        if len(dump_json(given)) > EXAMPLE_LIMIT_BYTES:
            message = f"must be at most {EXAMPLE_LIMIT_BYTES // 1024} KiB; keep a few rows of it"
            raise ValueError(message)
        return given

    @property
    def content_digest(self) -> str:
        """SHA-256 of all its author can change."""
        return digest_without(self, IDENTITY)


def name_fault(name: str) -> str | None:
    """Return what is wrong with a widget's name as the end of a sentence, or None."""
    if len(name) > NAME_LIMIT:
        return f"must have at most {NAME_LIMIT} characters"
    if not _NAME.fullmatch(name):
        return "must be lower-case letters, digits and single underscores, such as order_card"
    if name in _RESERVED:
        return f"is reserved ({', '.join(sorted(_RESERVED))}); choose another one"
    return None
