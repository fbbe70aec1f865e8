"""The agents at one moment: what is known of each, and who is live where two claim one thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from deftly.catalog.snapshot import CatalogProblem
from deftly.domain.agent import DEFAULT_AGENT, Agent
from deftly.store.agents import AgentHead
from deftly.values import JsonObject


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """A live agent and the file it lives in.

    Attributes:
        authored: The definition as its author wrote it.
        file: Empty for the agent that is there without a file.
        sha256: Of the file's bytes as they are now; empty where they cannot be read.
        problem: What is wrong with the file, when an earlier version of it is live.
    """

    agent: Agent
    authored: JsonObject
    file: str = ""
    sha256: str = ""
    problem: CatalogProblem | None = None

    def head(self) -> AgentHead:
        """Return what is remembered of it."""
        agent = self.agent
        definition: JsonObject = {
            **self.authored,
            "id": agent.id,
            "publishableKey": agent.publishable_key,
            "createdAt": agent.created_at,
        }
        digest = agent.content_digest
        version = agent.version
        return AgentHead(agent.id, agent.name, self.file, self.sha256, digest, version, definition)


@dataclass(frozen=True, slots=True)
class AgentSet:
    """All live agents at one moment, enabled or not, by name."""

    entries: tuple[AgentEntry, ...] = ()
    problems: tuple[CatalogProblem, ...] = ()
    by_name: Mapping[str, AgentEntry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What the files came to.

    Attributes:
        live: Those that have a file.
        default: The agent that is there without one.
    """

    live: tuple[AgentEntry, ...]
    problems: tuple[CatalogProblem, ...]
    default: AgentEntry | None

    def settled(self, heads: Mapping[str, AgentHead]) -> AgentSet:
        """Return the set, with the versions that were recorded."""
        live = [_with_head(one, heads[one.agent.id]) for one in self.live]
        entries = [*live, *([self.default] if self.default else ())]
        ordered = tuple(sorted(entries, key=lambda one: one.agent.name))
        return AgentSet(ordered, self.problems, {one.agent.name: one for one in ordered})


def _with_head(one: AgentEntry, head: AgentHead) -> AgentEntry:
    updated_at = max(one.agent.updated_at or "", head.at)
    return replace(one, agent=one.agent.with_(version=head.version, updated_at=updated_at))


def is_recorded(one: AgentEntry, head: AgentHead | None) -> bool:
    """Tell whether the remembered version is this one."""
    if head is None:
        return False
    if one.problem is not None:
        return True  # it was made from what is remembered
    return (head.file, head.file_sha256, head.content_digest, head.name) == (
        one.file,
        one.sha256,
        one.agent.content_digest,
        one.agent.name,
    )


def shown(file: str) -> str:
    """Return a file's name as problems tell it: in its folder."""
    return f"agents/{file}"


def settle(
    entries: Iterable[AgentEntry], heads: Mapping[str, AgentHead], default: AgentEntry | None
) -> tuple[list[AgentEntry], list[CatalogProblem]]:
    """Return who is live where two files claim one name, id or key: who had it before."""

    def claim(one: AgentEntry) -> tuple[bool, bool, str]:
        head = heads.get(one.agent.id)
        return (head is None or head.file != one.file, not one.file.endswith(".yaml"), one.file)

    live: list[AgentEntry] = []
    problems: list[CatalogProblem] = []
    taken: dict[tuple[str, str], str] = {}
    if default is not None:
        taken.update(dict.fromkeys(_claims(default.agent), f"the agent {DEFAULT_AGENT}"))
    for one in sorted(entries, key=claim):
        claims = _claims(one.agent)
        clash = next((mine for mine in claims if mine in taken), None)
        if clash is None:
            taken.update(dict.fromkeys(claims, one.file))
            live.append(one)
        else:
            problems.append(_clash(one.file, *clash, by=taken[clash]))
    return live, problems


_FIXES: Final[Mapping[str, str]] = {
    "name": "Rename or remove one of the two files.",
    "id": "Remove the id line from the newer file.",
    "publishableKey": "Remove the publishableKey line from the newer file.",
}


def _claims(agent: Agent) -> Sequence[tuple[str, str]]:
    return (("name", agent.name), ("id", agent.id), ("publishableKey", agent.publishable_key))


def _clash(file: str, what: str, value: str, *, by: str) -> CatalogProblem:
    return CatalogProblem(shown(file), None, f"{what}: {value} is taken by {by}.", _FIXES[what])
