"""The live agents: follows their files, one each in ``agents/``, and swaps whole sets.

A file that cannot be used changes nothing: its last good version stays live, over restarts
too. Agents are few, so every look reads all of their files, in a worker thread.
"""

import asyncio
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

import structlog

from deftly.catalog.agent_files import AgentReader
from deftly.catalog.agent_set import AgentEntry, AgentSet, Look, is_recorded
from deftly.domain.agent import Agent
from deftly.domain.agent_definition import publishable_key_of
from deftly.errors import NotFound, StoreUnavailable
from deftly.store.agents import AgentHead, AgentHeads
from deftly.store.definitions import DefinitionFiles
from deftly.store.folder_watch import watch
from deftly.values import Clock, format_time

_log = structlog.get_logger(__name__)

_RETRY_S: Final = 1.0


class Agents:
    """Holds the set of agents that conversations are held with."""

    def __init__(
        self, files: DefinitionFiles, heads: AgentHeads, clock: Clock, *, key: bytes
    ) -> None:
        """Take the folder, what is remembered of it, the time, and the installation's key."""
        self.files = files
        self._store = heads
        self._clock = clock
        self._key = key
        self._reader = AgentReader(files, key)
        self._heads: Mapping[str, AgentHead] = {}
        self._turn = asyncio.Lock()
        self.current = AgentSet()

    def find(self, name: str) -> Agent:
        """Return the enabled agent of this name.

        Raises:
            NotFound: There is none, it is disabled, or its file never could be used.
        """
        agent = self.entry(name).agent
        if not agent.enabled:
            raise NotFound(f"The agent {name} is disabled; an editor can enable it.")
        return agent

    def find_by_key(self, publishable_key: str) -> Agent:
        """Return the enabled agent that a page names by its publishable key.

        Raises:
            NotFound: There is none, or it is disabled.
        """
        for entry in self.current.entries:
            if entry.agent.publishable_key == publishable_key:
                return self.find(entry.agent.name)
        raise NotFound("There is no agent with this publishable key; copy it from the agent.")

    def entry(self, name: str) -> AgentEntry:
        """Return the agent of this name, enabled or not, and where it is kept.

        Raises:
            NotFound: There is none.
        """
        found = self.current.by_name.get(name)
        if found is not None:
            return found
        if any(PurePath(problem.file).stem == name for problem in self.current.problems):
            told = "'deftly doctor' says what is wrong with it"
            raise NotFound(f"There is no agent called {name}: its file cannot be used; {told}.")
        raise NotFound(f"There is no agent called {name}; 'deftly agents list' shows them all.")

    def publishable_key_of(self, agent_id: str) -> str:
        """Return the publishable key for a new agent."""
        return publishable_key_of(agent_id, self._key)

    async def start(self) -> None:
        """Read everything there is."""
        self._heads = {head.agent_id: head for head in await self._store.all()}
        await self.refresh()

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep the set true to the files until told to stop."""
        async for _names in watch(self.files.folder, stop):
            await self._refresh_until_kept(stop)

    async def _refresh_until_kept(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.refresh()
            except StoreUnavailable as fault:
                _log.warning("agents_wait_for_store", internal=fault.internal)
                await asyncio.sleep(_RETRY_S)
            else:
                return

    async def refresh(self) -> None:
        """Take over what changed in the files, all or nothing.

        Raises:
            StoreUnavailable: What was read cannot be remembered; the set stays as it was.
        """
        async with self._turn:
            now = format_time(self._clock.now())
            look = await asyncio.to_thread(self._reader.look, self._heads, now)
            heads = await self._record(look)
            for problem in set(look.problems) - set(self.current.problems):
                _log.warning("agent_file_unusable", **problem.wire())
            self._heads, self.current = heads, look.settled(heads)

    async def _record(self, look: Look) -> Mapping[str, AgentHead]:
        heads = dict(self._heads)
        new = [one for one in look.live if not is_recorded(one, heads.get(one.agent.id))]
        stored = await self._store.record(one.head() for one in new) if new else ()
        heads.update({head.agent_id: head for head in stored})
        alive = {one.agent.id for one in look.live}
        gone = heads.keys() - alive
        if gone:
            await self._store.forget(gone)
        return {agent_id: head for agent_id, head in heads.items() if agent_id in alive}
