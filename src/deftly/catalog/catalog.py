"""The live catalog: follows the definition files, swaps one immutable snapshot for the next.

A file that cannot be used changes nothing that runs: its last good version stays live,
over restarts too, until the file is mended or removed.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import structlog

from deftly.catalog.loading import (
    Candidate,
    candidate_of,
    settle_names,
    with_revision,
)
from deftly.catalog.snapshot import CatalogProblem, Entry, Snapshot, snapshot_of
from deftly.errors import NotFound, StoreUnavailable
from deftly.handlers.http import HttpTools
from deftly.store.definition_file import DefinitionFile, FileProblem, FileStamp
from deftly.store.definitions import DefinitionFiles
from deftly.store.folder_watch import watch
from deftly.store.revisions import Edit, Revision, Revisions
from deftly.values import Clock, format_time

_log = structlog.get_logger(__name__)

_RETRY_S: Final = 1.0
HAND: Final = "file"
"""The author of an edit made in the file itself."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of one file: when it was looked at, and what came of it.

    Attributes:
        sha256: Of its bytes; the candidate's own where those are usable.
    """

    stamp: FileStamp
    sha256: str
    candidate: Candidate | None = None
    problem: CatalogProblem | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """Everything a refresh starts from and replaces."""

    reads: Mapping[str, _Read] = field(default_factory=dict)
    heads: Mapping[str, Revision] = field(default_factory=dict)
    live: Mapping[str, Candidate] = field(default_factory=dict)


class Catalog:
    """Holds the snapshot calls are answered from."""

    def __init__(
        self, files: DefinitionFiles, revisions: Revisions, tools: HttpTools, clock: Clock
    ) -> None:
        """Take the folder, the history, what actions are compiled with, and the time."""
        self._files = files
        self._revisions = revisions
        self._tools = tools
        self._clock = clock
        self._state = _State()
        self._turn = asyncio.Lock()
        self.snapshot = Snapshot()

    async def start(self) -> None:
        """Read everything there is."""
        heads = {head.action_id: head for head in await self._revisions.heads()}
        self._state = _State(heads=heads)
        await self.refresh()

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep the snapshot true to the files until told to stop."""
        async for _names in watch(self._files.folder, stop):
            await self._refresh_until_kept(stop)

    async def _refresh_until_kept(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.refresh()
            except StoreUnavailable as fault:
                _log.warning("catalog_waits_for_store", internal=fault.internal)
                await asyncio.sleep(_RETRY_S)
            else:
                return

    async def settle(self, action_id: str) -> None:
        """Make sure the action is seen as its file stands at this moment."""
        entry = self.snapshot.entry_by_id.get(action_id)
        if entry is not None:
            found = await asyncio.to_thread(self._files.read, entry.file)
            if found is not None and found.sha256 == entry.sha256:
                return
        await self.refresh()

    async def refresh(self, authors: Mapping[str, str] | None = None) -> None:
        """Take over what changed in the files, all or nothing.

        Args:
            authors: Who changed which file, where it was not changed by hand.

        Raises:
            StoreUnavailable: The history cannot be written; the snapshot stays as it was.
        """
        async with self._turn:
            state = self._state
            reads = await asyncio.to_thread(self._look, state)
            if isinstance(reads, FileProblem):
                self._keep_all(reads)
            elif reads != state.reads:
                await self._take_over(state, reads, authors or {})

    def _keep_all(self, problem: FileProblem) -> None:
        """Change nothing when the folder itself cannot be read, and say so."""
        told = CatalogProblem(problem.file, None, problem.message, problem.fix, still_live=True)
        if told not in self.snapshot.problems:
            _log.warning("definitions_unreadable", **told.wire())
            self.snapshot = replace(self.snapshot, problems=(*self.snapshot.problems, told))

    def _look(self, state: _State) -> Mapping[str, _Read] | FileProblem:
        """Return every file as it is now, reading only those that look different."""
        stamps = self._files.scan()
        if isinstance(stamps, FileProblem):
            return stamps
        now = format_time(self._clock.now())
        by_file = {head.file: head for head in state.heads.values()}
        reads: dict[str, _Read] = {}
        for name, stamp in stamps.items():
            known = state.reads.get(name)
            if known is not None and known.stamp == stamp:
                reads[name] = known
            elif (found := self._files.read(name)) is not None:
                reads[name] = self._read(stamp, found, state, by_file.get(name), now)
        return reads

    def _read(
        self,
        stamp: FileStamp,
        found: DefinitionFile | FileProblem,
        state: _State,
        head: Revision | None,
        now: str,
    ) -> _Read:
        sha256 = found.sha256 or ""
        make = partial(candidate_of, heads=state.heads, now=now, tools=self._tools)
        if isinstance(found, DefinitionFile):
            file = found.name
            made = make(file, sha256, found.definition)
            if isinstance(made, Candidate):
                return _Read(stamp, sha256, candidate=made)
            problem = made
        else:
            file = found.file
            problem = CatalogProblem(found.file, found.line, found.message, found.fix)
        last_good = state.live.get(file)
        if last_good is None and head is not None:
            again = make(file, head.file_sha256, head.definition)
            last_good = again if isinstance(again, Candidate) else None
        problem = replace(problem, still_live=last_good is not None)
        return _Read(stamp, sha256, candidate=last_good, problem=problem)

    async def _take_over(
        self, state: _State, reads: Mapping[str, _Read], authors: Mapping[str, str]
    ) -> None:
        candidates = [read.candidate for read in reads.values() if read.candidate is not None]
        live, taken = settle_names(candidates, state.heads)
        heads = await self._record(state, live, authors)
        settled = [with_revision(one, heads[one.id]) for one in live]
        problems = [read.problem for read in reads.values() if read.problem is not None]
        for problem in {*problems, *taken} - set(self.snapshot.problems):
            _log.warning("definition_unusable", **problem.wire())
        self._state = _State(reads, heads, {one.file: one for one in settled})
        entries = [_entry(one, reads[one.file]) for one in settled]
        self.snapshot = snapshot_of(entries, [*problems, *taken])

    async def _record(
        self, state: _State, live: Iterable[Candidate], authors: Mapping[str, str]
    ) -> Mapping[str, Revision]:
        """Write into the history what is new in it; return its newest page for each action."""
        heads = dict(state.heads)
        edits = [
            _edit(one, authors.get(one.file, HAND))
            for one in live
            if not _is_recorded(one, heads.get(one.id))
        ]
        for revision in await self._revisions.record_many(edits) if edits else ():
            heads[revision.action_id] = revision
        alive = {one.id for one in live}
        for gone in [action_id for action_id in heads if action_id not in alive]:
            # Another process on the same folder may have recorded it first.
            with suppress(NotFound):
                await self._revisions.delete(gone, authors.get(heads[gone].file, HAND))
            del heads[gone]
        return heads


def _entry(one: Candidate, read: _Read) -> Entry:
    return Entry(one.compiled, one.authored, one.file, read.sha256, read.problem)


def _is_recorded(one: Candidate, head: Revision | None) -> bool:
    return (
        head is not None
        and head.file == one.file
        and head.file_sha256 == one.sha256
        and head.content_digest == one.compiled.action.content_digest
    )


def _edit(one: Candidate, author: str) -> Edit:
    action = one.compiled.action
    return Edit(
        action_id=action.id,
        name=action.name,
        file=one.file,
        file_sha256=one.sha256,
        content_digest=action.content_digest,
        version_hash=one.compiled.version_hash,
        definition={**one.authored, "id": action.id, "createdAt": action.created_at},
        enabled=action.enabled,
        author=author,
        version=action.version,
    )
