"""What a command gets from the shell sandbox, and what it cannot take."""

import asyncio
import ctypes
import os
import time
from pathlib import Path

import pytest

from deftly.errors import LimitExceeded
from deftly.sandbox.shell.output import KEPT_BYTES
from tests.unit.sandbox.shells import Unplugged, sh, shell_sandbox


@pytest.fixture
async def sandbox():
    async with shell_sandbox() as running:
        yield running


async def test_the_outcome_has_exit_code_and_both_streams(sandbox):
    ended = await sh(sandbox, "echo out; echo err >&2; exit 3")
    assert (ended.exit_code, ended.stdout, ended.stderr) == (3, "out\n", "err\n")
    assert not ended.is_truncated


async def test_values_arrive_as_variables_byte_by_byte(sandbox):
    value = "a 'b' \"c\" $(d) `e`\n\tä€😀 \\ * ~"
    ended = await sh(sandbox, 'printf %s "$DEFTLY_1"', DEFTLY_1=value)
    assert ended.stdout == value


async def test_values_are_on_no_command_line(sandbox):
    script = "cat /proc/[0-9]*/cmdline | tr '\\0' ' '; : \"$DEFTLY_1\""
    ended = await sh(sandbox, script, DEFTLY_1="canary-value")
    assert "/bin/sh" in ended.stdout
    assert "canary-value" not in ended.stdout


async def test_a_run_sees_its_own_environment_and_nothing_of_ours(sandbox, monkeypatch):
    monkeypatch.setenv("DEFTLY_KEY", "canary-secret")
    script = "cat /proc/*/environ /proc/self/environ 2>&1; env; cat /proc/[0-9]*/cmdline"
    ended = await sh(sandbox, script, DEFTLY_1="x")
    assert "canary-secret" not in ended.stdout
    names = await sh(sandbox, "tr '\\0' '\\n' < /proc/1/environ", DEFTLY_1="x")
    proxies = {"http_proxy", "https_proxy", "all_proxy"}
    expected = {"PATH", "LANG", "HOME", "DEFTLY_1", *proxies, *(name.upper() for name in proxies)}
    assert {line.partition("=")[0] for line in names.stdout.splitlines()} == expected


async def test_input_is_empty_and_there_is_no_terminal(sandbox):
    ended = await sh(sandbox, "cat; readlink /proc/self/fd/0; ( : < /dev/tty ) 2>&1 || echo none")
    assert ended.stdout.startswith("/dev/null\n")
    assert ended.stdout.endswith("none\n")


async def test_outputs_can_be_opened_by_name(sandbox):
    ended = await sh(
        sandbox, "echo a > /dev/stderr; echo b > /dev/stdout; echo c | tee /dev/stderr"
    )
    assert ended.stdout == "b\nc\n"
    assert sorted(ended.stderr.splitlines()) == ["a", "c"]


@pytest.mark.parametrize(
    ("script", "code"),
    [("kill -9 $$", 137), ("kill -TERM $$", 143), ("no-such-program", 127), ("if", 2)],
)
async def test_an_exit_code_is_told_as_shells_tell_it(sandbox, script, code):
    assert (await sh(sandbox, script)).exit_code == code


async def test_the_head_of_long_output_is_kept_without_half_characters(sandbox):
    ended = await sh(sandbox, "head -c 70000 /dev/zero | tr '\\0' x; echo end >&2")
    assert ended.stdout == "x" * KEPT_BYTES
    assert (ended.stdout_truncated, ended.stderr_truncated) == (True, False)
    euros = await sh(sandbox, "yes € | head -n 30000 | tr -d '\\n'")
    assert euros.stdout == "€" * (KEPT_BYTES // 3)


async def test_bytes_that_are_no_text_are_replaced(sandbox):
    ended = await sh(sandbox, r"printf 'a\377\303'")
    assert ended.stdout == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
    assert not ended.is_truncated


async def test_what_one_run_writes_no_other_sees(sandbox):
    await sh(sandbox, "echo mine > /tmp/file; echo mine > /dev/shm/file")
    ended = await sh(sandbox, "ls /tmp /dev/shm")
    assert "file\n" not in ended.stdout


@pytest.mark.parametrize("place", ["/", "/usr", "/etc", "/dev", "/proc/sys/kernel/hostname"])
async def test_nothing_of_the_system_can_be_written(sandbox, place):
    attempt = f"( echo x > {place}/x || echo x > {place} ) 2>/dev/null && echo WROTE"
    ended = await sh(sandbox, attempt)
    assert "WROTE" not in ended.stdout


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("head -c 20000000 /dev/zero > /tmp/file", "File"),
        ("for i in 1 2 3 4 5 6 7; do head -c 15000000 /dev/zero > /tmp/$i; done", "No space"),
        ("head -c 17000000 /dev/zero > /dev/shm/file", "File"),
    ],
)
async def test_files_end_at_their_limit(sandbox, script, said):
    ended = await sh(sandbox, f"{script}; echo $? >&2")
    assert said.lower() in ended.stderr.lower() or "153" in ended.stderr


async def test_a_command_that_takes_too_long_is_ended_in_time(sandbox):
    await sandbox.report()
    started = time.monotonic()
    with pytest.raises(LimitExceeded, match=r"still running after 0\.5 s"):
        await sh(sandbox, "sleep 100", timeout_s=0.5)
    assert time.monotonic() - started < 20


async def test_a_flood_is_ended_long_before_the_deadline(sandbox):
    with pytest.raises(LimitExceeded, match="more than 16 MiB"):
        await sh(sandbox, "yes", timeout_s=20)
    with pytest.raises(LimitExceeded, match="more than 16 MiB"):
        await sh(sandbox, "yes >&2", timeout_s=20)


async def test_runs_take_turns_in_the_order_of_asking():
    async with shell_sandbox(concurrency=1) as sandbox:
        await sandbox.report()
        order: list[int] = []

        async def run(number: int) -> None:
            await sh(sandbox, "true")
            order.append(number)

        await asyncio.gather(*(run(number) for number in range(8)))
    assert order == list(range(8))


async def test_no_more_run_at_once_than_were_allowed():
    proxy = Unplugged()
    most = 0
    async with shell_sandbox(proxy, concurrency=2) as sandbox:

        async def run() -> None:
            nonlocal most
            running = asyncio.create_task(sh(sandbox, "sleep 0.2"))
            while not running.done():
                most = max(most, proxy.serving_now)
                await asyncio.sleep(0.01)
            await running

        await asyncio.gather(*(run() for _ in range(6)))
    assert most == 2


async def test_a_run_that_has_no_turn_in_time_is_refused(monkeypatch):
    monkeypatch.setattr("deftly.sandbox.turns.WAIT_LIMIT_S", 0.2)
    async with shell_sandbox(concurrency=1) as sandbox:
        await sandbox.report()
        first = asyncio.create_task(sh(sandbox, "sleep 1"))
        await asyncio.sleep(0)
        with pytest.raises(LimitExceeded, match="no turn"):
            await sh(sandbox, "true")
        assert (await first).exit_code == 0


async def test_a_value_that_no_variable_can_hold_starts_nothing(sandbox):
    with pytest.raises(ValueError, match="NUL"):
        await sh(sandbox, "echo ran", DEFTLY_1="a\0b")


async def test_the_proxy_serves_each_run_at_the_address_its_variables_name():
    proxy = Unplugged()
    async with shell_sandbox(proxy) as sandbox:
        ended = await sh(sandbox, "echo $https_proxy")
        assert ended.stdout == "http://127.0.0.1:3128\n"
        assert proxy.served[-1] == ("127.0.0.1", 3128)
        assert proxy.serving_now == 0


KEYCTL, ADD_KEY, SESSION = 250, 248, -3
READS_KEYS = """
import ctypes
libc, read = ctypes.CDLL(None), ctypes.create_string_buffer(99)
print(libc.syscall(250, 10, -3, b"user", b"deftly-canary", 0), end=" ")
print(libc.syscall(250, 11, {key}, read, 99), read.value)
"""


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers of the calls")
@pytest.mark.skipif(not Path("/usr/bin/python3").exists(), reason="asks with the system's Python")
async def test_the_keys_of_the_server_are_not_its_own(sandbox):
    libc = ctypes.CDLL(None, use_errno=True)
    key = libc.syscall(ADD_KEY, b"user", b"deftly-canary", b"canary-secret", 13, SESSION)
    if key < 0:
        pytest.skip(f"no keys here: {os.strerror(ctypes.get_errno())}")
    try:
        ended = await sh(sandbox, f"/usr/bin/python3 -c '{READS_KEYS.format(key=key)}'")
    finally:
        libc.syscall(KEYCTL, 9, key, SESSION)
    assert (ended.stdout, ended.stderr) == ("-1 -1 b''\n", "")


async def test_shared_memory_has_its_limit_too(sandbox):
    script = "python3 -c 'import mmap; mmap.mmap(-1, 8 << 30)' 2>&1 || echo refused"
    assert (await sh(sandbox, script)).stdout.endswith("refused\n")


async def test_a_command_has_no_descriptor_but_its_three_and_cannot_speak_for_the_server(sandbox):
    script = "ls /proc/$$/fd; for n in 3 4 5 6 7 8; do echo 'it broke' >&$n; done 2>/dev/null; :"
    ended = await sh(sandbox, script)
    assert (ended.stdout, ended.exit_code) == ("0\n1\n2\n", 0)
