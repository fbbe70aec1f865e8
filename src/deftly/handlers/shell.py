"""Shell actions: render the values beside the script, run it in the sandbox, tell how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.handler import ShellHandler
from deftly.domain.run import ConsoleLine
from deftly.domain.template.scope import RenderScope
from deftly.domain.template.shell import RenderedShell, ShellTemplate, compile_shell
from deftly.egress.url import Target
from deftly.handlers.handler import RUN, HandlerResult, Invocation
from deftly.sandbox.shell.command import ShellCommand, ShellEnded
from deftly.sandbox.shell.sandbox import ShellSandbox
from deftly.sandbox.turns import WAIT_LIMIT_S
from deftly.values import JsonObject

PLACE: Final = "the shell sandbox"


@dataclass(frozen=True, slots=True)
class ShellTools:
    """What every shell action of this installation shares."""

    sandbox: ShellSandbox


@dataclass(frozen=True, slots=True)
class ShellPlan:
    """The compiled command of one shell action."""

    handler: ShellHandler
    template: ShellTemplate
    names: frozenset[str]
    tools: ShellTools
    secrets: frozenset[str] = frozenset()
    origins: tuple[Target, ...] = ()

    @property
    def timeout_s(self) -> float:
        """The most one run may take, waiting for its turn included."""
        return WAIT_LIMIT_S + self.handler.timeout_s

    @property
    def writes(self) -> bool:
        """Whether it may change data somewhere: a command can do anything."""
        return True

    def prepare(self, invocation: Invocation) -> "PreparedShell":
        """Render the values; the script is the same in every call."""
        scope = RenderScope(
            arguments=invocation.arguments, user=invocation.user, page=invocation.page
        )
        return PreparedShell(self, invocation, self.template.render(scope))


@dataclass(frozen=True, slots=True)
class PreparedShell:
    """One call of a shell action, before anything of it was started."""

    plan: ShellPlan
    invocation: Invocation
    rendered: RenderedShell
    method: str = RUN
    revealed: dict[str, str] = field(default_factory=dict)
    received: JsonObject | None = None
    console: Sequence[ConsoleLine] = ()

    @property
    def host(self) -> str:
        """Where it is done.

        Raises:
            HandlerUnavailable: Nowhere: nobody is asked about what cannot run.
        """
        known = self.plan.tools.sandbox.availability()
        if known is not None:
            known.require()
        return PLACE

    @property
    def shown(self) -> JsonObject:
        """The command as its owner wrote it, and the values that stand in its placeholders."""
        return {
            "method": RUN,
            "url": PLACE,
            "body": self.plan.handler.command,
            "arguments": dict(self.invocation.arguments),
            "variables": dict(self.rendered.variables),
        }

    async def execute(self) -> HandlerResult:
        """Run it.

        Raises:
            HandlerUnavailable: This installation runs no shell commands; the message says why.
            LimitExceeded: It took or wrote more than a run may.
        """
        handler, rendered = self.plan.handler, self.rendered
        command = ShellCommand(rendered.script, rendered.variables, handler.timeout_s)
        ended = await self.plan.tools.sandbox.run(command)
        return HandlerResult(
            value=_result(ended),
            sent_bytes=ended.sent_bytes,
            received_bytes=ended.received_bytes,
        )


def _result(ended: ShellEnded) -> JsonObject:
    result: JsonObject = {
        "exit_code": ended.exit_code,
        "stdout": ended.stdout,
        "stderr": ended.stderr,
    }
    return result | {"truncated": True} if ended.is_truncated else result


def compile_shell_action(handler: ShellHandler, tools: ShellTools) -> ShellPlan:
    """Return the plan of a shell action.

    Raises:
        InvalidDefinition: A placeholder stands where its value could be read as code.
    """
    template = compile_shell(handler.command, allow_options=frozenset(handler.allow_options))
    names = (one.argument for one in template.placeholders)
    return ShellPlan(
        handler=handler,
        template=template,
        names=frozenset(name for name in names if name is not None),
        tools=tools,
    )
