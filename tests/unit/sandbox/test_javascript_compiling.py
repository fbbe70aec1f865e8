"""Whether code compiles: asked of the engine, which runs nothing of it and has its limits."""

import asyncio
from contextlib import suppress

import pytest
import pytest_asyncio

from deftly.errors import CodeFailed, HandlerUnavailable, LimitExceeded
from deftly.sandbox.javascript.script import BrokenCode
from tests.coding import WALLS, coding

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
CLOSERS = (
    "}}); {}; (async () => {{",
    "}}\n{} async function other() {{",
    "}}), {}, (async function () {{",
    "}} }} {} {{ {{",
)
HUGE = {
    "brackets": "[" * 1_000_000,
    "braces": "{" * 1_000_000,
    "templates": "`${" * 100_000,
    "a long sum": "a" + "+a" * 1_000_000,
    "a long line": f"// {'x' * 8_000_000}",
    "many statements": "a;" * 2_000_000,
    "a long text": f"'{'x' * 8_000_000}'",
    "functions in functions": "(()=>{" * 100_000,
    "a long error": f"a {'b' * 1_000_000}",
}


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=WALLS)
async def world(tmp_path_factory, request):
    async with coding(tmp_path_factory.mktemp("coding"), request.param) as opened:
        yield opened


@pytest.mark.parametrize("closer", CLOSERS)
@pytest.mark.parametrize("evil", ["console.log('ran')", "(() => { for (;;); })()"])
async def test_what_closes_the_function_is_a_syntax_error_and_never_runs(world, closer, evil):
    code = closer.format(evil)

    broken, ran = await world.sandbox.broken(code), await world.run(code)

    assert broken is not None
    assert broken.says.startswith("SyntaxError: ")
    assert isinstance(ran.fault, CodeFailed)
    assert ran.fault.message.startswith("SyntaxError: ")
    assert ran.console == ()


@pytest.mark.parametrize("name", HUGE)
async def test_a_source_of_any_size_is_over_within_the_limits_of_a_run(world, name):
    broken = None
    with suppress(LimitExceeded):  # a busy machine has its time, and no more
        broken = await world.sandbox.broken(HUGE[name])

    assert broken is None or len(broken.says) <= 2048
    assert (await world.run("return 1")).value == 1


@pytest.mark.parametrize(
    "code",
    [
        "return await fetch(params.url)",
        "'use strict'; return new.target",
        "// the last line is a comment",
        "return 1 //# sourceURL=other.js",
        "--> a comment, in old pages",
        "throw new SyntaxError('mine')",
        "for (;;) {}",
    ],
)
async def test_code_that_compiles_is_not_run(world, code):
    assert await world.sandbox.broken(code) is None


async def test_an_error_without_a_place_is_told_without_one(world):
    assert await world.sandbox.broken("#x") == BrokenCode(
        "SyntaxError: Private field '#x' must be declared in an enclosing class"
    )


async def test_runs_and_questions_wait_in_one_line(tmp_path):
    async with coding(tmp_path, concurrency=2) as world:
        asked, running = [], []
        for number in range(20):
            asked.append(asyncio.create_task(world.sandbox.broken(f"// {number}\n]")))
            running.append(asyncio.create_task(world.run(f"return {number}")))
        told, ran = await asyncio.gather(*asked), await asyncio.gather(*running)

        assert [one and one.line for one in told] == [2] * 20
        assert [one.value for one in ran] == list(range(20))
    with pytest.raises(HandlerUnavailable):
        await world.sandbox.broken("return 1")
