"""The local model: an offline preview that picks actions and fills their arguments.

No key and no network: a small tool-calling engine in a process of its own, helped by
lexical retrieval and by replies that are composed rather than generated.
"""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import (
    CompletedStreamedResponse,
    Model,
    ModelRequestParameters,
    StreamedResponse,
)
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import RunContext

from deftly.agent.models.engine import LocalEngine, SuggestedCall
from deftly.agent.models.history import card_of, read_turn
from deftly.agent.models.planner import Call, next_step
from deftly.agent.models.retrieval import Index
from deftly.agent.models.toolcard import ToolCard
from deftly.errors import ModelUnavailable
from deftly.values import Clock, IdSource, RandomIds, SystemClock

MODEL_NAME: Final = "needle-3"

_MOST_ENGINE_CHARACTERS: Final = 400

_log = logging.getLogger(__name__)


class LocalModel(Model):
    """pydantic-ai's view of the local model; safe for concurrent requests, which take turns."""

    _announces_lookalike_notes = False  # it reads people's words only, never instructions

    def __init__(
        self,
        engine: LocalEngine | None = None,
        *,
        clock: Clock | None = None,
        ids: IdSource | None = None,
    ) -> None:
        """Prepare; nothing is loaded before the first request."""
        super().__init__()
        self._engine = engine or LocalEngine()
        self._clock = clock or SystemClock()
        self._ids = ids or RandomIds()
        self._indexed: tuple[tuple[ToolCard, ...], Index] = ((), Index(()))

    @property
    def model_name(self) -> str:
        """The model's own name."""
        return MODEL_NAME

    @property
    def system(self) -> str:
        """The provider."""
        return "local"

    async def prewarm(self) -> None:
        """Load the engine, so that the first message does not wait for it.

        Raises:
            ModelUnavailable: It cannot be loaded; requests go on without it.
        """
        await self._engine.prewarm()

    async def close(self) -> None:
        """End the engine's process."""
        await self._engine.close()

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Return one call, or one text."""
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        tools = tuple(card_of(each) for each in parameters.declared_function_tools)
        turn = read_turn(messages, tools)
        now = self._clock.now().astimezone()
        step = await next_step(turn, tools, self._index_of(tools), self._suggest, now.date())
        part: ToolCallPart | TextPart
        if isinstance(step, Call):
            part = ToolCallPart(step.tool.name, step.arguments, tool_call_id=self._ids.new_id())
        else:
            part = TextPart(step.text)
        return ModelResponse([part], model_name=MODEL_NAME, provider_name=self.system)

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,
    ) -> AsyncIterator[StreamedResponse]:
        """Yield the same answer as a stream of one piece."""
        del run_context
        response = await self.request(messages, model_settings, model_request_parameters)
        yield CompletedStreamedResponse(
            response, model_request_parameters=model_request_parameters, replay_events=True
        )

    def _index_of(self, tools: tuple[ToolCard, ...]) -> Index:
        if self._indexed[0] != tools:
            self._indexed = (tools, Index(tools))
        return self._indexed[1]

    async def _suggest(self, text: str, tools: Sequence[ToolCard]) -> tuple[SuggestedCall, ...]:
        """Ask the engine; without it the retrieval and the cues of the text go on alone."""
        today = self._clock.now().astimezone().strftime("%Y-%m-%d %a")
        try:
            return await self._engine.suggest(
                text[:_MOST_ENGINE_CHARACTERS],
                [tool.for_engine() for tool in tools],
                system=f"date: {today}",
            )
        except ModelUnavailable as fault:
            _log.warning("%s (%s)", fault.message, fault.internal)
            return ()
