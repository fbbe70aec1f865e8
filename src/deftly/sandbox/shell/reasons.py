"""What an operator is told of the shell sandbox: that it works, or why not and what to do."""

from typing import Final

from deftly.sandbox.isolation import Isolation, IsolationReport
from deftly.sandbox.namespaces import what_allows_them
from deftly.sandbox.programs import GET_BUBBLEWRAP, Programs, called

OFF: Final = IsolationReport(
    "shell",
    Isolation.OFF,
    "Shell actions are off; write shell: true in deftly.yaml (or set DEFTLY_SHELL=true) and "
    "restart, if people who may store actions may also run commands on this machine.",
)

# What the launcher and bubblewrap say where the system makes no namespaces for them.
_OF_RIGHTS: Final = ("namespace", "ermission", "not permitted", "uid map")


def works(programs: Programs) -> IsolationReport:
    """Return the report of a sandbox that has passed its self-test."""
    message = (
        f"Shell commands run in bubblewrap as {called(programs.user)}, with no network but "
        "Deftly's guarded proxy; the self-test has passed."
    )
    return IsolationReport("shell", Isolation.BUBBLEWRAP, message)


def missing(programs: Programs) -> IsolationReport:
    """Return the report of an installation without bubblewrap."""
    why = programs.fault or (
        "bubblewrap is not here, so shell actions cannot be isolated; "
        f"{GET_BUBBLEWRAP}. It needs Linux."
    )
    return IsolationReport("shell", Isolation.NONE, why)


def failed(fault: str) -> IsolationReport:
    """Return the report of a sandbox that does not start, with what to do about it."""
    about_rights = any(word in fault for word in _OF_RIGHTS)
    told = f"{fault} {what_allows_them()}" if about_rights else fault
    return IsolationReport("shell", Isolation.NONE, told)


def leaky(faults: list[str]) -> IsolationReport:
    """Return the report of a sandbox that starts and does not hold."""
    message = (
        f"Shell actions are refused: the sandbox starts and does not hold ({'; '.join(faults)}). "
        "Use a kernel from 5.14 and bubblewrap from 0.8, and report this."
    )
    return IsolationReport("shell", Isolation.NONE, message)
