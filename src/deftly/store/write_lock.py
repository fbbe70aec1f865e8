"""Whether a write would go through now, asked of the system instead of tried.

SQLite's write lock in WAL mode is a POSIX lock on one byte of the ``-shm`` file
(https://sqlite.org/walformat.html, "WAL-Index Locking Protocol"). Asking who holds it costs
2 us; a transaction to find out costs a hand-over to the writer's thread and back.
"""

import fcntl
import os
import struct
import sys
import threading
import time
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Final, TypeAlias

_WRITE_LOCK_BYTE: Final = 120
_FLOCK: Final = "hhqqi4x"  # struct flock of 64-bit Linux
_QUESTION: Final = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, _WRITE_LOCK_BYTE, 1, 0)
# Elsewhere nothing is known, and whoever asks takes the longer way.
_KNOWN_SYSTEM: Final = sys.platform == "linux" and sys.maxsize > 2**32
_UNLOCKED: Final = struct.pack("h", fcntl.F_UNLCK)
_ROOM_BYTES: Final = 1024 * 1024
_LOOK_EVERY_S: Final = 0.05


_File: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class _Descriptor:
    """A descriptor and how many of us look through it."""

    number: int
    users: int


# One for each file and process: closing any descriptor of a file drops all of the process's
# locks on it (POSIX), those of SQLite included.
_descriptors: Final[dict[_File, _Descriptor]] = {}
_guard: Final = threading.Lock()


class WriteLock:
    """The database's write lock, seen from outside.

    Attributes:
        ours: Whether this process's writer holds it; the writer says so itself, as the system
            cannot tell its lock from anybody else's.
    """

    def __init__(self, path: Path) -> None:
        """Look at the lock of the database in this file, once it is open."""
        self._folder = path.parent
        self._shared = path.with_name(f"{path.name}-shm")
        self._file: _File | None = None
        self._descriptor = -1
        self._looked_s = -inf
        self._room_bytes = 0
        self.ours = False

    def opened(self) -> None:
        """Look at the file that is there now: the writer has a new connection."""
        if not _KNOWN_SYSTEM:
            return
        found = self._shared.stat()
        file = (found.st_dev, found.st_ino)
        if file == self._file:
            return
        self.close()
        with _guard:
            self._file = file
            if file not in _descriptors:
                number = os.open(self._shared, os.O_RDWR | os.O_CLOEXEC)
                _descriptors[file] = _Descriptor(number, 0)
            shared = _descriptors[file]
            shared.users += 1
            self._descriptor = shared.number

    def close(self) -> None:
        """Look no more; only once this process has no connection to the database."""
        if self._file is None:
            return
        with _guard:
            shared = _descriptors[self._file]
            shared.users -= 1
            if not shared.users:
                os.close(shared.number)
                del _descriptors[self._file]
        self._file, self._descriptor = None, -1

    def is_free(self) -> bool:
        """Tell whether a write would go through; False also where nothing is known."""
        if self._descriptor < 0 or not self._has_room():
            return False
        if self.ours:
            return True
        answer = fcntl.fcntl(self._descriptor, fcntl.F_OFD_GETLK, _QUESTION)
        return answer[: len(_UNLOCKED)] == _UNLOCKED

    def _has_room(self) -> bool:
        # Disks fill slowly; each look lets go of the interpreter's lock.
        now_s = time.monotonic()
        if now_s - self._looked_s > _LOOK_EVERY_S:
            self._looked_s = now_s
            disk = os.statvfs(self._folder)
            self._room_bytes = disk.f_bavail * disk.f_frsize
        return self._room_bytes >= _ROOM_BYTES
