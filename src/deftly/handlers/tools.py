"""What every action of this installation is made with, whatever its kind."""

from dataclasses import dataclass, replace
from typing import Self

from deftly.handlers.browsers import Browsers
from deftly.handlers.handler import Reveal
from deftly.handlers.http import HttpTools
from deftly.handlers.widget import FindsWidgets


@dataclass(frozen=True, slots=True)
class HandlerTools:
    """One of each thing that handlers share.

    Attributes:
        browsers: None where no conversation is followed: an evaluation.
    """

    http: HttpTools
    widgets: FindsWidgets
    browsers: Browsers | None = None

    def revealing(self, reveal: Reveal) -> Self:
        """Return the same with secrets from elsewhere: those just typed into a draft."""
        return replace(self, http=replace(self.http, reveal=reveal))
