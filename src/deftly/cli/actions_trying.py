"""Trying an action: for real, or only up to the rendered request."""

from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.call import ToolArgument, WordsArgument
from deftly.cli.opening import DirOption, JsonOption, find_action, run_in, settings_for

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.engine.testing import TestReport
    from deftly.values import JsonObject


def try_action(
    tool: ToolArgument,
    arguments: WordsArgument = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the request with secrets masked; send nothing.")
    ] = False,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Run an action now, whatever its mode, and show all of it.

    What was sent and what came back is shown. Testing is the approval: nobody is asked. The exit
    code is 0 only on success.
    """
    settings = settings_for(directory)
    words = arguments or []
    work = _preview if dry_run else _test
    raise typer.Exit(run_in(settings, lambda deftly: work(deftly, tool, words, as_json=as_json)))


async def _preview(deftly: "Deftly", tool: str, words: list[str], *, as_json: bool) -> int:
    from deftly.cli.arguments import read_arguments

    compiled = find_action(deftly.catalog.snapshot, tool)
    request = deftly.engine.preview(compiled, read_arguments(words, compiled.action.input_schema))
    if as_json:
        terminal.print_json({"request": request})
    else:
        _show_request(request)
        terminal.hint("Nothing was sent.")
    return 0


async def _test(deftly: "Deftly", tool: str, words: list[str], *, as_json: bool) -> int:
    from deftly.cli.arguments import read_arguments
    from deftly.domain.access import LOCAL_OWNER

    compiled = find_action(deftly.catalog.snapshot, tool)
    params = read_arguments(words, compiled.action.input_schema)
    with terminal.spinner(f"Testing {compiled.action.tool} …"):
        report = await deftly.engine.test(compiled, params, LOCAL_OWNER, stored=True)
    if as_json:
        terminal.print_json(report.wire())
    else:
        _show(report)
    return 0 if report.ok else 1


def _show(report: "TestReport") -> None:
    if report.request is not None:
        _show_request(report.request)
    for line in report.console:
        terminal.hint(f"console.{line.level}  {line.text}")
    if report.output:
        terminal.say(report.output)
    match report.result:
        case {"exit_code": int(), "stderr": str(stderr)} if stderr:
            terminal.hint(stderr.rstrip("\n"))
        case _:
            pass
    if report.error is not None:
        terminal.complain(report.error.message)
    terminal.hint(f"{'OK' if report.ok else 'Not OK'} after {report.duration_ms:.0f} ms")


def _show_request(request: "JsonObject") -> None:
    terminal.say_parts((f"{request.get('method')} {request.get('url')}", "bold"))
    headers = request.get("headers")
    for name, value in headers.items() if isinstance(headers, dict) else ():
        terminal.say(f"{name}: {value}")
    if request.get("body"):
        terminal.say(f"\n{request['body']}")
    arguments = request.get("arguments")  # of a command, which refers to them
    for name, value in arguments.items() if isinstance(arguments, dict) else ():
        terminal.say(f"{name}={value}")
    terminal.say()
