"""What the toolset needs of the engine and of the catalog, and no more than that."""

from typing import Protocol

from deftly.catalog.snapshot import Snapshot
from deftly.domain.run import Call, Outcome


class MakesCalls(Protocol):
    """The one way to run an action; an evaluation puts a recorder in its place."""

    async def call(self, call: Call) -> Outcome:
        """Run an action, or hold it until a person has answered.

        Raises:
            DeftlyError: Nothing was sent; the message says why.
        """
        ...


class HoldsActions(Protocol):
    """Who knows the live actions."""

    @property
    def snapshot(self) -> Snapshot:
        """The actions at this moment; another object as soon as one has changed."""
        ...
