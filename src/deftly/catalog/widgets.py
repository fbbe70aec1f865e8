"""The live widgets, one file each in ``widgets/``, their templates compiled."""

from collections.abc import Mapping
from typing import ClassVar

from deftly.catalog.followed import Followed
from deftly.catalog.kind import Identity, Kind
from deftly.domain.widget.compiled import CompiledWidget, compile_widget
from deftly.domain.widget.definition import (
    WidgetIdentity,
    authored_widget,
    edited_widget,
    parse_widget,
    stamped_widget,
    widget_id_of_name,
)
from deftly.domain.widget.widget import name_fault
from deftly.store.definitions import DefinitionFiles
from deftly.store.heads import Heads
from deftly.values import Clock, JsonObject, JsonValue


class WidgetKind(Kind[CompiledWidget]):
    """Widgets as files."""

    word: ClassVar[str] = "widget"
    article: ClassVar[str] = "A widget"
    example: ClassVar[str] = "order_card"

    def name_fault(self, name: str) -> str | None:
        """See ``Kind.name_fault``."""
        return name_fault(name)

    def id_of_name(self, name: str) -> str:
        """See ``Kind.id_of_name``."""
        return widget_id_of_name(name)

    def parse(self, authored: JsonObject, identity: Identity, known: JsonObject) -> CompiledWidget:
        """See ``Kind.parse``."""
        del known
        return compile_widget(parse_widget(authored, WidgetIdentity(*identity)))

    def restamped(self, noun: CompiledWidget, version: int, updated_at: str) -> CompiledWidget:
        """See ``Kind.restamped``."""
        return noun.restamped(version, updated_at)

    def authored(self, given: Mapping[str, JsonValue]) -> JsonObject:
        """See ``Kind.authored``."""
        return authored_widget(given)

    def edited(self, authored: JsonObject, patch: Mapping[str, JsonValue]) -> JsonObject:
        """See ``Kind.edited``."""
        return edited_widget(authored, patch)

    def stamped(self, authored: JsonObject, noun: CompiledWidget) -> JsonObject:
        """See ``Kind.stamped``."""
        return stamped_widget(authored, noun.widget)


class Widgets(Followed[CompiledWidget]):
    """Holds the set of widgets that conversations are shown."""

    def __init__(self, files: DefinitionFiles, heads: Heads, clock: Clock) -> None:
        """Take the folder, what is remembered of it, and the time."""
        super().__init__(WidgetKind(), files, heads, clock)

    def find(self, name: str) -> CompiledWidget:
        """Return the widget of this name.

        Raises:
            NotFound: There is none, or its file never could be used.
        """
        return self.entry(name).noun
