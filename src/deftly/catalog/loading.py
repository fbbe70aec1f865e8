"""From definition files to candidates for the catalog, file by file.

A candidate is a file that could be live. Which of two with one name is, is decided here
too, the same on every process and after every restart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from deftly.catalog.compile import CompiledAction, compile_action
from deftly.catalog.snapshot import CatalogProblem
from deftly.domain.action import id_of_name
from deftly.domain.definition import Identity, parse_action
from deftly.domain.naming import action_name
from deftly.errors import DeftlyError
from deftly.handlers.tools import HandlerTools
from deftly.store.revisions import Revision
from deftly.values import JsonObject, JsonValue, format_time, parse_time

_FIRST_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A readable definition file, compiled.

    Attributes:
        id: The action's.
        tool: The action's tool name.
        content_digest: Of all its author can change.
    """

    file: str
    sha256: str
    authored: JsonObject
    compiled: CompiledAction
    id: str
    tool: str
    content_digest: str


def candidate_of(
    file: str,
    sha256: str,
    authored: JsonObject,
    *,
    heads: Mapping[str, Revision],
    now: str,
    tools: HandlerTools,
) -> Candidate | CatalogProblem:
    """Return the file's action compiled, or what is wrong with it."""
    try:
        action = parse_action(authored, _identity(authored, heads, now))
        compiled = compile_action(action, tools)
        digest = action.content_digest
        return Candidate(file, sha256, authored, compiled, action.id, action.tool, digest)
    except DeftlyError as fault:
        return problem_of(file, fault)


def problem_of(file: str, fault: DeftlyError) -> CatalogProblem:
    """Return what is wrong with a file in words for whoever can mend it."""
    sentences = [problem.message for problem in fault.details] or [fault.message]
    return CatalogProblem(
        file=file,
        line=None,
        message=" ".join(sentences),
        fix="Correct it and save the file.",
        field=fault.details[0].path if fault.details else "",
    )


def _identity(authored: JsonObject, heads: Mapping[str, Revision], now: str) -> Identity:
    """Return who the file says it is; what it does not say comes from its history."""
    given = authored.get("id")
    found = given if isinstance(given, str) and given else id_of_name(_name(authored))
    head = heads.get(found)
    created = _time(authored.get("createdAt")) or (head and _time(head.definition.get("createdAt")))
    updated = max(_time(authored.get("updatedAt")) or "", head.at if head else "")
    return Identity(
        id=found,
        version=head.version if head else _version(authored.get("version")),
        created_at=created or now,
        updated_at=updated or now,
    )


def _name(authored: JsonObject) -> str:
    given = authored.get("name")
    try:
        return action_name(given) if isinstance(given, str) else ""
    except DeftlyError:
        return ""


def _version(given: JsonValue) -> int:
    usable = isinstance(given, int) and not isinstance(given, bool) and given >= _FIRST_VERSION
    return given if usable and isinstance(given, int) else _FIRST_VERSION


def _time(given: JsonValue) -> str | None:
    try:
        return format_time(parse_time(given)) if isinstance(given, str) else None
    except ValueError:
        return None


def settle_names(
    candidates: Iterable[Candidate], heads: Mapping[str, Revision]
) -> tuple[list[Candidate], list[CatalogProblem]]:
    """Return who is live where two files claim one name or one id, and what the others are told.

    The file that had it before keeps it; among new ones the file named after its tool
    wins, then the first by name.
    """

    def claim(one: Candidate) -> tuple[bool, bool, str]:
        head = heads.get(one.id)
        return (head is None or head.file != one.file, one.file != f"{one.tool}.yaml", one.file)

    live: list[Candidate] = []
    problems: list[CatalogProblem] = []
    tools: dict[str, str] = {}
    ids: dict[str, str] = {}
    for one in sorted(candidates, key=claim):
        if one.tool in tools:
            problems.append(_taken(one, "name", one.compiled.action.name, tools[one.tool]))
        elif one.id in ids:
            problems.append(_taken(one, "id", one.id, ids[one.id]))
        else:
            tools[one.tool] = ids[one.id] = one.file
            live.append(one)
    return live, problems


def _taken(one: Candidate, field: str, value: str, by: str) -> CatalogProblem:
    fix = "Give it another name." if field == "name" else "Remove the id line from the newer file."
    return CatalogProblem(
        file=one.file, line=None, message=f"{field}: {value} is taken by {by}.", fix=fix
    )


def with_revision(one: Candidate, revision: Revision) -> Candidate:
    """Return the candidate with the version its history gave it, and the later of both times.

    An edit by hand leaves the time in the file as it was, and the history has the later one;
    an edit through the API that changed nothing is in the file alone.
    """
    action = one.compiled.action
    updated_at = max(action.updated_at, revision.at)
    if (action.version, action.updated_at) == (revision.version, updated_at):
        return one
    action = action.with_(version=revision.version, updated_at=updated_at)
    return replace(one, compiled=replace(one.compiled, action=action))
