"""Files that are replaced whole: locked, kept in their mode and owner, safe on the disk.

A reader sees the old bytes or the new ones. Where a name cannot be replaced (a single file
mounted into a container) the bytes are written in place under the same lock, and put back
if that fails half-way.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from deftly.store.refusals import NOT_WRITABLE, refusal

TEMPORARY_SUFFIX: Final = ".deftly-tmp"

_NOT_REPLACEABLE: Final = NOT_WRITABLE | {errno.EBUSY, errno.EXDEV}


def read_bytes(path: Path, limit_bytes: int) -> bytes | None:
    """Return the file's bytes, one more than the limit at most; None if there is no file.

    Raises:
        OSError: It cannot be read, or is no regular file.
    """
    try:
        # Opening a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Not a regular file")
        return file.read(limit_bytes + 1)


def replace(path: Path, data: bytes) -> None:
    """Put the bytes in the place of the file, or make it. The caller holds the lock.

    A symbolic link stays one: its target is replaced.

    Raises:
        ReadOnly: The file or its folder cannot be written.
        StoreUnavailable: The disk is full or fails; the old bytes are still there.
    """
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise refusal(error, path) from error


def remove(path: Path) -> None:
    """Remove the file (or the link). The caller holds the lock.

    Raises:
        ReadOnly: The file or its folder cannot be written.
        StoreUnavailable: The disk fails.
    """
    try:
        _check_writable(path.resolve())
        path.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise refusal(error, path) from error


def rename(old: Path, new: Path) -> bool:
    """Give the file its new name; False if this file has to keep its name.

    Raises:
        StoreUnavailable: The disk fails.
    """
    try:
        old.rename(new)
        sync_folder(new.parent)
    except OSError as error:
        if error.errno in _NOT_REPLACEABLE:
            return False
        raise refusal(error, old) from error
    return True


def sync_folder(folder: Path) -> None:
    """Make the folder's list of names safe on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems cannot do it
            raise
    finally:
        os.close(descriptor)


def _replace(target: Path, data: bytes) -> None:
    before = _check_writable(target)
    try:
        temporary = _write_beside(target, data, before)
    except OSError as error:
        if before is None or error.errno not in NOT_WRITABLE:
            raise
        _write_in_place(target, data)
        return
    try:
        temporary.replace(target)
    except OSError as error:
        temporary.unlink()
        if before is None or error.errno not in _NOT_REPLACEABLE:
            raise
        _write_in_place(target, data)
    else:
        sync_folder(target.parent)


def _check_writable(target: Path) -> os.stat_result | None:
    """Return what the file is now; a new name in its place would get round its own mode."""
    try:
        before = target.stat()
    except FileNotFoundError:
        return None
    by_mode = before.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    effective = os.access in os.supports_effective_ids
    if not by_mode or not os.access(target, os.W_OK, effective_ids=effective):
        raise PermissionError(errno.EACCES, "read-only")
    return before


def _write_beside(target: Path, data: bytes, before: os.stat_result | None) -> Path:
    # One name per file: what a crash leaves behind is cleared by the next write.
    temporary = target.with_name(f".{target.name}{TEMPORARY_SUFFIX}")
    temporary.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o666)  # less the umask, as an editor would
    try:
        if before is not None:
            _keep_owner_and_mode(descriptor, before)
        _write_all(descriptor, data)
        os.fsync(descriptor)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    return temporary


def _keep_owner_and_mode(descriptor: int, before: os.stat_result) -> None:
    now = os.fstat(descriptor)
    if now.st_gid != before.st_gid:
        with suppress(PermissionError):
            os.fchown(descriptor, -1, before.st_gid)
    if now.st_uid != before.st_uid:
        with suppress(PermissionError):  # only root may give a file away
            os.fchown(descriptor, before.st_uid, -1)
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


def _write_in_place(target: Path, data: bytes) -> None:
    descriptor = os.open(target, os.O_RDWR | os.O_CLOEXEC)
    try:
        with os.fdopen(os.dup(descriptor), "rb") as file:
            old = file.read()
        try:
            _overwrite(descriptor, data)
        except BaseException:
            # The old bytes need no room that they do not have already.
            _overwrite(descriptor, old)
            raise
    finally:
        os.close(descriptor)


def _overwrite(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
