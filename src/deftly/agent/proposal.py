"""The form in which a model proposes an action, and the definition it comes to."""

from typing import Final, Literal

from pydantic import BaseModel, Field

from deftly.domain.handler import BODILESS
from deftly.values import JsonObject, JsonValue


class ProposedParameter(BaseModel):
    """One input the agent gathers before the action runs."""

    name: str = Field(description="Letters, digits and underscores, such as order_id")
    type: Literal["string", "number", "integer", "boolean", "array", "object"] = "string"
    description: str = Field("", description="What it is, with an example")
    required: bool = True


class ProposedHandler(BaseModel):
    """How the action is carried out; `url` and `method` for http, `code` or `command` else."""

    type: Literal["http", "code", "shell", "client", "widget"] = "http"
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] = "GET"
    url: str | None = Field(
        None, description="Whole URL; {{name}} stands for a parameter in path or query"
    )
    headers: dict[str, str] = Field(
        default_factory=dict, description="A credential is {{secrets.NAME}}, never a value"
    )
    body: str | None = Field(
        None, description='JSON text with placeholders, such as {"name": "{{name}}"}'
    )
    code: str | None = Field(
        None,
        description="JavaScript, the body of an async function. Type code runs on the server with "
        "params, fetch, console and secrets, and returns the result; type client runs in the "
        "visitor's browser with args and deftly",
    )
    command: str | None = Field(
        None,
        description="One command for sh, for shell alone; {{name}} outside quotes is one word",
    )


class Proposal(BaseModel):
    """A custom action."""

    name: str = Field(description="In upper snake case, such as GET_ORDER_STATUS")
    description: str = Field(description="When to use it, for the model that chooses it")
    similes: list[str] = Field(default_factory=list, description="Other names for it")
    parameters: list[ProposedParameter] = Field(default_factory=list)
    handler: ProposedHandler

    def definition(self) -> JsonObject:
        """Return the definition of it; a person is asked before anything but a read."""
        handler = self.handler
        reads = handler.type == "http" and handler.method in BODILESS
        parameters: list[JsonValue] = [dict(one.model_dump()) for one in self.parameters]
        similes: list[JsonValue] = list(self.similes)
        definition: JsonObject = {
            "name": self.name,
            "description": self.description,
            "similes": similes,
            "parameters": parameters,
            "handler": _handler(handler),
            "executionMode": "auto" if reads else "confirm",
        }
        return definition


def _handler(proposed: ProposedHandler) -> JsonObject:
    given = proposed.model_dump()
    kept: JsonObject = {"type": proposed.type}
    for name in _FIELDS[proposed.type]:
        value = given[name]
        if value not in (None, "", {}):
            kept[name] = value
    if proposed.type == "http" and proposed.method in BODILESS:
        kept.pop("body", None)
    return kept


_FIELDS: Final = {
    "http": ("method", "url", "headers", "body"),
    "code": ("code",),
    "client": ("code",),
    "shell": ("command",),
    "widget": (),
}
