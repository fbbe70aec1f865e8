"""The live agents, one file each in ``agents/``; one is there without a file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from deftly.catalog.followed import Followed
from deftly.catalog.kind import Claim, Identity, Kind
from deftly.catalog.live_files import text_in
from deftly.domain.agent import DEFAULT_AGENT, Agent, name_fault
from deftly.domain.agent_definition import (
    AgentIdentity,
    agent_id_of_name,
    authored_agent,
    edited_agent,
    parse_agent,
    publishable_key_of,
    stamped_agent,
)
from deftly.errors import NotFound
from deftly.store.definitions import DefinitionFiles
from deftly.store.heads import Heads
from deftly.values import Clock, JsonObject, JsonValue

_KEY: Final = "publishableKey"


class AgentKind(Kind[Agent]):
    """Agents as files."""

    word: ClassVar[str] = "agent"
    article: ClassVar[str] = "An agent"
    example: ClassVar[str] = "front-desk"
    out_of_the_box: ClassVar[str | None] = DEFAULT_AGENT

    def __init__(self, key: bytes) -> None:
        """Take the installation's key, which publishable keys are made with."""
        self._key = key

    def name_fault(self, name: str) -> str | None:
        """See ``Kind.name_fault``."""
        return name_fault(name)

    def id_of_name(self, name: str) -> str:
        """See ``Kind.id_of_name``."""
        return agent_id_of_name(name)

    def parse(self, authored: JsonObject, identity: Identity, known: JsonObject) -> Agent:
        """See ``Kind.parse``."""
        key = text_in(authored, _KEY) or text_in(known, _KEY)
        key = key or publishable_key_of(identity.id, self._key)
        server = AgentIdentity(
            identity.id,
            identity.name,
            key,
            identity.version,
            identity.created_at,
            identity.updated_at,
        )
        return parse_agent(authored, server)

    def restamped(self, noun: Agent, version: int, updated_at: str) -> Agent:
        """See ``Kind.restamped``."""
        return noun.with_(version=version, updated_at=updated_at)

    def kept(self, noun: Agent) -> JsonObject:
        """See ``Kind.kept``."""
        return {_KEY: noun.publishable_key}

    def claims(self, noun: Agent) -> Sequence[Claim]:
        """See ``Kind.claims``."""
        fix = f"Remove the {_KEY} line from the newer file."
        return (*super().claims(noun), Claim(_KEY, noun.publishable_key, fix))

    def authored(self, given: Mapping[str, JsonValue]) -> JsonObject:
        """See ``Kind.authored``."""
        return authored_agent(given)

    def edited(self, authored: JsonObject, patch: Mapping[str, JsonValue]) -> JsonObject:
        """See ``Kind.edited``."""
        return edited_agent(authored, patch)

    def stamped(self, authored: JsonObject, noun: Agent) -> JsonObject:
        """See ``Kind.stamped``."""
        return stamped_agent(authored, noun)


class Agents(Followed[Agent]):
    """Holds the set of agents that conversations are held with."""

    def __init__(self, files: DefinitionFiles, heads: Heads, clock: Clock, *, key: bytes) -> None:
        """Take the folder, what is remembered of it, the time, and the installation's key."""
        super().__init__(AgentKind(key), files, heads, clock)

    def find(self, name: str) -> Agent:
        """Return the enabled agent of this name.

        Raises:
            NotFound: There is none, it is disabled, or its file never could be used.
        """
        agent = self.entry(name).noun
        if not agent.enabled:
            raise NotFound(f"The agent {name} is disabled; an editor can enable it.")
        return agent

    def find_by_key(self, publishable_key: str) -> Agent:
        """Return the enabled agent that a page names by its publishable key.

        Raises:
            NotFound: There is none, or it is disabled.
        """
        for entry in self.current.entries:
            if entry.noun.publishable_key == publishable_key:
                return self.find(entry.noun.name)
        raise NotFound("There is no agent with this publishable key; copy it from the agent.")
