"""Load from wrk, and what it saw."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 32
_UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Seen:
    """What one burst of load saw.

    Attributes:
        failed: Answers other than 2xx and broken connections.
    """

    requests: int
    rate: float
    p50_ms: float
    p99_ms: float
    failed: int


def burst(url: str, body: str, *, key: str, seconds: int, folder: Path) -> Seen:
    """Send POSTs over 32 connections for some seconds."""
    script = folder / "post.lua"
    script.write_text(
        f"wrk.method = 'POST'\nwrk.body = [[{body}]]\n"
        "wrk.headers['Content-Type'] = 'application/json'\n"
        f"wrk.headers['Authorization'] = 'Bearer {key}'\n"
    )
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        str(script),
        url,
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
    )
    return _read(done.stdout)


def _read(text: str) -> Seen:
    def number(pattern: str) -> float:
        found = re.search(pattern, text)
        return float(found[1]) if found else 0.0

    def quantile(percent: int) -> float:
        found = re.search(rf"\n\s+{percent}%\s+([\d.]+)(us|ms|s)", text)
        return float(found[1]) * _UNITS_MS[found[2]] if found else 0.0

    errors = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text
    )
    broken = sum(map(int, errors.groups())) if errors else 0
    return Seen(
        requests=int(number(r"(\d+) requests in")),
        rate=number(r"Requests/sec:\s+([\d.]+)"),
        p50_ms=quantile(50),
        p99_ms=quantile(99),
        failed=int(number(r"Non-2xx or 3xx responses: (\d+)")) + broken,
    )
