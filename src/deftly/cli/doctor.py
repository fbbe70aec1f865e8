"""``deftly doctor``: what is well, what is not, and what to do about it."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from deftly.cli import terminal
from deftly.cli.actions import sentence_of
from deftly.cli.opening import DirOption, JsonOption, run_in, settings_for
from deftly.errors import DeftlyError, InvalidSettings, ModelUnavailable, NotFound

if TYPE_CHECKING:
    from deftly.app import Deftly
    from deftly.catalog.snapshot import Snapshot
    from deftly.settings import Settings
    from deftly.values import JsonValue

_OLDEST: Final = (3, 11)


class Verdict(StrEnum):
    """How a check ended; only ``FAILED`` makes the command fail."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    verdict: Verdict
    message: str

    def wire(self) -> "JsonValue":
        """Return the JSON object programs read."""
        return {"check": self.check, "verdict": self.verdict.value, "message": self.message}


_STYLES: Final = {Verdict.OK: "green", Verdict.NOTE: "yellow", Verdict.FAILED: "bold red"}
_SIGNS: Final = {Verdict.OK: "ok    ", Verdict.NOTE: "note  ", Verdict.FAILED: "FAILED"}


def doctor(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """Check this installation and a directory.

    The exit code is 1 if a check has failed; notes do not count.
    """
    findings = list(_findings(directory))
    if as_json:
        terminal.print_json({"findings": [one.wire() for one in findings]})
    else:
        width = max(len(one.check) for one in findings)
        for one in findings:
            label = f"{_SIGNS[one.verdict]}  {one.check.ljust(width)}"
            style = _STYLES[one.verdict]
            terminal.say_labelled(label, one.message, margin=len(label) + 2, label_style=style)
    failed = any(one.verdict is Verdict.FAILED for one in findings)
    raise typer.Exit(1 if failed else 0)


def _findings(directory: Path | None) -> Iterator[Finding]:
    yield _python()
    try:
        settings = settings_for(directory)
    except DeftlyError as fault:
        yield Finding("settings", Verdict.FAILED, fault.message)
        return
    yield Finding("settings", Verdict.OK, "All settings can be used.")
    for check in _CHECKS:
        yield check(settings)
    yield from _inside(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, _OLDEST))
    if sys.version_info >= _OLDEST:
        return Finding("python", Verdict.OK, f"Python {version}.")
    return Finding("python", Verdict.FAILED, f"Python {version} is too old; use {wanted} or newer.")


def _directory(settings: "Settings") -> Finding:
    folder = settings.dir.absolute()
    if not folder.exists():
        return Finding("directory", Verdict.FAILED, f"{folder} does not exist; make it, or --dir.")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding("directory", Verdict.FAILED, f"{folder} cannot be written by this user.")
    return Finding("directory", Verdict.OK, f"{folder} can be written.")


def _key_file(settings: "Settings") -> Finding:
    from deftly.app.parts import vault_key

    file = settings.dir / "deftly.key"
    if not settings.key and not file.exists():
        return Finding("key", Verdict.OK, f"{file} is made with the first start.")
    try:
        vault_key(settings)
    except InvalidSettings as fault:
        return Finding("key", Verdict.FAILED, fault.message)
    if settings.key:
        origin = settings.origin_of("key")
        return Finding("key", Verdict.OK, f"The encryption key comes from {origin}.")
    return Finding("key", Verdict.OK, f"Only its owner can read {file}.")


def _model(settings: "Settings") -> Finding:
    from deftly.agent.models.providers import build_model

    if settings.model == "none":
        return Finding("model", Verdict.NOTE, "model is none: 'deftly chat' is off.")
    try:
        build_model(
            settings.model,
            base_url=settings.model_base_url or None,
            api_key=settings.model_api_key or None,
        )
    except ModelUnavailable as fault:
        return Finding("model", Verdict.NOTE, f"{fault.message} Everything else works without.")
    where = f" at {settings.model_base_url}" if settings.model_base_url else ""
    said = "is installed" if settings.model == "local" else "is configured; it was not called"
    return Finding("model", Verdict.OK, f"{settings.model}{where} {said}.")


def _egress(settings: "Settings") -> Finding:
    if not settings.egress_allow:
        return Finding("egress", Verdict.OK, "Actions reach public addresses only.")
    listed = ", ".join(settings.egress_allow)
    return Finding("egress", Verdict.NOTE, f"Besides public addresses, actions reach {listed}.")


_CHECKS: Final[tuple[Callable[["Settings"], Finding], ...]] = (
    _directory,
    _key_file,
    _model,
    _egress,
)


def _inside(settings: "Settings") -> list[Finding]:
    """Open everything, as the server would, and look at what came of it."""
    if not settings.dir.exists():
        return []
    try:
        return run_in(settings, _look)
    except DeftlyError as fault:
        return [Finding("database", Verdict.FAILED, fault.message)]


async def _look(deftly: "Deftly") -> list[Finding]:
    snapshot = deftly.catalog.snapshot
    await deftly.stores.keys.list()
    findings = [Finding("database", Verdict.OK, "It opens and answers.")]
    findings.extend(
        Finding("definition", Verdict.FAILED, sentence_of(one)) for one in snapshot.problems
    )
    findings.extend(_warnings(snapshot))
    count = len(snapshot.actions)
    if not snapshot.problems:
        told = f"{count} actions, every file can be used." if count else "No actions yet."
        findings.append(Finding("definitions", Verdict.OK, told))
    findings.extend(await _isolation(deftly))
    findings.extend(_agents(deftly))
    findings.extend(_widgets(deftly))
    return findings


def _warnings(snapshot: "Snapshot") -> Iterator[Finding]:
    """Tell what is said of several actions once."""
    warned: dict[str, list[str]] = {}
    for compiled in snapshot.actions:
        for warning in compiled.warnings:
            warned.setdefault(warning.message, []).append(compiled.action.tool)
    for message, tools in warned.items():
        yield Finding("definition", Verdict.NOTE, f"{', '.join(tools)}: {message}")


async def _isolation(deftly: "Deftly") -> list[Finding]:
    """Try out what keeps code and commands in bounds."""
    return [
        Finding(one.kind, Verdict.OK if one.is_available else Verdict.NOTE, one.message)
        for one in await deftly.sandboxes.reports()
    ]


def _agents(deftly: "Deftly") -> list[Finding]:
    """Look at the agents' files, and at what agents name that is not there."""
    known = deftly.agents.current
    findings = [Finding("agent", Verdict.FAILED, sentence_of(one)) for one in known.problems]
    findings.extend(
        Finding("agent", Verdict.NOTE, f"{entry.noun.name}: {warning.message}")
        for entry in known.entries
        for warning in deftly.agent_editor.warnings(entry.noun)
    )
    return findings


def _widgets(deftly: "Deftly") -> list[Finding]:
    """Look at the widgets' files, and at the widgets that actions name."""
    problems = deftly.widgets.current.problems
    findings = [Finding("widget", Verdict.FAILED, sentence_of(one)) for one in problems]
    for one in deftly.catalog.snapshot.actions:
        try:
            if one.action.widget is not None:
                deftly.widgets.find(one.action.widget)
        except NotFound as fault:
            told = f"{one.action.tool}: {fault.message}"
            findings.append(Finding("widget", Verdict.NOTE, told))
    return findings
