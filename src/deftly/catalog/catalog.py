"""The live catalog: follows the definition files, swaps one immutable snapshot for the next.

A file that cannot be used changes nothing that runs: its last good version stays live,
over restarts too, until the file is mended or removed. What grows with the number of
actions is computed in a worker thread; the event loop only swaps.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import structlog

from deftly.catalog.loading import Candidate, settle_names, with_revision
from deftly.catalog.reading import Known, Look, Read, Reader
from deftly.catalog.snapshot import CatalogProblem, Entry, Snapshot, snapshot_of
from deftly.errors import EditConflict, NotFound, StoreUnavailable
from deftly.handlers.tools import HandlerTools
from deftly.store.definitions import DefinitionFiles
from deftly.store.folder_watch import watch
from deftly.store.revisions import Edit, Revision, Revisions
from deftly.values import Clock

_log = structlog.get_logger(__name__)

_RETRY_S: Final = 1.0
HAND: Final = "file"
"""The author of an edit made in the file itself."""


@dataclass(frozen=True, slots=True)
class _Step:
    """From what is known to what will be: who is live, and what the history lacks.

    Attributes:
        unrecorded: Those of ``live`` that are new to the history.
        gone: The newest revisions of actions that are live no more.
        problems: Of all files, name clashes included.
    """

    look: Look
    live: tuple[Candidate, ...]
    unrecorded: tuple[Candidate, ...]
    gone: tuple[Revision, ...]
    problems: tuple[CatalogProblem, ...]


class Catalog:
    """Holds the snapshot calls are answered from."""

    def __init__(
        self, files: DefinitionFiles, revisions: Revisions, tools: HandlerTools, clock: Clock
    ) -> None:
        """Take the folder, the history, what actions are compiled with, and the time."""
        self._files = files
        self._reader = Reader(files, tools, clock)
        self._revisions = revisions
        self._known = Known()
        self._turn = asyncio.Lock()
        self.snapshot = Snapshot()

    async def start(self) -> None:
        """Read everything there is."""
        heads = {head.action_id: head for head in await self._revisions.heads()}
        self._known = Known(heads=heads)
        await self.refresh()

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep the snapshot true to the files until told to stop."""
        async for names in watch(self._files.folder, stop):
            await self._refresh_until_kept(names, stop)

    async def _refresh_until_kept(self, names: frozenset[str], stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.refresh(names)
            except StoreUnavailable as fault:
                _log.warning("catalog_waits_for_store", internal=fault.internal)
                await asyncio.sleep(_RETRY_S)
            else:
                return

    async def settle(self, action_id: str) -> None:
        """Make sure the action is seen as its file stands at this moment.

        Raises:
            StoreUnavailable: The history cannot be written; the snapshot stays as it was.
        """
        entry = self.snapshot.entry_by_id.get(action_id)
        if entry is None:
            await self.refresh()
            return
        found = await asyncio.to_thread(self._files.read, entry.file)
        if found is None or (found.sha256 or "") != entry.sha256:
            await self.refresh({entry.file})

    async def refresh(self, hints: Collection[str] = ()) -> None:
        """Take over what changed in the files, all or nothing.

        Args:
            hints: Files to read even if they look unchanged: two writes of one length within
                one tick of the file system's clock look the same.

        Raises:
            StoreUnavailable: The history cannot be written; the snapshot stays as it was.
        """
        await self._take_over(lambda known: self._reader.look(known, hints), {})

    async def refresh_written(self, authors: Mapping[str, str]) -> None:
        """Take over what was written just now, and nothing else.

        Args:
            authors: Who wrote or removed each file, by file.

        Raises:
            StoreUnavailable: The history cannot be written; the snapshot stays as it was.
        """
        await self._take_over(lambda known: self._reader.look_at(known, authors.keys()), authors)

    async def _take_over(self, look: Callable[[Known], Look], authors: Mapping[str, str]) -> None:
        async with self._turn:
            step, heads = await self._recorded(look, authors)
            if isinstance(step, Look):
                self._known = replace(self._known, reads=step.reads)
                return
            new = await asyncio.to_thread(_settled, step, heads)
            for problem in set(step.problems) - set(self.snapshot.problems):
                _log.warning("definition_unusable", **problem.wire())
            before, (self._known, self.snapshot) = self.snapshot, new
            if told := _otherwise_usable(before, self.snapshot):
                await self._revisions.announce(told)

    async def _recorded(
        self, look: Callable[[Known], Look], authors: Mapping[str, str]
    ) -> tuple[_Step | Look, Mapping[str, Revision]]:
        """Look and record, until nobody was quicker: what was read could be older than theirs."""
        known = self._known
        while True:
            step = await asyncio.to_thread(_step, known, look)
            if isinstance(step, Look):
                return step, known.heads
            try:
                return step, await self._record(known, step, authors)
            except EditConflict:
                heads = {head.action_id: head for head in await self._revisions.heads()}
                stale = step.look.unlike(known) | known.otherwise_in(heads)
                look = partial(self._reader.look, hints=stale)
                known = replace(known, heads=heads, started=False)

    async def _record(
        self, known: Known, step: _Step, authors: Mapping[str, str]
    ) -> Mapping[str, Revision]:
        """Write into the history what is new in it; return its newest page for each action."""
        heads = dict(known.heads)
        edits = [_edit(one, authors.get(one.file, HAND)) for one in step.unrecorded]
        seen = {head.action_id: head.version for head in heads.values()}
        for revision in await self._revisions.record(edits, seen) if edits else ():
            heads[revision.action_id] = revision
        deleted = (self._delete(gone, authors.get(gone.file, HAND)) for gone in step.gone)
        await asyncio.gather(*deleted)
        for gone in step.gone:
            del heads[gone.action_id]
        return heads

    async def _delete(self, gone: Revision, author: str) -> None:
        # Another process on the same folder may have recorded it first.
        with suppress(NotFound):
            await self._revisions.delete(gone.action_id, author, seen=gone.version)


def _step(known: Known, look: Callable[[Known], Look]) -> _Step | Look:
    """Return what has to be done, or just the look where it has shown nothing new."""
    found = look(known)
    if known.started and not found.is_news(known):
        return found
    reads = found.reads.values()
    candidates = [read.candidate for read in reads if read.candidate is not None]
    live, taken = settle_names(candidates, known.heads)
    problems = [read.problem for read in reads if read.problem is not None]
    alive = {one.id for one in live}
    return _Step(
        look=found,
        live=tuple(live),
        unrecorded=tuple(one for one in live if not _is_recorded(one, known.heads.get(one.id))),
        gone=tuple(head for id_, head in known.heads.items() if id_ not in alive),
        problems=(*([found.folder] if found.folder else ()), *problems, *taken),
    )


def _otherwise_usable(before: Snapshot, now: Snapshot) -> tuple[str, ...]:
    """Return the live actions whose files have come to be, or ceased to be, in need of mending.

    That is in no version of theirs, and whoever has one open should hear of it.
    """
    if before.problems == now.problems:
        return ()
    both = before.entry_by_id.keys() & now.entry_by_id.keys()
    return tuple(
        id_ for id_ in both if before.entry_by_id[id_].problem != now.entry_by_id[id_].problem
    )


def _settled(step: _Step, heads: Mapping[str, Revision]) -> tuple[Known, Snapshot]:
    """Return what is known from now on, and what calls are answered from."""
    reads = dict(step.look.reads)
    live: dict[str, Candidate] = {}
    entries: list[Entry] = []
    for one in step.live:
        read = reads[one.file]
        settled = with_revision(one, heads[one.id])
        if settled is not one:
            read = reads[one.file] = replace(read, candidate=settled)
        live[one.file] = settled
        entries.append(_entry(settled, read))
    known = Known(reads, heads, live, step.look.folder, started=True)
    return known, snapshot_of(entries, step.problems)


def _entry(one: Candidate, read: Read) -> Entry:
    return Entry(one.compiled, one.authored, one.file, read.sha256, read.problem)


def _is_recorded(one: Candidate, head: Revision | None) -> bool:
    return (
        head is not None
        and head.file == one.file
        and head.file_sha256 == one.sha256
        and head.content_digest == one.content_digest
    )


def _edit(one: Candidate, author: str) -> Edit:
    action = one.compiled.action
    return Edit(
        action_id=action.id,
        name=action.name,
        file=one.file,
        file_sha256=one.sha256,
        content_digest=one.content_digest,
        version_hash=one.compiled.version_hash,
        definition={**one.authored, "id": action.id, "createdAt": action.created_at},
        enabled=action.enabled,
        author=author,
        version=action.version,
    )
