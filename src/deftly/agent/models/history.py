"""Reading pydantic-ai's message history as a conversation, and its tools as ours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    RetryPromptPart,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.tools import ToolDefinition

from deftly.agent.models.planner import Spoken, Turn
from deftly.agent.models.replies import Done
from deftly.agent.models.toolcard import ToolCard
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json, parse_json

# How the loop tells the outcome of a call that was confirmed after the talk had gone on.
_LATE: Final = re.compile(
    r"\(The earlier call of (?P<tool>\S+) was answered\. Its result: (?P<result>.*)\)"
)


def card_of(definition: ToolDefinition) -> ToolCard:
    """Return our view of a tool.

    ``metadata`` may carry ``similes`` (names) and ``examples`` (each with a ``question``);
    pydantic-ai does not send it to any model.
    """
    metadata = definition.metadata or {}
    examples = metadata.get("examples") or ()
    questions = (each.get("question") for each in examples if isinstance(each, Mapping))
    return ToolCard(
        name=definition.name,
        description=definition.description or "",
        schema=definition.parameters_json_schema,
        similes=_texts(metadata.get("similes")),
        questions=_texts(list(questions)),
    )


def _texts(values: object) -> tuple[str, ...]:
    many = values if isinstance(values, list | tuple) else ()
    return tuple(value for value in many if isinstance(value, str))


def read_turn(messages: Sequence[ModelMessage], tools: Sequence[ToolCard]) -> Turn:
    """Return where the conversation stands."""
    reader = _Reader({tool.name: tool for tool in tools})
    for message in messages:
        match message:
            case ModelRequest():
                reader.request(message)
            case ModelResponse():
                reader.response(message)
    return reader.turn


@dataclass(slots=True)
class _Reader:
    """Walks the messages once, keeping the turn as it stands after each."""

    tools: Mapping[str, ToolCard]
    turn: Turn = field(default_factory=lambda: Turn((), ""))
    said: list[Spoken] = field(default_factory=list)
    arguments: dict[str, JsonObject] = field(default_factory=dict)
    remembered: dict[str, JsonValue] = field(default_factory=dict)

    def request(self, message: ModelRequest) -> None:
        for part in message.parts:
            match part:
                case UserPromptPart():
                    self._prompt(_text_of(part))
                case ToolReturnPart():
                    self._news(part.tool_name, part.tool_call_id, _json(part.content), part.outcome)
                case RetryPromptPart(tool_name=str(name)):
                    self._news(name, part.tool_call_id, part.model_response(), "retried")
                case _:
                    pass

    def response(self, message: ModelResponse) -> None:
        turn = self.turn
        calls = [part for part in message.parts if isinstance(part, ToolCallPart)]
        for call in calls:
            self.arguments[call.tool_call_id] = _arguments_of(call)
            self.remembered.update(self.arguments[call.tool_call_id])
        text = "".join(part.content for part in message.parts if isinstance(part, TextPart))
        if text:
            self.said.append(Spoken(by_person=False, text=text))
        self.turn = replace(
            turn,
            calls=turn.calls + len(calls),
            # What was not told yet is told together with what comes.
            news=() if text else turn.news,
            answered=turn.answered or bool(text),
            remembered=dict(self.remembered),
        )

    def _prompt(self, text: str) -> None:
        late = [_LATE.fullmatch(line) for line in text.splitlines()]
        if late and all(late):
            for match in filter(None, late):
                self._news(match["tool"], "", _parsed(match["result"]), "success")
            return
        self.turn = Turn(tuple(self.said), text, remembered=dict(self.remembered))
        self.said.append(Spoken(by_person=True, text=text))

    def _news(self, name: str, call_id: str, content: JsonValue, outcome: str) -> None:
        tool = self.tools.get(name) or ToolCard(name, "", {})
        done = Done(tool, self.arguments.get(call_id, {}), content, outcome)
        self.remembered.update(_values_in(content))
        self.turn = replace(
            self.turn, news=(*self.turn.news, done), remembered=dict(self.remembered)
        )


def _values_in(content: JsonValue) -> JsonObject:
    """Return the plain values of a result about one thing: a record, or a list of one."""
    data = content.get("data", content) if isinstance(content, dict) else content
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        return {}
    return {name: value for name, value in data.items() if isinstance(value, str | int | float)}


def _text_of(part: UserPromptPart) -> str:
    if isinstance(part.content, str):
        return part.content
    return "\n".join(item for item in part.content if isinstance(item, str))


def _parsed(text: str) -> JsonValue:
    try:
        return parse_json(text)
    except NotJsonError:
        return text


def _arguments_of(call: ToolCallPart) -> JsonObject:
    try:
        return call.args_as_dict()
    except ValueError:
        return {}


def _json(content: object) -> JsonValue:
    """Return what a tool gave back as JSON; anything else is told as its text."""
    try:
        return parse_json(dump_json(content))  # type: ignore[arg-type]  # the dump checks it
    except NotJsonError:
        return str(content)
