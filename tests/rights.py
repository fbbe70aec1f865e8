"""Rights of files that bind the tests too, where root runs them."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

# capabilities(7): what lets root pass over the rights of files, and the form of capset(2).
_PASS_OVER_RIGHTS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_VERSION_3 = 0x20080522
_WORDS = 2


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


@contextmanager
def binding_rights() -> Iterator[None]:
    """Have the rights of files bind this thread, and those it starts inside the block.

    Root keeps its name, so that it can still read what it owns: the interpreter, for one.
    """
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION_3, 0), (_Sets * _WORDS)()

    def done(answer: int) -> None:
        if answer != 0:
            raise OSError(ctypes.get_errno(), "the capabilities cannot be changed")

    done(libc.capget(ctypes.byref(header), sets))
    before = sets[0].effective
    sets[0].effective = before & ~_PASS_OVER_RIGHTS
    done(libc.capset(ctypes.byref(header), sets))
    try:
        yield
    finally:
        sets[0].effective = before
        done(libc.capset(ctypes.byref(header), sets))
