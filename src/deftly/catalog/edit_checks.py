"""What speaks against an edit or a trial: who asks, what they saw, the file itself."""

from typing import Final

from deftly.catalog.snapshot import Entry
from deftly.domain.access import Principal, Scope
from deftly.domain.action import Action
from deftly.domain.handler import ClientHandler, ShellHandler
from deftly.errors import EditConflict, NotAllowed, PreconditionFailed, Problem

_OWNERS_ONLY: Final = (ShellHandler, ClientHandler)


def refuse_strangers(action: Action, principal: Principal) -> None:
    """Leave to owners what runs with the rights of a visitor's page or of this machine.

    Raises:
        NotAllowed: The principal is no owner.
    """
    if isinstance(action.handler, _OWNERS_ONLY) and not principal.may(Scope.OWN):
        message = f"handler: only an owner may store {action.handler.type} actions."
        raise NotAllowed(message, details=[Problem("handler", message)])


def refuse_trial(action: Action, principal: Principal, *, stored: bool) -> None:
    """Let others than owners try an owner's action only as far as they could call it.

    Nothing of their own wording runs, and nothing that is turned off.

    Raises:
        NotAllowed: The principal is no owner, and could not make and confirm this call.
    """
    if not isinstance(action.handler, _OWNERS_ONLY) or principal.may(Scope.OWN):
        return
    kind = action.handler.type
    if not stored:
        message = f"handler: only an owner may try a {kind} action that is not stored."
        raise NotAllowed(message, details=[Problem("handler", message)])
    if not action.enabled:
        message = f"enabled: only an owner may try a {kind} action that is off."
        raise NotAllowed(message, details=[Problem("enabled", message)])
    if not (principal.may(Scope.RUN) and principal.may(Scope.CONFIRM)):
        message = f"Trying a {kind} action takes an owner, or the scopes run and confirm."
        raise NotAllowed(message)


def check_usable(entry: Entry) -> None:
    """Leave a file alone that somebody is in the middle of changing by hand.

    Raises:
        EditConflict: It cannot be used as it stands.
    """
    if entry.problem is not None:
        line = f", line {entry.problem.line}" if entry.problem.line else ""
        message = (
            f"{entry.file}{line} cannot be used as it stands: {entry.problem.message} "
            "Mend the file first; nothing was changed."
        )
        raise EditConflict(message)


def check_match(action: Action, if_match: str | None) -> None:
    """Refuse an edit of another version than the one its author saw.

    Raises:
        PreconditionFailed: ``if_match`` names other versions.
    """
    if not is_match(action.version, if_match):
        message = f"The action is at version {action.version} now, not the one you changed."
        raise PreconditionFailed(message)


def is_match(version: int, if_match: str | None) -> bool:
    """Tell whether the header names this version, any version, or was not sent."""
    if if_match is None or if_match.strip() == "*":
        return True
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    return str(version) in tags
