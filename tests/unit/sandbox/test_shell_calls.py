"""System calls that a command may not make, tried from inside."""

import platform

import pytest

from deftly.sandbox.shell.calls import filter_of
from tests.unit.sandbox.shells import sh, shell_sandbox

CALL = (
    'python3 -c "import ctypes,os;library=ctypes.CDLL(None,use_errno=True);'
    'print(library.syscall({}),os.strerror(ctypes.get_errno()))"'
)
SOCKET = "python3 -c \"import socket;socket.socket({});print('MADE')\""
NUMBERS = {
    "x86_64": {"keyctl": 250, "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425},
    "aarch64": {"keyctl": 219, "bpf": 280, "userfaultfd": 282, "io_uring_setup": 425},
}[platform.machine()]


@pytest.fixture
async def sandbox():
    async with shell_sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize("family", [38, 17, 40, 15, 21, 16, 31, 44])
async def test_a_socket_is_one_of_the_network_or_of_programs(sandbox, family):
    # AF_ALG, AF_PACKET, AF_VSOCK, AF_KEY, AF_RDS, AF_NETLINK, AF_BLUETOOTH, AF_XDP
    ended = await sh(sandbox, SOCKET.format(f"{family}, 3 if {family} == 16 else 1"))

    assert ("MADE" in ended.stdout) == (family == 16)
    assert family == 16 or "Address family not supported" in ended.stderr


@pytest.mark.parametrize("kind", ["1, 1", "2, 1", "2, 2", "10, 1"])
async def test_ordinary_sockets_are_made(sandbox, kind):
    assert "MADE" in (await sh(sandbox, SOCKET.format(kind))).stdout


@pytest.mark.parametrize("call", sorted(NUMBERS))
async def test_ways_into_the_kernel_are_not_there(sandbox, call):
    ended = await sh(sandbox, CALL.format(f"{NUMBERS[call]},0,0,0,0,0"))

    assert ended.stdout.startswith("-1 Function not implemented")


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x32 is a way of x86-64")
async def test_there_is_no_second_way_to_the_same_calls(sandbox):
    ended = await sh(sandbox, CALL.format(f"{0x4000_0000 + 41},40,1,0"))

    assert ended.stdout.startswith("-1 Function not implemented")


def test_an_unknown_processor_has_no_filter():
    assert filter_of("pdp11") == b""
