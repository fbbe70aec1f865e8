"""Which of many tools a model is shown: those the message is about, and a way to find others.

Hundreds of tools fit into no model's attention, and into few a request. Up to
``MOST_SHOWN`` all are shown. Of more, those that were used or found in this conversation
are, then the best matches of the last messages; ``search_actions`` finds the others, in
the model's own words, and shows them from its next step on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from pydantic_ai import RunContext, ToolDefinition
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.toolsets import WrapperToolset
from pydantic_ai.toolsets.abstract import AbstractToolset, ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from deftly.agent.models.history import card_of
from deftly.agent.models.local import LocalModel
from deftly.agent.models.retrieval import Index
from deftly.agent.models.toolcard import ToolCard
from deftly.values import JsonObject, JsonValue

MOST_SHOWN: Final = 30
MOST_FOUND: Final = 10
SEARCH: Final = "search_actions"

_MOST_RECENT: Final = 10
_MESSAGES_READ: Final = 3
_CORRECTIONS: Final = 2
_ARGUMENTS: Final = SchemaValidator(core_schema.any_schema())
_DESCRIPTION: Final = (
    "Find more actions. Only some of the actions there are can be called at a time; if none of "
    "them fits, describe in English what is to be done. What is found can be called afterwards."
)
_SCHEMA: Final[JsonObject] = {
    "type": "object",
    "properties": {
        "query": {"type": "string", "description": "What is to be done, such as: cancel an order"}
    },
    "required": ["query"],
    "additionalProperties": False,
}


def narrow(
    tools: Sequence[ToolCard],
    messages: Sequence[str],
    recent: Sequence[str] = (),
    *,
    index: Index | None = None,
    most: int = MOST_SHOWN,
) -> tuple[str, ...]:
    """Return the names of the tools to show, at most ``most``, the likeliest first.

    Args:
        tools: All there are.
        messages: What the person said, the last message first.
        recent: Tools of the conversation so far, the last first.
        index: Of these tools, if there is one already.
        most: How many are shown; where there are no more, all are.
    """
    if len(tools) <= most:
        return tuple(tool.name for tool in tools)
    index = index or Index(tools)
    known = {tool.name for tool in tools}
    used = [name for name in dict.fromkeys(recent) if name in known][:_MOST_RECENT]
    ranked = (match.tool.name for text in messages for match in index.rank(text))
    return tuple(dict.fromkeys((*used, *ranked)))[:most]


class NarrowedToolset(WrapperToolset[None]):
    """A toolset, and of a large one the part that a conversation is about.

    The local model is shown all: it narrows them by the same retrieval itself.
    """

    def __init__(self, wrapped: AbstractToolset[None], *, most: int = MOST_SHOWN) -> None:
        """Take the tools to narrow, and how many are shown at most."""
        super().__init__(wrapped)
        self._most = most
        self._indexed: tuple[Collection[str], Index] = ((), Index(()))
        self._search = SEARCH

    async def get_tools(self, ctx: RunContext[None]) -> dict[str, ToolsetTool[None]]:
        """Return the tools to show now."""
        tools = await self.wrapped.get_tools(ctx)
        if len(tools) <= self._most or isinstance(ctx.model, LocalModel):
            return tools
        while self._search in tools:
            self._search += "_"
        index = self._index_of(tools)
        said, recent = _said(ctx), _recent(ctx.messages, self._search)
        names = narrow(index.tools, said, recent, index=index, most=self._most - 1)
        return {**{name: tools[name] for name in names}, self._search: self._search_tool()}

    async def call_tool(
        self,
        name: str,
        tool_args: JsonObject,
        ctx: RunContext[None],
        tool: ToolsetTool[None],
    ) -> JsonValue:
        """Search, or make the call."""
        if name != self._search or tool.toolset is not self:
            made: JsonValue = await self.wrapped.call_tool(name, tool_args, ctx, tool)
            return made
        index = self._index_of(await self.wrapped.get_tools(ctx))
        query = tool_args.get("query")
        matches = index.rank(query if isinstance(query, str) else "")[:MOST_FOUND]
        return {
            "found": [
                {"name": match.tool.name, "description": match.tool.description}
                for match in matches
            ]
        }

    def _index_of(self, tools: Mapping[str, ToolsetTool[None]]) -> Index:
        # The wrapped toolset makes its mapping anew only when an action has changed.
        if self._indexed[0] is not tools:
            cards = tuple(card_of(tool.tool_def) for tool in tools.values())
            self._indexed = (tools, Index(cards))
        return self._indexed[1]

    def _search_tool(self) -> ToolsetTool[None]:
        definition = ToolDefinition(
            name=self._search, description=_DESCRIPTION, parameters_json_schema=_SCHEMA
        )
        return ToolsetTool(
            toolset=self,
            tool_def=definition,
            max_retries=_CORRECTIONS,
            args_validator=_ARGUMENTS,
        )


def _said(ctx: RunContext[None]) -> list[str]:
    """Return the person's last messages, the last first."""
    now = [ctx.prompt] if isinstance(ctx.prompt, str) else []
    prompts = (
        part.content
        for message in reversed(ctx.messages)
        if isinstance(message, ModelRequest)
        for part in reversed(message.parts)
        if isinstance(part, UserPromptPart) and isinstance(part.content, str)
    )
    return list(dict.fromkeys((*now, *prompts)))[:_MESSAGES_READ]


def _recent(messages: Sequence[ModelMessage], search: str) -> list[str]:
    """Return the tools that were called or found, the last first."""
    return [name for message in reversed(messages) for name in _named_in(message, search)]


def _named_in(message: ModelMessage, search: str) -> Iterable[str]:
    match message:
        case ModelResponse():
            calls = (part for part in message.parts if isinstance(part, ToolCallPart))
            return [call.tool_name for call in calls if call.tool_name != search]
        case _:
            found = (
                part.content
                for part in message.parts
                if isinstance(part, ToolReturnPart) and part.tool_name == search
            )
            return [name for content in found for name in _names(content)]


def _names(content: object) -> Iterable[str]:
    match content:
        case {"found": [*rows]}:
            return [row["name"] for row in rows if isinstance(row, dict) and "name" in row]
        case _:
            return []
