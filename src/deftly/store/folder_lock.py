"""The lock on a folder: one writer or any number of readers, among threads and processes.

The folder itself is locked (flock), so no lock file lies among the files, and the lock of a
process that dies is gone with it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from deftly.errors import StoreUnavailable
from deftly.store.refusals import refusal

_WAIT_S: Final = 5.0
_STEP_S: Final = 0.005


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which every Deftly process on this folder respects.

    Raises:
        StoreUnavailable: Somebody else holds it for longer than 5 s.
        ReadOnly: The folder cannot be opened.
    """
    try:
        descriptor = _lock(folder, fcntl.LOCK_EX)
    except TimeoutError:
        message = f"The folder {folder.name} is locked by another process. Try again."
        raise StoreUnavailable(message, internal=str(folder)) from None
    except OSError as error:
        raise refusal(error, folder) from error
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """Keep writers out while reading; a lock that cannot be had does not prevent reading."""
    try:
        descriptor = _lock(folder, fcntl.LOCK_SH)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(folder: Path, kind: int) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _wait_for_lock(descriptor, kind)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait_for_lock(descriptor: int, kind: int) -> None:
    deadline_s = time.monotonic() + _WAIT_S
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline_s:
                raise TimeoutError from None
            time.sleep(_STEP_S)
        else:
            return
