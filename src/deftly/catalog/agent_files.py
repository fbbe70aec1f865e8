"""From agents' files to a set of agents: what each file comes to, and which of them are live."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from deftly.catalog.agent_set import AgentEntry, Look, settle, shown
from deftly.catalog.loading import problem_of
from deftly.catalog.snapshot import CatalogProblem
from deftly.domain.agent import DEFAULT_AGENT, name_fault
from deftly.domain.agent_definition import (
    AgentIdentity,
    agent_id_of_name,
    parse_agent,
    publishable_key_of,
)
from deftly.errors import DeftlyError, InvalidDefinition
from deftly.store.agents import AgentHead
from deftly.store.definition_file import DefinitionFile, FileProblem
from deftly.store.definitions import DefinitionFiles
from deftly.values import JsonObject, JsonValue, format_time, parse_time


@dataclass(frozen=True, slots=True)
class AgentReader:
    """Reads the folder; blocks."""

    files: DefinitionFiles
    key: bytes = field(repr=False)

    def look(self, heads: Mapping[str, AgentHead], now: str) -> Look:
        """Return what every file comes to now.

        A folder that cannot be read changes nothing: what is remembered stays live.
        """
        work = _Work(self.key, heads, now)
        found = self.files.scan()
        if isinstance(found, FileProblem):
            problem = CatalogProblem(found.file, None, found.message, found.fix, still_live=True)
            remembered = [work.remembered(head, problem) for head in heads.values()]
            return Look(tuple(one for one in remembered if one is not None), (problem,), None)
        entries: list[AgentEntry] = []
        problems: list[CatalogProblem] = []
        for name in found:
            read = self.files.read(name)
            if read is None:
                continue
            entry, fault = work.read(read)
            entries.extend([entry] if entry is not None else ())
            problems.extend([fault] if fault is not None else ())
        # A broken file must not give way to an agent that may call everything.
        has_file = any(_name_of(name) == DEFAULT_AGENT for name in found)
        default = None if has_file else work.without_file(DEFAULT_AGENT)
        live, taken = settle(entries, heads, default)
        return Look(tuple(live), (*problems, *taken), default)


class _Work:
    """One look's worth of reading."""

    def __init__(self, key: bytes, heads: Mapping[str, AgentHead], now: str) -> None:
        self._key = key
        self._heads = heads
        self._by_file = {head.file: head for head in heads.values()}
        self._now = now

    def read(
        self, read: DefinitionFile | FileProblem
    ) -> tuple[AgentEntry | None, CatalogProblem | None]:
        match read:
            case DefinitionFile():
                try:
                    return self._entry(read.name, read.sha256, read.definition), None
                except DeftlyError as fault:
                    file, sha256 = read.name, read.sha256
                    problem = problem_of(shown(file), fault)
            case FileProblem():
                file, sha256 = read.file, read.sha256 or ""
                problem = CatalogProblem(shown(file), read.line, read.message, read.fix)
        head = self._by_file.get(file)
        entry = None if head is None else self.remembered(head, problem)
        problem = replace(problem, still_live=entry is not None)
        return (replace(entry, sha256=sha256, problem=problem) if entry else None), problem

    def remembered(self, head: AgentHead, problem: CatalogProblem) -> AgentEntry | None:
        """Return the last good version of a file."""
        try:
            entry = self._entry(head.file, head.file_sha256, head.definition)
        except DeftlyError:
            return None  # a newer Deftly has stricter rules; the file's problem is told anyway
        return replace(entry, problem=problem)

    def without_file(self, name: str) -> AgentEntry:
        agent_id = agent_id_of_name(name)
        key = publishable_key_of(agent_id, self._key)
        return AgentEntry(parse_agent({}, AgentIdentity(agent_id, name, key)), {"name": name})

    def _entry(self, file: str, sha256: str, authored: JsonObject) -> AgentEntry:
        name = _name_of(file)
        _check_name(name, file, authored.get("name"))
        agent_id = _id(_text(authored, "id"))
        head = self._heads.get(agent_id) if agent_id else self._by_file.get(file)
        agent_id = agent_id or (head.agent_id if head else agent_id_of_name(name))
        known = head.definition if head else {}
        key = _text(authored, "publishableKey") or _text(known, "publishableKey")
        created = _time(authored.get("createdAt")) or _time(known.get("createdAt"))
        updated = _time(authored.get("updatedAt"))
        identity = AgentIdentity(
            id=agent_id,
            name=name,
            publishable_key=key or publishable_key_of(agent_id, self._key),
            version=head.version if head else _version(authored.get("version")),
            created_at=created or self._now,
            updated_at=max(updated or "", head.at if head else "") or self._now,
        )
        return AgentEntry(parse_agent(authored, identity), {**authored, "name": name}, file, sha256)


def _name_of(file: str) -> str:
    return PurePath(file).stem


def _check_name(name: str, file: str, given: JsonValue) -> None:
    fault = name_fault(name)
    if fault:
        raise InvalidDefinition(f"An agent is named after its file, and the name {name} {fault}.")
    if given is not None and given != name:
        message = f"name is {given}, but the file is {file}: make them the same, or leave name out."
        raise InvalidDefinition(message)


def _text(definition: JsonObject, key: str) -> str:
    given = definition.get(key)
    if given is None or isinstance(given, str):
        return given or ""
    raise InvalidDefinition(f"{key} must be text; remove the line to get one.")


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        return text  # refused with a sentence when the agent is parsed


def _version(given: JsonValue) -> int:
    usable = isinstance(given, int) and not isinstance(given, bool) and given > 0
    return given if usable and isinstance(given, int) else 1


def _time(given: JsonValue) -> str | None:
    try:
        return format_time(parse_time(given)) if isinstance(given, str) else None
    except ValueError:
        return None
