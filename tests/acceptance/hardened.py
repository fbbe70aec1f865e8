"""Runs a command where user namespaces are switched off, as on a hardened kernel.

``python hardened.py COMMAND ARGUMENT …``: in a user namespace of its own that knows the same users
and may hold no further ones, so that whatever wants one is refused by the kernel itself.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x1000_0000
EVERYBODY = "0 0 4294967295"


def main(argv: list[str]) -> int:
    """Return the command's exit code."""
    mapped_read, mapped_write = os.pipe()
    made_read, made_write = os.pipe()
    uid, gid = os.getuid(), os.getgid()
    child = os.fork()
    if child == 0:
        if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
            os._exit(125)
        os.write(made_write, b".")
        os.read(mapped_read, 1)
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
        os.execv(argv[0], argv)  # noqa: S606 - becomes the command
    os.read(made_read, 1)
    here = Path(f"/proc/{child}")
    if uid != 0:
        (here / "setgroups").write_text("deny")
    (here / "uid_map").write_text(EVERYBODY if uid == 0 else f"{uid} {uid} 1")
    (here / "gid_map").write_text(EVERYBODY if uid == 0 else f"{gid} {gid} 1")
    os.write(mapped_write, b".")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
