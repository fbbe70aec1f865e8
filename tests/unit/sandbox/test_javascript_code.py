"""What the owner of a code action sees: values, errors with their lines, the console."""

import pytest
import pytest_asyncio

from deftly.errors import CodeFailed, LimitExceeded
from tests.coding import HOST, coding

pytestmark = pytest.mark.asyncio(loop_scope="module")

SIGNING = """
const kind = {name: "HMAC", hash: "SHA-256"};
const key = await crypto.subtle.importKey("raw", new Uint8Array(8), kind, false, ["sign"]);
return (await crypto.subtle.sign("HMAC", key, new Uint8Array(1))).byteLength;
"""
ZIPPING = """
const zip = new Blob(["x".repeat(1000)]).stream().pipeThrough(new CompressionStream("gzip"));
return (await new Response(zip).arrayBuffer()).byteLength < 100;
"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def world(tmp_path_factory):
    async with coding(tmp_path_factory.mktemp("coding")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("return params.a + 1", 42),
        ("return", "Done"),
        ("params.a", "Done"),
        ("return null", None),
        ("return [1, 'two', {three: 3.5}, true, null]", [1, "two", {"three": 3.5}, True, None]),
        ("return {a: undefined, b: () => 1}", {}),
        ("return new Date(0)", "1970-01-01T00:00:00.000Z"),
        ("return new URL('/b?c=1', 'https://x.example/a').href", "https://x.example/b?c=1"),
        ("return [...new URLSearchParams({q: 'é'})].join()", "q,é"),
        ("return await new Promise((done) => setTimeout(done, 5, 'later'))", "later"),
        ("return structuredClone({a: new Map([[1, 2]])}).a.get(1)", 2),
        ("return btoa('hi') + atob('aGk=')", "aGk=hi"),
        ("return Buffer.from('aGk=', 'base64').toString()", "hi"),
        ("return new Intl.NumberFormat('en').format(1234.5)", "1,234.5"),
        ("return crypto.randomUUID().length", 36),
        ("return new Blob(['ab', 'c']).text()", "abc"),
        ("return new Response('{\"a\":1}').json()", {"a": 1}),
        ("return AbortSignal.timeout(1000).aborted", False),
        ("return typeof WebAssembly + typeof Deno + typeof process", "undefined" * 3),
        ("var fetch = 1; return fetch", 1),
        ("'use strict'; return this === undefined", True),
        ("// the last line is a comment", "Done"),
        ("return JSON.parse('{\"__proto__\": 1}')", {"__proto__": 1}),
        ("Object.prototype.toJSON = () => 'mine'; return {a: 1}", "mine"),
        ("Array.prototype.map = Array.prototype.flat = () => 1; return [1]", [1]),
        ("return 12345678901234567890", 12345678901234567000),
        ("return '\\u0000\\u2028é😀'", "\0\u2028é😀"),
        (SIGNING, 32),
        (ZIPPING, True),
    ],
)
async def test_the_code_returns_any_json(world, code, value):
    ran = await world.run(code, a=41)
    assert ran.fault is None
    assert ran.value == value


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("null.x", "TypeError: Cannot read properties of null (reading 'x') (line 1)"),
        ("\n\nparams.nope()", "TypeError: params.nope is not a function (line 3)"),
        ("let a = 1;\nlet b = ;", "SyntaxError: Unexpected token ';' (line 2)"),
        ("return 1;\n}\n", "SyntaxError: Unexpected token '}' (line 2)"),
        ("let a;\nlet a;", "SyntaxError: Identifier 'a' has already been declared (line 2)"),
        ("\nthrow new Error('a\\nb')", "Error: a\nb (line 2)"),
        ("\nthrow new RangeError('no.')", "RangeError: no (line 2)"),
        ("throw 'plain'", '"plain"'),
        ("throw null", "null"),
        ("throw {a: 1}", "{ a: 1 }"),
        ("await Promise.reject(new Error('x'))", "Error: x (line 1)"),
        ("function f() {\n  throw new Error('deep')\n}\nf()", "Error: deep (line 2)"),
        ("\nawait fetch('/x')", "TypeError: Invalid URL: '/x' (line 2)"),
        ("\nawait fetch('http://127.0.0.1/')", " (line 2)"),
        ("return Deno.cwd()", "nothing of Deno or Node (line 1)"),
        ("return require('fs')", "nothing of Deno or Node (line 1)"),
        ("throw {get message() { for (;;) {} }, toString: 1}", "{ message: [Getter]"),
        ("throw new Proxy(new Error('x'), {get() { throw 1 }})", "an error that cannot be shown"),
        ("throw Object.assign(new Error('x'), {stack: {}})", "Error: x"),
        ("return 10n", "The result holds a BigInt, which is not JSON: use String()."),
        ("return {a: [1, 10n]}", 'The result holds a BigInt at "1", which is not JSON'),
        ("return {ratio: 1 / 0}", 'The result holds Infinity at "ratio", which is not JSON.'),
        ("return NaN", "The result holds NaN, which is not JSON."),
        ("return () => 1", "The result is a function, which is not JSON."),
        ("return Symbol('x')", "The result is a symbol, which is not JSON."),
        ("const o = {}; o.o = o; return o", "The result holds itself, which JSON cannot."),
        ("return {toJSON() { throw new Error('mine') }}", "Error: mine (line 1)"),
        ("return '\\ud800'", "The result is not JSON: "),
        ("let o = []; for (let i = 0; i < 300; i++) o = [o]; return o", "deeper than 200 levels"),
        ("let o = []; for (let i = 0; i < 3e4; i++) o = [o]; return o", "call stack size"),
        ("return secrets[params.name]", "There is no secret KEY: write secrets.KEY in the code"),
    ],
)
async def test_an_error_says_what_and_where(world, code, message):
    ran = await world.run(code, name="KEY")
    assert isinstance(ran.fault, CodeFailed)
    assert message in ran.fault.message


async def test_console_lines_come_with_their_levels_and_in_order(world):
    ran = await world.run(
        "console.log('a', 1, {b: [2]}); console.info('i'); console.warn('w'); console.error('e');"
        "console.debug('d'); console.group('g'); console.log('in'); console.groupEnd();"
        "console.assert(true, 'no'); console.assert(false, 'yes'); console.count(); console.log()"
    )
    assert [(line.level, line.text) for line in ran.console] == [
        ("log", "a 1 { b: [ 2 ] }"),
        ("info", "i"),
        ("warn", "w"),
        ("error", "e"),
        ("debug", "d"),
        ("log", "g"),
        ("log", "  in"),
        ("error", "Assertion failed: yes"),
        ("log", "default: 1"),
        ("log", ""),
    ]


async def test_an_error_on_the_console_has_its_line_and_nothing_of_the_runner(world):
    ran = await world.run("\nconsole.error(new TypeError('odd'), {a: 1})")

    assert [line.text for line in ran.console] == ["TypeError: odd (line 2) { a: 1 }"]


@pytest.mark.parametrize("ends", ["null.x", "for (;;) {}", "return 10n", "return 'x'.repeat(1e6)"])
async def test_the_console_of_a_failed_run_is_kept(world, ends):
    ran = await world.run(f"console.log('before'); {ends}", timeout_s=0.5)
    assert ran.fault is not None
    assert [line.text for line in ran.console] == ["before"]


@pytest.mark.parametrize(
    "code",
    [
        "console.log('x'.repeat(1e7)); console.log('more')",
        "for (let i = 0; i < 1e5; i++) console.log('é'.repeat(50))",
        "for (let i = 0; i < 1e5; i++) console.log()",
        "for (const n of Array(3000)) console.log('y'.repeat(n ?? 99), {a: 'y'.repeat(1e4)})",
    ],
)
async def test_a_long_console_is_cut_and_says_so(world, code):
    ran = await world.run(f"{code}; return 'went on'")
    assert ran.value == "went on"
    *kept, last = ran.console
    assert last.level == "warn"
    assert "left out" in last.text
    assert len(kept) <= 1_000
    assert sum(len(line.text.encode()) for line in kept) <= 64 * 1024


async def test_what_nobody_catches_is_written_to_the_console(world):
    ran = await world.run(
        "setTimeout(() => {\n throw new Error('late') }, 1);\nPromise.reject(new Error('left'));\n"
        "await new Promise((done) => setTimeout(done, 30)); return 'fine'"
    )
    assert ran.value == "fine"
    assert {line.text for line in ran.console} == {
        "Nobody caught this error: Error: late (line 2)",
        "Nobody caught this rejection: Error: left (line 3)",
    }


async def test_a_run_leaves_nothing_for_the_next_one(world):
    await world.run("globalThis.kept = 1; Object.prototype.kept = 2; Array.prototype.join = null")
    assert (await world.run("return [typeof kept, [1, 2].join()]")).value == ["undefined", "1,2"]


async def test_a_result_over_its_limit_is_told_as_such(world):
    fits = await world.run("return 'x'.repeat(256 * 1024 - 2)")
    assert fits.fault is None
    for code in ("return 'x'.repeat(256 * 1024 - 1)", "return 'x'.repeat(2 ** 28)"):
        ran = await world.run(code)
        assert isinstance(ran.fault, LimitExceeded)
        assert ran.fault.message == "The result is longer than 256 KiB of JSON."


async def test_a_long_result_is_cut_for_the_model(world):
    ran = await world.run("return 'x'.repeat(30000)")
    assert ran.result is not None
    assert ran.result.shorten is not None
    assert ran.result.shorten(ran.value) == {"data": "x" * 20_000, "truncated": True}


async def test_a_person_is_shown_the_code_and_its_arguments(world):
    prepared = world.prepare(f"return fetch('https://{HOST}/')", a=41)
    assert (prepared.method, prepared.host) == ("RUN", "the JavaScript sandbox")
    assert prepared.shown == {
        "method": "RUN",
        "url": "the JavaScript sandbox",
        "body": '{"a":41}',
        "code": f"return fetch('https://{HOST}/')",
    }
