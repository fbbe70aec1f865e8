"""The numbers of an evaluation, from its single results."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from deftly.agent.evaluation import judging
from deftly.agent.evaluation.running import CaseResult, StepResult
from deftly.values import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """The share as a number from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    def wire(self) -> JsonObject:
        """Return the JSON object of the output."""
        ratio = self.ratio
        return {
            "right": self.part,
            "of": self.whole,
            "share": None if ratio is None else round(ratio, 4),
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """What an evaluation comes to.

    Attributes:
        kinds: Cases that are right in every step, by kind.
        calls: Messages that should lead to calls and led to exactly these.
        actions: The same, whatever the arguments.
        asked: Messages without a needed argument, after which it was asked for.
        continued: Answers to such a question that led to the right call.
        false_calls: Messages that should lead to no call and led to one.
        automatic_writes: In cases that forbid them: writes nobody was asked about.
        median_ms: Of a message's turn.
        p95_ms: The turn that 95 of 100 are faster than.
    """

    overall: Share
    kinds: dict[str, Share]
    calls: Share
    actions: Share
    asked: Share
    continued: Share
    false_calls: Share
    automatic_writes: int
    median_ms: float
    p95_ms: float

    def wire(self) -> JsonObject:
        """Return the JSON object of the output."""
        return {
            "overall": self.overall.wire(),
            "kinds": {kind: share.wire() for kind, share in self.kinds.items()},
            "calls": self.calls.wire(),
            "actions": self.actions.wire(),
            "missingAsked": self.asked.wire(),
            "continued": self.continued.wire(),
            "falseCalls": {"calls": self.false_calls.part, "of": self.false_calls.whole},
            "automaticWrites": self.automatic_writes,
            "medianMs": round(self.median_ms, 1),
            "p95Ms": round(self.p95_ms, 1),
        }


def score(results: Sequence[CaseResult]) -> Scores:
    """Return the scores of some results."""
    steps = [step for result in results for step in result.steps]
    after = [step for result in results for step in result.steps[1:] if step.step.calls]
    kinds = dict.fromkeys(result.case.kind for result in results)
    times = sorted(step.took_ms for step in steps)
    guarded = (result for result in results if result.case.no_automatic_write)
    return Scores(
        overall=_share(results, lambda result: result.is_right),
        kinds={
            kind: _share((r for r in results if r.case.kind == kind), lambda r: r.is_right)
            for kind in kinds
        },
        calls=_share((step for step in steps if step.step.calls), lambda step: step.is_right),
        actions=_share((step for step in steps if step.step.calls), _right_actions),
        asked=_share((step for step in steps if step.step.asks), lambda step: step.is_right),
        continued=_share(after, lambda step: step.is_right),
        false_calls=_share((s for s in steps if _nothing_to_call(s)), lambda s: bool(s.made)),
        automatic_writes=sum(result.automatic_writes for result in guarded),
        median_ms=_at(times, 0.5),
        p95_ms=_at(times, 0.95),
    )


def _share(
    items: "Iterable[CaseResult] | Iterable[StepResult]", is_in: "Callable[..., bool]"
) -> Share:
    verdicts = [is_in(each) for each in items]
    return Share(sum(verdicts), len(verdicts))


def _right_actions(step: StepResult) -> bool:
    return judging.same_tools(step.step.calls or (), step.made)


def _nothing_to_call(step: StepResult) -> bool:
    return step.step.calls == () and not step.step.asks


def _at(times: Sequence[float], share: float) -> float:
    """Return the value that this share of the times does not exceed; 0 of none."""
    return times[max(0, math.ceil(share * len(times)) - 1)] if times else 0.0


_REPLY_SHOWN: Final = 2000


def result_wire(result: CaseResult) -> JsonObject:
    """Return one case as JSON: what was expected, what was done, what was said."""
    steps: list[JsonValue] = [_step_wire(each) for each in result.steps]
    return {
        "id": result.case.id,
        "kind": result.case.kind,
        "right": result.is_right,
        "automaticWrites": result.automatic_writes,
        "steps": steps,
    }


def _step_wire(result: StepResult) -> JsonObject:
    expected = result.step.calls
    made: list[JsonValue] = [
        {"tool": call.tool, "arguments": call.arguments, "asked": call.asked}
        for call in result.made
    ]
    wanted: list[JsonValue] = [
        {"tool": call.tool, "arguments": call.arguments} for call in expected or ()
    ]
    return {
        "say": result.step.say,
        "right": result.is_right,
        "expected": None if expected is None else wanted,
        "asks": list(result.step.asks),
        "calls": made,
        "reply": result.reply[:_REPLY_SHOWN],
        "tookMs": round(result.took_ms, 1),
        **({"fault": result.fault} if result.fault else {}),
    }
