"""``deftly keys``: who may call the API."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Final

import typer

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for
from deftly.errors import InvalidRequest, NotFound

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.values import JsonObject

app = typer.Typer(help="Make and revoke API keys.", no_args_is_help=True)

_WHY_NO_CONFIRM: Final = (
    "It may run actions and cannot confirm them: whoever holds it, an agent included, "
    "gets no token for a call that asks, so a person has to answer with a key of their own "
    "or in a terminal. A key for a person: --scope run --scope confirm --scope read."
)


@app.command("create")
def create(
    *,
    name: Annotated[
        str | None, typer.Option("--name", help="What it is for.", show_default="its scopes")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="What it may do; again for more.", show_default="run"),
    ] = None,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Make a key and show it, once."""
    wanted = sorted(scope or ["run"])
    called = name or " ".join(wanted)
    run_in(
        settings_for(directory),
        lambda deftly: _create(deftly, called, wanted, as_json=as_json),
        makes_directory=True,
    )


async def _create(deftly: "Deftly", name: str, wanted: list[str], *, as_json: bool) -> None:
    from deftly.domain.access import Scope

    scopes = frozenset(_scope(one, [known.value for known in Scope]) for one in wanted)
    key, text = await deftly.stores.keys.create(name, frozenset(map(Scope, scopes)))
    if as_json:
        told: JsonObject = {"key": key.wire(), "secret": text}
        terminal.print_json(told)
        return
    terminal.say(text)
    terminal.hint("Copy it now; it is not shown again.")
    if Scope.RUN in scopes and Scope.CONFIRM not in scopes:
        terminal.hint(_WHY_NO_CONFIRM)


def _scope(given: str, known: list[str]) -> str:
    if given in known:
        return given
    near = get_close_matches(given, known, n=1)
    offer = f"Did you mean {near[0]}?" if near else f"There is {', '.join(known)}."
    raise InvalidRequest(f"There is no scope {given}. {offer}")


@app.command("list")
def list_keys(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """List the keys, without their texts."""
    run_in(settings_for(directory), lambda deftly: _list(deftly, as_json=as_json))


async def _list(deftly: "Deftly", *, as_json: bool) -> None:
    listed = await deftly.stores.keys.list()
    if as_json:
        terminal.print_json({"keys": [one.wire() for one in listed]})
    elif listed:
        rows = (
            (one.id, one.name, f"{one.hint}…", " ".join(one.scopes), one.last_used_at or "never")
            for one in listed
        )
        terminal.table(("id", "name", "begins", "scopes", "last used"), rows, wrap=1)
    else:
        terminal.say("No keys yet. Make one: deftly keys create --name my-agent")


@app.command("revoke")
def revoke(
    key_id: Annotated[str, typer.Argument(help="The id, as listed.", show_default=False)],
    directory: DirOption = None,
) -> None:
    """Make a key useless, at once."""
    run_in(settings_for(directory), lambda deftly: _revoke(deftly, key_id))
    terminal.say("Revoked.")


async def _revoke(deftly: "Deftly", key_id: str) -> None:
    try:
        await deftly.stores.keys.revoke(key_id)
    except NotFound:
        message = f"There is no key with the id {key_id}. 'deftly keys list' shows them all."
        raise NotFound(message) from None
