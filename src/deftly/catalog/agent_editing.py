"""Creating, changing and deleting agents through the API.

The file is what is edited; the set of agents then takes it over like an edit by hand.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from deftly.catalog.agent_set import AgentEntry
from deftly.catalog.agents import Agents
from deftly.catalog.catalog import Catalog
from deftly.catalog.edit_checks import is_match
from deftly.domain.agent import Agent
from deftly.domain.agent_definition import (
    AgentIdentity,
    authored_agent,
    edited_agent,
    parse_agent,
    stamped_agent,
)
from deftly.errors import (
    EditConflict,
    InvalidDefinition,
    NameTaken,
    NotFound,
    PreconditionFailed,
    Problem,
)
from deftly.store.definition_file import file_for
from deftly.values import Clock, IdSource, JsonValue, dump_json, format_time

_ATTEMPTS: Final = 5
_SWITCH: Final = (
    "enabled: {written} counts as true, so the agent answers; only false without quotes turns it "
    "off."
)
_RESTLESS: Final = "The agent's file keeps changing; try again."


@dataclass(frozen=True, slots=True)
class SavedAgent:
    """A stored agent, and what may surprise its author."""

    agent: Agent
    warnings: tuple[Problem, ...]


class AgentEditor:
    """Changes agents."""

    def __init__(
        self,
        agents: Agents,
        catalog: Catalog,
        clock: Clock,
        ids: IdSource,
        *,
        models: Collection[str],
    ) -> None:
        """Take the agents, the actions they name, and the models they may name."""
        self._agents = agents
        self._files = agents.files
        self._catalog = catalog
        self._clock = clock
        self._ids = ids
        self._models = models
        # Edits that only this process makes never find the file changed meanwhile.
        self._turn = asyncio.Lock()

    async def create(self, given: Mapping[str, JsonValue]) -> SavedAgent:
        """Store a new agent.

        Raises:
            InvalidDefinition: It can never work; every problem is listed.
            NameTaken: There is an agent of this name, or a file that would be its.
            ReadOnly: The folder cannot be written.
        """
        now = format_time(self._clock.now())
        name = _name_in(given)
        agent_id = self._ids.new_id()
        key = self._agents.publishable_key_of(agent_id)
        authored = authored_agent(given)
        agent = parse_agent(authored, AgentIdentity(agent_id, name, key, 1, now, now))
        self._check_model(agent, before=None)
        async with self._turn:
            if name in self._agents.current.by_name:
                raise _taken(f"name: there is an agent {name} already; choose another name.")
            try:
                await self._write(agent, authored, sha256=None)
            except EditConflict:
                file = file_for(name)
                raise _taken(
                    f"name: there is a file {file} already; rename it or remove it."
                ) from None
            return self._saved(name)

    async def update(
        self, name: str, patch: Mapping[str, JsonValue], *, if_match: str | None = None
    ) -> SavedAgent:
        """Change the given fields; ``null`` leaves a field as it is.

        Raises:
            NotFound: There is no such agent.
            PreconditionFailed: ``if_match`` names another version.
            EditConflict: The file kept changing meanwhile, or cannot be used as it stands.
            InvalidDefinition, ReadOnly: As for ``create``.
        """
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                entry = await self._current(name)
                _check_match(entry.agent, if_match)
                _check_usable(entry)
                try:
                    await self._replace(entry, patch)
                except EditConflict:
                    continue  # changed in the file meanwhile: apply the edit to what it says now
                return self._saved(name)
            raise EditConflict(_RESTLESS)

    async def delete(self, name: str) -> None:
        """Remove the agent and its file; the one called default goes back to how it began.

        Raises:
            NotFound: There is no such agent, or no file of it.
            EditConflict: The file kept changing meanwhile.
            ReadOnly: The folder cannot be written.
        """
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                entry = await self._current(name)
                if not entry.file:
                    raise NotFound(f"The agent {name} has no file; there is nothing to delete.")
                try:
                    await asyncio.to_thread(
                        self._files.delete, entry.file, expected_sha256=entry.sha256
                    )
                except EditConflict:
                    continue
                await self._agents.refresh()
                return
            raise EditConflict(_RESTLESS)

    async def _current(self, name: str) -> AgentEntry:
        """Return the agent as its file stands at this moment, whoever changed it."""
        await self._agents.refresh()
        return self._agents.entry(name)

    async def _replace(self, entry: AgentEntry, patch: Mapping[str, JsonValue]) -> None:
        before = entry.agent
        authored = edited_agent(entry.authored, patch)
        # A clock that was set back must not make the change look older than the last one.
        now = max(format_time(self._clock.now()), before.updated_at or "")
        identity = AgentIdentity(
            before.id,
            before.name,
            before.publishable_key,
            before.version,
            before.created_at or now,
            now,
        )
        agent = parse_agent(authored, identity)
        self._check_model(agent, before=before)
        if entry.file:
            if agent.content_digest == before.content_digest:
                return
            agent = agent.with_(version=before.version + 1)
        await self._write(agent, authored, file=entry.file, sha256=entry.sha256 or None)

    async def _write(
        self,
        agent: Agent,
        authored: Mapping[str, JsonValue],
        *,
        file: str = "",
        sha256: str | None,
    ) -> None:
        definition = stamped_agent(authored, agent)
        name = file or file_for(agent.name)
        await asyncio.to_thread(self._files.write, name, definition, expected_sha256=sha256)
        await self._agents.refresh()

    def _check_model(self, agent: Agent, *, before: Agent | None) -> None:
        """Refuse a model that nobody configured; one that was named before stays, and is told."""
        unchanged = before is not None and before.model == agent.model
        if not unchanged and not self._may_name(agent.model):
            message = f"model {self._unknown_model(agent)}"
            raise InvalidDefinition(message, details=[Problem("model", message)])

    def _may_name(self, model: str | None) -> bool:
        return model is None or model in self._models

    def _unknown_model(self, agent: Agent) -> str:
        known = ", ".join(sorted(self._models))
        return (
            f"{agent.model} is not configured; name one of {known}, or have an operator add it to "
            "the setting models."
        )

    def _saved(self, name: str) -> SavedAgent:
        agent = self._agents.entry(name).agent
        return SavedAgent(agent, self.warnings(agent))

    def warnings(self, agent: Agent) -> tuple[Problem, ...]:
        """Return what an agent names that is not there, and what may not mean what it says."""
        found: list[Problem] = []
        entry = self._agents.current.by_name.get(agent.name)
        switch = True if entry is None else entry.authored.get("enabled", True)
        if not isinstance(switch, bool):
            found.append(Problem("enabled", _SWITCH.format(written=dump_json(switch).decode())))
        if not self._may_name(agent.model):
            found.append(Problem("model", f"model {self._unknown_model(agent)}"))
        tools = () if agent.actions == "all" else agent.actions
        for index, tool in enumerate(tools):
            if tool not in self._catalog.snapshot.by_tool:
                path = f"actions[{index}]"
                found.append(Problem(path, f"{path}: there is no action {tool} yet."))
        return tuple(found)


def _name_in(given: Mapping[str, JsonValue]) -> str:
    name = given.get("name")
    if isinstance(name, str) and name:
        return name
    message = "name is required: a text such as front-desk."
    raise InvalidDefinition(message, details=[Problem("name", message)])


def _taken(message: str) -> NameTaken:
    return NameTaken(message, details=[Problem("name", message)])


def _check_match(agent: Agent, if_match: str | None) -> None:
    if not is_match(agent.version, if_match):
        message = f"The agent is at version {agent.version} now, not the one you changed."
        raise PreconditionFailed(message)


def _check_usable(entry: AgentEntry) -> None:
    if entry.problem is not None:
        line = f", line {entry.problem.line}" if entry.problem.line else ""
        message = (
            f"{entry.problem.file}{line} cannot be used as it stands: {entry.problem.message} "
            "Mend the file first; nothing was changed."
        )
        raise EditConflict(message)
