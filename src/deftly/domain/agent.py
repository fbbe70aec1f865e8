"""The agent: instructions, a model, the actions it may call, and who may embed it."""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, field_validator

from deftly.domain.embed import Embed
from deftly.domain.handler import Extensible, NonBlank
from deftly.domain.naming import action_name, tool_name
from deftly.domain.noun import IDENTITY, DefinitionId, digest_without
from deftly.errors import InvalidDefinition

DEFAULT_AGENT: Final = "default"
NAME_LIMIT: Final = 60
INSTRUCTIONS_LIMIT: Final = 32_000
QUESTIONS_LIMIT: Final = 20
TEXT_LIMIT: Final = 2_000

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MODEL: Final = re.compile(r"local|none|[a-z][a-z0-9_-]*:(?!//)\S{1,200}")
_KEY: Final = re.compile(r"pk_[A-Za-z0-9_-]{16,100}")
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# RFC 6454, section 6.1: what a browser writes into the header Origin.
_ORIGIN: Final = re.compile(
    rf"(https?)://((?:{_LABEL}\.)*{_LABEL}|\[[0-9a-f:.]{{2,45}}\])(?::([1-9][0-9]{{0,4}}))?/?"
)
_PORT_MAX: Final = 65_535
_DEFAULT_PORTS: Final[Mapping[str, str]] = {"http": "80", "https": "443"}

ShortText: TypeAlias = Annotated[str, Field(max_length=TEXT_LIMIT)]
Question: TypeAlias = Annotated[NonBlank, Field(max_length=TEXT_LIMIT)]
AllActions: TypeAlias = Literal["all"]


class Agent(Extensible):
    """An agent as callers see it, complete.

    Attributes:
        name: Lower-case letters, digits and hyphens; its file is named after it.
        title: What people call it.
        model: A model the operator has configured; None is the one of the setting ``model``.
        actions: ``all``, or the tools it may call.
        allowed_origins: Pages it may be embedded in, as browsers spell their origin.
        allow_page_context: Address, title and chosen values of the page go into ``{{page.*}}``.
        embed: How it looks on a page.
        identity_version: Another number makes another secret to sign visitors with.
        publishable_key: Names the agent in a page; it is no secret.
        version: Grows by one with every stored change.
        created_at: None where nothing was ever stored.
    """

    id: DefinitionId
    name: str
    title: Question | None = None
    instructions: Annotated[str, Field(max_length=INSTRUCTIONS_LIMIT)] = ""
    model: str | None = None
    actions: AllActions | tuple[str, ...] = "all"
    greeting: ShortText = ""
    suggested_questions: Annotated[tuple[Question, ...], Field(max_length=QUESTIONS_LIMIT)] = ()
    allowed_origins: tuple[str, ...] = ()
    allow_page_context: bool = False
    embed: Embed | None = None
    identity_version: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    publishable_key: str
    enabled: Annotated[bool, BeforeValidator(lambda given: given is not False)] = True
    version: int = 1
    created_at: str | None = None
    updated_at: str | None = None

    @field_validator("name")
    @classmethod
    def _slug(cls, text: str) -> str:
        fault = name_fault(text)
        if fault:
            raise ValueError(fault)
        return text

    @field_validator("model")
    @classmethod
    def _configured_name(cls, text: str | None) -> str | None:
        if text is None or _MODEL.fullmatch(text):
            return text
        message = "must be local, none, or provider:NAME as in openai:gpt-5; never a URL or a key"
        raise ValueError(message)

    @field_validator("actions", mode="before")
    @classmethod
    def _tools(cls, given: object) -> object:
        if given == "all":
            return given
        if isinstance(given, (list, tuple)) and all(isinstance(one, str) for one in given):
            return tuple(dict.fromkeys(_tool(one) for one in given))
        message = "must be all, or a list of tool names such as [get_order_status]"
        raise ValueError(message)

    @field_validator("allowed_origins")
    @classmethod
    def _exact(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(_origin, given)))

    @field_validator("publishable_key")
    @classmethod
    def _publishable(cls, text: str) -> str:
        if _KEY.fullmatch(text):
            return text
        message = "must start with pk_ and be at least 19 characters; remove the line to get one"
        raise ValueError(message)

    @property
    def content_digest(self) -> str:
        """SHA-256 of all its author can change."""
        return digest_without(self, IDENTITY)

    def may_call(self, tool: str) -> bool:
        """Tell whether the tool is one of this agent's."""
        return self.actions == "all" or tool in self.actions


def name_fault(name: str) -> str | None:
    """Return what is wrong with an agent's name as the end of a sentence, or None."""
    if len(name) > NAME_LIMIT:
        return f"must have at most {NAME_LIMIT} characters"
    if not _NAME.fullmatch(name):
        return "must be lower-case letters, digits and single hyphens, such as front-desk"
    return None


def _tool(name: str) -> str:
    try:
        return tool_name(action_name(name))
    except InvalidDefinition:
        message = f"holds {name!r}, which is no tool's name; write get_order_status"
        raise ValueError(message) from None


def _origin(text: str) -> str:
    found = _ORIGIN.fullmatch(text.strip().lower())
    if found is None or int(found[3] or 0) > _PORT_MAX:
        message = (
            f"holds {text!r}, which is no origin; write https://shop.example.com: "
            "no path, no wildcard, a name with other letters in its xn-- form"
        )
        raise ValueError(message)
    scheme, host, port = found.groups()
    return f"{scheme}://{host}" + (f":{port}" if port and port != _DEFAULT_PORTS[scheme] else "")
