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
from deftly.handlers.code import CodePlan, compile_code
from deftly.handlers.handler import Plan
from deftly.handlers.http import compile_http
from deftly.handlers.missing import MissingPlan
from deftly.handlers.shell import ShellPlan, compile_shell_action
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
        case CodeHandler() as handler if tools.code is not None:
            return compile_code(handler, tools.code)
        case ShellHandler() as handler if tools.shell is not None:
            return compile_shell_action(handler, tools.shell)
        case CodeHandler() | ShellHandler() | ClientHandler() as handler:
            return MissingPlan(handler)


def why_unavailable(plan: Plan) -> str | None:
    """Return why this installation cannot carry the plan out; None where it can, or may."""
    match plan:
        case MissingPlan():
            return plan.why
        case CodePlan() | ShellPlan():
            known = plan.tools.sandbox.availability()
            return known.message if known is not None and not known.is_available else None
        case _:
            return None
