"""What a child process is given: program, environment, folder, user, limits, descriptors."""

import resource
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

MINIMAL_ENVIRONMENT: Final[Mapping[str, str]] = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use at most; None leaves the system's own limit.

    Attributes:
        data_bytes: Heap and private writable memory (``RLIMIT_DATA``).
        cpu_s: Processor time; the kernel kills the child when it is used up.
        file_bytes: Size of a file it may write; pipes do not count.
        open_files: Number of descriptors.
        processes: Processes and threads of the child's user, those of others included.
    """

    data_bytes: int | None = None
    cpu_s: int | None = None
    file_bytes: int | None = None
    open_files: int | None = None
    processes: int | None = None

    def rows(self) -> tuple[tuple[int, int], ...]:
        """Return the limits as ``setrlimit`` takes them; core dumps are always off."""
        asked = (
            (resource.RLIMIT_DATA, self.data_bytes),
            (resource.RLIMIT_CPU, self.cpu_s),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_NPROC, self.processes),
            (resource.RLIMIT_CORE, 0),
        )
        return tuple((what, value) for what, value in asked if value is not None)


@dataclass(frozen=True, slots=True)
class User:
    """Whom a child runs as; only root can choose."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Command:
    """What to start.

    Attributes:
        argv: The program's absolute path and its arguments; no shell is involved.
        environment: The whole environment; nothing of ours is added.
        user: Whom it runs as, in no group but this one; None runs it as ourselves.
        pass_fds: Descriptors it keeps, under the same numbers; it gets no others of ours.
        watches: It is bubblewrap, which waits for the process inside. Were it killed first, what
            is left of that one would be process 1's to collect, and in a container that may be us.
        line_bytes: The longest line ``read_line`` takes from its output.
        kept_stderr_bytes: How much of the end of its error output is kept for the log.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: MINIMAL_ENVIRONMENT)
    cwd: Path = Path("/")
    limits: Limits = Limits()
    user: User | None = None
    pass_fds: tuple[int, ...] = ()
    watches: bool = False
    line_bytes: int = 1 << 20
    kept_stderr_bytes: int = 1 << 16
