"""``deftly demo``: a sample shop, a directory of actions for it, and a server or a question."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

import typer

from deftly.cli import terminal
from deftly.cli.chat import ModelOption
from deftly.cli.opening import YesOption, run_in, settings_for
from deftly.cli.serve import PortOption

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.demo.running import RunningShop

_DIRECTORY: Final = Path("deftly-demo")

_TO_TRY: Final = (
    ("deftly chat {dir} 'Where is my order A-1042?'", "a look-up: answered at once"),
    ("deftly chat {dir} 'I want to return order A-1038'", "a write: you are asked first"),
    ("deftly chat {dir}", "a conversation"),
    ("deftly call search_products query=shoes max_price=100 {dir}", "one action, no model"),
    ("deftly actions list {dir}", "what there is; edit the files in {folder}/actions"),
)


def demo(
    *,
    once: Annotated[
        str | None,
        typer.Option("--once", metavar="QUESTION", help="Ask this, show all of it, and leave."),
    ] = None,
    port: PortOption = None,
    directory: Annotated[
        Path | None,
        typer.Option(
            "--dir",
            help="The demo's directory; made if it is not there, kept as it is if it is.",
            show_default="deftly-demo, or a temporary one with --once",
        ),
    ] = None,
    yes: YesOption = None,
    model: ModelOption = None,
) -> None:
    """Start a sample shop and try Deftly on it.

    The exit code of --once is that of 'deftly chat': a call that has to be confirmed and
    that nobody can be asked about is held, nothing is sent, and the code is 1.
    """
    from deftly.demo.running import sample_shop

    with ExitStack() as stack:
        folder = directory or _DIRECTORY
        if once is not None and directory is None:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="deftly-demo-")))
        shop = stack.enter_context(sample_shop(folder))
        settings = settings_for(folder, port=port)
        if once is not None:
            went_well = run_in(
                settings, lambda deftly: _once(deftly, once, answer=yes, model=model)
            )
            raise typer.Exit(0 if went_well else 1)
        from deftly.app import serve

        _explain(folder, shop.url)
        serve(settings, lambda deftly: _seat_assistant(deftly, shop))


async def _once(deftly: "Deftly", question: str, *, answer: bool | None, model: str | None) -> bool:
    with terminal.spinner("Waking the model …"):
        from deftly.cli.talk import open_talk
        from deftly.cli.transcript import show_question

    async with open_talk(deftly, model=model, answer=answer) as talk:
        show_question(question)
        return await talk.turn(question)


def _seat_assistant(deftly: "Deftly", shop: "RunningShop") -> None:
    """Put the agent on the shop's page, unless somebody has taken it out of the directory."""
    from deftly.demo.directory import ASSISTANT
    from deftly.demo.site import Assistant
    from deftly.errors import NotFound

    try:
        agent = deftly.agents.find(ASSISTANT)
    except NotFound as fault:
        terminal.say(f"The shop's page has no assistant: {fault.message}")
    else:
        shop.seat(Assistant(deftly.site.base_url, agent.publishable_key))


def _explain(folder: Path, shop_url: str) -> None:
    terminal.say_parts(
        ("Look at the shop, and talk to the assistant on its page: ", ""), (shop_url, "cyan")
    )
    terminal.say(f"Its actions, widgets and agent are in {folder}.")
    terminal.say()
    terminal.say("Or try, in a second terminal:")
    terminal.say()
    for command, what in _TO_TRY:
        given = command.format(dir=f"--dir {folder}", folder=folder)
        terminal.say_parts((f"  {given}", "cyan"))
        terminal.say_parts((f"      {what.format(folder=folder)}", "dim"))
    terminal.say()
    terminal.say("Ctrl-C ends shop and server.")
