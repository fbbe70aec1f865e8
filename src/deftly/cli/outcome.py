"""An outcome as a person or a program reads it, and the exit code that follows from it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from deftly.cli import terminal
from deftly.domain.run import Outcome, Status
from deftly.values import JsonObject, JsonValue

_SENTENCES: Final[Mapping[Status, str]] = {
    Status.CONFIRM_REQUIRED: "Nothing was sent: a person has to confirm it first.",
    Status.RUNNING: "It is still running; its result is not known yet.",
    Status.DENIED: "Declined. Nothing was sent.",
    Status.EXPIRED: "The confirmation expired. Nothing was sent.",
    Status.VOID: "The action was changed meanwhile. Nothing was sent.",
    Status.UNKNOWN: "It was interrupted. Nobody knows whether it took effect.",
}


def is_success(outcome: Outcome) -> bool:
    """Tell whether the action ran and what it called said yes."""
    if outcome.status is not Status.SUCCEEDED:
        return False
    match outcome.result:
        case {"http_status": _, "ok": ok}:
            return ok is True
        case {"exit_code": int(code), "stdout": _, "stderr": _}:
            return code == 0
        case _:
            return True


def show(outcome: Outcome, *, as_json: bool) -> int:
    """Print an outcome and return the exit code."""
    if as_json:
        terminal.print_json(without_token(outcome))
    elif outcome.has_result:
        _show_result(outcome)
    elif outcome.error is not None:
        terminal.complain(outcome.error.message)
    else:
        terminal.complain(_SENTENCES.get(outcome.status, "It did not succeed."))
    if not outcome.recorded:
        terminal.warn("It ran, but its record could not be completed.")
    return 0 if is_success(outcome) else 1


def without_token(outcome: Outcome) -> JsonObject:
    """Return the outcome for programs: what confirms it is for the person in front of it."""
    if outcome.confirmation is None:
        return outcome.wire()
    return replace(outcome, confirmation=replace(outcome.confirmation, token=None)).wire()


def _show_result(outcome: Outcome) -> None:
    took = f"{outcome.duration_ms:.0f} ms"
    match outcome.result:
        case {"http_status": status, "data": data, **rest}:
            terminal.hint(f"HTTP {status} in {took}")
            if rest.get("truncated"):
                terminal.warn("The answer was longer than an agent reads, and is cut.")
            _show_data(data)
        case {"exit_code": int(code), "stdout": str(stdout), "stderr": str(stderr), **rest}:
            terminal.hint(f"Exit code {code} after {took}")
            if rest.get("truncated"):
                terminal.warn("It wrote more than is kept, and is cut.")
            if stdout:
                terminal.say(stdout.rstrip("\n"))
            if stderr:
                terminal.hint(stderr.rstrip("\n"))
        case result:
            terminal.hint(f"Done in {took}")
            _show_data(result)


def _show_data(data: JsonValue) -> None:
    if isinstance(data, str):
        terminal.say(data)
    else:
        terminal.print_json(data)
