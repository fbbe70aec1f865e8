"""``deftly users``: people who sign in to the dashboard by themselves."""

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Final

import typer

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for
from deftly.cli.serve import HostOption, PortOption
from deftly.errors import InvalidRequest, NotFound

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.domain.access import Role
    from deftly.domain.user import User
    from deftly.values import JsonObject

app = typer.Typer(help="Add people, and say what they may do.", no_args_is_help=True)

EmailArgument = Annotated[str, typer.Argument(help="Their e-mail address.", show_default=False)]
_ROLES: Final = "viewer, editor or owner"
_HAND_IT_OVER: Final = (
    "Whoever opens it first sets the password of {email}: hand it to them alone. It works once, "
    "within 7 days, and is not shown again."
)


@app.command("list")
def list_users(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """List the users."""
    run_in(settings_for(directory), lambda deftly: _list(deftly, as_json=as_json))


async def _list(deftly: "Deftly", *, as_json: bool) -> None:
    listed = await deftly.stores.users.list()
    if as_json:
        terminal.print_json({"users": [one.wire() for one in listed]})
    elif listed:
        rows = (
            (one.email, one.name, one.role, _state(one), one.signed_in_at or "never")
            for one in listed
        )
        terminal.table(("e-mail", "name", "role", "state", "signed in"), rows, wrap=1)
    else:
        terminal.say(
            "No users yet; 'deftly login-link' signs in the local owner. "
            "Add one: deftly users create ada@example.com --role owner"
        )


def _state(user: "User") -> str:
    if user.disabled:
        return "disabled"
    return "active" if user.has_password else "invited"


@app.command("create")
def create(  # noqa: PLR0913 - each is an option of the command
    email: EmailArgument,
    *,
    role: Annotated[str, typer.Option("--role", help=f"{_ROLES}.")] = "viewer",
    name: Annotated[
        str | None, typer.Option("--name", help="What to call them.", show_default="from e-mail")
    ] = None,
    password: Annotated[
        bool,
        typer.Option("--password", help="Ask for a password instead of printing a link."),
    ] = False,
    host: HostOption = None,
    port: PortOption = None,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Add a user, and print a link that sets their password, once.

    Give host and port if the server was started with others than the settings name.
    """
    text = _read_password(email) if password else None

    async def work(deftly: "Deftly") -> None:
        await _create(deftly, email, name, role, text, as_json=as_json)

    run_in(settings_for(directory, host=host, port=port), work, makes_directory=True)


async def _create(
    deftly: "Deftly", email: str, name: str | None, role: str, text: str | None, *, as_json: bool
) -> None:
    from deftly.domain.user import normal_email

    normal = normal_email(email)
    digest = None if text is None else await _digest(text, normal)
    user = await deftly.stores.users.create(
        normal, name or normal.partition("@")[0], _role(role), digest
    )
    told: JsonObject = {"user": user.wire()}
    if digest is None:
        told["invitation"] = await _link(deftly, user)
    if as_json:
        terminal.print_json(told)
    elif digest is None:
        terminal.say(str(told["invitation"]))
        terminal.hint(_HAND_IT_OVER.format(email=user.email))
    else:
        terminal.say(f"Added {user.email} as {user.role}.")


@app.command("invite")
def invite(
    email: EmailArgument,
    host: HostOption = None,
    port: PortOption = None,
    directory: DirOption = None,
) -> None:
    """Print a new link that sets a user's password, once; an earlier one is void."""

    async def work(deftly: "Deftly") -> None:
        user = await _find(deftly, email)
        terminal.say(await _link(deftly, user))
        terminal.hint(_HAND_IT_OVER.format(email=user.email))

    run_in(settings_for(directory, host=host, port=port), work)


@app.command("password")
def set_password(email: EmailArgument, directory: DirOption = None) -> None:
    """Set a user's password: typed at a prompt, or read from standard input."""
    text = _read_password(email)

    async def work(deftly: "Deftly") -> None:
        user = await _find(deftly, email)
        await deftly.stores.users.set_password(user.id, await _digest(text, user.email))
        terminal.say(f"{user.email} has a new password; their sessions have ended.")

    run_in(settings_for(directory), work)


@app.command("role")
def set_role(
    email: EmailArgument,
    role: Annotated[str, typer.Argument(help=f"{_ROLES}.", show_default=False)],
    directory: DirOption = None,
) -> None:
    """Change what a user may do, open sessions included."""

    async def work(deftly: "Deftly") -> None:
        from deftly.store.users import UserChange

        user = await _find(deftly, email)
        user = await deftly.stores.users.change(user.id, UserChange(role=_role(role)))
        terminal.say(f"{user.email} is {user.role} now.")

    run_in(settings_for(directory), work)


@app.command("remove")
def remove(email: EmailArgument, directory: DirOption = None) -> None:
    """Remove a user; their sessions end, what they did stays in the record."""

    async def work(deftly: "Deftly") -> None:
        user = await _find(deftly, email)
        await deftly.stores.users.delete(user.id)
        terminal.say(f"Removed {user.email}.")

    run_in(settings_for(directory), work)


async def _find(deftly: "Deftly", given: str) -> "User":
    from deftly.domain.user import normal_email

    known = await deftly.stores.users.by_email(normal_email(given))
    if known is not None:
        return known.user
    emails = [user.email for user in await deftly.stores.users.list()]
    near = get_close_matches(given.lower(), emails, n=1)
    offer = f"Did you mean {near[0]}?" if near else "'deftly users list' shows them all."
    raise NotFound(f"There is no user {given}. {offer}")


async def _link(deftly: "Deftly", user: "User") -> str:
    _, token = await deftly.stores.users.invite(user.id)
    return deftly.site.invitation_link(token)


async def _digest(text: str, email: str) -> str:
    from deftly.domain.user import checked_password
    from deftly.store.passwords import Passwords

    return await Passwords().digest(checked_password(text, email))


def _role(given: str) -> "Role":
    from deftly.domain.access import Role

    if given in list(Role):
        return Role(given)
    near = get_close_matches(given, [role.value for role in Role], n=1)
    offer = f"Did you mean {near[0]}?" if near else f"There is {_ROLES}."
    raise InvalidRequest(f"There is no role {given}. {offer}")


def _read_password(email: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.read().removesuffix("\n").removesuffix("\r")
    from getpass import getpass

    text = getpass(f"Password for {email} (it is not shown): ")
    if getpass("The same again: ") != text:
        raise InvalidRequest("The two are not the same; nothing was stored.")
    return text
