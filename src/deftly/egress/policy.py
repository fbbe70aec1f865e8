"""What may be dialled: names, ports and addresses, and the operator's precise exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address
from typing import Final, NoReturn

from deftly.egress.allow import AllowEntry, parse_allow
from deftly.egress.hosts import IPAddress
from deftly.egress.names import BAD_PORTS, METADATA_NAMES, refused_name
from deftly.egress.ranges import METADATA_ADDRESSES, denied_range, embedded_ipv4
from deftly.egress.url import Target
from deftly.errors import EgressDenied

__all__ = ["AllowEntry", "Listener", "Policy", "parse_allow"]

_HINT: Final = "An operator can make a precise exception in egress_allow."


@dataclass(frozen=True, slots=True)
class Listener:
    """A port this server answers on; ``address`` is None when it was bound by a name."""

    port: int
    address: IPAddress | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of the way out. There is no off switch.

    Attributes:
        allow: Exceptions, from `parse_allow`.
        own_addresses: Addresses of this machine, from `own_addresses` of ``interfaces``.
        own_listeners: Where this server listens; never reachable, whatever ``allow`` says.
    """

    allow: tuple[AllowEntry, ...] = ()
    own_addresses: frozenset[IPAddress] = frozenset()
    own_listeners: frozenset[Listener] = frozenset()

    def with_listener(self, host: str, port: int) -> "Policy":
        """Return a policy that knows one more listener of ours."""
        try:
            listener = Listener(port, ip_address(host))
        except ValueError:
            listener = Listener(port)
        return replace(self, own_listeners=self.own_listeners | {listener})

    def check_target(self, target: Target) -> None:
        """Judge what can be judged without DNS: the name, the port, an address in the URL.

        Raises:
            EgressDenied: ``blocked_host``, ``blocked_port`` or ``blocked_address``.
        """
        if target.literal is not None:
            self.check_address(target, target.literal)
            return
        if target.host in METADATA_NAMES:
            _deny("blocked_host", "The host is a cloud's metadata service.")
        if self._names(target):
            return
        if reason := refused_name(target.host):
            _deny("blocked_host", f"{reason} {_HINT}")
        # A network's exception may cover a refused port; its address is judged after DNS.
        if target.port in BAD_PORTS and not self._speaks_of(target.port):
            _deny_port(target.port)

    def check_address(self, target: Target, address: IPAddress) -> None:
        """Judge one address the target stands for; every one of them has to pass.

        Raises:
            EgressDenied: ``blocked_address`` or ``blocked_port``. The address is in
                ``internal`` only.
        """
        faces = {address, *embedded_ipv4(address)}
        scoped = isinstance(address, IPv6Address) and address.scope_id is not None
        if scoped or not faces.isdisjoint(METADATA_ADDRESSES):
            _deny_address(target, address, "the link-local or metadata range, which is never open")
        if self._is_own_listener(faces, target.port):
            _deny_address(target, address, "this server itself, which is never open")
        if self._names(target) or any(entry.holds(address, target.port) for entry in self.allow):
            return
        if target.port in BAD_PORTS:
            _deny_port(target.port)
        if reason := denied_range(address):
            _deny_address(target, address, f"a range that is not public ({reason})", _HINT)
        if address in self.own_addresses:
            _deny_address(target, address, "this machine's own addresses", _HINT)

    def _names(self, target: Target) -> bool:
        return any(entry.names(target.host, target.port) for entry in self.allow)

    def _speaks_of(self, port: int) -> bool:
        return any(entry.network is not None and entry.port == port for entry in self.allow)

    def _is_own_listener(self, faces: Iterable[IPAddress], port: int) -> bool:
        ours = [listener for listener in self.own_listeners if listener.port == port]
        bound = {listener.address for listener in ours}
        # The unspecified address connects to loopback on Linux.
        return bool(ours) and any(
            face.is_loopback or face.is_unspecified or face in self.own_addresses or face in bound
            for face in faces
        )


def _deny_port(port: int) -> NoReturn:
    _deny("blocked_port", f"Port {port} belongs to a service that does not speak HTTP. {_HINT}")


def _deny_address(target: Target, address: IPAddress, reason: str, hint: str = "") -> NoReturn:
    verb = "resolves to" if target.literal is None else "is"
    message = f"The host {verb} an address in {reason}. {hint}".rstrip()
    raise EgressDenied("blocked_address", message, internal=f"{target.origin} -> {address}")


def _deny(verdict: str, message: str) -> NoReturn:
    raise EgressDenied(verdict, message)
