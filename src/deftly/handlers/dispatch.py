"""Which handler carries out which kind of action: the one place that branches on the kind."""

from deftly.domain.action import Action
from deftly.domain.handler import (
    ClientHandler,
    CodeHandler,
    HttpHandler,
    ShellHandler,
    WidgetHandler,
)
from deftly.handlers.client import compile_client
from deftly.handlers.handler import Plan
from deftly.handlers.http import compile_http
from deftly.handlers.missing import MissingPlan
from deftly.handlers.tools import HandlerTools
from deftly.handlers.widget import ShowingPlan, WidgetPlan


def compile_handler(action: Action, tools: HandlerTools) -> Plan:
    """Return the plan of an action, whatever its kind.

    Raises:
        InvalidDefinition: The handler can never work as it is written.
    """
    match action.handler:
        case HttpHandler() as handler:
            plan = compile_http(handler, tools.http)
            shows = action.widget
            return plan if shows is None else ShowingPlan(plan, shows, tools.widgets)
        case WidgetHandler():
            return WidgetPlan(action.widget or action.tool, tools.widgets)
        case ClientHandler() as handler if tools.browsers is not None:
            return compile_client(handler, tools.browsers)
        case CodeHandler() | ShellHandler() | ClientHandler() as handler:
            return MissingPlan(handler)


def is_available(plan: Plan) -> bool:
    """Tell whether this installation can carry the plan out."""
    return not isinstance(plan, MissingPlan)
