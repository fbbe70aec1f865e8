"""What a handler is given and what it gives back, whatever its kind."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import Protocol

from deftly.egress.url import Target
from deftly.values import JsonObject, JsonValue, light_value


@light_value
class Invocation:
    """Everything a run depends on besides the definition.

    Attributes:
        arguments: Bound: declared, of the right types, nothing else.
        confirmed: A person agreed to the shown request, so it may not wander to another host.
    """

    run_id: str
    arguments: Mapping[str, JsonValue]
    user: Mapping[str, JsonValue] = field(default_factory=dict)
    page: Mapping[str, JsonValue] = field(default_factory=dict)
    confirmed: bool = False


@light_value
class HandlerResult:
    """What a handler brings home.

    Attributes:
        value: Exactly what the agent gets, before redaction.
        revealed: Secrets that were sent, by name: what must not come back to anybody.
        shorten: Cuts a long value; applied after redaction, which finds no half secrets.
    """

    value: JsonValue
    revealed: Mapping[str, str] = field(default_factory=dict)
    sent_bytes: int = 0
    received_bytes: int = 0
    shorten: Callable[[JsonValue], JsonValue] | None = None


class Prepared(Protocol):
    """A call that is rendered and checked, and has not begun."""

    @property
    def shown(self) -> JsonObject:
        """The request as a person may see it: secrets by name."""
        ...

    @property
    def method(self) -> str:
        """What is done, in one word."""
        ...

    @property
    def host(self) -> str:
        """Where it is done.

        Raises:
            EgressDenied: The rendered address can never be reached.
        """
        ...

    @property
    def revealed(self) -> Mapping[str, str]:
        """Secrets it was given so far, by name: what no error of it may tell."""
        ...

    @property
    def received(self) -> JsonObject | None:
        """What came back, unpicked and not redacted, as ``{"data": …}``; None where nothing did."""
        ...

    async def execute(self) -> HandlerResult:
        """Carry it out, within the plan's deadline.

        Raises:
            RunError: It was begun and did not succeed.
            Unavailable: This installation cannot carry it out now.
        """
        ...


class Plan(Protocol):
    """A compiled handler: what can be decided when the definition is stored, decided."""

    @property
    def timeout_s(self) -> float:
        """The most one run may take."""
        ...

    @property
    def writes(self) -> bool:
        """Whether it may change data somewhere."""
        ...

    @property
    def names(self) -> frozenset[str]:
        """Arguments its templates name."""
        ...

    @property
    def secrets(self) -> frozenset[str]:
        """Secrets its templates name."""
        ...

    @property
    def origins(self) -> tuple[Target, ...]:
        """Where it is known to go; empty where a parameter decides."""
        ...

    def prepare(self, invocation: Invocation) -> Prepared:
        """Render the templates.

        Raises:
            InvalidArguments: A value cannot stand where its placeholder does.
        """
        ...


class Reveal(Protocol):
    """Hands out the values of secrets."""

    def __call__(self, name: str, place: str, /, *, may_bind: bool) -> Awaitable[str]:
        """Return the value for a ``host:port``, or raise why not.

        With ``may_bind`` a secret without hosts is bound to this one; only a call whose host
        no parameter decides may do that.
        """
        ...
