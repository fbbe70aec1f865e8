"""Both sandboxes of an installation: made once, tried when first needed, told of together."""

from collections.abc import Callable, Collection
from functools import cache

from deftly.egress.client import GuardedClient
from deftly.egress.proxy import EgressProxy
from deftly.sandbox.isolation import IsolationReport
from deftly.sandbox.javascript.sandbox import JavaScriptSandbox
from deftly.sandbox.programs import Programs, find_programs
from deftly.sandbox.shell.sandbox import ShellSandbox


class Sandboxes:
    """Where code and shell actions run."""

    def __init__(
        self,
        client: GuardedClient,
        *,
        shell: bool,
        programs: Callable[[], Programs] = find_programs,
    ) -> None:
        """Start nothing yet.

        Args:
            client: What their requests leave through.
            shell: The operator wants shell actions to run.
            programs: What there is to isolate with; looked for once.
        """
        found = cache(programs)
        self._attending = False
        self.javascript = JavaScriptSandbox(found)
        self.shell = ShellSandbox(found, EgressProxy(client), enabled=shell)

    async def reports(self) -> tuple[IsolationReport, ...]:
        """Return what isolates each kind; the first time, that is tried out."""
        return (await self.javascript.report(), await self.shell.report())

    def attend(self) -> None:
        """From now on have processes ready: calls are answered."""
        self._attending = True

    def warm_for(self, kinds: Collection[str]) -> None:
        """Have processes ready for the kinds of action there are."""
        if not self._attending:
            return
        if "code" in kinds:
            self.javascript.warm()
        if "shell" in kinds:
            self.shell.warm()

    async def close(self) -> None:
        """End every process."""
        await self.javascript.close()
        await self.shell.close()
