"""The root of everything that can go wrong, and what it carries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where.

    Attributes:
        path: The field, such as ``handler.url`` or ``parameters[0].name``; empty for the whole.
        message: A sentence that says what is wrong and what to do.
    """

    path: str
    message: str


class DeftlyError(Exception):
    """The root. Raise a leaf."""

    code: ClassVar[str] = "error"

    def __init__(
        self, message: str, *, details: Iterable[Problem] = (), internal: str = ""
    ) -> None:
        """Keep what callers are told apart from what the log is told."""
        super().__init__(message)
        self.message = message
        self.details = tuple(details)
        self.internal = internal
