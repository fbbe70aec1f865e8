"""Which isolation holds here: each is tried out, the strongest first."""

from dataclasses import dataclass
from typing import Final

from deftly.sandbox.isolation import Isolation, IsolationReport
from deftly.sandbox.javascript.canaries import sing
from deftly.sandbox.javascript.guest import Launch
from deftly.sandbox.namespaces import what_allows_them
from deftly.sandbox.programs import GET_BUBBLEWRAP, Programs, called

_KIND: Final = "code"
_NO_DENO: Final = (
    "Code actions need Deno, and it is not here; install it (pip install deno, on Linux, macOS or "
    "Windows on a processor it is built for) and restart."
)
_NO_BUBBLEWRAP: Final = f"bubblewrap is not here; {GET_BUBBLEWRAP} to have both."


@dataclass(frozen=True, slots=True)
class Tested:
    """What the self-test found.

    Attributes:
        launch: How runs are started; None where nothing holds.
    """

    report: IsolationReport
    launch: Launch | None = None


async def test(programs: Programs) -> Tested:
    """Return the strongest isolation that holds."""
    if programs.deno is None:
        return Tested(IsolationReport(_KIND, Isolation.NONE, programs.fault or _NO_DENO))
    faults: list[str] = []
    for launch in Launch.possible(programs):
        fault = await sing(launch)
        if not fault:
            report = IsolationReport(_KIND, launch.isolation, _works(launch, faults))
            return Tested(report, launch)
        faults.append(f"{_NAMES[launch.isolation]}: {fault}")
    message = (
        f"Code actions are refused, because nothing keeps code in bounds here "
        f"({'; '.join(faults)}). {what_allows_them()}"
    )
    return Tested(IsolationReport(_KIND, Isolation.NONE, message))


_NAMES: Final = {
    Isolation.BUBBLEWRAP: "Deno in bubblewrap",
    Isolation.DENO: "Deno alone",
}


def _works(launch: Launch, faults: list[str]) -> str:
    held = (
        f"Code runs in {_NAMES[launch.isolation]} as {called(launch.user)}, without network, files "
        "or environment; the self-test has passed."
    )
    if launch.bubblewrap is not None:
        return held
    weaker = f"{faults[0]}. {what_allows_them()}" if faults else _NO_BUBBLEWRAP
    return f"{held} A second wall is missing: {weaker}"
