"""``deftly call``: run one action."""

from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.opening import (
    DirOption,
    JsonOption,
    YesOption,
    find_action,
    run_in,
    settings_for,
)
from deftly.errors import NotFound

if TYPE_CHECKING:
    from deftly.app import Deftly

ToolArgument = Annotated[str, typer.Argument(help="The tool's name.", show_default=False)]
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME=VALUE",
        help="Arguments, converted as the action declares them; NAME:=JSON is taken as it is.",
        show_default=False,
    ),
]


def call(
    tool: ToolArgument,
    arguments: WordsArgument = None,
    *,
    yes: YesOption = None,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Run an action.

    If it asks first, what would be sent is shown, and you are asked here.

    The exit code is 0 only if the action ran and the answer was a success.
    """
    settings = settings_for(directory)
    code = run_in(
        settings, lambda deftly: _call(deftly, tool, arguments or [], answer=yes, as_json=as_json)
    )
    raise typer.Exit(code)


async def _call(
    deftly: "Deftly", tool: str, words: list[str], *, answer: bool | None, as_json: bool
) -> int:
    from deftly.cli import confirming, outcome
    from deftly.cli.arguments import read_arguments
    from deftly.domain.access import LOCAL_OWNER
    from deftly.domain.run import Call, Trigger

    action = find_action(deftly.catalog.snapshot, tool).action
    if not action.enabled:
        fix = f"deftly actions enable {action.tool}"
        raise NotFound(f"{action.tool} is disabled; enable it with: {fix}")
    given = Call(
        tool=action.tool,
        arguments=read_arguments(words, action.input_schema),
        principal=LOCAL_OWNER,
        trigger=Trigger.CLI,
    )
    with terminal.spinner(f"Calling {action.tool} …"):
        told = await deftly.engine.call(given)
    if told.confirmation is not None:
        told = (
            await confirming.settle(deftly.engine, LOCAL_OWNER, told.confirmation, answer=answer)
            or told
        )
        if told.confirmation is not None and not as_json:
            terminal.complain(confirming.HELD)
            return 1
    return outcome.show(told, as_json=as_json)
