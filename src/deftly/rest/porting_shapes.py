"""The forms of imports and generated drafts, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from deftly.domain.action import Action, ExecutionMode
from deftly.domain.model import Model
from deftly.rest.shapes import Detail


class ImportChanges(Model):
    """What the draft of a cURL command says instead of its own; its secrets are named after it."""

    name: str | None = None
    description: str | None = None
    execution_mode: ExecutionMode | None = None


class ImportRequest(Model):
    """Exactly one of openapi, curl and actions; this body may have 16 MiB."""

    openapi: str | dict[str, JsonValue] | None = None
    curl: str | None = None
    actions: list[JsonValue] | None = None
    select: list[str] | None = None
    base_url: str | None = None
    changes: ImportChanges | None = None
    save: bool = False


class ImportDraft(Model):
    """A definition that nobody has stored, what it was made from, and what to know of it.

    Attributes:
        keeps: Secrets whose values stand in the source; storing it with save keeps them.
    """

    action: dict[str, JsonValue]
    source: str
    warnings: list[Detail]
    keeps: list[str] | None = None


class ImportCreated(Model):
    """A stored action."""

    action: Action
    warnings: list[Detail]


class ImportRefused(Model):
    """What no action was made of, and why."""

    source: str
    error: str
    code: str
    details: list[Detail] | None = None


class ImportAnswer(Model):
    """Drafts, or with save what was stored; ``ok`` if nothing was refused."""

    ok: bool
    drafts: list[ImportDraft] | None = None
    created: list[ImportCreated] | None = None
    refused: list[ImportRefused]


class GenerateRequest(Model):
    """What the action is to do: plain words, a cURL command or an OpenAPI operation."""

    prompt: str


class Generated(Model):
    """A definition to review; nothing is stored."""

    ok: Literal[True]
    generated: dict[str, JsonValue]
    warnings: list[Detail]
