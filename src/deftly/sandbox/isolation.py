"""Which isolation code runs in here, why, and what would make it possible where none does."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from deftly.errors import HandlerUnavailable
from deftly.values import JsonObject

Kind: TypeAlias = Literal["code", "shell"]


class Isolation(StrEnum):
    """What keeps a run in bounds; never less than what the self-test has seen hold."""

    BUBBLEWRAP = "bubblewrap"
    DENO = "deno"
    NONE = "none"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class IsolationReport:
    """What the self-test of one kind of action found.

    Attributes:
        message: Sentences for an operator: what is active and why; where nothing is, what to do.
    """

    kind: Kind
    isolation: Isolation
    message: str

    @property
    def is_available(self) -> bool:
        """Whether actions of the kind run here."""
        return self.isolation in {Isolation.BUBBLEWRAP, Isolation.DENO}

    def wire(self) -> JsonObject:
        """Return the JSON object operators see."""
        told: JsonObject = {"handler": self.kind, "available": self.is_available}
        return {**told, "isolation": self.isolation.value, "message": self.message}

    def require(self) -> None:
        """Refuse where nothing isolates.

        Raises:
            HandlerUnavailable: With the message.
        """
        if not self.is_available:
            raise HandlerUnavailable(self.message)
