"""A program of its own that makes each shell run's namespaces, and starts the sandbox in them.

``python -I -S launcher.py CALLS CONTROL [UID GID]``, with the standard library alone: by the time
it has given up being root, the rest of the installation may be out of its sight. CALLS is the
filter of system calls that commands get, in hexadecimal digits.

Over the socket CONTROL it is handed one socket a run, and forks for it: a copy of a small process
takes a tenth of the time that a new interpreter takes. Over its own socket the copy hands over
three descriptors: the listening socket of its network namespace and the ends that are read of two
pipes. It then takes one order: 8 bytes of length, then fields that NUL parts, the number of words
of a command, the words, its ``NAME=value`` environment. The command writes to the pipes. When the
other end of the socket closes, it is killed. The copy ends when nothing of the command is left,
with a last line: ``ended`` and the exit code. Any other line says what the system did not allow.
"""

import ctypes
import errno
import fcntl
import os
import resource
import select
import signal
import socket
import struct
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

PROXY: Final = ("127.0.0.1", 3128)
HANDED_OVER: Final = 3
_BACKLOG: Final = 32
_NICENESS: Final = 10
LENGTH: Final = struct.Struct("!Q")
# As shells tell it: of a program that cannot be started, and one that a signal ended.
_NOT_STARTED: Final = 126
_SIGNALLED: Final = 128
_MIB: Final = 1024 * 1024
# What the kernel calls it in /proc/self/limits, and the most there is. All are per process, but
# the number of processes: that counts everything in the user namespace, from Linux 5.14 on.
LIMITS: Final = (
    ("Max processes", resource.RLIMIT_NPROC, 64),
    ("Max data size", resource.RLIMIT_DATA, 256 * _MIB),
    ("Max stack size", resource.RLIMIT_STACK, 8 * _MIB),
    # Shared memory is no data; what programs reserve and never use counts here, so it is much.
    ("Max address space", resource.RLIMIT_AS, 4096 * _MIB),
    ("Max cpu time", resource.RLIMIT_CPU, 10),
    ("Max file size", resource.RLIMIT_FSIZE, 16 * _MIB),
    ("Max open files", resource.RLIMIT_NOFILE, 128),
    ("Max core file size", resource.RLIMIT_CORE, 0),
)
# linux/prctl.h, linux/sched.h, linux/sockios.h, linux/if.h
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2
_FILTER_ROW_BYTES: Final = 8
_PR_SET_CHILD_SUBREAPER: Final = 36
_CLONE_NEWUSER: Final = 0x1000_0000
_CLONE_NEWNET: Final = 0x4000_0000
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 1
# linux/keyctl.h, and the number of the call, which the C library has no name for.
_KEYCTL_JOIN_SESSION_KEYRING: Final = 1
_KEYCTL: Final = {"x86_64": 250, "aarch64": 219, "riscv64": 219, "ppc64le": 271, "s390x": 280}
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


class CannotError(Exception):
    """A sentence of what the system did not allow."""


@contextmanager
def _step(what: str) -> "Iterator[None]":
    try:
        yield
    except OSError as fault:
        message = f"cannot {what}: {fault.strerror} ({fault.errno})"
        raise CannotError(message) from fault


def main(control: socket.socket, user: tuple[int, ...]) -> None:
    """Fork for every socket that is handed over, until no more can be."""
    with _step("become an unprivileged user"):
        _become(user)
    # Whoever is killed cannot clean up: a bubblewrap that has just started forgets to die with its
    # parent. The end of the server is seen at the sockets, which its death closes as well.
    _call("prctl", _PR_SET_PDEATHSIG, 0, 0, 0, 0)
    # Whoever ends below this process is collected by the kernel, its orphans as well.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _call("prctl", _PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    while (handed := _next_socket(control)) is not None:
        with handed:
            try:
                is_copy = os.fork() == 0
            except OSError as fault:
                with suppress(OSError):  # nobody listens any more
                    handed.sendall(f"cannot start a process: {fault.strerror}\n".encode())
                continue
            if is_copy:
                control.close()
                _serve(handed)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _collect_the_rest()


def _next_socket(control: socket.socket) -> socket.socket | None:
    message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    for one in descriptors:  # else the command has it too, and speaks for this process
        os.set_inheritable(one, False)  # noqa: FBT003 - takes no name
    return socket.socket(fileno=descriptors[0]) if message else None


def _serve(control: socket.socket) -> NoReturn:
    """Carry out one order and end: the loop this was forked in belongs to the parent."""
    try:
        told = f"ended {_one_run(control)}"
    except CannotError as refusal:
        told = str(refusal)
    except BaseException:  # noqa: BLE001 - written down, and this process ends
        sys.excepthook(*sys.exc_info())
        told = "its launcher broke"
    with suppress(OSError):  # nobody listens any more
        control.sendall(f"{told}\n".encode())
    os._exit(0)


def _one_run(control: socket.socket) -> int:
    """Hand over, take the order, have it carried out; return its exit code."""
    own_pid = os.getpid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _call("prctl", _PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with _step("leave the keys of the server behind"):
        _join_empty_keyring()
    # Without this, its own files in /proc are not its own.
    _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)
    _come_last()
    _make_namespaces()
    _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)
    outputs = _hand_over(control)
    order = _taken(control)
    if order is None:
        return 0
    pid = os.fork()
    if pid == 0:
        _carry_out(order, [writing for _, writing in outputs], control, own_pid)
    for reading, writing in outputs:
        os.close(reading)
        os.close(writing)
    return _supervise(pid, control)


def _join_empty_keyring() -> None:
    """Give up the session keyring: no namespace hides its keys, and every run has its own."""
    if _LIBC.syscall(_KEYCTL[os.uname().machine], _KEYCTL_JOIN_SESSION_KEYRING, None) < 0:
        number = ctypes.get_errno()
        if number not in {errno.ENOSYS, errno.EPERM}:  # no keys here, or not for anybody inside
            raise OSError(number, os.strerror(number))


def _make_namespaces() -> None:
    uid, gid = os.geteuid(), os.getegid()
    with _step("make a user namespace and a network namespace"):
        _call("unshare", _CLONE_NEWUSER | _CLONE_NEWNET)
    with _step("map its own user into the user namespace"):
        _map_into_namespace(uid, gid)
    with _step("bring up the loopback interface of the network namespace"):
        _bring_up_loopback()


def _hand_over(control: socket.socket) -> tuple[tuple[int, int], tuple[int, int]]:
    """Send the listener and what is read of two pipes; return the pipes."""
    with _step("listen in the network namespace"), socket.socket() as listener:
        listener.bind(PROXY)
        listener.listen(_BACKLOG)
        # Made here so that they are this user's: nobody else's can be opened by name, and
        # commands write to /dev/stderr. The loop's own would be sockets, which cannot either.
        outputs = os.pipe(), os.pipe()
        handed = listener.fileno(), *(reading for reading, _ in outputs)
        socket.send_fds(control, [f"{os.getpid()}\n".encode()], handed)
    return outputs


def _call(name: str, *arguments: int) -> None:
    if getattr(_LIBC, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _come_last() -> None:
    """Leave processor and memory to the server where both are short: better one run than all."""
    os.nice(_NICENESS)
    # A command that forks without end kept the loop waiting for 200 ms on Linux 6.18; with a
    # processor that it is not on, 5 ms.
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, processors[1:] or processors)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123 - pathlib takes as long to import as all the rest
        score.write("1000")


def _become(user: tuple[int, ...]) -> None:
    if user:
        uid, gid = user
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    # Nobody else of the same user can look into this process, and what is forked from it.
    _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def _die_with(parent_pid: int) -> None:
    _call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:  # it died in between
        os._exit(1)


def _map_into_namespace(uid: int, gid: int) -> None:
    rows = (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1"))
    for name, text in rows:
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 - as above
            file.write(text)


def _bring_up_loopback() -> None:
    # struct ifreq: a name of 16 bytes, then a union of 24 that begins with the flags.
    request = struct.pack("16sH22x", b"lo", _IFF_UP)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        fcntl.ioctl(asking, _SIOCSIFFLAGS, request)


def _taken(control: socket.socket) -> bytes | None:
    with control.makefile("rb") as reading:
        head = reading.read(LENGTH.size)
        size = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else 0
        order = reading.read(size)
    return order if order and len(order) == size else None


def _carry_out(
    order: bytes, outputs: list[int], control: socket.socket, parent_pid: int
) -> NoReturn:
    try:
        _die_with(parent_pid)
        count, *fields = order.split(b"\0")
        words, pairs = fields[: int(count)], (one.partition(b"=") for one in fields[int(count) :])
        environment = {name: value for name, _, value in pairs}
        with _step("set the limits"):
            for _, what, most in LIMITS:
                _, hard = resource.getrlimit(what)
                least = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(what, (least, least))
        with _step("refuse system calls"):
            _filter_calls(bytes.fromhex(sys.argv[1]))
        with _step("start bubblewrap"):
            for number, descriptor in enumerate((os.open(os.devnull, os.O_RDONLY), *outputs)):
                os.dup2(descriptor, number)
            os.execve(words[0], words, environment)  # noqa: S606 - no shell
    except CannotError as refusal:
        control.sendall(f"{refusal}\n".encode())
    finally:
        os._exit(_NOT_STARTED)


def _filter_calls(rows: bytes) -> None:
    """Refuse system calls to this process and all that it starts; no filter where none is given."""
    if not rows:
        return
    held = ctypes.create_string_buffer(rows)
    # struct sock_fprog: a number of rows, and where they are.
    count = len(rows) // _FILTER_ROW_BYTES
    given = ctypes.create_string_buffer(struct.pack("@HP", count, ctypes.addressof(held)))
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _LIBC.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, given, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _supervise(pid: int, control: socket.socket) -> int:
    """Return the command's exit code; kill it when nobody is at the other end any more."""
    ended, watched = os.pidfd_open(pid), select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(control, select.POLLIN)
    if ended not in dict(watched.poll()):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    _collect_the_rest()
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else _SIGNALLED - code


def _collect_the_rest() -> None:
    """Kill and collect every child, and those it leaves to us."""
    while True:
        for pid in _children():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:  # noqa: PTH123 - as above
            return [int(pid) for pid in file.read().split()]
    except FileNotFoundError:
        return []  # built without CONFIG_PROC_CHILDREN; bubblewrap has seen to it then


if __name__ == "__main__":
    number, *someone = (int(word) for word in sys.argv[2:])
    try:
        main(socket.socket(fileno=number), tuple(someone))
    except CannotError as refusal:
        sys.exit(str(refusal))
