"""The model's history of a turn that broke off, made of what was seen of it.

However a turn ends, by a fault, a stop or the death of its process, the model reads the
same: what was said, every call, and a result for each.
"""

from collections.abc import Iterable

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponsePart,
    TextPart,
    UserPromptPart,
)

from deftly.agent.events import AgentEvent, TextDelta, ToolAnswered, ToolCalled
from deftly.agent.telling import WAITING, call_of, returned


def history_of(prompt: str | None, seen: Iterable[AgentEvent]) -> list[ModelMessage]:
    """Return the turn as messages; a call without a result is told to wait."""
    writer = _Writer()
    if prompt is not None:
        writer.messages.append(ModelRequest(parts=[UserPromptPart(prompt)]))
    for event in seen:
        writer.take(event)
    writer.close_step()
    return writer.messages


class _Writer:
    """Puts a step together: words and calls, then the results of its calls."""

    def __init__(self) -> None:
        self.messages: list[ModelMessage] = []
        self._text = ""
        self._parts: list[ModelResponsePart] = []
        self._calls: dict[str, str] = {}
        self._results: dict[str, ToolAnswered] = {}

    def take(self, event: AgentEvent) -> None:
        match event:
            case TextDelta(text=text):
                if self._results:
                    self.close_step()
                self._text += text
            case ToolCalled():
                if self._results and self._results.keys() >= self._calls.keys():
                    self.close_step()
                self._end_text()
                self._calls[event.call_id] = event.tool
                self._parts.append(call_of(event.tool, event.call_id, event.arguments))
            case ToolAnswered() if event.call_id in self._calls:
                self._results[event.call_id] = event
            case _:
                pass

    def close_step(self) -> None:
        self._end_text()
        if self._parts:
            self.messages.append(ModelResponse(parts=self._parts))
        if self._calls:
            results = [
                self._results.get(one, ToolAnswered(one, tool, WAITING, failed=True))
                for one, tool in self._calls.items()
            ]
            parts = [
                returned(one.tool, one.call_id, one.told, failed=one.failed) for one in results
            ]
            self.messages.append(ModelRequest(parts=parts))
        self._parts, self._calls, self._results = [], {}, {}

    def _end_text(self) -> None:
        if self._text:
            self._parts.append(TextPart(self._text))
        self._text = ""
