"""What a run may use, what it may say, and that it is stopped where it goes on."""

import asyncio

import pytest
import pytest_asyncio

from deftly.errors import CodeFailed, LimitExceeded
from deftly.sandbox.javascript.console import Console
from deftly.sandbox.javascript.script import Script
from tests.coding import HOST, WALLS, Ran, coding

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
THREADS = """
const {Worker} = await import("node:worker_threads");
for (let i = 0; i < 200; i++) new Worker("for (;;) {}", {eval: true});
await new Promise(() => {});
"""
WORKERS = """
for (let i = 0; i < 200; i++) new Worker("data:text/javascript,for(;;){}", {type: "module"});
await new Promise(() => {});
"""


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=WALLS)
async def world(tmp_path_factory, request):
    async with coding(tmp_path_factory.mktemp("coding"), request.param) as opened:
        yield opened


async def unhidden(world, code: str, timeout_s: float = 3.0) -> Ran:
    """Run code that has everything Deno has: what the walls are for."""
    script, console = Script(code, timeout_s=timeout_s, is_test=True), Console()
    try:
        finished = await world.sandbox.run(script, world.fetch, console)
    except (CodeFailed, LimitExceeded) as fault:
        return Ran(fault=fault, console=console.lines)
    return Ran(finished.value, console=finished.console)


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("const a = []; for (;;) a.push(new Array(1e5).fill(Math.random()))", "memory"),
        ("const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1))", "memory"),
        ("const a = []; for (;;) a.push(new SharedArrayBuffer(1e7))", ""),
        ("let s = 'x'; for (;;) { s += s + s; s.at(-1); s.match(/y/) }", ""),
        ("const m = new Map(); for (let i = 0; ; i++) m.set(i, {i})", ""),
        ("for (;;) {}", "after 1 s"),
        ("await new Promise(() => {})", "after 1 s"),
        ("return {toJSON() { for (;;) {} }}", "after 1 s"),
        ("throw {get [Symbol.toStringTag]() { for (;;) {} }}", ""),
        ("(function f() { queueMicrotask(f) })(); await new Promise(() => {})", "after 1 s"),
        ("setInterval(() => {}, 0); await new Promise(() => {})", "after 1 s"),
        ("/(a+)+$/.test('a'.repeat(50) + 'b'); return 1", "after 1 s"),
        ("console.log = null; for (;;) structuredClone(new Array(1e4).fill(1))", "after 1 s"),
    ],
)
async def test_code_that_goes_on_is_stopped_and_told_why(world, code, limit):
    # A busy machine takes its time to fill the memory.
    timeout_s = 10.0 if limit == "memory" else 1.0
    async with asyncio.timeout(30):
        ran = await world.run(code, timeout_s=timeout_s)
    assert ran.fault is not None
    assert limit in ran.fault.message
    assert isinstance(ran.fault, LimitExceeded) or not limit


@pytest.mark.parametrize("code", [THREADS, WORKERS])
async def test_many_threads_end_with_their_run(world, code):
    async with asyncio.timeout(20):
        ran = await unhidden(world, code, timeout_s=1.0)
    assert isinstance(ran.fault, LimitExceeded | CodeFailed)
    assert (await world.run("return 1")).value == 1


@pytest.mark.parametrize(
    "ending", ["Deno.exit(0)", "Deno.exit(7)", "close()", "Deno.kill(Deno.pid)", "process.abort()"]
)
async def test_a_process_that_ends_itself_is_told_as_such(world, ending):
    ran = await unhidden(world, f"{ending}; await new Promise(() => {{}})")
    assert isinstance(ran.fault, CodeFailed)


FRAME = "Deno.stdout.writeSync(new TextEncoder().encode({}));"


@pytest.mark.parametrize(
    "said",
    [
        "'hello\\n'",
        "'\\n'",
        "'{}\\n'",
        "'[]\\n'",
        "'null\\n'",
        "'{\"kind\":1}\\n'",
        '\'{"kind":"run"}\\n\'',
        '\'{"kind":"ready"}\\n\'',
        '\'{"kind":"returned","bytes":-1}\\n\'',
        '\'{"kind":"returned","bytes":1e99}\\n\'',
        '\'{"kind":"returned","bytes":2.5}\\n\'',
        '\'{"kind":"returned","bytes":true}\\n\'',
        '\'{"kind":"returned","bytes":"9"}\\n\'',
        '\'{"kind":"returned","bytes":99999999999999999999999}\\n\'',
        '\'{"kind":"returned","bytes":2097153}\\n\'',
        '\'{"kind":"returned","bytes":1}\\n}\'',
        '\'{"kind":"returned","bytes":3}\\nNaN\'',
        '\'{"kind":"returned","bytes":2}\\n\\xff\\xfe\'',
        '\'{"kind":"console"}\\n\'',
        '\'{"kind":"console","level":"shout"}\\n\'',
        '\'{"kind":"console","level":["log"]}\\n\'',
        '\'{"kind":"fetch"}\\n\'',
        '\'{"kind":"fetch","id":1,"size":0,"url":1,"method":"GET","headers":[]}\\n\'',
        '\'{"kind":"fetch","id":1,"size":0,"url":"","method":"","headers":[1,2]}\\n\'',
        '\'{"kind":"fetch","id":1,"size":0,"url":"","method":"","headers":["a"]}\\n\'',
        '\'{"kind":"fetch","id":1,"size":-9,"url":"","method":"","headers":[]}\\n\'',
        "'x'.repeat(3e6)",
        "'['.repeat(1e5) + '\\n'",
        "'{\"a\":'.repeat(2e4) + '\\n'",
        '\'{"kind":"abort","id":1}\\n\'.repeat(9e4)',
        '\'{"kind":"console","level":"log"}\\n\'.repeat(9e4)',
    ],
)
async def test_what_is_no_frame_ends_the_run(world, said):
    ran = await unhidden(world, f"{FRAME.format(said)} await new Promise(() => {{}})")
    assert isinstance(ran.fault, CodeFailed)
    assert len(ran.console) <= 1_001


async def test_a_forged_frame_is_no_more_than_code_could_say_anyway(world):
    returned = '\'{"kind":"returned","bytes":2}\\n42\''
    assert (await unhidden(world, FRAME.format(returned))).value == 42
    threw = '\'{"kind":"threw","limit":true,"bytes":2}\\nno\''
    assert (await unhidden(world, FRAME.format(threw))).fault is not None


async def test_a_forged_fetch_meets_the_same_guard(world):
    fetch = (
        '\'{"kind":"fetch","id":7,"size":0,"method":"GET","headers":[],'
        '"url":"http://169.254.169.254/latest/"}\\n\''
    )
    before = len(world.dialer.dialled)
    code = f"{FRAME.format(fetch)} await new Promise((done) => setTimeout(done, 100)); return 1"
    assert (await unhidden(world, code)).value == 1
    assert len(world.dialer.dialled) == before


async def test_a_secret_of_the_server_is_nowhere_inside(world, monkeypatch):
    monkeypatch.setenv("DEFTLY_CANARY", "tweet-tweet-4711")
    await world.run("return 1")  # what was started ahead did not know it yet
    await world.run("return 1")
    for code in (
        "return JSON.stringify([Object.keys(Deno), process.argv, process.title, globalThis])",
        "try { return Deno.env.toObject() } catch (e) { return String(e) }",
        'return (await import("file:///proc/self/environ", {with: {type: "text"}})).default',
        'return (await import("node:process")).env.DEFTLY_CANARY ?? "none"',
        f"return await (await fetch('https://{HOST}/')).text()",
    ):
        assert "tweet" not in (await unhidden(world, code)).text
