"""Importing and generating actions: from documents, commands and plain words."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for
from deftly.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deftly.app import Deftly
    from deftly.catalog.porting.draft import Draft, Refused
    from deftly.catalog.porting.importing import Wanted
    from deftly.errors import Problem
    from deftly.values import JsonValue

_BYTES_MAX = 64 * 1024 * 1024


def import_actions(  # noqa: PLR0913 - each is an option of the command
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An OpenAPI document, an export or a cURL command; - reads standard input.",
        ),
    ],
    *,
    openapi: Annotated[bool, typer.Option("--openapi", help="It is an OpenAPI document.")] = False,
    curl: Annotated[bool, typer.Option("--curl", help="It is a cURL command.")] = False,
    exported: Annotated[
        bool, typer.Option("--actions", help="It is an export of 'actions export'.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", help="An operation's id or 'GET /path'; may be repeated."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="The API's address, if the document lacks it.")
    ] = None,
    save: Annotated[
        bool, typer.Option("--save/--draft", help="Store the actions, or only show them.")
    ] = False,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Make actions of somebody else's API description.

    The exit code is 0 only if nothing was refused.
    """
    from deftly.catalog.porting.importing import Wanted

    kinds = {"openapi": openapi, "curl": curl, "actions": exported}
    said = [kind for kind, is_said in kinds.items() if is_said]
    if len(said) > 1:
        raise InvalidRequest(f"It is one of {', '.join(f'--{kind}' for kind in kinds)}; give one.")
    chosen, content = _content(_read(source), said[0] if said else None)
    wanted = Wanted(chosen, content, tuple(select) if select else None, base_url)
    settings = settings_for(directory)
    done = run_in(
        settings,
        lambda deftly: _import(deftly, wanted, save=save, as_json=as_json),
        makes_directory=save,
    )
    raise typer.Exit(0 if done else 1)


def _read(source: str) -> str:
    """Return the text of a file, of standard input, or the command that was given itself."""
    if source.lstrip().startswith("curl "):
        return source
    try:
        if source == "-":
            data = sys.stdin.buffer.read(_BYTES_MAX + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(_BYTES_MAX + 1)
    except OSError as fault:
        raise InvalidRequest(f"{source} cannot be read: {fault.strerror}.") from None
    if len(data) > _BYTES_MAX:
        raise InvalidRequest(f"{source} is over 64 MiB; cut it down to the paths you need.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest(f"{source} is not UTF-8 text; save it as UTF-8.") from None


def _content(text: str, said: str | None) -> "tuple[str, JsonValue]":
    """Return the kind of a source and what an import takes of it."""
    from deftly.catalog.porting.openapi.reading import read_text

    start = text.lstrip().removeprefix("$ ")
    if said == "curl" or (
        said is None and start.partition(" ")[0].rstrip() in {"curl", "curl.exe"}
    ):
        return "curl", text
    value = read_text(text)
    if said == "openapi" or (isinstance(value, dict) and {"openapi", "swagger"} & value.keys()):
        return "openapi", value
    if isinstance(value, dict) and "name" in value and "actions" not in value:
        return "actions", [value]
    if said == "actions" or (isinstance(value, dict) and "actions" in value):
        return "actions", value
    raise InvalidRequest(
        "This is neither an OpenAPI document (openapi: 3…) nor an export (actions: […]) nor a "
        "cURL command; --openapi, --curl or --actions says which it is."
    )


async def _import(deftly: "Deftly", wanted: "Wanted", *, save: bool, as_json: bool) -> bool:
    from deftly.domain.access import LOCAL_OWNER

    with terminal.spinner("Reading …"):
        drafts = await deftly.importer.read(wanted)
    if not save:
        _show_drafts(drafts.drafts, drafts.refused, as_json=as_json)
        return not drafts.refused
    with terminal.spinner(f"Storing {len(drafts.drafts)} actions …"):
        stored = await deftly.importer.save(drafts, LOCAL_OWNER)
    if as_json:
        created: list[JsonValue] = [one.action.wire() for one in stored.created]
        terminal.print_json({"created": created, "refused": _wires(stored.refused)})
        return not stored.refused
    for saved in stored.created:
        terminal.say(f"Added {saved.action.tool}.")
        _warn(saved.action.tool, saved.warnings)
    _complain(stored.refused)
    terminal.hint(f"{len(stored.created)} added, {len(stored.refused)} refused")
    return not stored.refused


def _wires(told: "Iterable[Draft | Refused]") -> "list[JsonValue]":
    return [one.wire() for one in told]


def _show_drafts(drafts: "Iterable[Draft]", refused: "Iterable[Refused]", *, as_json: bool) -> None:
    drafts, refused = tuple(drafts), tuple(refused)
    if as_json:
        terminal.print_json({"drafts": _wires(drafts), "refused": _wires(refused)})
        return
    if drafts:
        terminal.table(("tool", "mode", "request", "warnings"), map(_row, drafts), wrap=2)
    if len(drafts) == 1:
        _warn(drafts[0].name.lower(), drafts[0].warnings)
    _complain(refused)
    terminal.hint(
        f"{len(drafts)} drafts, {len(refused)} refused. Nothing is stored: add --save, and "
        "--select for some of them; --json shows everything."
    )


def _row(draft: "Draft") -> tuple[str, ...]:
    definition = draft.definition
    handler = definition.get("handler")
    said = handler if isinstance(handler, dict) else {}
    request = f"{said.get('method', '')} {said.get('url', said.get('type', ''))}".strip()
    mode = str(definition.get("executionMode", "confirm"))
    return draft.name.lower(), mode, request, str(len(draft.warnings) or "")


def _warn(tool: str, warnings: "Iterable[Problem]") -> None:
    for one in warnings:
        terminal.warn(f"{tool}: {one.message}")


def _complain(refused: "Iterable[Refused]") -> None:
    for one in refused:
        terminal.complain(f"{one.source}: {one.fault.message}")


def generate(
    prompt: Annotated[
        str,
        typer.Argument(help="What it does, in plain words; or a cURL command; - reads input."),
    ],
    directory: DirOption = None,
) -> None:
    """Draft an action and print it; nothing is stored.

    'deftly actions add -' stores what it prints.
    """
    text = sys.stdin.read() if prompt == "-" else prompt
    run_in(settings_for(directory), lambda deftly: _generate(deftly, text))


async def _generate(deftly: "Deftly", prompt: str) -> None:
    from deftly.agent.drafting import Drafter

    drafter = Drafter(deftly.importer, deftly.models, deftly.catalog)
    with terminal.spinner("Drafting …"):
        draft = await drafter.generate(prompt)
    terminal.print_json(draft.definition)
    _warn(draft.name.lower(), draft.warnings)
