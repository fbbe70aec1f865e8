"""Credentials typed into headers: refused before anything changes, then kept as secrets."""

from deftly.catalog.compile import CompiledAction
from deftly.domain.access import Principal, Scope
from deftly.domain.action import Action
from deftly.domain.credential import Credentials
from deftly.domain.handler import HttpHandler
from deftly.errors import InvalidDefinition, NotAllowed, Problem
from deftly.store.secrets import Secrets, check_secret


async def check_credentials(
    secrets: Secrets, credentials: Credentials, compiled: CompiledAction, principal: Principal
) -> None:
    """Refuse credentials that cannot be kept, or that only an owner may keep.

    Raises:
        InvalidDefinition: A parameter decides where they would be sent.
        InvalidRequest: One of them can be no secret.
        NotAllowed: There is a secret of the name for other hosts, and the principal is no owner.
    """
    if not credentials:
        return
    hosts = _hosts(compiled)
    if not hosts:
        message = "handler.url: a credential needs a host that no parameter decides."
        raise InvalidDefinition(message, details=[Problem("handler.url", message)])
    for name, value in credentials.items():
        check_secret(name, value)
    if principal.may(Scope.OWN):
        return
    for known in await secrets.list():
        if known.name in credentials and set(known.hosts) != set(hosts):
            raise _belongs_elsewhere(compiled.action, known.name, hosts[0])


async def keep_credentials(
    secrets: Secrets, credentials: Credentials, compiled: CompiledAction
) -> None:
    """Store checked credentials for the action's hosts; do it right before its file is written."""
    for name, value in credentials.items():
        await secrets.put(name, value, hosts=_hosts(compiled))


def _hosts(compiled: CompiledAction) -> tuple[str, ...]:
    return tuple(origin.host for origin in compiled.plan.origins)


def _belongs_elsewhere(action: Action, name: str, host: str) -> NotAllowed:
    path = f"handler.headers.{_header_of(action, name)}"
    message = (
        f"{path}: the secret {name} is there already and belongs to other hosts, which only an "
        f"owner may change; name the action otherwise, or ask an owner to run "
        f"`deftly secrets set {name} --host {host}`."
    )
    return NotAllowed(message, details=[Problem(path, message)])


def _header_of(action: Action, name: str) -> str:
    headers = action.handler.headers if isinstance(action.handler, HttpHandler) else {}
    placeholder = f"{{{{secrets.{name}}}}}"
    return next((header for header, text in headers.items() if placeholder in text), name)
