"""The numbers that are read off a running Deftly."""

from deftly.catalog.agents import Agents
from deftly.catalog.catalog import Catalog
from deftly.catalog.widgets import Widgets
from deftly.domain.run import Status
from deftly.rest.metrics import Gauge
from deftly.store.confirmations import Confirmations


class Pending:
    """How many questions waited for an answer when last counted."""

    def __init__(self, confirmations: Confirmations) -> None:
        """Count in this store."""
        self._confirmations = confirmations
        self.number = 0

    async def count(self) -> None:
        """Count them now."""
        self.number = await self._confirmations.count(Status.CONFIRM_REQUIRED)


def gauges_of(catalog: Catalog, agents: Agents, widgets: Widgets, pending: Pending) -> list[Gauge]:
    """Return what is measured whenever somebody asks for the numbers."""

    def problems() -> int:
        folders = (catalog.snapshot, agents.current, widgets.current)
        return sum(len(one.problems) for one in folders)

    return [
        Gauge("deftly_actions", "Live actions", lambda: len(catalog.snapshot.actions)),
        Gauge(
            "deftly_definition_problems",
            "Definition files that need mending",
            problems,
        ),
        Gauge(
            "deftly_confirmations_pending", "Questions without an answer", lambda: pending.number
        ),
    ]
