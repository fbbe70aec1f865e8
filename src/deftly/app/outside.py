"""What an installation reaches beyond its store: the network, browsers, sandboxes."""

from dataclasses import dataclass

from deftly.egress.client import GuardedClient
from deftly.handlers.browsers import Browsers
from deftly.handlers.code import CodeTools
from deftly.handlers.handler import Reveal
from deftly.handlers.http import HttpTools
from deftly.handlers.shell import ShellTools
from deftly.handlers.tools import HandlerTools
from deftly.handlers.widget import FindsWidgets
from deftly.sandbox.sandboxes import Sandboxes


@dataclass(frozen=True, slots=True)
class Outside:
    """One of each."""

    client: GuardedClient
    browsers: Browsers
    sandboxes: Sandboxes

    def tools(self, reveal: Reveal, widgets: FindsWidgets) -> HandlerTools:
        """Return what actions are compiled with."""
        http = HttpTools(self.client, reveal)
        return HandlerTools(
            http,
            widgets,
            self.browsers,
            CodeTools(self.sandboxes.javascript, http),
            ShellTools(self.sandboxes.shell),
        )
