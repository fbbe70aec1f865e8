"""What every action of this installation is made with, whatever its kind."""

from dataclasses import dataclass, replace
from typing import Self

from deftly.handlers.browsers import Browsers
from deftly.handlers.code import CodeTools
from deftly.handlers.handler import Reveal
from deftly.handlers.http import HttpTools
from deftly.handlers.shell import ShellTools
from deftly.handlers.widget import FindsWidgets


@dataclass(frozen=True, slots=True)
class HandlerTools:
    """One of each thing that handlers share.

    Attributes:
        browsers: None where no conversation is followed: an evaluation.
        code: None where nothing is started: an evaluation.
        shell: The same.
    """

    http: HttpTools
    widgets: FindsWidgets
    browsers: Browsers | None = None
    code: CodeTools | None = None
    shell: ShellTools | None = None

    def revealing(self, reveal: Reveal) -> Self:
        """Return the same with secrets from elsewhere: those just typed into a draft."""
        http = replace(self.http, reveal=reveal)
        code = None if self.code is None else replace(self.code, http=http)
        return replace(self, http=http, code=code)
