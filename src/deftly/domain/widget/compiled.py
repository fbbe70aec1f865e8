"""A widget with its template compiled: what a card is drawn from."""

from dataclasses import dataclass, replace

from deftly.domain.schema import CompiledSchema, compile_schema
from deftly.domain.widget.expanding import CompiledTemplate, compile_template
from deftly.domain.widget.widget import Widget


@dataclass(frozen=True, slots=True)
class CompiledWidget:
    """A widget that can be shown.

    Attributes:
        schema: Of the data; None where the widget takes any.
    """

    widget: Widget
    template: CompiledTemplate
    schema: CompiledSchema | None = None

    @property
    def id(self) -> str:
        """The widget's."""
        return self.widget.id

    @property
    def name(self) -> str:
        """The widget's."""
        return self.widget.name

    @property
    def version(self) -> int:
        """The widget's."""
        return self.widget.version

    @property
    def created_at(self) -> str | None:
        """The widget's."""
        return self.widget.created_at

    @property
    def updated_at(self) -> str | None:
        """The widget's."""
        return self.widget.updated_at

    @property
    def content_digest(self) -> str:
        """The widget's."""
        return self.widget.content_digest

    def restamped(self, version: int, updated_at: str) -> "CompiledWidget":
        """Return it with another version and time."""
        return replace(self, widget=self.widget.with_(version=version, updated_at=updated_at))


def compile_widget(widget: Widget) -> CompiledWidget:
    """Return the widget with its template compiled.

    Raises:
        InvalidDefinition: The template can never be expanded, or the schema be used; every
            problem has its path.
    """
    given = widget.data_schema
    schema = None if given is None else compile_schema(given, path="dataSchema")
    return CompiledWidget(widget, compile_template(widget.template), schema)
