"""``deftly actions``: what there is, in full, and as a file to carry elsewhere."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from deftly.cli import actions_editing, actions_porting, actions_trying, terminal
from deftly.cli.call import ToolArgument
from deftly.cli.opening import DirOption, JsonOption, find_action, run_in, settings_for

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.catalog.compile import CompiledAction
    from deftly.catalog.snapshot import CatalogProblem, Snapshot
    from deftly.domain.action import Action
    from deftly.values import JsonObject, JsonValue

app = typer.Typer(help="Define, list and change actions.", no_args_is_help=True)
app.command("test")(actions_trying.try_action)
app.command("add")(actions_editing.add)
app.command("import")(actions_porting.import_actions)
app.command("generate")(actions_porting.generate)
app.command("enable")(actions_editing.enable)
app.command("disable")(actions_editing.disable)
app.command("delete")(actions_editing.delete)
app.command("restore")(actions_editing.restore)

_SHORT: Final = 60
_EMPTY: Final = (
    "No actions yet. Add one: deftly actions add FILE.yaml ('deftly demo' has six to copy)."
)


@app.command("list")
def list_actions(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """List all actions, enabled or not."""
    run_in(settings_for(directory), lambda deftly: _list(deftly, as_json=as_json))


async def _list(deftly: "Deftly", *, as_json: bool) -> None:
    snapshot = deftly.catalog.snapshot
    if as_json:
        terminal.print_json({"actions": [one.action.wire() for one in snapshot.actions]})
    elif snapshot.actions:
        columns = ("tool", "kind", "mode", "version", "state", "description")
        terminal.table(columns, map(_row, snapshot.actions), wrap=5)
    else:
        terminal.say(_EMPTY)
    show_problems(snapshot)


def _row(compiled: "CompiledAction") -> tuple[str, ...]:
    action = compiled.action
    text = " ".join(action.description.split())
    short = text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
    kind = f"{action.handler.type} {getattr(action.handler, 'method', '')}".strip()
    state = "disabled" if not action.enabled else "live" if compiled.available else "unavailable"
    return action.tool, kind, action.execution_mode.value, str(action.version), state, short


def show_problems(snapshot: "Snapshot") -> None:
    """Print the definition files that cannot be used."""
    for problem in snapshot.problems:
        terminal.warn(sentence_of(problem))


def sentence_of(problem: "CatalogProblem") -> str:
    """Return file, line, fault and fix of a definition file."""
    where = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    live = " Its last good version stays live." if problem.still_live else ""
    return f"{where}: {problem.message} {problem.fix}{live}"


@app.command("show")
def show(tool: ToolArgument, *, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """Show one action in full."""
    run_in(settings_for(directory), lambda deftly: _show(deftly, tool, as_json=as_json))


async def _show(deftly: "Deftly", tool: str, *, as_json: bool) -> None:
    compiled = find_action(deftly.catalog.snapshot, tool)
    if as_json:
        terminal.print_json(compiled.action.wire())
        return
    for label, text in _facts(compiled):
        terminal.say_labelled(label, text, margin=13, label_style="dim")
    if compiled.action.parameters:
        rows = ((one.name, one.type, _need(required=one.required), one.description)
                for one in compiled.action.parameters)  # fmt: skip
        terminal.table(("parameter", "type", "", "description"), rows, wrap=3)
    for warning in compiled.warnings:
        terminal.warn(warning.message)


def _need(*, required: bool) -> str:
    return "required" if required else "optional"


def _facts(compiled: "CompiledAction") -> list[tuple[str, str]]:
    action = compiled.action
    handler = action.handler.wire()
    asks = "no person is asked" if action.execution_mode.value == "auto" else "a person is asked"
    facts = [
        ("name", f"{action.name}, called {action.tool}"),
        ("description", " ".join(action.description.split())),
        ("request", f"{handler['method']} {handler['url']}" if "url" in handler else ""),
        ("kind", "" if "url" in handler else action.handler.type),
        *((part, str(handler.get(part, "")).rstrip()) for part in ("code", "command")),
        ("mode", f"{action.execution_mode.value}: {asks}"),
        ("similes", ", ".join(action.similes)),
        ("examples", " / ".join(one.question for one in action.examples if one.question)),
        ("state", "enabled" if action.enabled else "disabled"),
        ("version", f"{action.version}, changed {action.updated_at}"),
        ("id", action.id),
    ]
    return [(label, text) for label, text in facts if text]


@app.command("export")
def export(
    tools: Annotated[
        list[str] | None, typer.Argument(help="Which ones; all of them by default.")
    ] = None,
    directory: DirOption = None,
) -> None:
    """Print actions as JSON that 'actions add' takes.

    Secrets are named, never included.
    """
    run_in(settings_for(directory), lambda deftly: _export(deftly, tools or []))


async def _export(deftly: "Deftly", tools: list[str]) -> None:
    snapshot = deftly.catalog.snapshot
    chosen = [find_action(snapshot, tool) for tool in tools] or list(snapshot.actions)
    terminal.print_json({"actions": [_exported(one.action) for one in chosen]})


def _exported(action: "Action") -> "JsonValue":
    from deftly.domain.action import restorable

    definition: JsonObject = restorable(action)
    # The schema says all that the flat view does, and more.
    return {name: value for name, value in definition.items() if name != "parameters"}


@app.command("history")
def history(
    tool: ToolArgument, *, as_json: JsonOption = False, directory: DirOption = None
) -> None:
    """List the stored versions of an action, newest first."""
    run_in(settings_for(directory), lambda deftly: _history(deftly, tool, as_json=as_json))


async def _history(deftly: "Deftly", tool: str, *, as_json: bool) -> None:
    action = find_action(deftly.catalog.snapshot, tool).action
    revisions = await deftly.editor.history(action.id)
    if as_json:
        told: list[JsonValue] = [
            {"version": one.version, "at": one.at, "author": one.author, "kind": one.kind.value}
            for one in revisions
        ]
        terminal.print_json({"revisions": told})
        return
    terminal.table(
        ("version", "when", "what", "by"),
        ((str(one.version), one.at, one.kind.value, one.author) for one in revisions),
        wrap=3,
    )
    terminal.hint(f"Bring one back: deftly actions restore {action.tool} VERSION")
