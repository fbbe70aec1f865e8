"""Looking at the definition files: which are different, and what each of them comes to.

All of this blocks and computes: it runs in a worker thread, on values that nobody changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from deftly.catalog.loading import Candidate, candidate_of
from deftly.catalog.snapshot import CatalogProblem
from deftly.handlers.tools import HandlerTools
from deftly.store.definition_file import UNKNOWN_STAMP, DefinitionFile, FileProblem, FileStamp
from deftly.store.definition_line import line_in
from deftly.store.definitions import DefinitionFiles
from deftly.store.revisions import Revision
from deftly.values import Clock, format_time


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of one file: when it was looked at, and what came of it.

    Attributes:
        sha256: Of its bytes, empty where they cannot be read; the candidate is of an earlier
            version where there is a problem.
    """

    stamp: FileStamp
    sha256: str
    candidate: Candidate | None = None
    problem: CatalogProblem | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a look starts from.

    Attributes:
        reads: By file.
        heads: The newest revisions, by action id.
        live: Who answers calls, by file.
        folder: What is wrong with the folder itself.
        started: Somebody has looked before, with these heads.
    """

    reads: Mapping[str, Read] = field(default_factory=dict)
    heads: Mapping[str, Revision] = field(default_factory=dict)
    live: Mapping[str, Candidate] = field(default_factory=dict)
    folder: CatalogProblem | None = None
    started: bool = False

    def otherwise_in(self, heads: Mapping[str, Revision]) -> frozenset[str]:
        """Return the files of which these heads know another newest revision."""
        newer = (head for id_, head in heads.items() if self.heads.get(id_) != head)
        return frozenset(head.file for head in newer)


@dataclass(frozen=True, slots=True)
class Look:
    """What the files came to."""

    reads: Mapping[str, Read]
    folder: CatalogProblem | None = None

    def is_news(self, known: Known) -> bool:
        """Tell whether anything but the moment of looking is different."""
        if self.folder != known.folder or self.reads.keys() != known.reads.keys():
            return True
        return any(_differ(read, known.reads[file]) for file, read in self.reads.items())

    def unlike(self, known: Known) -> frozenset[str]:
        """Return the files that were read anew."""
        return frozenset(
            file for file, read in self.reads.items() if read is not known.reads.get(file)
        )


def _differ(one: Read, other: Read) -> bool:
    if one is other:
        return False
    return (one.sha256, one.problem, one.candidate) != (
        other.sha256,
        other.problem,
        other.candidate,
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the folder with what actions are compiled with."""

    files: DefinitionFiles
    tools: HandlerTools
    clock: Clock

    def look(self, known: Known, hints: Collection[str]) -> Look:
        """Return every file as it is now, reading those that look different or are hinted at.

        A folder that cannot be read changes nothing that runs.
        """
        stamps = self.files.scan()
        if isinstance(stamps, FileProblem):
            problem = _told(stamps, still_live=True)
            return Look(known.reads or self._remembered(known), problem)
        work = self._work(known)
        reads: dict[str, Read] = {}
        for name, stamp in stamps.items():
            before = known.reads.get(name)
            if before is not None and before.stamp == stamp and name not in hints:
                reads[name] = before
            elif (read := work.read(name, stamp)) is not None:
                reads[name] = read
        return Look(reads)

    def look_at(self, known: Known, names: Collection[str]) -> Look:
        """Return the same, where only these files can be different."""
        work = self._work(known)
        reads = dict(known.reads)
        for name in names:
            read = work.read(name, UNKNOWN_STAMP)
            if read is None:
                reads.pop(name, None)
            else:
                reads[name] = read
        return Look(reads, known.folder)

    def _work(self, known: Known) -> "_Work":
        return _Work(self, known, format_time(self.clock.now()))

    def _remembered(self, known: Known) -> dict[str, Read]:
        """Return the last good version of every file, from the history."""
        work = self._work(known)
        reads = {}
        for head in known.heads.values():
            candidate = work.last_good(head.file)
            if candidate is not None:
                reads[head.file] = Read(UNKNOWN_STAMP, head.file_sha256, candidate)
        return reads


class _Work:
    """One look's worth of reading."""

    def __init__(self, reader: Reader, known: Known, now: str) -> None:
        self._files = reader.files
        self._known = known
        self._make = partial(candidate_of, heads=known.heads, now=now, tools=reader.tools)
        self._head_by_file = {head.file: head for head in known.heads.values()}

    def read(self, name: str, stamp: FileStamp) -> Read | None:
        """Return what the file comes to; None if it is not there."""
        found = self._files.read(name)
        if found is None:
            return None
        before = self._known.reads.get(name)
        if before is not None and found.sha256 and found.sha256 == before.sha256:
            return replace(before, stamp=stamp)
        sha256 = found.sha256 or ""
        if isinstance(found, DefinitionFile):
            made = self._make(name, sha256, found.definition)
            if isinstance(made, Candidate):
                return Read(stamp, sha256, made)
            line = line_in(self._files.folder / name, made.field, expected_sha256=sha256)
            problem = replace(made, line=line)
        else:
            problem = _told(found)
        last_good = self.last_good(name)
        return Read(stamp, sha256, last_good, replace(problem, still_live=last_good is not None))

    def last_good(self, name: str) -> Candidate | None:
        """Return the file's last usable version, from before a restart too."""
        live = self._known.live.get(name)
        if live is not None:
            return live
        head = self._head_by_file.get(name)
        if head is None:
            return None
        made = self._make(name, head.file_sha256, head.definition)
        return made if isinstance(made, Candidate) else None


def _told(problem: FileProblem, *, still_live: bool = False) -> CatalogProblem:
    return CatalogProblem(problem.file, problem.line, problem.message, problem.fix, still_live)
