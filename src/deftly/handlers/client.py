"""Client actions: the code runs in a browser that follows the conversation, never here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deftly.domain.client_call import Offer, may_have_browser
from deftly.domain.handler import ClientHandler
from deftly.domain.run import ConsoleLine
from deftly.egress.url import Target
from deftly.errors import NoBrowser
from deftly.handlers.browsers import Browsers
from deftly.handlers.handler import RUN, HandlerResult, Invocation
from deftly.values import JsonObject, dump_json, sha256_hex

PLACE: Final = "the visitor's browser"
_OUTSIDE: Final = (
    "This action runs in a visitor's browser, so it can be called in a conversation of the embed "
    "or the playground alone."
)


@dataclass(frozen=True, slots=True)
class ClientPlan:
    """A client action with the digest of its code."""

    handler: ClientHandler
    sha256: str
    browsers: Browsers
    names: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    origins: tuple[Target, ...] = ()

    @property
    def timeout_s(self) -> float:
        """The most one run may take: a browser is waited for, and then its report."""
        return self.browsers.waits.start_s + self.handler.timeout_s + self.browsers.waits.settle_s

    @property
    def writes(self) -> bool:
        """Whether it may change something: a page can do anything."""
        return True

    def prepare(self, invocation: Invocation) -> "PreparedClient":
        """Return the call; there is nothing to render."""
        return PreparedClient(self, invocation)


class PreparedClient:
    """One call of a client action that was not offered to any browser yet."""

    def __init__(self, plan: ClientPlan, invocation: Invocation) -> None:
        """Keep the plan and what it is run with."""
        self._plan = plan
        self._invocation = invocation

    @property
    def shown(self) -> JsonObject:
        """What a person may see of it: which code, with which arguments."""
        return {
            "method": RUN,
            "url": PLACE,
            "body": dump_json(self._invocation.arguments).decode(),
            "sha256": self._plan.sha256,
        }

    @property
    def method(self) -> str:
        """What is done."""
        return RUN

    @property
    def host(self) -> str:
        """Where it is done.

        Raises:
            NoBrowser: The call was not made where a browser can be.
        """
        self._conversation()
        return PLACE

    @property
    def revealed(self) -> Mapping[str, str]:
        """No secret ever goes to a browser."""
        return {}

    @property
    def received(self) -> JsonObject | None:
        """Nothing is fetched."""
        return None

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """It is the browser's own."""
        return ()

    async def execute(self) -> HandlerResult:
        """Have a browser make the call.

        Raises:
            NoBrowser: None took it; none will.
            ClientFailed: The code threw.
            NoReport: It was started, and nobody knows how it ended.
        """
        plan, conversation_id = self._plan, self._conversation()
        offer = Offer(
            run_id=self._invocation.run_id,
            conversation_id=conversation_id,
            sha256=plan.sha256,
            code=plan.handler.code,
            returns=plan.handler.returns,
            start_s=plan.browsers.waits.start_s,
            timeout_s=plan.handler.timeout_s,
        )
        return HandlerResult(value=await plan.browsers.make(offer))

    def _conversation(self) -> str:
        invocation = self._invocation
        if invocation.conversation_id is None or not may_have_browser(invocation.principal or ""):
            raise NoBrowser(_OUTSIDE)
        return invocation.conversation_id


def compile_client(handler: ClientHandler, browsers: Browsers) -> ClientPlan:
    """Return the plan of a client action."""
    return ClientPlan(handler, sha256_hex(handler.code), browsers)
