"""Creating, changing and deleting agents through the API, and what their authors are told."""

from collections.abc import Collection
from typing import Final

from deftly.catalog.agents import Agents
from deftly.catalog.catalog import Catalog
from deftly.catalog.live_editing import FolderEditor
from deftly.domain.agent import Agent
from deftly.errors import InvalidDefinition, Problem
from deftly.values import Clock, IdSource, dump_json

_SWITCH: Final = (
    "enabled: {written} counts as true, so the agent answers; only false without quotes turns it "
    "off."
)


class AgentEditor(FolderEditor[Agent]):
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
        super().__init__(agents, clock, ids)
        self._catalog = catalog
        self._models = models

    def check(self, noun: Agent, before: Agent | None) -> None:
        """Refuse a model that nobody configured; one that was named before stays, and is told."""
        unchanged = before is not None and before.model == noun.model
        if not unchanged and not self._may_name(noun.model):
            message = f"model {self._unknown_model(noun)}"
            raise InvalidDefinition(message, details=[Problem("model", message)])

    def warnings(self, noun: Agent) -> tuple[Problem, ...]:
        """Return what an agent names that is not there, and what may not mean what it says."""
        found: list[Problem] = []
        entry = self._live.current.by_name.get(noun.name)
        switch = True if entry is None else entry.authored.get("enabled", True)
        if not isinstance(switch, bool):
            found.append(Problem("enabled", _SWITCH.format(written=dump_json(switch).decode())))
        if not self._may_name(noun.model):
            found.append(Problem("model", f"model {self._unknown_model(noun)}"))
        tools = () if noun.actions == "all" else noun.actions
        for index, tool in enumerate(tools):
            if tool not in self._catalog.snapshot.by_tool:
                path = f"actions[{index}]"
                found.append(Problem(path, f"{path}: there is no action {tool} yet."))
        return tuple(found)

    def _may_name(self, model: str | None) -> bool:
        return model is None or model in self._models

    def _unknown_model(self, agent: Agent) -> str:
        known = ", ".join(sorted(self._models))
        return (
            f"{agent.model} is not configured; name one of {known}, or have an operator add it to "
            "the setting models."
        )
