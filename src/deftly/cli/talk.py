"""A conversation in the terminal: turns, and confirmations as prompts."""

from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING

from deftly.agent.events import AgentEvent, ConfirmationAsked, TurnFailed, TurnFinished
from deftly.agent.loop import Conversation
from deftly.agent.models.local import LocalModel
from deftly.agent.toolset import ActionToolset, Caller
from deftly.cli import confirming, terminal
from deftly.cli.transcript import Transcript
from deftly.domain.access import LOCAL_OWNER, Principal
from deftly.domain.run import Outcome, RunFault, Status, Trigger
from deftly.errors import ConfirmationClosed, DeftlyError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Mapping

    from deftly.app import Deftly
    from deftly.engine.engine import Engine


class Talk:
    """One conversation and the person in front of it."""

    def __init__(
        self,
        conversation: Conversation,
        engine: "Engine",
        principal: Principal,
        *,
        answer: bool | None,
    ) -> None:
        """Take the conversation; ``answer`` is given to every confirmation, None asks."""
        self._conversation = conversation
        self._engine = engine
        self._principal = principal
        self._answer_given = answer
        self._transcript = Transcript()

    async def turn(self, text: str) -> bool:
        """Answer one message to its end; False if it failed or was held."""
        finished = await self._show(self._conversation.run_turn(text))
        while finished is not None and finished.waiting:
            outcomes = await self._answers(finished.waiting)
            if outcomes is None:
                terminal.complain(confirming.HELD)
                return False
            finished = await self._show(self._conversation.resume(outcomes))
        return finished is not None

    async def _show(self, events: "AsyncGenerator[AgentEvent, None]") -> TurnFinished | None:
        """Print events until the turn ends; None if it ends badly."""
        async with aclosing(events) as turn:
            while True:
                # In the middle of a line there is no room for it.
                with terminal.spinner("" if self._transcript.in_words else "Thinking …"):
                    event = await anext(turn, None)
                match event:
                    case TurnFinished():
                        self._transcript.end_words()
                        return event
                    case TurnFailed(message=message):
                        self._transcript.end_words()
                        terminal.complain(message)
                        return None
                    case None:
                        return None
                    case _:
                        self._transcript.show(event)

    async def _answers(
        self, asked: tuple[ConfirmationAsked, ...]
    ) -> "Mapping[str, Outcome] | None":
        """Put the questions one after the other; None if nobody can be asked."""
        outcomes: dict[str, Outcome] = {}
        for one in asked:
            outcome = await self._answer(one)
            if outcome is None:
                return None
            outcomes[one.call_id] = outcome
        return outcomes

    async def _answer(self, asked: ConfirmationAsked) -> Outcome | None:
        try:
            return await confirming.settle(
                self._engine, self._principal, asked.question, answer=self._answer_given
            )
        except ConfirmationClosed as fault:
            terminal.complain(fault.message)
            return Outcome(Status(fault.status), "", 0)
        except DeftlyError as fault:
            terminal.complain(fault.message)
            return Outcome(
                Status.FAILED, "", 0, error=RunFault(code=fault.code, message=fault.message)
            )


@asynccontextmanager
async def open_talk(
    deftly: "Deftly", *, model: str | None, answer: bool | None
) -> "AsyncIterator[Talk]":
    """Hold a conversation with the configured model, or the given one.

    Raises:
        ModelUnavailable: There is no such model here; the message says what to set.
    """
    built = deftly.models.named(model or deftly.models.default)
    caller = Caller(
        principal=LOCAL_OWNER,
        trigger=Trigger.CHAT,
        conversation_id=deftly.ids.new_id(),
        # A small model guesses more often, so with it every write asks.
        cautious=isinstance(built, LocalModel),
    )
    toolset = ActionToolset(deftly.engine, deftly.catalog, caller)
    conversation = Conversation(model=built, toolset=toolset)
    yield Talk(conversation, deftly.engine, LOCAL_OWNER, answer=answer)
