"""What a handler is given and what it gives back, whatever its kind."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field
from typing import Final, Protocol, TypeAlias

from deftly.domain.run import ConsoleLine, ShownCard
from deftly.egress.url import Target
from deftly.values import JsonObject, JsonValue, light_value

RUN: Final = "RUN"
"""What is done where nothing is sent, in the place of an HTTP method."""


@light_value
class Invocation:
    """Everything a run depends on besides the definition.

    Attributes:
        arguments: Bound: declared, of the right types, nothing else.
        confirmed: A person agreed to the shown request, so it may not wander to another host.
        conversation_id: Where the call was made, if in a conversation.
        principal: The id of who made the call, also where somebody else confirmed it.
    """

    run_id: str
    arguments: Mapping[str, JsonValue]
    user: Mapping[str, JsonValue] = field(default_factory=dict)
    page: Mapping[str, JsonValue] = field(default_factory=dict)
    confirmed: bool = False
    conversation_id: str | None = None
    principal: str | None = None


@light_value
class Drawn:
    """What became of the card that an action shows.

    Attributes:
        told: A sentence for the agent: what the person sees.
        card: None where it could not be drawn.
        note: Why it could not, for the action's owner.
    """

    told: str
    card: ShownCard | None = None
    note: str | None = None

    def beside(self, value: JsonValue) -> JsonValue:
        """Return a result that also says what the person sees."""
        return {**value, "shown": self.told} if isinstance(value, dict) else self.told


Redact: TypeAlias = Callable[[JsonValue], JsonValue]
Draw: TypeAlias = Callable[[JsonValue, Redact], Drawn | None]
"""From a redacted value, and from what redacts the card made of it."""


@light_value
class HandlerResult:
    """What a handler brings home.

    Attributes:
        value: Exactly what the agent gets, before redaction.
        revealed: Secrets that were sent, by name: what must not come back to anybody.
        shorten: Cuts a long value; applied after redaction, which finds no half secrets.
        draw: Makes the card of an action that shows one, out of the whole value.
    """

    value: JsonValue
    revealed: Mapping[str, str] = field(default_factory=dict)
    sent_bytes: int = 0
    received_bytes: int = 0
    shorten: Callable[[JsonValue], JsonValue] | None = None
    draw: Draw | None = None


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

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """What its code wrote to the console so far, not redacted; also where it failed."""
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
