"""The base of every noun: frozen, camelCase outside, refusing what it does not know."""

from typing import Self, cast

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from deftly.values import JsonObject


class Model(BaseModel):
    """A frozen value with one spelling on the wire, in files and in exports."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
    )

    def wire(self) -> JsonObject:
        """Return the JSON object callers see; absent values are left out."""
        return cast("JsonObject", self.model_dump(mode="json", by_alias=True, exclude_none=True))

    def encoded(self) -> bytes:
        """Return ``wire()`` as JSON, in a quarter of the time."""
        return self.model_dump_json(by_alias=True, exclude_none=True).encode()

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields replaced; the new values are not validated again."""
        return self.model_copy(update=changes)
