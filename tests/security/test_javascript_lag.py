"""Nobody else waits for code, whatever it does: measured on the server's loop."""

import json
from pathlib import Path

import pytest

from tests.coding import HOST, Coding, coding, watching_the_loop
from tests.unit.egress.doubles import reply

PROBES = json.loads((Path(__file__).parents[1] / "fixtures" / "sandbox_js_probes.json").read_text())
MORE = (
    "for (;;) console.log('x'.repeat(1000))",
    "for (;;) console.log()",
    "return Array(60000).fill([1])",
    "return Array(12000).fill(12345678901234567890)",
    "return Array(50000).fill(null)",
    "return '\\u0000'.repeat(40000)",
    "return Object.fromEntries(Array.from({length: 15000}, (_, n) => [n, n]))",
    f"await Promise.all(Array.from({{length: 20}}, () => fetch('https://{HOST}/big')))",
    f"for (;;) await fetch('https://{HOST}/', {{method: 'POST', body: 'x'.repeat(2e6)}})",
    f"await fetch('https://{HOST}/?' + 'x'.repeat(1e6))",
    f"await fetch('https://{HOST}/', {{headers: {{a: 'x'.repeat(1e5)}}}})",
)
CODES = [probe["code"] for probe in PROBES if probe["category"] in {"resource", "fetch"}]
LIMIT_S = 0.05
TRIES = 2


def answer(request: bytes) -> bytes:
    return reply(b"x" * 1_000_000 if b"/big" in request[:100] else b"{}")


async def lag_of(world: Coding, code: str) -> float:
    """Return the least of some tries: what else this machine does is no fault of the code."""
    lags = []
    for _ in range(TRIES):
        async with watching_the_loop() as lag:
            await world.run(code, timeout_s=1.0)
        lags.append(lag.worst_s)
        if lag.worst_s < LIMIT_S:
            break
    return min(lags)


@pytest.mark.speed
@pytest.mark.slow
async def test_no_code_holds_up_the_loop(folder):
    async with coding(folder, answer=answer) as world:
        lags = {code: await lag_of(world, code) for code in (*CODES, *MORE)}
    slow = {code: round(lag_s * 1000) for code, lag_s in lags.items() if lag_s >= LIMIT_S}
    assert not slow
