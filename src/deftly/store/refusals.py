"""What it means to a caller that the operating system refused to change a file."""

import errno
from pathlib import Path
from typing import Final

from deftly.errors import DeftlyError, ReadOnly, StoreUnavailable

NOT_WRITABLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_READ_ONLY: Final = NOT_WRITABLE | {errno.EBUSY, errno.ENOTDIR, errno.EISDIR}


def refusal(error: OSError, path: Path) -> DeftlyError:
    """Return what it means that the file at the path could not be changed."""
    if error.errno in _READ_ONLY:
        message = (
            f"{path.name} cannot be changed ({error.strerror}). Make the file and its folder "
            "writable for the user who runs Deftly, or change it by hand."
        )
        return ReadOnly(message, internal=f"{path}: {error}")
    message = (
        f"{path.name} could not be stored ({error.strerror}). "
        "Make room on the disk, or mend it, and try again."
    )
    return StoreUnavailable(message, internal=f"{path}: {error}")
