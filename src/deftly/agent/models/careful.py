"""A provider whose nonsense is a fault of the model, whatever its library makes of it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from pydantic_ai import exceptions as known
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import ModelRequestParameters, StreamedResponse
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import RunContext

from deftly.errors import DeftlyError

_KNOWN = (known.AgentRunError, known.UserError, DeftlyError)


class CarefulModel(WrapperModel):
    """Another model; of errors it raises known ones alone."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Return the answer."""
        with _known_faults():
            return await super().request(messages, model_settings, model_request_parameters)

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,
    ) -> AsyncIterator[StreamedResponse]:
        """Yield the answer as it comes; what its reader meets is raised here too."""
        with _known_faults():
            async with super().request_stream(
                messages, model_settings, model_request_parameters, run_context
            ) as response:
                yield response


@contextmanager
def _known_faults() -> Iterator[None]:
    try:
        yield
    except known.ModelAPIError as fault:
        # An answer that is no JSON: nothing was refused.
        if type(fault) is known.ModelAPIError and isinstance(fault.__cause__, ValueError):
            raise known.UnexpectedModelBehavior(str(fault)) from fault
        raise
    except _KNOWN:
        raise
    except Exception as fault:
        # The libraries take fields of an answer without looking: anything may come of it.
        message = f"{type(fault).__name__}: {fault}"
        raise known.UnexpectedModelBehavior(message) from fault
