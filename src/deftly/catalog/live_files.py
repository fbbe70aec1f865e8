"""From a folder of files to a set of live definitions: what each file comes to, and who is live."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Generic

from deftly.catalog.kind import Identity, Kind, N
from deftly.catalog.live_set import LiveEntry, Look, settle, shown
from deftly.catalog.loading import problem_of
from deftly.catalog.snapshot import CatalogProblem
from deftly.errors import DeftlyError, InvalidDefinition, Problem
from deftly.store.definition_file import UNKNOWN_STAMP, DefinitionFile, FileProblem
from deftly.store.definition_line import line_in
from deftly.store.definitions import DefinitionFiles
from deftly.store.heads import Head
from deftly.values import JsonObject, JsonValue, format_time, parse_time


@dataclass(frozen=True, slots=True)
class FolderReader(Generic[N]):
    """Reads the folder of a kind; blocks."""

    kind: Kind[N]
    files: DefinitionFiles

    def look(
        self,
        heads: Mapping[str, Head],
        now: str,
        before: Iterable[LiveEntry[N]] = (),
        touched: Collection[str] = (),
    ) -> Look[N]:
        """Return what every file comes to now.

        What is as it was ``before`` is taken from there; an equal stamp says so, except of files
        that are known to be ``touched``.
        A folder that cannot be read changes nothing: what is remembered stays live.
        """
        known = {one.file: one for one in before if one.problem is None}
        work = _Work(self.kind, self.files.folder, heads, known, now)
        found = self.files.scan()
        if isinstance(found, FileProblem):
            problem = CatalogProblem(found.file, None, found.message, found.fix, still_live=True)
            remembered = [work.remembered(head, problem) for head in heads.values()]
            return Look(tuple(one for one in remembered if one is not None), (problem,))
        entries: list[LiveEntry[N]] = []
        problems: list[CatalogProblem] = []
        for name, stamp in found.items():
            same = known.get(name)
            if same is not None and same.stamp == stamp != UNKNOWN_STAMP and name not in touched:
                entries.append(same)
                continue
            read = self.files.read(name)
            if read is None:
                continue
            entry, fault = work.read(read)
            entries.extend([replace(entry, stamp=stamp)] if entry is not None else ())
            problems.extend([fault] if fault is not None else ())
        # A broken file must not give way to what is there without one, which may do more.
        standing = self.kind.out_of_the_box
        has_file = any(_name_of(name) == standing for name in found)
        without_file = None if standing is None or has_file else work.without_file(standing)
        live, taken = settle(self.kind, entries, heads, without_file)
        return Look(tuple(live), (*problems, *taken), without_file)


class _Work(Generic[N]):
    """One look's worth of reading."""

    def __init__(
        self,
        kind: Kind[N],
        folder: Path,
        heads: Mapping[str, Head],
        known: Mapping[str, LiveEntry[N]],
        now: str,
    ) -> None:
        self._kind = kind
        self._folder = folder
        self._heads = heads
        self._known = known
        self._by_file = {head.file: head for head in heads.values()}
        self._now = now

    def read(
        self, read: DefinitionFile | FileProblem
    ) -> tuple[LiveEntry[N] | None, CatalogProblem | None]:
        match read:
            case DefinitionFile():
                known = self._known.get(read.name)
                if known is not None and known.sha256 == read.sha256:
                    return known, None
                try:
                    return self._entry(read.name, read.sha256, read.definition), None
                except DeftlyError as fault:
                    file, sha256 = read.name, read.sha256
                    problem = self._problem(file, sha256, fault)
            case FileProblem():
                file, sha256 = read.file, read.sha256 or ""
                problem = CatalogProblem(shown(self._kind, file), read.line, read.message, read.fix)
        head = self._by_file.get(file)
        entry = None if head is None else self.remembered(head, problem)
        problem = replace(problem, still_live=entry is not None)
        return (replace(entry, sha256=sha256, problem=problem) if entry else None), problem

    def _problem(self, file: str, sha256: str, fault: DeftlyError) -> CatalogProblem:
        problem = problem_of(shown(self._kind, file), fault)
        line = line_in(self._folder / file, problem.field, expected_sha256=sha256)
        return replace(problem, line=line)

    def remembered(self, head: Head, problem: CatalogProblem) -> LiveEntry[N] | None:
        """Return the last good version of a file."""
        try:
            entry = self._entry(head.file, head.file_sha256, head.definition)
        except DeftlyError:
            return None  # a newer Deftly has stricter rules; the file's problem is told anyway
        return replace(entry, problem=problem)

    def without_file(self, name: str) -> LiveEntry[N]:
        identity = Identity(self._kind.id_of_name(name), name)
        return LiveEntry(self._kind.parse({}, identity, {}), {"name": name})

    def _entry(self, file: str, sha256: str, authored: JsonObject) -> LiveEntry[N]:
        name = _name_of(file)
        _check_name(self._kind, name, file, authored.get("name"))
        given_id = _id(authored)
        head = self._heads.get(given_id) if given_id else self._by_file.get(file)
        known = head.definition if head else {}
        created = _time(authored.get("createdAt")) or _time(known.get("createdAt"))
        updated = _time(authored.get("updatedAt"))
        identity = Identity(
            id=given_id or (head.id if head else self._kind.id_of_name(name)),
            name=name,
            version=head.version if head else _version(authored.get("version")),
            created_at=created or self._now,
            updated_at=max(updated or "", head.at if head else "") or self._now,
        )
        noun = self._kind.parse(authored, identity, known)
        return LiveEntry(noun, {**authored, "name": name}, file, sha256)


def _name_of(file: str) -> str:
    return PurePath(file).stem


def _check_name(kind: Kind[N], name: str, file: str, given: JsonValue) -> None:
    fault = kind.name_fault(name)
    if fault:
        message = f"{kind.article} is named after its file, and the name {name} {fault}."
        raise InvalidDefinition(message)
    if given is not None and given != name:
        message = f"name is {given}, but the file is {file}: make them the same, or leave name out."
        raise InvalidDefinition(message, details=[Problem("name", message)])


def text_in(definition: JsonObject, key: str) -> str:
    """Return a text that the server decides and a file may say; empty where it does not.

    Raises:
        InvalidDefinition: It is no text.
    """
    given = definition.get(key)
    if given is None or isinstance(given, str):
        return given or ""
    message = f"{key} must be text; remove the line to get one."
    raise InvalidDefinition(message, details=[Problem(key, message)])


def _id(authored: JsonObject) -> str:
    text = text_in(authored, "id")
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        return text  # refused with a sentence when the definition is parsed


def _version(given: JsonValue) -> int:
    usable = isinstance(given, int) and not isinstance(given, bool) and given > 0
    return given if usable and isinstance(given, int) else 1


def _time(given: JsonValue) -> str | None:
    try:
        return format_time(parse_time(given)) if isinstance(given, str) else None
    except ValueError:
        return None
