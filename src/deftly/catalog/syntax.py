"""Whether the code of an action compiles: asked of the engine that would run it.

Asked when somebody stores or drafts an action. A file that is edited by hand is read without: its
calls tell the same sentence.
"""

from collections.abc import Mapping
from typing import Final

import structlog

from deftly.domain.action import Action
from deftly.domain.definition import unusable
from deftly.domain.handler import CodeHandler
from deftly.errors import CodeFailed, HandlerUnavailable, LimitExceeded, Problem
from deftly.handlers.tools import HandlerTools
from deftly.sandbox.javascript.script import BrokenCode
from deftly.values import JsonValue

_log = structlog.get_logger(__name__)

_PATH: Final = "handler.code"
_AT_END: Final = " The code ends here: something in it is not closed, or a } is one too many."


async def refuse_broken_code(
    definition: Mapping[str, JsonValue], tools: HandlerTools, *, before: Action | None = None
) -> tuple[Problem, ...]:
    """Return a warning where nobody could tell; on a machine that runs no code there is none.

    Code that is as it was before is not looked at again: what else an action says can be changed
    although its code is broken, and it can be switched off.

    Args:
        definition: A new one, or what is changed of one.
        tools: Where the engine is.
        before: The action as it is stored.

    Raises:
        InvalidDefinition: It does not compile; line and column are those of the code.
    """
    code = _code_in(definition)
    if code is None or tools.code is None or code == _code_of(before):
        return ()
    sandbox = tools.code.sandbox
    if not (await sandbox.report()).is_available:
        return ()  # which is a warning of its own
    try:
        broken = await sandbox.broken(code)
    except (HandlerUnavailable, LimitExceeded, CodeFailed) as fault:
        _log.warning("code_not_compiled", reason=fault.message, internal=fault.internal)
        return (Problem(_PATH, f"Whether it compiles is not known: {fault.message} Test it."),)
    if broken is not None:
        raise unusable([Problem(_PATH, _told(broken))])
    return ()


def _code_in(definition: Mapping[str, JsonValue]) -> str | None:
    handler = definition.get("handler")
    if not isinstance(handler, dict) or handler.get("type") != "code":
        return None
    code = handler.get("code")
    return code if isinstance(code, str) and code.strip() else None


def _code_of(action: Action | None) -> str | None:
    return action.handler.code if action and isinstance(action.handler, CodeHandler) else None


def _told(broken: BrokenCode) -> str:
    said = f"{broken.says.rstrip('.')}.{_AT_END if broken.at_end else ''}"
    if broken.line is None:
        return f"{_PATH}: {said}"
    return f"{_PATH}: line {broken.line}, column {broken.column}: {said}"
