"""Widgets: an action that shows a card, by itself or out of what an API answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, cast

from deftly.domain.run import ConsoleLine, ShownCard
from deftly.domain.widget.card import checked, spoken
from deftly.domain.widget.compiled import CompiledWidget
from deftly.domain.widget.data import merge_data
from deftly.domain.widget.expanding import CompiledTemplate
from deftly.egress.url import Target
from deftly.errors import DeftlyError, InvalidArguments, NotFound, Problem, WidgetDoesNotFit
from deftly.handlers.handler import Drawn, HandlerResult, Invocation, Plan, Prepared, Redact
from deftly.values import JsonObject, JsonValue

SEES: Final = "The person sees the card "
_NAMED_MAX: Final = 5
_ONLY_DATA: Final = "The card could not be shown; the person sees nothing of this but your words."


class FindsWidgets(Protocol):
    """Who knows the live widgets."""

    def find(self, name: str) -> CompiledWidget:
        """Return the widget of this name.

        Raises:
            NotFound: There is none.
        """
        ...


@dataclass(frozen=True, slots=True)
class WidgetPlan:
    """Shows a widget that the agent fills with the call's arguments."""

    widget: str
    widgets: FindsWidgets
    timeout_s: float = 0.0
    writes: bool = False
    names: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    origins: tuple[Target, ...] = ()

    def prepare(self, invocation: Invocation) -> "PreparedCard":
        """Take the arguments; the widget is looked up when it is shown."""
        return PreparedCard(self, invocation.arguments)


@dataclass(frozen=True, slots=True)
class PreparedCard:
    """One card that is not drawn yet."""

    plan: WidgetPlan
    arguments: Mapping[str, JsonValue]
    method: str = "show"
    host: str = "this conversation"
    received: None = None
    console: tuple[ConsoleLine, ...] = ()

    @property
    def shown(self) -> JsonObject:
        """What is shown, and with what."""
        return {"widget": self.plan.widget, "arguments": dict(self.arguments)}

    @property
    def revealed(self) -> Mapping[str, str]:
        """No secret is ever given to a card."""
        return {}

    async def execute(self) -> HandlerResult:
        """Have it drawn; one that does not fit fails the run, for there is nothing else."""
        return HandlerResult(value=None, draw=self._draw)

    def _draw(self, _: JsonValue, redact: Redact) -> Drawn:
        widget = _find(self.plan.widgets, self.plan.widget)
        return _drawn(widget, self.arguments, None, redact)


@dataclass(frozen=True, slots=True)
class ShowingPlan:
    """Shows a widget out of what another plan brings home."""

    plan: Plan
    widget: str
    widgets: FindsWidgets

    @property
    def timeout_s(self) -> float:
        """The most one run may take."""
        return self.plan.timeout_s

    @property
    def writes(self) -> bool:
        """Whether it may change data somewhere."""
        return self.plan.writes

    @property
    def names(self) -> frozenset[str]:
        """Arguments its templates name."""
        return self.plan.names

    @property
    def secrets(self) -> frozenset[str]:
        """Secrets its templates name."""
        return self.plan.secrets

    @property
    def origins(self) -> tuple[Target, ...]:
        """Where it is known to go."""
        return self.plan.origins

    def prepare(self, invocation: Invocation) -> "PreparedShowing":
        """Render the other plan's templates."""
        return PreparedShowing(self, self.plan.prepare(invocation), invocation.arguments)


class PreparedShowing:
    """One call whose answer is shown; what a person agrees to is the call alone."""

    def __init__(
        self, plan: ShowingPlan, prepared: Prepared, arguments: Mapping[str, JsonValue]
    ) -> None:
        """Keep the call and what its card is filled with besides the answer."""
        self._plan = plan
        self._prepared = prepared
        self._arguments = arguments

    @property
    def shown(self) -> JsonObject:
        """The request with secrets by name."""
        return self._prepared.shown

    @property
    def method(self) -> str:
        """What is done, in one word."""
        return self._prepared.method

    @property
    def host(self) -> str:
        """Where it is done."""
        return self._prepared.host

    @property
    def revealed(self) -> Mapping[str, str]:
        """Secrets it was given so far, by name."""
        return self._prepared.revealed

    @property
    def received(self) -> JsonObject | None:
        """What came back, unpicked."""
        return self._prepared.received

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """No code of an owner runs."""
        return ()

    async def execute(self) -> HandlerResult:
        """Carry it out, and have what it brings home drawn."""
        return replace(await self._prepared.execute(), draw=self._draw)

    def _draw(self, value: JsonValue, redact: Redact) -> Drawn | None:
        """Return the card of an answer; none for an API's error, which fits no widget."""
        match value:
            case {"ok": True, "data": data}:
                pass
            case _:
                return None
        plan = self._plan
        try:
            return _drawn(_find(plan.widgets, plan.widget), self._arguments, data, redact)
        except DeftlyError as fault:
            return Drawn(told=_ONLY_DATA, note=fault.message)


def _find(widgets: FindsWidgets, name: str) -> CompiledWidget:
    try:
        return widgets.find(name)
    except NotFound:
        message = f"There is no widget called {name}, so its card cannot be shown."
        raise WidgetDoesNotFit(message) from None


def _drawn(
    live: CompiledWidget, arguments: Mapping[str, JsonValue], response: JsonValue, redact: Redact
) -> Drawn:
    widget = live.widget
    _check_fit(live, arguments, response)
    filled = live.template.fill(merge_data(widget.example_data, arguments, response))
    # Redacted once more: a template may put together what came in parts.
    sent = checked(cast("JsonObject", redact(filled.card)))
    text = spoken(sent.card)
    buttons: JsonObject = {name: button.wire() for name, button in sent.buttons.items()}
    shown = ShownCard(widget.name, sent.card, text, buttons)
    sees = f"{SEES}{widget.title or widget.name}: {text}"
    return Drawn(sees, shown, _gaps(filled.missing, sent.problems))


def _check_fit(
    live: CompiledWidget, arguments: Mapping[str, JsonValue], response: JsonValue
) -> None:
    """Refuse data of another kind than the widget's: its example would stand in for all of it.

    Raises:
        WidgetDoesNotFit: It lacks what the widget's schema asks for; or, where there is no
            schema, an answer has nothing the template names.
    """
    if live.schema is None:
        if response is not None and _is_foreign(live.template, arguments, response):
            raise WidgetDoesNotFit("The answer holds nothing that the template names.")
        return
    real = merge_data({}, arguments, response)
    known = {name: real[name] for name in live.schema.declared_names if name in real}
    try:
        live.schema.bind(known)
    except InvalidArguments as fault:
        problems = " ".join(one.message for one in fault.details)
        raise WidgetDoesNotFit(f"The data does not fit dataSchema: {problems}") from None


def _is_foreign(
    template: CompiledTemplate, arguments: Mapping[str, JsonValue], response: JsonValue
) -> bool:
    """Tell whether a template that lacks values has none of them from the answer."""
    try:
        without = template.fill(merge_data({}, arguments, None))
        filled = template.fill(merge_data({}, arguments, response))
    except WidgetDoesNotFit:
        return False  # with the example it may, and if not, that says why
    return bool(filled.missing) and filled == without


def _gaps(missing: Sequence[str], problems: Sequence[Problem]) -> str | None:
    """Return what is not as the author meant it on a card that was shown all the same."""
    said = [one.message for one in problems[:_NAMED_MAX]]
    if missing:
        said.insert(0, f"The card has no value for {', '.join(missing[:_NAMED_MAX])}.")
    return " ".join(said) or None
