"""``deftly agents``: who answers in conversations."""

from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.actions import sentence_of
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deftly.app import Deftly
    from deftly.catalog.snapshot import CatalogProblem
    from deftly.domain.agent import Agent

app = typer.Typer(help="List and show agents.", no_args_is_help=True)


@app.command("list")
def list_agents(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """List all agents, enabled or not."""
    run_in(settings_for(directory), lambda deftly: _list(deftly, as_json=as_json))


async def _list(deftly: "Deftly", *, as_json: bool) -> None:
    agents = [one.noun for one in deftly.agents.current.entries]
    if as_json:
        terminal.print_json({"agents": [one.wire() for one in agents]})
    else:
        columns = ("agent", "title", "model", "actions", "state")
        terminal.table(columns, (_row(deftly, one) for one in agents), wrap=3)
    _show_problems(deftly.agents.current.problems)


def _row(deftly: "Deftly", agent: "Agent") -> tuple[str, ...]:
    model = agent.model or deftly.models.default
    state = "enabled" if agent.enabled else "disabled"
    return agent.name, agent.title or "", model, _actions(agent), state


def _actions(agent: "Agent") -> str:
    if agent.actions == "all":
        return "all"
    return ", ".join(agent.actions) or "none"


def _show_problems(problems: "Iterable[CatalogProblem]") -> None:
    for problem in problems:
        terminal.warn(sentence_of(problem))


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="As 'agents list' shows it.")],
    *,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Show one agent in full."""
    run_in(settings_for(directory), lambda deftly: _show(deftly, name, as_json=as_json))


async def _show(deftly: "Deftly", name: str, *, as_json: bool) -> None:
    entry = deftly.agents.entry(name)
    if as_json:
        terminal.print_json(entry.noun.wire())
        return
    for label, text in _facts(deftly, entry.noun, entry.file):
        terminal.say_labelled(label, text, margin=17, label_style="dim")
    for warning in deftly.agent_editor.warnings(entry.noun):
        terminal.warn(warning.message)
    _show_problems([entry.problem] if entry.problem is not None else [])


def _facts(deftly: "Deftly", agent: "Agent", file: str) -> list[tuple[str, str]]:
    model = agent.model or f"{deftly.models.default} (the setting model)"
    facts = [
        ("name", agent.name),
        ("title", agent.title or ""),
        ("instructions", agent.instructions),
        ("model", model),
        ("actions", _actions(agent)),
        ("greeting", agent.greeting),
        ("questions", " / ".join(agent.suggested_questions)),
        ("origins", ", ".join(agent.allowed_origins)),
        ("publishable key", agent.publishable_key),
        ("state", "enabled" if agent.enabled else "disabled"),
        ("version", f"{agent.version}, changed {agent.updated_at}" if agent.updated_at else ""),
        ("file", f"agents/{file}" if file else "none: this is how it is out of the box"),
    ]
    return [(label, text) for label, text in facts if text]
