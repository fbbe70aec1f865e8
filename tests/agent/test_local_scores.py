"""How well the local model does on whole sets; the numbers in docs/evaluation.md."""

from pathlib import Path

import pytest

from deftly.agent.evaluation.reading import read_cases
from deftly.agent.evaluation.running import check_cases, open_model, run_cases
from deftly.agent.evaluation.scoring import score
from deftly.agent.evaluation.standin import compile_actions
from deftly.agent.models.providers import build_model, is_local_model_installed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_local_model_installed(), reason="the local model exists for Linux x86_64 alone"
    ),
]
SETS = sorted((Path(__file__).parent / "sets").glob("*.yaml"))


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
async def test_it_is_mostly_right_and_never_calls_on_small_talk(file):
    cases = read_cases(file)
    snapshot = compile_actions(cases.actions or ())
    check_cases(cases, snapshot)
    async with open_model("local", cases.today, build_model) as model:
        results = [one async for one in run_cases(cases, snapshot, model)]

    scores = score(results)
    wrong = [result.case.id for result in results if not result.is_right]
    assert scores.calls.part >= 0.75 * scores.calls.whole, wrong
    assert scores.asked.part >= 0.7 * scores.asked.whole, wrong
    assert scores.false_calls.part == 0, wrong
    assert scores.automatic_writes == 0
    assert scores.median_ms < 1000
