"""Commands of a server in a process of its own, on the loop that operators have."""

import asyncio
import os
import signal
from pathlib import Path

import httpx2
import pytest

from tests.live import running_remote
from tests.shelling import ACTIONS, make_shell
from tests.world import until

ON = {"shell": True}
DRAFT = f"{ACTIONS}/test"


def running(mark: str) -> list[Path]:
    """Return the processes with the mark on their command line."""
    return [place for place in Path("/proc").glob("[0-9]*") if mark in _command_of(place)]


def _command_of(place: Path) -> str:
    try:
        return (place / "cmdline").read_text(errors="replace")
    except OSError:
        return ""  # it has ended


@pytest.mark.slow
async def test_a_secret_of_the_server_is_found_nowhere_inside(folder, monkeypatch):
    monkeypatch.setenv("CANARY_ENV", "canary-of-the-server")
    search = "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline; env; ls -la /proc/self/fd /tmp"
    async with running_remote(folder, **ON) as (_, remote):
        report = await remote.post(DRAFT, {"action": make_shell(search), "params": {}})
    assert "http_proxy=" in report["output"]
    assert "canary-of-the-server" not in report["output"]


@pytest.mark.slow
async def test_a_killed_server_leaves_no_process_behind(folder):
    # Anything that names this server's sandbox: its commands, and what they were forked from.
    mark = f"sleep 1000.{os.getpid()}"
    async with running_remote(folder, **ON) as (server, remote):
        await remote.post(DRAFT, {"action": make_shell("true"), "params": {}})
        action = make_shell(f"setsid {mark} & {mark}")
        asking = asyncio.create_task(remote.post(DRAFT, {"action": action, "params": {}}))
        await until(lambda: len(running(mark)) >= 3)
        own = [one for one in running("shell/launcher.py") if _parent(one) == server.process.pid]
        assert len(own) == 1
        server.process.send_signal(signal.SIGKILL)
        with pytest.raises(httpx2.TransportError):
            await asking
        await until(lambda: not running(mark))
        await until(lambda: not _command_of(own[0]))


def _parent(place: Path) -> int:
    return int((place / "stat").read_text().rpartition(")")[2].split()[1])
