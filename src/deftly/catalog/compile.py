"""From an action to something that can be called: done once a change, never in a call."""

from dataclasses import dataclass
from typing import Final

from deftly.domain.action import Action, ExecutionMode
from deftly.domain.credential import carries_credential
from deftly.domain.definition import unusable
from deftly.domain.handler import (
    ClientHandler,
    CodeHandler,
    Handler,
    HttpHandler,
    ShellHandler,
    WidgetHandler,
)
from deftly.domain.schema import CompiledSchema, compile_schema
from deftly.errors import EgressDenied, InvalidDefinition, Problem
from deftly.handlers.dispatch import compile_handler, why_unavailable
from deftly.handlers.handler import Plan
from deftly.handlers.tools import HandlerTools

_NEEDS_ACKNOWLEDGEMENT: Final = (ShellHandler, ClientHandler)
_SHOWS: Final = (HttpHandler, WidgetHandler)


@dataclass(frozen=True, slots=True)
class CompiledAction:
    """An action with everything a call needs, ready.

    Attributes:
        version_hash: Of the definition; a confirmation is bound to it.
        warnings: What is stored all the same and may surprise.
        is_imagined: It is never run, so whether this machine could does not matter.
    """

    action: Action
    schema: CompiledSchema
    plan: Plan
    version_hash: str
    warnings: tuple[Problem, ...]
    is_imagined: bool = False

    @property
    def available(self) -> bool:
        """Whether this installation can carry it out, as far as it knows."""
        return self.is_imagined or why_unavailable(self.plan) is None

    def is_offered(self, *, in_browser: bool) -> bool:
        """Tell whether a model may call it; some actions need a browser to run in."""
        has_place = in_browser or not isinstance(self.action.handler, ClientHandler)
        return self.action.enabled and self.available and has_place

    def asks(self, *, cautious: bool) -> bool:
        """Tell whether a person is asked before it runs; ``cautious`` asks for every write."""
        if self.action.execution_mode is ExecutionMode.CONFIRM:
            return True
        return cautious and self.plan.writes


def compile_action(action: Action, tools: HandlerTools) -> CompiledAction:
    """Return the action compiled, with the warnings that follow from itself alone.

    Raises:
        InvalidDefinition: It can never work; every problem is listed.
    """
    problems: list[Problem] = []
    schema = plan = None
    declared = frozenset(one.name for one in action.parameters)
    try:
        schema = compile_schema(action.input_schema, path="inputSchema")
    except InvalidDefinition as fault:
        problems.extend(fault.details)
    try:
        plan = compile_handler(action, tools)
    except InvalidDefinition as fault:
        problems.extend(fault.details)
    problems.extend(_unacknowledged(action))
    if schema is None or plan is None or problems:
        raise unusable(problems)
    return CompiledAction(
        action=action,
        schema=schema,
        plan=plan,
        version_hash=action.version_hash,
        warnings=(*_warnings(action, plan, declared), *_refused_today(plan, tools)),
    )


def _unacknowledged(action: Action) -> list[Problem]:
    automatic = action.execution_mode is ExecutionMode.AUTO
    if not automatic or action.acknowledge_writes:
        return []
    if not isinstance(action.handler, _NEEDS_ACKNOWLEDGEMENT):
        return []
    message = (
        f"executionMode auto lets a model run this {action.handler.type} action without asking; "
        "an owner who wants that adds acknowledgeWrites: true."
    )
    return [Problem("executionMode", message)]


def _warnings(action: Action, plan: Plan, declared: frozenset[str]) -> list[Problem]:
    warnings = [
        Problem("handler", f"{{{{{name}}}}} has no parameter of that name, so it will be empty.")
        for name in sorted(plan.names - declared)
    ]
    if action.widget is not None and not isinstance(action.handler, _SHOWS):
        message = f"A {action.handler.type} action shows no widget; take it out."
        warnings.append(Problem("widget", message))
    why = why_unavailable(plan)
    if why is not None:
        warnings.append(Problem("handler", why))
    if action.execution_mode is ExecutionMode.AUTO:
        warnings.extend(_unasked(action.handler))
    if isinstance(action.handler, HttpHandler):
        warnings.extend(_http_warnings(action.handler))
    return warnings


def _unasked(handler: Handler) -> list[Problem]:
    match handler:
        case CodeHandler():
            what = "Code"
        case HttpHandler(writes=True, method=method):
            what = method
        case _:
            return []
    message = (
        f"{what} may change data, and auto runs it without asking; use confirm unless it only "
        "reads."
    )
    return [Problem("executionMode", message)]


def _http_warnings(handler: HttpHandler) -> list[Problem]:
    warnings = [
        Problem(
            f"handler.headers.{header}",
            f"{header} holds a credential in plain text; keep it with deftly secrets set NAME "
            f"and write {{{{secrets.NAME}}}} here.",
        )
        for header, text in handler.headers.items()
        if carries_credential(header, text)
    ]
    if handler.payload is not None and not handler.writes:
        message = f"{handler.method} sends no body; it will be left out."
        warnings.append(Problem("handler.body", message))
    return warnings


def _refused_today(plan: Plan, tools: HandlerTools) -> list[Problem]:
    warnings = []
    for origin in plan.origins:
        try:
            tools.http.client.policy.check_target(origin)
        except EgressDenied as refusal:
            warnings.append(
                Problem("handler.url", f"The guard refuses this address today: {refusal.message}")
            )
    return warnings
