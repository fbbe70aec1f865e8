"""The five ways an action can be carried out, as a discriminated union."""

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, JsonValue, field_validator, model_validator

from deftly.domain.model import Model
from deftly.domain.template.header import compile_header
from deftly.errors import InvalidDefinition

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
BODILESS: Final = frozenset({"GET", "HEAD"})
HTTP_TIMEOUT_S: Final = 15.0

NonBlank: TypeAlias = Annotated[str, Field(min_length=1, pattern=r"\S")]


class Extensible(Model):
    """A noun that keeps keys starting with ``x-`` and refuses other unknown ones."""

    model_config = ConfigDict(extra="allow")

    @model_validator(mode="after")
    def _refuse_unknown_keys(self) -> "Extensible":
        unknown = [key for key in self.model_extra or () if not key.startswith("x-")]
        if unknown:
            message = "unknown:" + ",".join(unknown)
            raise ValueError(message)
        return self


class HttpHandler(Extensible):
    """An HTTP request made of templates.

    Attributes:
        body: A string template or any JSON with placeholders; not together with ``body_template``.
        result_path: JMESPath that picks what the agent gets out of the answer.
        allow_host_parameter: One whole label of the host may be a placeholder.
        omit_missing: A query value, form field or header that is one whole argument is left
            out where that argument is not given; else it is sent empty.
        idempotency_header: Name of a header that carries the run's id.
    """

    type: Literal["http"]
    method: str = "GET"
    url: NonBlank
    headers: dict[str, str] = Field(default_factory=dict)
    body: JsonValue = None
    body_template: str | None = None
    result_path: NonBlank | None = None
    timeout_s: float = Field(default=HTTP_TIMEOUT_S, strict=True, gt=0, le=60)
    allow_host_parameter: bool = False
    omit_missing: bool = False
    idempotency_header: NonBlank | None = None

    @field_validator("method", mode="before")
    @classmethod
    def _known_method(cls, method: object) -> object:
        if isinstance(method, str) and method.upper() in METHODS:
            return method.upper()
        message = f"must be one of {', '.join(METHODS)}"
        raise ValueError(message)

    @field_validator("idempotency_header")
    @classmethod
    def _sendable_name(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                compile_header(name, "", path="")
            except InvalidDefinition as fault:
                raise ValueError(fault.details[0].message.removesuffix(".")) from None
        return name

    @model_validator(mode="after")
    def _one_body(self) -> "HttpHandler":
        if self.body is not None and self.body_template is not None:
            message = "body and bodyTemplate are two names of one thing; keep one"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _one_header_of_a_name(self) -> "HttpHandler":
        wanted = (self.idempotency_header or "").lower()
        taken = {"content-type": "Content-Type"} | {name.lower(): name for name in self.headers}
        if wanted in taken:
            message = (
                f"idempotencyHeader is {taken[wanted]}, which has a value of its own; take another "
                "name, such as Idempotency-Key, or remove that header"
            )
            raise ValueError(message)
        return self

    @property
    def payload(self) -> JsonValue:
        """The body as it was given, whichever of its two names was used."""
        return self.body if self.body_template is None else self.body_template

    @property
    def writes(self) -> bool:
        """Whether the method may change data at the other end (RFC 9110, section 9.2.1)."""
        return self.method not in BODILESS


class CodeHandler(Extensible):
    """JavaScript that runs in our sandbox."""

    type: Literal["code"]
    code: NonBlank
    timeout_s: float = Field(default=10.0, strict=True, gt=0, le=10)


class ShellHandler(Extensible):
    """A shell command that runs in our sandbox.

    Attributes:
        command: A script of POSIX sh; its placeholders are words or parts of words.
        allow_options: Parameters whose values may begin with ``-`` or ``@``, and so be read as
            options or names of files.
    """

    type: Literal["shell"]
    command: NonBlank
    allow_options: tuple[str, ...] = ()
    timeout_s: float = Field(default=30.0, strict=True, gt=0, le=30)


class WidgetHandler(Extensible):
    """A widget that the agent fills."""

    type: Literal["widget"]


class ClientHandler(Extensible):
    """JavaScript that runs in the visitor's browser.

    Attributes:
        returns: A returned value goes back to the agent.
    """

    type: Literal["client"]
    code: NonBlank
    returns: bool = False
    timeout_s: float = Field(default=10.0, strict=True, gt=0, le=60)


Handler: TypeAlias = Annotated[
    HttpHandler | CodeHandler | ShellHandler | WidgetHandler | ClientHandler,
    Field(discriminator="type"),
]
HANDLER_KINDS: Final = ("http", "code", "shell", "widget", "client")
