"""The action that shows a widget: made with it, and kept in step with what it takes."""

from collections.abc import Iterable

from deftly.catalog.catalog import Catalog
from deftly.catalog.editing import Editor
from deftly.domain.access import Principal
from deftly.domain.action import Action, ExecutionMode
from deftly.domain.handler import WidgetHandler
from deftly.domain.widget.inferring import schema_of
from deftly.domain.widget.widget import Widget
from deftly.errors import DeftlyError, Problem
from deftly.values import JsonObject


class WidgetActions:
    """Adds and follows up the actions that show widgets and do nothing else."""

    def __init__(self, catalog: Catalog, editor: Editor) -> None:
        """Take the actions there are, and what changes them."""
        self._catalog = catalog
        self._editor = editor

    def showing(self, name: str) -> tuple[str, ...]:
        """Return the tools that show the widget."""
        actions = self._catalog.snapshot.actions
        return tuple(one.action.tool for one in actions if one.action.widget == name)

    def missing(self, tools: Iterable[str]) -> tuple[str, ...]:
        """Return those that there is no action for."""
        return tuple(one for one in tools if one not in self._catalog.snapshot.by_tool)

    async def add(
        self, widget: Widget, principal: Principal
    ) -> tuple[Action | None, tuple[Problem, ...]]:
        """Store an enabled action of the widget's name that shows it.

        It is the widget that was asked for: where there can be no such action, that is told.
        """
        try:
            saved = await self._editor.create(_definition(widget), principal)
        except DeftlyError as fault:
            told = f"action: the widget is stored, but no action that shows it: {fault.message}"
            return None, (Problem("action", told),)
        return saved.action, saved.warnings

    async def follow(
        self, before: Widget, after: Widget, principal: Principal
    ) -> tuple[Problem, ...]:
        """Give the action that was made with a widget the inputs of its new schema.

        One whose inputs somebody has changed is left alone.
        """
        old, new = schema_of(before), schema_of(after)
        found = self._catalog.snapshot.by_tool.get(after.name)
        if old == new or found is None or not _is_made_with(found.action, before):
            return ()
        try:
            await self._editor.update(found.action.id, {"inputSchema": new}, principal)
        except DeftlyError as fault:
            told = f"dataSchema: the action {after.name} keeps its inputs: {fault.message}"
            return (Problem("dataSchema", told),)
        return ()


def _is_made_with(action: Action, widget: Widget) -> bool:
    shows = isinstance(action.handler, WidgetHandler) and action.widget == widget.name
    return shows and action.input_schema == schema_of(widget)


def _definition(widget: Widget) -> JsonObject:
    title = widget.title or widget.name.replace("_", " ")
    about = f" {widget.description}" if widget.description else ""
    return {
        "name": widget.name,
        "description": f"Show the person a card: {title}.{about}",
        "inputSchema": schema_of(widget),
        "handler": {"type": "widget"},
        "widget": widget.name,
        "executionMode": ExecutionMode.AUTO.value,
    }
