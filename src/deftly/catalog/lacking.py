"""What a stored action names that is not there yet: secrets, a widget."""

from deftly.catalog.compile import CompiledAction
from deftly.errors import NotFound, Problem
from deftly.handlers.widget import FindsWidgets
from deftly.store.secrets import Secrets


async def lacking(
    compiled: CompiledAction, secrets: Secrets, widgets: FindsWidgets
) -> tuple[Problem, ...]:
    """Return a warning for each, which says what to do."""
    known = await secrets.names()
    missing = [
        Problem(
            "handler",
            f"The secret {name} is not there yet; set it with: deftly secrets set {name}",
        )
        for name in sorted(compiled.plan.secrets - known)
    ]
    return (*missing, *_no_widget(compiled, widgets))


def _no_widget(compiled: CompiledAction, widgets: FindsWidgets) -> list[Problem]:
    name = compiled.action.widget
    try:
        if name is not None:
            widgets.find(name)
    except NotFound:
        message = f"There is no widget called {name} yet, so no card will be shown."
        return [Problem("widget", message)]
    return []
