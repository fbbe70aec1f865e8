"""Code actions: JavaScript in the sandbox, whose ``fetch`` goes through the guard."""

import re
import secrets as randomness
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deftly.domain.handler import CodeHandler
from deftly.domain.run import ConsoleLine
from deftly.domain.secret import mask
from deftly.egress.url import Target
from deftly.handlers.answer import bounded
from deftly.handlers.fetching import Fetching
from deftly.handlers.handler import RUN, HandlerResult, Invocation
from deftly.handlers.http import HttpTools
from deftly.sandbox.javascript.console import Console
from deftly.sandbox.javascript.sandbox import JavaScriptSandbox
from deftly.sandbox.javascript.script import Script
from deftly.sandbox.turns import WAIT_LIMIT_S
from deftly.values import JsonObject, JsonValue, dump_json, parse_json

PLACE: Final = "the JavaScript sandbox"
_SECRET: Final = re.compile(
    r"""\bsecrets\s*(?:\?\s*)?(?:\.\s*([A-Za-z_]\w*)|(?:\.\s*)?\[\s*["'`]([A-Za-z0-9_-]+)["'`]\s*\])"""
)


@dataclass(frozen=True, slots=True)
class CodeTools:
    """What every code action of this installation shares."""

    sandbox: JavaScriptSandbox
    http: HttpTools


@dataclass(frozen=True, slots=True)
class CodePlan:
    """A code action with the names of the secrets its code reads."""

    handler: CodeHandler
    secrets: frozenset[str]
    tools: CodeTools
    names: frozenset[str] = frozenset()
    origins: tuple[Target, ...] = ()

    @property
    def timeout_s(self) -> float:
        """The most one run may take: it waits for its turn, and then has its own time."""
        return WAIT_LIMIT_S + self.handler.timeout_s

    @property
    def writes(self) -> bool:
        """Whether it may change something: it decides itself what it sends."""
        return True

    def prepare(self, invocation: Invocation) -> "PreparedCode":
        """Return the call; there is nothing to render."""
        return PreparedCode(self, invocation)


class PreparedCode:
    """One call of a code action that has not begun."""

    def __init__(self, plan: CodePlan, invocation: Invocation) -> None:
        """Keep the plan and what it is run with."""
        self._plan = plan
        self._invocation = invocation
        self._console = Console()
        self._fetching = Fetching(
            plan.tools.http, _markers(plan.secrets), stay_on_host=invocation.confirmed
        )

    @property
    def shown(self) -> JsonObject:
        """What a person may see of it: the code and its arguments; secrets are names in it."""
        return {
            "method": RUN,
            "url": PLACE,
            "body": dump_json(self._invocation.arguments).decode(),
            "code": self._plan.handler.code,
        }

    @property
    def method(self) -> str:
        """What is done."""
        return RUN

    @property
    def host(self) -> str:
        """Where it is done.

        Raises:
            HandlerUnavailable: Nowhere: nobody is asked about what cannot run.
        """
        known = self._plan.tools.sandbox.availability()
        if known is not None:
            known.require()
        return PLACE

    @property
    def revealed(self) -> Mapping[str, str]:
        """Secrets that were sent so far, by name."""
        return self._fetching.revealed

    @property
    def received(self) -> JsonObject | None:
        """What came back went to the code."""
        return None

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """What the code wrote so far, also where it failed."""
        lines = self._console.lines
        return [ConsoleLine(one.level, self._named(one.text)) for one in lines]

    async def execute(self) -> HandlerResult:
        """Run it in a process of its own.

        Raises:
            CodeFailed: The code threw, or returned what is no JSON.
            LimitExceeded: It used more than a run may, or had no turn.
            HandlerUnavailable: Nothing isolates code here.
        """
        fetching, handler = self._fetching, self._plan.handler
        script = Script(
            code=handler.code,
            params=dict(self._invocation.arguments),
            secrets=fetching.markers,
            timeout_s=handler.timeout_s,
        )
        finished = await self._plan.tools.sandbox.run(script, fetching.fetch, self._console)
        return HandlerResult(
            value=self._told(finished.value),
            revealed=fetching.revealed,
            sent_bytes=fetching.sent_bytes,
            received_bytes=fetching.received_bytes,
            shorten=bounded,
        )

    def _told(self, value: JsonValue) -> JsonValue:
        text = dump_json(value).decode()
        named = self._named(text)
        return value if named == text else parse_json(named)

    def _named(self, text: str) -> str:
        """Return the text with the names of secrets for what stands for them in the code."""
        for name, marker in self._fetching.markers.items():
            text = text.replace(marker, mask(name))
        return text


def compile_code(handler: CodeHandler, tools: CodeTools) -> CodePlan:
    """Return the plan of a code action."""
    names = {dotted or quoted for dotted, quoted in _SECRET.findall(handler.code)}
    return CodePlan(handler, frozenset(names), tools)


def _markers(names: frozenset[str]) -> Mapping[str, str]:
    """Return what the code gets in place of each value: nothing to guess, and good for one run."""
    return {name: f"secret.{name}.{randomness.token_hex(16)}" for name in names}
