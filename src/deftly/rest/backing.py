"""What the endpoints stand on: made by the composition root, the same for every request."""

import asyncio
from dataclasses import dataclass

from deftly.catalog.catalog import Catalog
from deftly.catalog.editing import Editor
from deftly.engine.engine import Engine
from deftly.rest.auth import Doorkeeper
from deftly.rest.metrics import Metrics
from deftly.rest.site import Site
from deftly.store.changes import Changes
from deftly.store.confirmations import Confirmations
from deftly.store.keys import Keys
from deftly.store.runs import Runs
from deftly.store.secrets import Secrets
from deftly.store.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Backing:
    """The parts of a running Deftly that the door talks to.

    Attributes:
        stopping: Set when the process was asked to stop: open streams end.
    """

    engine: Engine
    catalog: Catalog
    editor: Editor
    runs: Runs
    confirmations: Confirmations
    secrets: Secrets
    keys: Keys
    sessions: Sessions
    changes: Changes
    doorkeeper: Doorkeeper
    site: Site
    metrics: Metrics
    stopping: asyncio.Event
