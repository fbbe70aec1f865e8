"""A model that says what a test wrote down, and a conversation with it about the sample shop."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

from deftly.agent.events import AgentEvent, ConfirmationAsked
from deftly.agent.loop import Conversation, TurnLimits
from deftly.agent.models.local import LocalModel
from deftly.agent.toolset import ActionToolset, Caller
from deftly.app import Deftly, open_deftly
from deftly.demo.running import sample_shop
from deftly.demo.shop import Shop
from deftly.domain.access import LOCAL_OWNER, Principal
from deftly.domain.run import Outcome, Trigger
from deftly.settings import load_settings

Calls = Sequence[tuple[str, Mapping[str, object] | str]]
Step = str | Calls | Exception | None
"""Words, calls, a fault, or None for a model that never answers."""


@dataclass
class Script:
    """Says one step after the other, and keeps what it was shown."""

    steps: list[Step]
    seen: list[list[ModelMessage]] = field(default_factory=list)
    offered: list[AgentInfo] = field(default_factory=list)

    @property
    def model(self) -> FunctionModel:
        return FunctionModel(stream_function=self._say)

    async def _say(
        self, messages: list[ModelMessage], info: AgentInfo
    ) -> AsyncIterator[str | DeltaToolCalls]:
        number = len(self.seen)
        self.seen.append(list(messages))
        self.offered.append(info)
        step = self.steps[number]
        match step:
            case None:
                await asyncio.Event().wait()
            case Exception():
                raise step
            case str():
                for piece in step.split(" "):
                    yield piece + " "
            case _:
                for index, (tool, arguments) in enumerate(step):
                    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
                    yield {index: DeltaToolCall(tool, text, tool_call_id=f"call-{number}-{index}")}

    @property
    def transcript(self) -> str:
        """Everything the model was shown last, as text."""
        return ModelMessagesTypeAdapter.dump_json(self.seen[-1]).decode()


@dataclass
class Scene:
    """A shop, an installation, and a conversation in it."""

    shop: Shop
    deftly: Deftly
    script: Script
    conversation: Conversation
    principal: Principal

    async def say(self, text: str) -> list[AgentEvent]:
        return [event async for event in self.conversation.run_turn(text)]

    async def go_on(self, outcomes: dict[str, Outcome]) -> list[AgentEvent]:
        return [event async for event in self.conversation.resume(outcomes)]

    async def confirm(self, asked: ConfirmationAsked) -> Outcome:
        question = asked.question
        return await self.deftly.engine.confirm(question.id, question.token, self.principal)

    async def deny(self, asked: ConfirmationAsked) -> Outcome:
        question = asked.question
        return await self.deftly.engine.deny(question.id, question.token, self.principal)


@asynccontextmanager
async def scene(
    folder: Path,
    *steps: Step,
    cautious: bool = False,
    principal: Principal = LOCAL_OWNER,
    limits: TurnLimits | None = None,
    model: Model | None = None,
) -> AsyncIterator[Scene]:
    """Open the shop's directory and a conversation with a scripted model, or another."""
    script = Script(list(steps))
    with sample_shop(folder) as running:
        async with open_deftly(load_settings({"dir": folder})) as deftly:
            caller = Caller(principal, Trigger.CHAT, deftly.ids.new_id(), cautious=cautious)
            toolset = ActionToolset(deftly.engine, deftly.catalog, caller)
            chosen = model or script.model
            conversation = Conversation(model=chosen, toolset=toolset, limits=limits)
            try:
                yield Scene(running.shop, deftly, script, conversation, principal)
            finally:
                if isinstance(model, LocalModel):
                    await model.close()
