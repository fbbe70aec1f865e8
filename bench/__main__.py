"""The cost of a call: Deftly with everything on against a bare pass-through, interleaved.

Prints the ratio of their rates (the bar: 0.45), latencies, CPU a call, memory; then the
same with 10,000 actions in the catalog, and how memory grows over 100,000 calls. Before it, what
a run in a sandbox costs beside bare processes.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import sandboxes
from bench.load import Seen, burst
from bench.processes import (
    Usage,
    free_port,
    needed,
    nginx,
    running,
    usage_of,
    uvicorn_command,
)
from bench.workspace import TOOL, make_workspace

BAR = 0.45
CATALOG_BAR = 0.9
MEMORY_BAR_MB = 20.0
MEMORY_FROM, MEMORY_TO = 10_000, 100_000
BODY = json.dumps({"arguments": {"order_id": "A-1042"}})


@dataclass(frozen=True, slots=True)
class Server:
    """Something to send load to."""

    label: str
    pid: int
    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst, and what it cost the server."""

    seen: Seen
    cpu_us: float
    usage: Usage


def measure(server: Server, seconds: int, folder: Path) -> Burst:
    """Send one burst and read what it cost."""
    before = usage_of(server.pid)
    seen = burst(server.url, BODY, key=server.key, seconds=seconds, folder=folder)
    after = usage_of(server.pid)
    if seen.failed or not seen.requests:
        message = f"{server.label}: {seen.failed} of {seen.requests} answers were failures"
        raise SystemExit(message)
    return Burst(seen, (after.cpu_s - before.cpu_s) / seen.requests * 1e6, after)


@contextmanager
def deftly_server(folder: Path, upstream: int, *, actions: int, label: str) -> Iterator[Server]:
    """Serve a workspace with so many actions."""
    port = free_port()
    key = make_workspace(folder, upstream, actions=actions)
    command = [
        sys.executable,
        "-m",
        "deftly",
        "serve",
        "--dir",
        str(folder),
        "--port",
        str(port),
    ]
    ready = f"http://127.0.0.1:{port}/health/live"
    with running(command, answers=ready) as process:
        yield Server(label, process.pid, f"http://127.0.0.1:{port}/api/tools/{TOOL}/call", key)


@contextmanager
def bare_server(upstream: int) -> Iterator[Server]:
    """Serve the pass-through."""
    port = free_port()
    env = {"BENCH_UPSTREAM": f"http://127.0.0.1:{upstream}"}
    command = uvicorn_command("bench.passthrough:app", port)
    with running(command, env=env, answers=f"http://127.0.0.1:{port}/") as process:
        yield Server("bare pass-through", process.pid, f"http://127.0.0.1:{port}/")


def report(server: Server, bursts: list[Burst]) -> float:
    """Print a row of medians and return the median rate."""

    def median(values: list[float]) -> float:
        return statistics.median(values)

    rate = median([one.seen.rate for one in bursts])
    p50 = median([one.seen.p50_ms for one in bursts])
    p99 = median([one.seen.p99_ms for one in bursts])
    cpu = median([one.cpu_us for one in bursts])
    memory = bursts[-1].usage.rss_mb
    print(
        f"{server.label:<28}{rate:>9.0f}/s  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms"
        f"  {cpu:6.0f} us CPU a call  {memory:6.1f} MB"
    )
    return rate


def memory_growth(server: Server, folder: Path, seconds: int) -> float:
    """Return by how many MB memory grows from 10,000 calls to 100,000."""
    calls = 0
    at_ten_thousand: float | None = None
    while calls < MEMORY_TO:
        one = measure(server, seconds, folder)
        calls += one.seen.requests
        if at_ten_thousand is None and calls >= MEMORY_FROM:
            at_ten_thousand = one.usage.rss_mb
    return usage_of(server.pid).rss_mb - (at_ten_thousand or 0.0)


def main() -> int:
    """Run everything and print it; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="bursts for each server (5)")
    parser.add_argument("--seconds", type=int, default=4, help="length of a burst (4)")
    parser.add_argument("--no-memory", action="store_true", help="leave out the 100,000 calls")
    parser.add_argument("--sandboxes", action="store_true", help="measure the sandboxes alone")
    options = parser.parse_args()
    kept = asyncio.run(sandboxes.measure())
    if not options.sandboxes:
        kept = calls(options.rounds, options.seconds, with_memory=not options.no_memory) and kept
    print("all bars kept" if kept else "a bar is missed")
    return 0 if kept else 1


def calls(rounds: int, seconds: int, *, with_memory: bool) -> bool:
    """Measure calls against the pass-through; tell whether every bar was kept."""
    needed("nginx", "wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        upstream = free_port()
        small, large = folder / "small", folder / "large"
        with (
            nginx(folder, upstream),
            bare_server(upstream) as bare,
            deftly_server(small, upstream, actions=10, label="deftly, 10 actions") as ours,
            deftly_server(large, upstream, actions=10_000, label="deftly, 10,000 actions") as many,
        ):
            servers = (bare, ours, many)
            for server in servers:
                measure(server, 2, folder)
            bursts: dict[str, list[Burst]] = {server.label: [] for server in servers}
            for _round in range(rounds):
                for server in servers:
                    bursts[server.label].append(measure(server, seconds, folder))
            rates = [report(server, bursts[server.label]) for server in servers]
            growth = memory_growth(ours, folder, seconds) if with_memory else 0.0
    return verdict(rates, growth)


def verdict(rates: list[float], growth_mb: float) -> bool:
    """Print the ratios beside their bars; tell whether all were kept."""
    ratio, catalog_ratio = rates[1] / rates[0], rates[2] / rates[1]
    print(f"ratio to the pass-through    {ratio:5.2f}  (bar {BAR})")
    print(f"10,000 actions against 10    {catalog_ratio:5.2f}  (bar {CATALOG_BAR})")
    print(f"memory, call 10,000-100,000  {growth_mb:+5.1f} MB  (bar {MEMORY_BAR_MB:g})")
    return ratio >= BAR and catalog_ratio >= CATALOG_BAR and growth_mb < MEMORY_BAR_MB


if __name__ == "__main__":
    raise SystemExit(main())
