"""``deftly chat``: talk to the agent."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Final

import typer

from deftly.cli import terminal
from deftly.cli.opening import DirOption, YesOption, run_in, settings_for

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.cli.talk import Talk

ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="local, or openai:NAME; the setting model is the default."),
]
_PROMPT: Final = "you     "


def chat(
    message: Annotated[
        str | None, typer.Argument(help="One message; without it a conversation starts.")
    ] = None,
    *,
    yes: YesOption = None,
    model: ModelOption = None,
    directory: DirOption = None,
) -> None:
    """Talk to the agent.

    Whatever it wants to write is shown, and you are asked first.

    The exit code is 0 if every turn came to its end, also if a call was declined; it is 1
    if one failed, or if a call has to be confirmed and nobody can be asked.
    """
    settings = settings_for(directory)
    went_well = run_in(settings, lambda deftly: _chat(deftly, message, answer=yes, model=model))
    raise typer.Exit(0 if went_well else 1)


async def _chat(
    deftly: "Deftly", message: str | None, *, answer: bool | None, model: str | None
) -> bool:
    # The libraries of models take their time.
    with terminal.spinner("Waking the model …"):
        from deftly.cli.talk import open_talk
        from deftly.cli.transcript import show_question

    async with open_talk(deftly, model=model, answer=answer) as talk:
        if message is not None:
            show_question(message)
            return await talk.turn(message)
        count = sum(one.action.enabled for one in deftly.catalog.snapshot.actions)
        name = model or deftly.settings.model
        terminal.hint(f"Model {name}, {count} actions. Ctrl-D ends the conversation.")
        return await _converse(talk)


async def _converse(talk: "Talk") -> bool:
    """Answer line after line; where nobody types, show each as if somebody had."""
    from deftly.cli.confirming import read_line
    from deftly.cli.transcript import show_question

    with suppress(ImportError):
        import readline  # noqa: F401 - gives lines arrow keys and a memory

    went_well = True
    somebody_types = terminal.is_interactive()
    while (line := read_line(_PROMPT if somebody_types else "")) is not None:
        if not line.strip():
            continue
        if not somebody_types:
            show_question(line)
        went_well = await talk.turn(line) and went_well
    return went_well
