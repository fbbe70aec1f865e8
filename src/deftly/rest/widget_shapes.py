"""The forms of bodies that hold widgets, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from deftly.domain.action import Action
from deftly.domain.model import Model
from deftly.domain.submission import Submission
from deftly.domain.widget.widget import Widget
from deftly.rest.shapes import Detail, FileWarning, Open


class WidgetList(Model):
    """All widgets, by name."""

    widgets: list[Widget]


class OneWidget(Model):
    """One widget, what may surprise its author, and the tools that show it.

    ``fileProblem`` says why a later edit of its file is not live.
    """

    widget: Widget
    warnings: list[Detail]
    actions: list[str]
    file_problem: FileWarning | None


class SavedWidget(Model):
    """A stored widget, what may surprise its author, and the action that was added with it."""

    ok: Literal[True]
    widget: Widget
    warnings: list[Detail]
    action: Action | None = None


class WidgetPatch(Open):
    """The fields to change; null leaves a field as it is, an empty text takes it away."""

    title: str | None = None
    description: str | None = None
    template: dict[str, JsonValue] | None = None
    data_schema: dict[str, JsonValue] | None = None
    example_data: dict[str, JsonValue] | None = None


class PreviewedWidget(WidgetPatch):
    """A widget that is not stored; it may have no name yet."""

    name: str | None = None
    template: dict[str, JsonValue]


class WidgetDraft(WidgetPatch):
    """A new widget; the server adds id, version and times.

    ``action: false`` adds no action that shows it.
    """

    name: str
    template: dict[str, JsonValue]
    action: bool = True


class WidgetPreviewRequest(Model):
    """A widget that is not stored, and data over its example."""

    widget: PreviewedWidget
    data: dict[str, JsonValue] | None = None


class WidgetPreview(Model):
    """The card as a browser would get it, and its text; or why there is none."""

    ok: bool
    card: dict[str, JsonValue] | None = None
    spoken: str | None = None
    error: str | None = None
    problems: list[Detail]


class SampleWidget(Open):
    """What creating a widget takes."""

    name: str
    title: str
    description: str
    template: dict[str, JsonValue]
    data_schema: dict[str, JsonValue]
    example_data: dict[str, JsonValue]


class WidgetGallery(Model):
    """Samples to begin with."""

    widgets: list[SampleWidget]


class GenerateWidgetRequest(Model):
    """What the widget is to show: plain words, or an Adaptive Card written out."""

    prompt: str


class GeneratedWidget(Model):
    """A definition to review; nothing is stored."""

    ok: Literal[True]
    generated: dict[str, JsonValue]
    warnings: list[Detail]


class SubmissionList(Model):
    """What people have sent by a widget's buttons that save, newest first."""

    submissions: list[Submission]
    next: str | None
