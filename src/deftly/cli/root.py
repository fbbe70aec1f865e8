"""All commands in one place, and what becomes of an error nobody dealt with."""

import sys
from contextvars import ContextVar
from typing import Annotated

import typer

from deftly.cli import actions, agents, failing, keys, secrets, terminal, users, widgets
from deftly.cli.call import call
from deftly.cli.chat import chat
from deftly.cli.demo import demo
from deftly.cli.doctor import doctor
from deftly.cli.eval import evaluate
from deftly.cli.login_link import login_link
from deftly.cli.serve import serve
from deftly.cli.settings import settings
from deftly.errors import DeftlyError

_wants_traceback = ContextVar("_wants_traceback", default=False)
FAILURE = 1
INTERRUPTED = 130

app = typer.Typer(
    name="deftly",
    help="Custom actions for AI agents: define once, run safely, call from anywhere.",
    epilog="Every command works on the directory given with --dir; no server has to run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # with it, --help would take twice as long
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version and leave.",
            is_eager=True,
            callback=lambda wanted: _show_version() if wanted else None,
        ),
    ] = False,
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Show where an unexpected error came from.")
    ] = False,
) -> None:
    del version
    _wants_traceback.set(traceback)


def _show_version() -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        told = version("deftly")
    except PackageNotFoundError:
        told = "(not installed, run from its source)"
    sys.stdout.write(f"deftly {told}\n")
    raise typer.Exit


app.command("serve")(serve)
app.command("demo")(demo)
app.command("chat")(chat)
app.command("call")(call)
app.command("eval")(evaluate)
app.add_typer(actions.app, name="actions")
app.add_typer(agents.app, name="agents")
app.add_typer(widgets.app, name="widgets")
app.add_typer(secrets.app, name="secrets")
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.command("login-link")(login_link)
app.command("settings")(settings)
app.command("doctor")(doctor)


def run() -> None:
    """Run the command line and end the process."""
    try:
        code = app(standalone_mode=False, prog_name="deftly")
    except typer.TyperException as misuse:
        failing.of_misuse(misuse)
        code = misuse.exit_code
    except DeftlyError as fault:
        failing.of_fault(fault)
        code = FAILURE
    except (KeyboardInterrupt, typer.Abort):
        terminal.end_line()
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        terminal.silence()
        code = FAILURE
    except Exception as fault:  # noqa: BLE001 - the last word of the process
        code = _unexpected(fault)
    sys.exit(code if isinstance(code, int) else 0)


def _unexpected(fault: Exception) -> int:
    """Complain about an error that nobody foresaw, in one sentence."""
    if _wants_traceback.get():
        raise fault
    where = f"{fault.filename}: " if isinstance(fault, OSError) and fault.filename else ""
    said = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    failing.of_reason(
        f"{where}{said}. This was not foreseen; 'deftly --traceback …' shows where it came from.",
        code="internal_error",
    )
    return FAILURE
