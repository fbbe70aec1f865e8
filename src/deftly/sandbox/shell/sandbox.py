"""The shell sandbox: each command in namespaces of its own, with one way to the network."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import Final

from deftly.egress.proxy import EgressProxy
from deftly.errors import DeftlyError, HandlerUnavailable, LimitExceeded
from deftly.sandbox.isolation import IsolationReport
from deftly.sandbox.process import User
from deftly.sandbox.programs import Programs
from deftly.sandbox.self_test import SelfTest
from deftly.sandbox.shell import reasons
from deftly.sandbox.shell.canary import SCRIPT, Expected, faults_of
from deftly.sandbox.shell.command import ShellCommand, ShellEnded
from deftly.sandbox.shell.jailed import ENVIRONMENT, argv_of
from deftly.sandbox.shell.launcher import LIMITS
from deftly.sandbox.shell.launching import Launched
from deftly.sandbox.shell.nursery import Nursery
from deftly.sandbox.shell.output import READ_BYTES, Output
from deftly.sandbox.turns import Turns

_TEST_LIMIT_S: Final = 20.0


class ShellSandbox:
    """Runs shell commands, where the operator wants that and the self-test has passed."""

    def __init__(
        self,
        programs: Callable[[], Programs],
        proxy: EgressProxy,
        *,
        enabled: bool,
        concurrency: int | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            programs: What there is to isolate with; may block.
            proxy: The way to the network.
            enabled: The operator wants commands to run.
            concurrency: How many run at once; one a core, and two at least, by default.
        """
        self._programs = programs
        self._proxy = proxy
        self._enabled = enabled
        self._turns = Turns("Too many shell commands are running", concurrency)
        self._nursery = Nursery(self._find_user)
        self._found: Programs | None = None
        self._self_test = SelfTest(self._tried)

    async def report(self) -> IsolationReport:
        """Return what isolates here; that is tried out once, and again where nothing did."""
        return await self._self_test.report() if self._enabled else reasons.OFF

    def availability(self) -> IsolationReport | None:
        """Return what is known so far, without waiting."""
        return self._self_test.known if self._enabled else reasons.OFF

    def warm(self) -> None:
        """Try the sandbox out in the background; what runs are forked from is there then."""
        if self._enabled:
            _ = self._self_test.begin()

    async def run(self, command: ShellCommand) -> ShellEnded:
        """Return how the command ended by itself.

        Raises:
            HandlerUnavailable: Nothing isolates here, or the system has no room for it now.
            LimitExceeded: It took too long, wrote too much, or had no turn.
        """
        (await self.report()).require()
        await self._turns.take()
        try:
            return await self._carry_out(command)
        finally:
            self._turns.give_back()

    async def close(self) -> None:
        """End every process."""
        await self._self_test.close()
        await self._nursery.aclose()

    async def _carry_out(self, command: ShellCommand) -> ShellEnded:
        words = await self._words(command.script)
        launched = await self._nursery.launch()
        output = Output(launched.end)
        async with (
            aclosing(launched),
            self._proxy.serving(launched.listener) as traffic,
            output.read(launched.stdout, launched.stderr),
        ):
            code = await _exit_code(launched, words, command)
        if output.is_flood:
            raise LimitExceeded(_TOO_MUCH)
        return ShellEnded(
            exit_code=code,
            stdout=output.stdout.text,
            stderr=output.stderr.text,
            stdout_truncated=output.stdout.is_cut,
            stderr_truncated=output.stderr.is_cut,
            sent_bytes=traffic.sent_bytes,
            received_bytes=traffic.received_bytes,
        )

    async def _words(self, script: str) -> tuple[str, ...]:
        programs = await self._find()
        if programs.bubblewrap is None:
            raise HandlerUnavailable(reasons.missing(programs).message)
        return argv_of(programs.bubblewrap, script)

    async def _find_user(self) -> User | None:
        return (await self._find()).user

    async def _find(self) -> Programs:
        if self._found is None:
            self._found = await asyncio.to_thread(self._programs)
        return self._found

    async def _tried(self) -> IsolationReport:
        """Run a script that looks for ways out."""
        programs = await self._find()
        if programs.bubblewrap is None:
            return reasons.missing(programs)
        try:
            ended = await self._carry_out(ShellCommand(SCRIPT, {}, _TEST_LIMIT_S))
        except DeftlyError as fault:
            return reasons.failed(fault.message)
        if ended.stderr and not ended.stdout:
            return reasons.failed(f"The shell sandbox could not start: {ended.stderr.strip()}.")
        faults = faults_of(ended.stdout, _EXPECTED)
        return reasons.leaky(faults) if faults else reasons.works(programs)


_EXPECTED: Final = Expected(ENVIRONMENT, {name: most for name, _, most in LIMITS})
_TOO_MUCH: Final = (
    f"The command wrote more than {READ_BYTES // 1024 // 1024} MiB and was ended; have it write "
    "less, with head or a filter."
)


async def _exit_code(launched: Launched, words: Sequence[str], command: ShellCommand) -> int:
    try:
        async with asyncio.timeout(command.timeout_s):
            return await launched.carry_out(words, {**ENVIRONMENT, **command.variables})
    except TimeoutError:
        raise LimitExceeded(_too_long(command.timeout_s)) from None
    finally:
        launched.end()  # before anybody stops to listen to it


def _too_long(limit_s: float) -> str:
    return (
        f"The command was still running after {limit_s:g} s and was ended, with all that it had "
        "started."
    )
