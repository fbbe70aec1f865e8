"""Which handler carries out which kind of action: the one place that branches on the kind."""

from deftly.domain.handler import (
    ClientHandler,
    CodeHandler,
    Handler,
    HttpHandler,
    ShellHandler,
    WidgetHandler,
)
from deftly.handlers.handler import Plan
from deftly.handlers.http import HttpTools, compile_http
from deftly.handlers.missing import MissingPlan


def compile_handler(handler: Handler, tools: HttpTools) -> Plan:
    """Return the plan for a handler of any kind.

    Raises:
        InvalidDefinition: The handler can never work as it is written.
    """
    match handler:
        case HttpHandler():
            return compile_http(handler, tools)
        case CodeHandler() | ShellHandler() | WidgetHandler() | ClientHandler():
            return MissingPlan(handler)


def is_available(plan: Plan) -> bool:
    """Tell whether this installation can carry the plan out."""
    return not isinstance(plan, MissingPlan)
