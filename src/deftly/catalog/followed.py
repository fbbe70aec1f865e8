"""A kind's live definitions: follows their files, one each, and swaps whole sets.

A file that cannot be used changes nothing: its last good version stays live, over restarts
too. They are few, so every look goes over all of their files, in a worker thread.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from pathlib import PurePath
from typing import Final, Generic

import structlog

from deftly.catalog.kind import Kind, N
from deftly.catalog.live_files import FolderReader
from deftly.catalog.live_set import LiveEntry, LiveSet, Look, head_of, is_recorded
from deftly.errors import EditConflict, NotFound, StoreUnavailable
from deftly.store.definitions import DefinitionFiles
from deftly.store.folder_watch import watch
from deftly.store.heads import Head, Heads
from deftly.values import Clock, format_time

_log = structlog.get_logger(__name__)

_RETRY_S: Final = 1.0


class Followed(Generic[N]):
    """Holds the live set of one kind."""

    def __init__(self, kind: Kind[N], files: DefinitionFiles, heads: Heads, clock: Clock) -> None:
        """Take the kind, its folder, what is remembered of it, and the time."""
        self.kind = kind
        self.files = files
        self._store = heads
        self._clock = clock
        self._reader = FolderReader(kind, files)
        self._heads: Mapping[str, Head] = {}
        self._turn = asyncio.Lock()
        self._swapped: list[Callable[[], None]] = []
        self.current: LiveSet[N] = LiveSet()

    def on_swap(self, hear: Callable[[], None]) -> None:
        """Call ``hear`` in the loop whenever another set is live, whoever made the change."""
        self._swapped.append(hear)

    def entry(self, name: str) -> LiveEntry[N]:
        """Return the one of this name, enabled or not, and where it is kept.

        Raises:
            NotFound: There is none.
        """
        found = self.current.by_name.get(name)
        if found is not None:
            return found
        word, folder = self.kind.word, self.kind.folder
        if any(PurePath(problem.file).stem == name for problem in self.current.problems):
            told = "'deftly doctor' says what is wrong with it"
            raise NotFound(f"There is no {word} called {name}: its file cannot be used; {told}.")
        raise NotFound(f"There is no {word} called {name}; 'deftly {folder} list' shows them all.")

    async def start(self) -> None:
        """Read everything there is."""
        self._heads = await self._remembered()
        await self.refresh()

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep the set true to the files until told to stop."""
        async for names in watch(self.files.folder, stop):
            await self._refresh_until_kept(stop, names)

    async def _refresh_until_kept(self, stop: asyncio.Event, names: Collection[str]) -> None:
        while not stop.is_set():
            try:
                await self.refresh(names)
            except StoreUnavailable as fault:
                _log.warning(f"{self.kind.folder}_wait_for_store", internal=fault.internal)
                await asyncio.sleep(_RETRY_S)
            else:
                return

    async def refresh(self, touched: Collection[str] = ()) -> None:
        """Take over what changed in the files, all or nothing.

        Args:
            touched: Files to read whatever their stamps say: two writes of one length within one
                tick of the file system's clock leave the same.

        Raises:
            StoreUnavailable: What was read cannot be remembered; the set stays as it was.
        """
        async with self._turn:
            live = self.current.entries
            known, hints = self._heads, set(touched)
            while True:
                look = await asyncio.to_thread(self._reader.look, known, self._now(), live, hints)
                try:
                    heads = await self._record(known, look)
                    break
                except EditConflict:
                    # What was read may be older than what another process has recorded since.
                    known = await self._remembered()
                    hints |= {one.file for one in look.live} | {
                        head.file for head in known.values()
                    }
            for problem in set(look.problems) - set(self.current.problems):
                _log.warning(f"{self.kind.word}_file_unusable", **problem.wire())
            self._heads, self.current = heads, look.settled(self.kind, heads)
        for hear in self._swapped:
            hear()

    def _now(self) -> str:
        return format_time(self._clock.now())

    async def _remembered(self) -> Mapping[str, Head]:
        return {head.id: head for head in await self._store.all()}

    async def _record(self, known: Mapping[str, Head], look: Look[N]) -> Mapping[str, Head]:
        heads = dict(known)
        new = [one for one in look.live if not is_recorded(one, heads.get(one.noun.id))]
        seen = {head.id: head.version for head in known.values()}
        edits = [head_of(one, self.kind) for one in new]
        stored = await self._store.record(edits, seen) if edits else ()
        heads.update({head.id: head for head in stored})
        alive = {one.noun.id for one in look.live}
        gone = heads.keys() - alive
        if gone:
            await self._store.forget({one: heads[one].version for one in gone})
        return {key: head for key, head in heads.items() if key in alive}
