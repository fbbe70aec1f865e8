"""Drafts: definitions made from something else, with what their owner should know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deftly.errors import DeftlyError, InvalidDefinition, Problem
from deftly.values import JsonObject


@dataclass(frozen=True, slots=True)
class Draft:
    """A definition that nobody has stored.

    Attributes:
        definition: What a create takes; credentials are placeholders in it.
        source: What it was made from, such as an operation's id.
        credentials: The values that stood in the source, by secret name. They are kept when
            the draft is stored, and never told.
    """

    definition: JsonObject
    source: str
    warnings: tuple[Problem, ...] = ()
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The name it asks for."""
        return str(self.definition.get("name", ""))

    def wire(self) -> JsonObject:
        """Return what callers are told."""
        told: JsonObject = {
            "action": self.definition,
            "source": self.source,
            "warnings": [{"path": one.path, "message": one.message} for one in self.warnings],
        }
        if self.credentials:
            told["keeps"] = list(self.credentials)
        return told


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the source that no action was made of, and why."""

    source: str
    fault: DeftlyError

    @classmethod
    def because(cls, source: str, reason: str) -> "Refused":
        """Refuse with a sentence."""
        return cls(source, InvalidDefinition(reason))

    def wire(self) -> JsonObject:
        """Return what callers are told."""
        told: JsonObject = {
            "source": self.source,
            "error": self.fault.message,
            "code": self.fault.code,
        }
        if self.fault.details:
            told["details"] = [
                {"path": one.path, "message": one.message} for one in self.fault.details
            ]
        return told


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything a source came to."""

    drafts: tuple[Draft, ...]
    refused: tuple[Refused, ...] = ()
