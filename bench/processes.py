"""Starting what is measured, and reading what the kernel says of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_READY_S = 60.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used so far."""

    cpu_s: float
    rss_mb: float


def needed(*programs: str) -> None:
    """Stop with a sentence if a program is missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        message = f"bench needs {' and '.join(missing)}: on Debian, apt-get install nginx-light wrk"
        raise SystemExit(message)


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def usage_of(pid: int) -> Usage:
    """Return CPU time and resident memory of a process, from /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu_s = (int(fields[11]) + int(fields[12])) / _TICKS
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return Usage(cpu_s=cpu_s, rss_mb=pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


@contextmanager
def running(
    command: list[str], *, env: Mapping[str, str] | None = None, answers: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it answers when it begins."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    try:
        _wait_for(answers, process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _READY_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            message = f"{process.args!r} ended with {process.returncode} before it answered"
            raise SystemExit(message)
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - loopback of ours
        except (OSError, ValueError) as fault:
            if getattr(fault, "code", None) is not None:
                return  # it answers, if only with an error
            time.sleep(0.02)
        else:
            return
    message = f"{url} did not answer within {_READY_S:g} seconds"
    raise SystemExit(message)


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    """Run an upstream that answers every path with one small order."""
    config = folder / "nginx.conf"
    config.write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000; default_type application/json;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200 '{{"id":"A-1042","status":"shipped","items":["boots"]}}'; }}
  }}
}}
""")
    command = ["nginx", "-c", str(config), "-p", str(folder), "-e", f"{folder}/error.log"]
    with running(command, answers=f"http://127.0.0.1:{port}/"):
        yield


def uvicorn_command(application: str, port: int) -> list[str]:
    """Return the command that serves an ASGI application as Deftly itself is served."""
    return [
        sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port),
        "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "critical",
    ]  # fmt: skip
