"""How much a turn has said, and what its provider counted."""

from pydantic_ai.messages import (
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
)
from pydantic_ai.usage import RunUsage

from deftly.domain.conversation import Usage


def counted(usage: RunUsage) -> Usage | None:
    """Return what the provider counted; None for one that counts nothing."""
    if not usage.input_tokens and not usage.output_tokens:
        return None
    return Usage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        requests=usage.requests,
    )


def characters(event: object) -> int:
    """Return how much the model said with an event, its calls' arguments included."""
    match event:
        case (
            PartStartEvent(part=TextPart(content=str(text)) | ToolCallPart(args=str(text)))
            | PartDeltaEvent(delta=TextPartDelta(content_delta=text))
            | PartDeltaEvent(delta=ToolCallPartDelta(args_delta=str(text)))
        ):
            return len(text)
        case _:
            return 0
