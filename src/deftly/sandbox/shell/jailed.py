"""What a shell command sees: system programs, authorities to trust, the way to the proxy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from deftly.sandbox.jail import WORK, Jail
from deftly.sandbox.shell.launcher import PROXY

_SHELL: Final = "/bin/sh"
_ADDRESS: Final = f"http://{PROXY[0]}:{PROXY[1]}"
# Programs disagree on how these are spelt, and some read only one spelling.
_PROXIED: Final = ("http_proxy", "https_proxy", "all_proxy")
ENVIRONMENT: Final[Mapping[str, str]] = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "HOME": WORK,
    **dict.fromkeys(_PROXIED, _ADDRESS),
    **{name.upper(): _ADDRESS for name in _PROXIED},
}
# Whom to trust, and how programs find each other; none of it is anybody's own.
_SEEN: Final = (
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/ld.so.cache",
    "/etc/pki/ca-trust/extracted",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/tls/certs",
    "/etc/ssl/cert.pem",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
)


def argv_of(bubblewrap: Path, script: str) -> tuple[str, ...]:
    """Return what to start so that the script runs inside."""
    seen = {place: Path(place) for place in _SEEN}
    return Jail(bubblewrap, seen, shares_network=True).argv((_SHELL, "-c", script))
