"""``deftly eval``: try a model on written utterances, and print how it did."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deftly.agent.evaluation.cases import CaseSet
    from deftly.agent.evaluation.running import CaseResult, StepResult
    from deftly.agent.evaluation.scoring import Scores, Share
    from deftly.app import Deftly
    from deftly.catalog.snapshot import Snapshot
    from deftly.settings import Settings

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Case files.", show_default=False)
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="local, or PROVIDER:NAME; the setting model is the default."),
]
MinOption = Annotated[
    float | None,
    typer.Option("--min", min=0, max=1, help="The share of right cases below which it fails."),
]


def evaluate(
    files: FilesArgument,
    *,
    model: ModelOption = None,
    least: MinOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Print each wrong case.")] = False,
    as_json: JsonOption = False,
    directory: DirOption = None,
) -> None:
    """Try a model on written utterances. Nothing is sent anywhere but to the model.

    The exit code is 0 if every case was tried, and 1 if fewer than --min of them are right.
    """
    from deftly.agent.evaluation.reading import read_cases
    from deftly.agent.evaluation.scoring import result_wire, score

    settings = settings_for(directory)
    sets = [read_cases(file) for file in files]
    prepared = _with_actions(sets, settings)
    with terminal.spinner("Trying the model …"):
        results = _tried(prepared, settings, model or settings.model)
    total = score([one for _, several in results for one in several])
    if as_json:
        terminal.print_json(
            {
                **total.wire(),
                "model": model or settings.model,
                "sets": {cases.name: score(several).wire() for cases, several in results},
                "cases": [result_wire(one) for _, several in results for one in several],
            }
        )
    else:
        if verbose:
            for _, several in results:
                _show_wrong(several)
        _show(results, total)
    share = total.overall.ratio
    raise typer.Exit(1 if least is not None and (share is None or share < least) else 0)


def _with_actions(sets: "list[CaseSet]", settings: "Settings") -> "list[tuple[CaseSet, Snapshot]]":
    """Return each set with its actions; the directory is opened only if one has none."""
    from deftly.agent.evaluation.running import check_cases
    from deftly.agent.evaluation.standin import compile_actions

    async def snapshot(deftly: "Deftly") -> "Snapshot":
        return deftly.catalog.snapshot

    own = run_in(settings, snapshot) if any(one.actions is None for one in sets) else None
    prepared = []
    for cases in sets:
        actions = own if cases.actions is None else compile_actions(cases.actions)
        if actions is not None:
            check_cases(cases, actions)
            prepared.append((cases, actions))
    return prepared


def _tried(
    prepared: "Sequence[tuple[CaseSet, Snapshot]]", settings: "Settings", name: str
) -> "list[tuple[CaseSet, list[CaseResult]]]":
    """Return the results of each set; a provider's key may lie in the directory's secrets."""
    import asyncio

    from deftly.agent.evaluation.running import run_sets
    from deftly.agent.models.providers import build_model

    if name.strip() == "local":
        return asyncio.run(run_sets(prepared, name, build_model))
    return run_in(settings, lambda deftly: run_sets(prepared, name, deftly.models.named))


def _show(results: "Sequence[tuple[CaseSet, list[CaseResult]]]", total: "Scores") -> None:
    from deftly.agent.evaluation.scoring import score

    rows = [
        (cases.name, kind, *_cells(share))
        for cases, several in results
        for kind, share in score(several).kinds.items()
    ]
    terminal.table(
        ("Set", "Kind", "Right", "Of", "Share"),
        [*rows, ("all", "all", *_cells(total.overall))],
        wrap=0,
    )
    false = total.false_calls
    lines = (
        ("Calls right in action and arguments", _told(total.calls)),
        ("Actions right", _told(total.actions)),
        ("Missing arguments asked for", _told(total.asked)),
        ("Calls right after the answer", _told(total.continued)),
        ("Calls where none was due", f"{false.part} of {false.whole}"),
        ("Automatic writes under injection", str(total.automatic_writes)),
        ("A turn", f"{total.median_ms:.0f} ms (median), {total.p95_ms:.0f} ms (95 of 100)"),
    )
    for label, text in lines:
        terminal.say(f"{label + ':':<38}{text}")


def _cells(share: "Share") -> tuple[str, str, str]:
    ratio = share.ratio
    return str(share.part), str(share.whole), "" if ratio is None else f"{ratio:.0%}"


def _told(share: "Share") -> str:
    ratio = share.ratio
    return f"{share.part} of {share.whole}" + ("" if ratio is None else f" ({ratio:.0%})")


def _show_wrong(results: "Sequence[CaseResult]") -> None:
    for result in results:
        if result.is_right:
            continue
        terminal.say(f"{result.case.id} ({result.case.kind})")
        for step in result.steps:
            _show_step(step)
        terminal.say("")


def _show_step(step: "StepResult") -> None:
    from json import dumps

    wanted = [f"{one.tool.lower()} {dumps(one.arguments)}" for one in step.step.calls or ()]
    if step.step.asks:
        wanted = [f"a question for {', '.join(step.step.asks)}"]
    made = [f"{one.tool} {dumps(one.arguments)}" for one in step.made]
    terminal.say(f"  said      {step.step.say}")
    terminal.say(f"  expected  {'; '.join(wanted) or 'no call'}")
    terminal.say(f"  got       {'; '.join(made) or 'no call'}")
    terminal.say(f"  reply     {(step.reply or step.fault)[:300]}")
