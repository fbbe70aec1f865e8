"""From a command to an open Deftly: settings, the app, and who calls."""

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from deftly.errors import InvalidSettings, NotFound

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from deftly.app import Deftly
    from deftly.catalog.compile import CompiledAction
    from deftly.catalog.snapshot import Snapshot
    from deftly.settings import Settings

_Answer = TypeVar("_Answer")

DirOption = Annotated[
    Path | None,
    typer.Option("--dir", help="Directory of actions, database and key.", show_default="."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
YesOption = Annotated[
    bool | None,
    typer.Option("--yes/--no", help="Answer every confirmation so, instead of being asked."),
]


def settings_for(directory: Path | None, **given: object) -> "Settings":
    """Return the settings of a command: file, environment, and what was given."""
    from deftly.settings import load_settings

    return load_settings({"dir": directory, **given})


def _calmly(settings: "Settings") -> "Settings":
    """Log errors alone, to standard error: a command says in words what went wrong."""
    import logging

    from deftly.app.logs import configure_logging
    from deftly.engine.redaction import Redactor
    from deftly.settings import SECRET_SETTINGS

    if settings.origin_of("log_level") == "default":
        settings = settings.changed(log_level="error")
    shown = {name: getattr(settings, name) for name in SECRET_SETTINGS}
    configure_logging(settings, Redactor({name: text for name, text in shown.items() if text}))
    logging.basicConfig(level=settings.log_level.upper(), force=True)
    return settings


def run_in(
    settings: "Settings",
    work: "Callable[[Deftly], Awaitable[_Answer]]",
    *,
    makes_directory: bool = False,
) -> _Answer:
    """Open Deftly on a directory, do the work, and close it.

    Raises:
        InvalidSettings: There is no such directory, and the work is none that begins one.
    """
    import asyncio

    from deftly.app import open_deftly

    if not (makes_directory or settings.dir.exists()):
        raise InvalidSettings(f"dir: {settings.dir} does not exist; make it, or correct --dir.")
    calm = _calmly(settings)

    async def open_and_work() -> _Answer:
        async with open_deftly(calm) as deftly:
            return await work(deftly)

    return asyncio.run(open_and_work())


def find_action(snapshot: "Snapshot", given: str) -> "CompiledAction":
    """Return an action by tool name, stored name or id.

    Raises:
        NotFound: There is none; the message offers the nearest name.
    """
    found = snapshot.by_tool.get(given.lower()) or snapshot.by_id.get(given)
    if found is not None:
        return found
    for problem in snapshot.problems:
        if problem.file == f"{given.lower()}.yaml":
            told = f"There is no action {given}: {problem.file} cannot be used"
            raise NotFound(f"{told}; 'deftly doctor' says why.")
    if not snapshot.actions:
        raise NotFound(f"There is no action {given}; this directory has none yet.")
    near = get_close_matches(given.lower(), list(snapshot.by_tool), n=1)
    offer = f"Did you mean {near[0]}?" if near else "'deftly actions list' shows them all."
    raise NotFound(f"There is no action {given}. {offer}")
