"""Kinds that are stored and cannot be carried out in this process: a plan that says so."""

from dataclasses import dataclass
from typing import Final, Never

from deftly.domain.handler import ClientHandler, CodeHandler, ShellHandler
from deftly.egress.url import Target
from deftly.errors import HandlerUnavailable
from deftly.handlers.handler import Invocation

_LABELS: Final = {
    "code": "JavaScript (code)",
    "shell": "Shell",
    "client": "Browser (client)",
}


@dataclass(frozen=True, slots=True)
class MissingPlan:
    """A stored action whose kind has nothing here to carry it out: an evaluation starts nothing."""

    handler: CodeHandler | ShellHandler | ClientHandler
    writes: bool = True
    names: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    origins: tuple[Target, ...] = ()

    @property
    def timeout_s(self) -> float:
        """The limit its author chose."""
        return self.handler.timeout_s

    @property
    def why(self) -> str:
        """What keeps it from running."""
        return f"{_LABELS[self.handler.type]} actions do not run here; the action is kept."

    def prepare(self, invocation: Invocation) -> Never:
        """Refuse.

        Raises:
            HandlerUnavailable: Always.
        """
        del invocation
        raise HandlerUnavailable(self.why)
