"""Creating, changing and deleting widgets through the API, and what their authors are told."""

from collections.abc import Mapping
from dataclasses import dataclass

from deftly.catalog.live_editing import FolderEditor
from deftly.catalog.widget_actions import WidgetActions
from deftly.catalog.widget_preview import preview
from deftly.catalog.widgets import Widgets
from deftly.domain.access import Principal
from deftly.domain.action import Action
from deftly.domain.widget.compiled import CompiledWidget
from deftly.errors import Problem
from deftly.values import Clock, IdSource, JsonValue


@dataclass(frozen=True, slots=True)
class SavedWidget:
    """A stored widget, the action that was made with it, and what may surprise its author."""

    live: CompiledWidget
    warnings: tuple[Problem, ...]
    action: Action | None = None


class WidgetEditor(FolderEditor[CompiledWidget]):
    """Changes widgets, and the actions that show them and do nothing else."""

    def __init__(
        self, widgets: Widgets, actions: WidgetActions, clock: Clock, ids: IdSource
    ) -> None:
        """Take the widgets, and the actions."""
        super().__init__(widgets, clock, ids)
        self._actions = actions

    def warnings(self, noun: CompiledWidget) -> tuple[Problem, ...]:
        """Return why its example cannot be drawn, and which buttons call what is not there."""
        shown = preview(noun, {})
        found = [
            Problem(one.path.replace("data", "exampleData", 1), one.message)
            for one in shown.problems
        ]
        if shown.error is not None:
            found.append(Problem("exampleData", f"exampleData: {shown.error}"))
        found.extend(
            Problem(
                "template", f"template: a button calls {tool}, and there is no such action yet."
            )
            for tool in self._actions.missing(shown.calls)
        )
        return tuple(found)

    def showing(self, name: str) -> tuple[str, ...]:
        """Return the tools that show the widget."""
        return self._actions.showing(name)

    async def add(
        self, given: Mapping[str, JsonValue], principal: Principal, *, with_action: bool
    ) -> SavedWidget:
        """Store a new widget and, if wanted, an enabled action that shows it.

        Raises:
            InvalidDefinition, NameTaken, ReadOnly: As for ``create``.
        """
        saved = await self.create(given)
        if not with_action:
            return SavedWidget(saved.noun, saved.warnings)
        action, told = await self._actions.add(saved.noun.widget, principal)
        return SavedWidget(saved.noun, (*saved.warnings, *told), action)

    async def change(
        self,
        name: str,
        patch: Mapping[str, JsonValue],
        principal: Principal,
        *,
        if_match: str | None = None,
    ) -> SavedWidget:
        """Change the given fields, and the inputs of the action that was made with it.

        Raises:
            NotFound, PreconditionFailed, EditConflict, InvalidDefinition, ReadOnly: As for
                ``update``.
        """
        before = (await self.present(name)).noun.widget
        saved = await self.update(name, patch, if_match=if_match)
        told = await self._actions.follow(before, saved.noun.widget, principal)
        return SavedWidget(saved.noun, (*saved.warnings, *told))
