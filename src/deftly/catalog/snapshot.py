"""The catalog at one moment: immutable, swapped whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from deftly.catalog.compile import CompiledAction
from deftly.values import JsonObject


@dataclass(frozen=True, slots=True)
class CatalogProblem:
    """A definition file that cannot be used as it stands, and what to do.

    Attributes:
        still_live: Its last good version goes on answering calls.
        field: The first field at fault; empty where it is none in particular.
    """

    file: str
    line: int | None
    message: str
    fix: str
    still_live: bool = False
    field: str = ""

    def wire(self) -> JsonObject:
        """Return the JSON object health checks show."""
        return {
            "file": self.file,
            "line": self.line,
            "message": self.message,
            "fix": self.fix,
            "stillLive": self.still_live,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A live action and the file it lives in.

    Attributes:
        authored: The definition in the form its author chose.
        sha256: Of the file's bytes as they are now.
        problem: What is wrong with the file, when an earlier version of it is live.
    """

    compiled: CompiledAction
    authored: JsonObject
    file: str
    sha256: str
    problem: CatalogProblem | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All live actions, enabled or not, in creation order."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[CatalogProblem, ...] = ()
    by_id: Mapping[str, CompiledAction] = field(default_factory=dict)
    entry_by_id: Mapping[str, Entry] = field(default_factory=dict)
    by_tool: Mapping[str, CompiledAction] = field(default_factory=dict)

    @property
    def actions(self) -> tuple[CompiledAction, ...]:
        """The compiled actions, in creation order."""
        return tuple(entry.compiled for entry in self.entries)


def snapshot_of(entries: Iterable[Entry], problems: Iterable[CatalogProblem]) -> Snapshot:
    """Return the snapshot of live entries; their tools and ids are unique already."""
    ordered = tuple(
        sorted(entries, key=lambda e: (e.compiled.action.created_at, e.compiled.action.name))
    )
    return Snapshot(
        entries=ordered,
        problems=tuple(sorted(problems, key=lambda problem: problem.file)),
        by_id=MappingProxyType({entry.compiled.action.id: entry.compiled for entry in ordered}),
        entry_by_id=MappingProxyType({entry.compiled.action.id: entry for entry in ordered}),
        by_tool=MappingProxyType({entry.compiled.action.tool: entry.compiled for entry in ordered}),
    )
