"""The action: a stored definition of something an agent may do."""

import uuid
from enum import StrEnum
from typing import Annotated, Final, cast

from pydantic import BeforeValidator, Field, JsonValue, field_validator

from deftly.domain.handler import Extensible, Handler, NonBlank
from deftly.domain.model import Model
from deftly.domain.naming import tool_name
from deftly.domain.noun import IDENTITY, digest_without
from deftly.domain.schema import Parameter
from deftly.values import JsonObject

_NOT_ASKED_ABOUT: Final = IDENTITY | {"similes", "examples", "parameters"}


class ExecutionMode(StrEnum):
    """Whether a person is asked before the action runs."""

    AUTO = "auto"
    CONFIRM = "confirm"


class Example(Model):
    """A question the action answers, and the arguments that answer it."""

    question: str = ""
    params: dict[str, JsonValue] = Field(default_factory=dict)


class CallLimits(Model):
    """How often the action may be called, over all callers of a process."""

    calls_per_minute: Annotated[int, Field(strict=True, gt=0)] | None = None


class Action(Extensible):
    """A definition as callers see it, complete.

    Attributes:
        input_schema: JSON Schema 2020-12 of the arguments, as its author wrote it.
        parameters: The flat view of ``input_schema``.
        acknowledge_writes: An owner accepted ``auto`` for a kind that can do anything.
        enabled: True for everything but a literal ``false``.
        version: Grows by one with every stored change.
    """

    id: str
    name: str
    description: NonBlank
    similes: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    input_schema: JsonObject
    handler: Handler
    execution_mode: ExecutionMode = ExecutionMode.CONFIRM
    acknowledge_writes: bool = False
    widget: NonBlank | None = None
    examples: tuple[Example, ...] = ()
    limits: CallLimits = CallLimits()
    enabled: Annotated[bool, BeforeValidator(lambda given: given is not False)] = True
    version: int = 1
    created_at: str
    updated_at: str

    @field_validator("id")
    @classmethod
    def _uuid(cls, text: str) -> str:
        return str(uuid.UUID(text))

    @property
    def tool(self) -> str:
        """The name under which a model sees the action."""
        return tool_name(self.name)

    @property
    def version_hash(self) -> str:
        """SHA-256 of all that matters to somebody who agreed to run it."""
        return digest_without(self, _NOT_ASKED_ABOUT)

    @property
    def content_digest(self) -> str:
        """SHA-256 of all its author can change."""
        return digest_without(self, IDENTITY)


def id_of_name(name: str) -> str:
    """Return the id of a hand-written definition that has none: the same name, the same id."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"deftly:action:{name}"))


def restorable(action: Action) -> JsonObject:
    """Return the definition without what belongs to one stored version of it."""
    return cast("JsonObject", {k: v for k, v in action.wire().items() if k not in IDENTITY})
