"""Calls of a model that have no outcome yet, and how its history holds the outcome."""

from dataclasses import dataclass

from pydantic_ai.messages import ModelMessage, ModelRequest

from deftly.agent.events import ToolAnswered
from deftly.agent.telling import closed_call, returned
from deftly.values import JsonValue


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call without an outcome.

    Attributes:
        call_id: Ours.
        model_call_id: The model's own, as its history has it.
        arguments: As the model gave them.
        late: The model was told to go on without it.
    """

    call_id: str
    model_call_id: str
    tool: str
    arguments: JsonValue
    late: bool = False


def closed(one: Waiting, answer: ToolAnswered) -> list[ModelMessage]:
    """Return what the history needs to hold the answer."""
    told, failed = answer.told, answer.failed
    if one.late:
        # As a call and its result: what a tool gave back is never a person's word.
        call_id = f"{one.call_id}-late"
        return closed_call(one.tool, call_id, one.arguments, told, failed=failed)
    return [ModelRequest(parts=[returned(one.tool, one.model_call_id, told, failed=failed)])]
