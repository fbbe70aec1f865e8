"""The forms of bodies about client calls, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from deftly.domain.model import Model


class StartedClientCall(Model):
    """What the browser that was first needs to make the call."""

    ok: Literal[True]
    call_id: str
    tool: str
    script: str
    sha256: str
    integrity: str
    arguments: dict[str, JsonValue]
    returns: bool
    timeout_s: float


class ClientCallEnding(Model):
    """How a call ended in the browser: a result, or an error's text."""

    ok: bool
    result: JsonValue = None
    error: str | None = None
