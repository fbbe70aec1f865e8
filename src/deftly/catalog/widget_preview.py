"""How a widget looks with some data, whether or not anybody has stored it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from deftly.domain.schema import compile_schema
from deftly.domain.widget.card import checked, spoken
from deftly.domain.widget.compiled import CompiledWidget, compile_widget
from deftly.domain.widget.data import merge_data
from deftly.domain.widget.definition import WidgetIdentity, parse_widget
from deftly.domain.widget.widget import Widget
from deftly.errors import DeftlyError, InvalidArguments, Problem
from deftly.values import JsonObject, JsonValue

_NOBODY: Final = str(UUID(int=0))
_UNNAMED: Final = "unnamed"


@dataclass(frozen=True, slots=True)
class Preview:
    """A card as a browser would get it, or why there is none.

    Attributes:
        spoken: The text a person reads on it.
        calls: The actions its buttons call.
        error: Why there is no card.
        problems: What is wrong with the definition, or does not fit its schema.
    """

    card: JsonObject | None = None
    spoken: str = ""
    calls: tuple[str, ...] = ()
    error: str | None = None
    problems: tuple[Problem, ...] = ()


def preview_draft(authored: Mapping[str, JsonValue], data: Mapping[str, JsonValue]) -> Preview:
    """Return how a definition that nobody has stored looks; it may have no name yet."""
    name = authored.get("name")
    identity = WidgetIdentity(_NOBODY, name if isinstance(name, str) and name else _UNNAMED)
    try:
        widget = compile_widget(parse_widget(authored, identity))
    except DeftlyError as fault:
        return Preview(error=fault.message, problems=tuple(fault.details))
    return preview(widget, data)


def preview(live: CompiledWidget, data: Mapping[str, JsonValue]) -> Preview:
    """Return how a widget looks with this data over its example."""
    merged = merge_data(live.widget.example_data, data, None)
    problems = _misfits(live.widget, merged)
    try:
        filled = live.template.fill(merged)
        card = checked(filled.card)
    except DeftlyError as fault:
        return Preview(error=fault.message, problems=(*problems, *fault.details))
    actions = (one.action for one in card.buttons.values())
    return Preview(
        card=card.card,
        spoken=spoken(card.card),
        calls=tuple(dict.fromkeys(one for one in actions if one is not None)),
        problems=(*problems, *map(_unfilled, filled.missing), *card.problems),
    )


def _unfilled(expression: str) -> Problem:
    return Problem("data", f"{expression} has no value in the data, and stays as it is written.")


def _misfits(widget: Widget, data: JsonObject) -> tuple[Problem, ...]:
    """Return where data is not as the schema says; the example need not have everything."""
    if widget.data_schema is None:
        return ()
    partial = {"additionalProperties": True, **widget.data_schema, "required": []}
    try:
        compile_schema(partial, path="dataSchema").bind(data)
    except InvalidArguments as fault:
        return tuple(Problem(f"data{one.path}", one.message) for one in fault.details)
    return ()
