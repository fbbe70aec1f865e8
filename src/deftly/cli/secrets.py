"""``deftly secrets``: credentials that actions use and nobody sees again."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for
from deftly.errors import InvalidRequest, NotFound

if TYPE_CHECKING:
    from deftly.app import Deftly

app = typer.Typer(help="Store credentials that actions use.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="As in {{secrets.NAME}}.", show_default=False)]


@app.command("set")
def set_secret(
    name: NameArgument,
    host: Annotated[
        list[str] | None,
        typer.Option(
            "--host", help="A host its value may be sent to; give it again for a further one."
        ),
    ] = None,
    directory: DirOption = None,
) -> None:
    """Store a value, typed at a prompt or piped in.

    It is never an argument: those can be read by others. Without --host, the value is bound to
    the first host it is sent to.
    """
    value = _read_value(name)
    run_in(
        settings_for(directory),
        lambda deftly: _set(deftly, name, value, host),
        makes_directory=True,
    )


def _read_value(name: str) -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        value = getpass(f"Value of {name} (it is not shown): ")
    else:
        value = sys.stdin.read().removesuffix("\n").removesuffix("\r")
    if not value:
        raise InvalidRequest(f"The value of {name} is empty; nothing was stored.")
    return value


async def _set(deftly: "Deftly", name: str, value: str, hosts: list[str] | None) -> None:
    stored = await deftly.stores.secrets.put(name, value, hosts=hosts)
    bound = f"for {', '.join(stored.hosts)}" if stored.hosts else "for the first host it goes to"
    terminal.say(f"Stored {stored.name} (version {stored.version}), {bound}.")


@app.command("list")
def list_secrets(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """List names and hosts; values are never shown."""
    run_in(settings_for(directory), lambda deftly: _list(deftly, as_json=as_json))


async def _list(deftly: "Deftly", *, as_json: bool) -> None:
    listed = await deftly.stores.secrets.list()
    if as_json:
        terminal.print_json({"secrets": [one.wire() for one in listed]})
    elif listed:
        rows = (
            (one.name, ", ".join(one.hosts) or "-", str(one.version), one.updated_at)
            for one in listed
        )
        terminal.table(("name", "hosts", "version", "changed"), rows, wrap=1)
    else:
        terminal.say("No secrets yet. Store one: deftly secrets set NAME --host HOST")


@app.command("delete")
def delete_secret(name: NameArgument, directory: DirOption = None) -> None:
    """Remove a secret; actions that name it fail until it is set again."""
    run_in(settings_for(directory), lambda deftly: _delete(deftly, name))
    terminal.say(f"Deleted {name}.")


async def _delete(deftly: "Deftly", name: str) -> None:
    try:
        await deftly.stores.secrets.delete(name)
    except NotFound:
        message = f"There is no secret {name}. 'deftly secrets list' shows them all."
        raise NotFound(message) from None
