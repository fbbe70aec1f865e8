"""Which processes are alive: each holds a lock on a file of its own until it ends.

The system releases the lock however a process ends, ``kill -9`` included.
"""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Final

from deftly.errors import StoreUnavailable
from deftly.values import IdSource

_SUFFIX: Final = ".lease"


class ProcessLease:
    """This process's lock, and the means to look at those of others.

    Attributes:
        process_id: Owns the runs this process starts; never used by another process.
    """

    def __init__(self, directory: Path, ids: IdSource) -> None:
        """Take the lease; files of processes that ended are removed.

        Args:
            directory: Where the database lies; the files are in ``.deftly`` below it.
            ids: Gives the process its id.

        Raises:
            StoreUnavailable: The folder cannot be written.
        """
        self._folder = directory / ".deftly"
        self.process_id = ids.new_id()
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._descriptor = self._take()
        except OSError as fault:
            message = f"The folder {self._folder.name} cannot be written; make it writable."
            raise StoreUnavailable(message, internal=str(fault)) from fault
        self._remove_dead()

    def is_alive(self, process_id: str) -> bool:
        """Tell whether the process still runs; a lease that is not there is a dead one's."""
        try:
            return self._is_locked(self._path(process_id))
        except FileNotFoundError:
            return False
        except OSError:
            # Nothing is known, so nothing is taken from anybody.
            return True

    def release(self) -> None:
        """Give the lease up: from now on this process counts as dead."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        self._path(self.process_id).unlink(missing_ok=True)
        os.close(descriptor)

    def _path(self, process_id: str) -> Path:
        return self._folder / f"{process_id}{_SUFFIX}"

    def _take(self) -> int:
        # Locked first, named after: under its name a lease is never seen unlocked.
        while True:
            unnamed = self._folder / f"{self.process_id}.new"
            descriptor = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                unnamed.rename(self._path(self.process_id))
            except FileNotFoundError:
                os.close(descriptor)  # somebody tidied it away before it was locked
            except OSError:
                os.close(descriptor)
                raise
            else:
                return descriptor

    def _is_locked(self, path: Path) -> bool:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            # Shared, so that two who look at the same time do not mislead each other.
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            return False
        finally:
            os.close(descriptor)

    def _remove_dead(self) -> None:
        for path in (*self._folder.glob(f"*{_SUFFIX}"), *self._folder.glob("*.new")):
            with contextlib.suppress(OSError):  # gone already, or not ours to remove
                if not self._is_locked(path):
                    path.unlink()
