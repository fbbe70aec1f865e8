"""Adding, switching, deleting and restoring actions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.call import ToolArgument
from deftly.cli.opening import DirOption, find_action, run_in, settings_for
from deftly.errors import InvalidDefinition, InvalidRequest

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.catalog.editing import Saved
    from deftly.values import JsonObject, JsonValue


def add(
    files: Annotated[
        list[Path],
        typer.Argument(help="YAML or JSON definitions, or an export; - reads standard input."),
    ],
    directory: DirOption = None,
) -> None:
    """Store new actions; they are live at once."""
    definitions = [definition for file in files for definition in _read(file)]
    run_in(settings_for(directory), lambda deftly: _add(deftly, definitions), makes_directory=True)


def _read(file: Path) -> "list[JsonObject]":
    """Return the definitions in a file: one, or those of an export."""
    from deftly.store.yaml.fault import YamlFault
    from deftly.store.yaml.read import read_object

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        content = read_object(data)  # JSON is YAML, too
    except OSError as fault:
        raise InvalidRequest(f"{file} cannot be read: {fault.strerror}.") from None
    except YamlFault as fault:
        where = file if fault.line is None else f"{file}:{fault.line}"
        raise InvalidDefinition(f"{where}: {fault.message} {fault.fix}") from None
    exported = content.get("actions")
    if "name" not in content and isinstance(exported, list):
        return [_object(file, one) for one in exported]
    return [content]


def _object(file: Path, given: "JsonValue") -> "JsonObject":
    if isinstance(given, dict):
        return given
    raise InvalidDefinition(f"{file}: actions must be a list of objects.")


async def _add(deftly: "Deftly", definitions: "list[JsonObject]") -> None:
    from deftly.domain.access import LOCAL_OWNER

    for definition in definitions:
        _report("Added", await deftly.editor.create(definition, LOCAL_OWNER))


def _report(done: str, saved: "Saved") -> None:
    action = saved.action
    asks = "asks before it runs" if action.execution_mode.value == "confirm" else "does not ask"
    mode = f"; it {asks}" if action.enabled else ", and it is refused until it is enabled"
    terminal.say(f"{done} {action.tool}, version {action.version}{mode}.")
    for warning in saved.warnings:
        terminal.warn(f"{warning.path}: {warning.message}")


def enable(tool: ToolArgument, directory: DirOption = None) -> None:
    """Let an action be called again."""
    run_in(settings_for(directory), lambda deftly: _switch(deftly, tool, on=True))


def disable(tool: ToolArgument, directory: DirOption = None) -> None:
    """Keep an action, and refuse every call of it."""
    run_in(settings_for(directory), lambda deftly: _switch(deftly, tool, on=False))


async def _switch(deftly: "Deftly", tool: str, *, on: bool) -> None:
    from deftly.domain.access import LOCAL_OWNER

    action = find_action(deftly.catalog.snapshot, tool).action
    saved = await deftly.editor.update(action.id, {"enabled": on}, LOCAL_OWNER)
    _report("Enabled" if on else "Disabled", saved)


def delete(
    tool: ToolArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    directory: DirOption = None,
) -> None:
    """Delete an action and its file."""
    run_in(settings_for(directory), lambda deftly: _delete(deftly, tool, sure=yes))


async def _delete(deftly: "Deftly", tool: str, *, sure: bool) -> None:
    from deftly.domain.access import LOCAL_OWNER

    action = find_action(deftly.catalog.snapshot, tool).action
    if not sure and not _is_sure(action.tool):
        raise typer.Exit(1)
    await deftly.editor.delete(action.id, LOCAL_OWNER)
    terminal.say(f"Deleted {action.tool}.")


def _is_sure(tool: str) -> bool:
    if not terminal.is_interactive():
        terminal.complain(f"Deleting {tool} needs --yes where nobody can be asked.")
        return False
    from deftly.cli.confirming import read_line

    answer = read_line(f"Delete {tool}? [y/N] ") or ""
    return answer.strip().lower() in {"y", "yes"}


def restore(
    tool: ToolArgument,
    version: Annotated[int, typer.Argument(help="As 'actions history' lists it.", min=1)],
    directory: DirOption = None,
) -> None:
    """Make an earlier version the current one, as a new version."""
    run_in(settings_for(directory), lambda deftly: _restore(deftly, tool, version))


async def _restore(deftly: "Deftly", tool: str, version: int) -> None:
    from deftly.domain.access import LOCAL_OWNER

    action = find_action(deftly.catalog.snapshot, tool).action
    saved = await deftly.editor.restore(action.id, version, LOCAL_OWNER)
    _report(f"Restored version {version} of", saved)
