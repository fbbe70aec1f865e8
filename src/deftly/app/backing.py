"""What the REST door stands on, taken from a running Deftly; for servers alone."""

from typing import TYPE_CHECKING

from deftly.agent.drafting import Drafter
from deftly.rest.attempts import Attempts
from deftly.rest.auth import Doorkeeper
from deftly.rest.backing import Backing
from deftly.rest.standing import Standing
from deftly.store.passwords import Passwords

if TYPE_CHECKING:
    from deftly.app.building import Deftly


def backing_of(deftly: "Deftly") -> Backing:
    """Return the parts that the REST door talks to."""
    stores = deftly.stores
    doorkeeper = Doorkeeper(stores.keys, stores.sessions, no_auth=deftly.settings.no_auth)
    return Backing(
        engine=deftly.engine,
        catalog=deftly.catalog,
        editor=deftly.editor,
        importer=deftly.importer,
        drafter=Drafter(deftly.importer, deftly.models, deftly.catalog),
        agents=deftly.agents,
        chats=deftly.chats,
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        models=deftly.models,
        agent_editor=deftly.agent_editor,
        runs=stores.runs,
        confirmations=stores.confirmations,
        secrets=stores.secrets,
        keys=stores.keys,
        sessions=stores.sessions,
        users=stores.users,
        passwords=Passwords(),
        attempts=Attempts(deftly.clock),
        changes=stores.changes,
        doorkeeper=doorkeeper,
        standing=Standing(doorkeeper, stores.changes),
        site=deftly.site,
        metrics=deftly.metrics,
        stopping=deftly.stopping,
    )
