"""What a model is told of a call: its result, or the sentence that says why there is none."""

from collections.abc import Mapping
from typing import Final

from pydantic_ai import ToolFailed
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, ToolCallPart
from pydantic_ai.messages import ToolReturnPart as Returned

from deftly.domain.run import Outcome, Status
from deftly.handlers.answer import MODEL_TEXT_LIMIT
from deftly.values import JsonObject, JsonValue, dump_json

WAITING: Final = "The person has not answered yet; nothing was sent."
DECLINED: Final = (
    "The person declined this call; nothing was sent. "
    "Do not make it again unless they ask for it in a new message."
)
NOT_MADE: Final = "The turn ended before this call was made; nothing was sent."
CUT_OFF: Final = "The call was cut off. Nobody knows if it took effect; do not repeat it."
# Two long texts of a command, with what escapes them.
_JSON_LIMIT: Final = 3 * MODEL_TEXT_LIMIT
_SENTENCES: Final[Mapping[Status, str]] = {
    Status.CONFIRM_REQUIRED: WAITING,
    Status.RUNNING: "The call is still under way; its result is not known yet.",
    Status.DENIED: DECLINED,
    Status.EXPIRED: "Nobody confirmed in time; nothing was sent.",
    Status.VOID: "The action was changed meanwhile; nothing was sent.",
    Status.UNKNOWN: CUT_OFF,
}


def told(outcome: Outcome) -> JsonValue:
    """Return what the model reads of an outcome.

    Raises:
        ToolFailed: There is no result; the message says why.
    """
    if outcome.has_result:
        return _readable(outcome.result)
    if outcome.error is not None:
        raise ToolFailed(outcome.error.message)
    raise ToolFailed(_SENTENCES.get(outcome.status, "The call did not succeed."))


def _readable(result: JsonValue) -> JsonValue:
    """Return the result with no text longer than a model should read.

    What comes by HTTP is cut already; a command's output and what code returns may be longer.
    """
    if isinstance(result, dict):
        long = {name for name, value in result.items() if _is_long(value)}
        cut = {name: _cut(value) if name in long else value for name, value in result.items()}
        result = {**cut, "truncated": True} if long else result
    text = result if isinstance(result, str) else dump_json(result).decode()
    most = MODEL_TEXT_LIMIT if isinstance(result, str) else _JSON_LIMIT
    return result if len(text) <= most else {"data": _cut(text), "truncated": True}


def _is_long(value: JsonValue) -> bool:
    return isinstance(value, str) and len(value) > MODEL_TEXT_LIMIT


def _cut(value: JsonValue) -> str:
    return str(value)[:MODEL_TEXT_LIMIT]


def told_or_why(outcome: Outcome | None) -> tuple[JsonValue, bool]:
    """Return what is told and whether it is a failure; no outcome is that of a call never made."""
    if outcome is None:
        return NOT_MADE, True
    try:
        return told(outcome), False
    except ToolFailed as failure:
        return failure.message, True


def returned(tool: str, model_call_id: str, result: JsonValue, *, failed: bool) -> Returned:
    """Return a result as the model's history holds it."""
    return Returned(
        tool_name=tool,
        content=result,
        tool_call_id=model_call_id,
        outcome="failed" if failed else "success",
    )


def call_of(tool: str, model_call_id: str, arguments: JsonValue) -> ToolCallPart:
    """Return a call as the model's history holds it."""
    given: JsonObject = arguments if isinstance(arguments, dict) else {}
    return ToolCallPart(tool_name=tool, args=given, tool_call_id=model_call_id)


def closed_call(
    tool: str, call_id: str, arguments: JsonValue, result: JsonValue, *, failed: bool
) -> list[ModelMessage]:
    """Return a call with its result, as if the model had made it just now."""
    return [
        ModelResponse(parts=[call_of(tool, call_id, arguments)]),
        ModelRequest(parts=[returned(tool, call_id, result, failed=failed)]),
    ]
