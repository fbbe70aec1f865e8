"""Who is told why the guard refused: those who manage actions; others learn that it did."""

from dataclasses import replace
from typing import Final

from deftly.domain.access import Principal, Scope
from deftly.domain.run import Outcome, Run, RunFault

_HIDDEN: Final = RunFault(code="blocked", message="This address is not open to actions.")


def told_outcome(outcome: Outcome, principal: Principal) -> Outcome:
    """Return the outcome as this caller may see it."""
    return replace(outcome, error=_told(outcome.error, principal)) if outcome.error else outcome


def told_run(run: Run, principal: Principal) -> Run:
    """Return the run as this caller may see it."""
    return run.with_(error=_told(run.error, principal)) if run.error else run


def _told(fault: RunFault, principal: Principal) -> RunFault:
    if fault.code.startswith("blocked_") and not principal.may(Scope.MANAGE):
        return _HIDDEN
    return fault
