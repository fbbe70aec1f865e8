"""Kinds this version stores and lists, and cannot carry out: a plan that says so."""

from dataclasses import dataclass
from typing import Final, Never

from deftly.domain.handler import ClientHandler, CodeHandler, ShellHandler
from deftly.egress.url import Target
from deftly.errors import HandlerUnavailable
from deftly.handlers.handler import Invocation

_LABELS: Final = {
    "code": "JavaScript (code)",
    "shell": "shell",
    "client": "browser (client)",
}


@dataclass(frozen=True, slots=True)
class MissingPlan:
    """A stored action whose kind has no handler here."""

    handler: CodeHandler | ShellHandler | ClientHandler
    writes: bool = True
    names: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    origins: tuple[Target, ...] = ()

    @property
    def timeout_s(self) -> float:
        """The limit its author chose."""
        return self.handler.timeout_s

    def prepare(self, invocation: Invocation) -> Never:
        """Refuse.

        Raises:
            HandlerUnavailable: Always.
        """
        del invocation
        label = _LABELS[self.handler.type]
        message = f"This version of Deftly cannot run {label} actions yet; the action is kept."
        raise HandlerUnavailable(message)
