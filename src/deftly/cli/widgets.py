"""``deftly widgets``: the cards that conversations are shown."""

from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.actions import sentence_of
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deftly.app import Deftly
    from deftly.catalog.snapshot import CatalogProblem

app = typer.Typer(help="List and show widgets.", no_args_is_help=True)


@app.command("list")
def list_widgets(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """List all widgets."""
    run_in(settings_for(directory), lambda deftly: _list(deftly, as_json=as_json))


async def _list(deftly: "Deftly", *, as_json: bool) -> None:
    widgets = [one.noun.widget for one in deftly.widgets.current.entries]
    if as_json:
        terminal.print_json({"widgets": [one.wire() for one in widgets]})
    else:
        rows = (
            (one.name, one.title or "", ", ".join(deftly.widget_editor.showing(one.name)))
            for one in widgets
        )
        terminal.table(("widget", "title", "shown by"), rows, wrap=2)
    _show_problems(deftly.widgets.current.problems)


def _show_problems(problems: "Iterable[CatalogProblem]") -> None:
    for problem in problems:
        terminal.warn(sentence_of(problem))


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="As 'widgets list' shows it.")],
    *,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Show one widget, as a person reads it with its example."""
    run_in(settings_for(directory), lambda deftly: _show(deftly, name, as_json=as_json))


async def _show(deftly: "Deftly", name: str, *, as_json: bool) -> None:
    from deftly.catalog.widget_preview import preview

    entry = deftly.widgets.entry(name)
    widget = entry.noun.widget
    if as_json:
        terminal.print_json(widget.wire())
        return
    facts = [
        ("name", widget.name),
        ("title", widget.title or ""),
        ("description", widget.description or ""),
        ("shown by", ", ".join(deftly.widget_editor.showing(name))),
        ("example", preview(entry.noun, {}).spoken),
        ("version", f"{widget.version}, changed {widget.updated_at}"),
        ("file", f"widgets/{entry.file}"),
    ]
    for label, text in facts:
        if text:
            terminal.say_labelled(label, text, margin=17, label_style="dim")
    for warning in deftly.widget_editor.warnings(entry.noun):
        terminal.warn(warning.message)
    _show_problems([entry.problem] if entry.problem is not None else [])
