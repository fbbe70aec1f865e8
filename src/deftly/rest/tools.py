"""``/api/tools``: what an agent may call now, in the form its framework takes."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from deftly.catalog.compile import CompiledAction
from deftly.domain.action import ExecutionMode
from deftly.rest.ask import JSON, Asked
from deftly.values import JsonObject, dump_json, sha256_hex


class ToolFormat(StrEnum):
    """Whose form of a tool."""

    JSON = "json"
    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    MCP = "mcp"


def _as_json(compiled: CompiledAction) -> JsonObject:
    action = compiled.action
    return {
        "name": action.tool,
        "description": action.description,
        "inputSchema": action.input_schema,
        "executionMode": action.execution_mode.value,
    }


def _as_openai(compiled: CompiledAction) -> JsonObject:
    action = compiled.action
    function: JsonObject = {
        "name": action.tool,
        "description": action.description,
        "parameters": action.input_schema,
    }
    return {"type": "function", "function": function}


def _as_anthropic(compiled: CompiledAction) -> JsonObject:
    action = compiled.action
    return {
        "name": action.tool,
        "description": action.description,
        "input_schema": action.input_schema,
    }


def _as_mcp(compiled: CompiledAction) -> JsonObject:
    action = compiled.action
    asks = action.execution_mode is ExecutionMode.CONFIRM
    return {
        "name": action.tool,
        "description": action.description,
        "inputSchema": action.input_schema,
        "annotations": {
            "readOnlyHint": not compiled.plan.writes and not asks,
            "openWorldHint": True,
        },
    }


_FORMS: Final[Mapping[ToolFormat, Callable[[CompiledAction], JsonObject]]] = {
    ToolFormat.JSON: _as_json,
    ToolFormat.OPENAI: _as_openai,
    ToolFormat.ANTHROPIC: _as_anthropic,
    ToolFormat.MCP: _as_mcp,
}


async def list_tools(
    ask: Asked, form: Annotated[ToolFormat, Query(alias="format")] = ToolFormat.JSON
) -> Response:
    """Return the tools; ``ETag`` changes with them."""
    actions = ask.backing.catalog.snapshot.actions
    tools = [one for one in actions if one.is_offered(in_browser=False)]
    body = dump_json({"tools": [_FORMS[form](one) for one in tools]})
    tag = f'"{sha256_hex(body)[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    known = {
        one.strip().removeprefix("W/") for one in (ask.header("if-none-match") or "").split(",")
    }
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)
