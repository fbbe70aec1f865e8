"""Every probe of the fixture and more of its kinds, in both isolations."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from deftly.errors import CodeFailed, LimitExceeded
from deftly.sandbox.javascript.console import Console
from deftly.sandbox.javascript.script import Script
from tests.coding import HOST, WALLS, Coding, Ran, coding

PROBES = json.loads((Path(__file__).parents[1] / "fixtures" / "sandbox_js_probes.json").read_text())
CATEGORIES = sorted({probe["category"] for probe in PROBES})
TIMEOUT_S = 2.0
# An object that does nothing, and a refusal that names the resolver's address: hidden all the same.
HARMLESS = {"js-010", "js-034"}
CONNECTING = """
const {connect} = await import("node:net");
return await new Promise((done, failed) =>
    connect(22, "127.0.0.1", () => done("CONN")).on("error", failed));
"""
# More of the same kinds: nothing of these may be in what the code returns or logs.
MORE = {
    "fs": [
        ('return (await import("node:fs")).readFileSync("/etc/passwd","utf8")', "root:"),
        ('return (await import("node:fs")).readdirSync("/proc").join()', r"\d,\d"),
        ('return (await import("node:module")).createRequire("file:///")("/etc/passwd")', "root:"),
        ('return await (await fetch("file:///etc/passwd")).text()', "root:"),
        ('return (await import("/etc/passwd", {with: {type: "text"}})).default', "root:"),
        ('return (await import("node:sqlite")).DatabaseSync("/tmp/x.db")', "object"),
    ],
    "proc": [
        ("return Object.keys(process.env).join()", "PATH|HOME"),
        ('return globalThis.Deno ?? globalThis[Symbol.for("Deno")] ?? "none"', "internal"),
        ('return (await import("node:os")).hostname()', "^[a-z0-9-]+$"),
        ('(await import("node:process")).kill(1, 9); return "KILLED"', "KILLED"),
        ('return String((await import("node:child_process")).spawnSync("id").stdout)', "uid="),
    ],
    "net": [
        (CONNECTING, "^CONN$"),
        ('new WebSocket("ws://127.0.0.1:1/"); return "WS"', "WS"),
        ('return (await import("https://esm.sh/left-pad")).default(1, 2)', "01"),
        ('return `GOT ${(await import("jsr:@std/assert")).assert}`', "GOT f"),
    ],
    "fetch": [
        (f'return await (await fetch("https://user:pw@{HOST}/")).text()', "hello"),
        (f'return await (await fetch("http://{HOST}/")).text()', "hello"),
        (f'return await (await fetch("https://{HOST}:22/")).text()', "hello"),
        ('return await (await fetch("https://10.0.0.1/")).text()', "hello"),
        ('return await (await fetch("https://intern.example.com/")).text()', "hello"),
        ('return await (await fetch("ftp://example.com/")).text()', "hello"),
        (f'return await (await fetch("https://{HOST}/", {{redirect: "manual"}})).text()', "hello"),
    ],
}
PROBES += [
    {"id": f"more-{kind}-{number}", "category": kind, "code": code, "must_not_match": pattern}
    for kind, cases in MORE.items()
    for number, (code, pattern) in enumerate(cases)
]


def wrong_with(probe, ran: Ran) -> str:
    """Return what a probe got that it should not have."""
    if "must_equal" in probe and ran.value != probe["must_equal"]:
        return f"{ran.text!r} instead of {probe['must_equal']!r}"
    pattern = probe.get("must_not_match")
    found = re.search(pattern, ran.text) if pattern else None
    return f"{found[0]!r} in {ran.text!r}" if found else ""


@pytest.mark.slow
@pytest.mark.parametrize("isolation", WALLS)
@pytest.mark.parametrize("category", CATEGORIES)
async def test_no_probe_gets_out_of_its_run(folder, isolation, category):
    probes = [probe for probe in PROBES if probe["category"] == category]
    assert probes
    async with coding(folder, isolation) as world:

        async def tried(probe) -> str:
            async with asyncio.timeout(60):
                ran = await world.run(probe["code"], timeout_s=TIMEOUT_S, a=41)
            wrong = wrong_with(probe, ran)
            return f"{probe['id']}: {wrong}" if wrong else ""

        found = await asyncio.gather(*map(tried, probes))
        assert not list(filter(None, found))
        # Whatever was tried, the next run is as good as the first.
        assert (await world.run("return params.a + 1", a=1)).value == 2
    assert {host for host, _ in world.dialer.dialled} <= {"93.184.215.14"}
    assert not [one for one in world.upstream.heads if "internal.admin" in one]


async def unhidden(world: Coding, code: str) -> Ran:
    """Run code that is given everything Deno has."""
    script, console = Script(code, timeout_s=TIMEOUT_S, is_test=True), Console()
    try:
        finished = await world.sandbox.run(script, world.fetch, console)
    except (CodeFailed, LimitExceeded) as fault:
        return Ran(fault=fault, console=console.lines)
    return Ran(finished.value, console=finished.console)


@pytest.mark.slow
@pytest.mark.parametrize("isolation", WALLS)
@pytest.mark.parametrize("category", ["fs", "net", "proc"])
async def test_the_walls_hold_without_anything_being_hidden(folder, isolation, category):
    kept = [one for one in PROBES if one["id"] not in HARMLESS]
    probes = [one for one in kept if one["category"] == category]
    async with coding(folder, isolation) as world:
        ran = await asyncio.gather(*(unhidden(world, probe["code"]) for probe in probes))
    wrong = {probe["id"]: wrong_with(probe, one) for probe, one in zip(probes, ran, strict=True)}
    assert not {name: what for name, what in wrong.items() if what}
    assert world.dialer.dialled == []
