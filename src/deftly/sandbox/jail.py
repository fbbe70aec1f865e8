"""What bubblewrap is told: namespaces, the few folders that are seen, nothing that can be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_MIB: Final = 1024 * 1024
_TEMPORARY_BYTES: Final = 64 * _MIB
_SHARED_MEMORY_BYTES: Final = 16 * _MIB
WORK: Final = "/tmp"  # noqa: S108 - a folder of the sandbox's own, gone with it
# Where the system's programs look for each other: links on merged systems, folders on others.
_LINKABLE: Final = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")


@dataclass(frozen=True, slots=True)
class Jail:
    """A file system and namespaces for one process and what it starts.

    Attributes:
        bubblewrap: The program that makes it.
        seen: Files and folders that can be read inside, by their place there; one that is not
            there is left out.
        shares_network: It keeps the network namespace it is started in.
    """

    bubblewrap: Path
    seen: Mapping[str, Path] = field(default_factory=dict)
    shares_network: bool = False

    def argv(self, command: Sequence[str]) -> tuple[str, ...]:
        """Return what to start so that ``command`` runs inside."""
        network = () if not self.shares_network else ("--share-net",)
        return (
            str(self.bubblewrap),
            *("--unshare-all", *network, "--unshare-user", "--disable-userns"),
            *("--cap-drop", "ALL", "--new-session", "--die-with-parent"),
            *("--hostname", "sandbox"),
            *("--ro-bind", "/usr", "/usr"),
            *(word for name in _LINKABLE for word in _linked(name)),
            *("--proc", "/proc"),
            *("--dev", "/dev"),
            *("--size", str(_SHARED_MEMORY_BYTES), "--tmpfs", "/dev/shm"),  # noqa: S108
            *("--size", str(_TEMPORARY_BYTES), "--tmpfs", WORK),
            *(
                word
                for inside, outside in self.seen.items()
                for word in ("--ro-bind-try", str(outside), inside)
            ),
            # Without this both are memory of the host, as much as somebody cares to fill.
            *("--remount-ro", "/dev", "--remount-ro", "/"),
            *("--chdir", WORK),
            "--",
            *command,
        )


def _linked(name: str) -> tuple[str, ...]:
    place = Path("/", name)
    if place.is_symlink():
        return ("--symlink", str(place.readlink()), str(place))
    return ("--ro-bind", str(place), str(place)) if place.is_dir() else ()
