"""Which system calls a command may not make, as a program for the kernel (seccomp(2)).

A namespace does not hold everything: sockets to the host of a virtual machine (``AF_VSOCK``) know
no network namespace, and keys no namespace at all. The rest are ways into the kernel that no
command needs.
"""

import platform
import struct
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Machine:
    """What differs between processors (linux/audit.h, asm/unistd.h).

    Attributes:
        architecture: What the kernel calls it; another one's calls have other numbers.
        socket: The number of ``socket``.
        refused: ``add_key``, ``request_key``, ``keyctl``, ``perf_event_open``, ``bpf``,
            ``userfaultfd``, ``io_uring_setup``.
    """

    architecture: int
    socket: int
    refused: tuple[int, ...]


_MACHINES: Final = {
    "x86_64": Machine(0xC000_003E, 41, (248, 249, 250, 298, 321, 323, 425)),
    "aarch64": Machine(0xC000_00B7, 198, (217, 218, 219, 241, 280, 282, 425)),
}
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK.
_FAMILIES: Final = (1, 2, 10, 16)
# Numbers from here on are x32's, another way to the same calls.
_X32: Final = 0x4000_0000

# linux/bpf_common.h, linux/seccomp.h; places in struct seccomp_data.
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_NUMBER_AT: Final = 0
_ARCHITECTURE_AT: Final = 4
_FIRST_ARGUMENT_AT: Final = 16
_ALLOW: Final = 0x7FFF_0000
_KILL: Final = 0x8000_0000
_NOT_THERE: Final = 0x0005_0000 | 38  # ENOSYS: programs go on without
_NO_FAMILY: Final = 0x0005_0000 | 97  # EAFNOSUPPORT


def _row(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def _program(machine: Machine) -> bytes:
    """Return the rows; a jump counts those it leaves out."""
    refused = machine.refused
    rows = [
        _row(_LOAD, _ARCHITECTURE_AT),
        _row(_EQUAL, machine.architecture, then=1),
        _row(_RETURN, _KILL),
        _row(_LOAD, _NUMBER_AT),
        _row(_AT_LEAST, _X32, otherwise=1),
        _row(_RETURN, _NOT_THERE),
        *(
            _row(_EQUAL, number, then=len(refused) + 1 - place)
            for place, number in enumerate(refused)
        ),
        _row(_EQUAL, machine.socket, then=2),
        _row(_RETURN, _ALLOW),
        _row(_RETURN, _NOT_THERE),
        _row(_LOAD, _FIRST_ARGUMENT_AT),
        *(
            _row(_EQUAL, family, then=len(_FAMILIES) - place)
            for place, family in enumerate(_FAMILIES)
        ),
        _row(_RETURN, _NO_FAMILY),
        _row(_RETURN, _ALLOW),
    ]
    return b"".join(rows)


def filter_of(machine: str = platform.machine()) -> bytes:
    """Return the rows of the filter; none for a processor whose numbers are not known here."""
    known = _MACHINES.get(machine)
    return b"" if known is None else _program(known)
