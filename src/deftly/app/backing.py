"""What the REST door stands on, taken from a running Deftly; for servers alone."""

from typing import TYPE_CHECKING

from deftly.agent.drafting import Drafter
from deftly.agent.widget_drafting import WidgetDrafter
from deftly.rest.attempts import Attempts
from deftly.rest.auth import Doorkeeper
from deftly.rest.backing import Backing
from deftly.rest.standing import Standing
from deftly.rest.visitor_limits import VisitorLimits
from deftly.store.passwords import Passwords

if TYPE_CHECKING:
    from deftly.app.building import Deftly


def backing_of(deftly: "Deftly") -> Backing:
    """Return the parts that the REST door talks to."""
    stores = deftly.stores
    settings, clock = deftly.settings, deftly.clock
    doorkeeper = Doorkeeper(stores.keys, stores.sessions, deftly.visiting, no_auth=settings.no_auth)
    return Backing(
        engine=deftly.engine,
        sandboxes=deftly.sandboxes,
        catalog=deftly.catalog,
        editor=deftly.editor,
        importer=deftly.importer,
        drafter=Drafter(deftly.importer, deftly.models, deftly.catalog),
        agents=deftly.agents,
        chats=deftly.chats,
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        submissions=stores.submissions,
        client_calls=stores.client_calls,
        models=deftly.models,
        agent_editor=deftly.agent_editor,
        widgets=deftly.widgets,
        widget_editor=deftly.widget_editor,
        widget_drafter=WidgetDrafter(deftly.models, deftly.catalog),
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
        visiting=deftly.visiting,
        visitor_limits=VisitorLimits(
            clock,
            messages_per_minute=settings.visitor_messages_per_minute,
            sessions_per_minute=settings.visitor_sessions_per_minute,
        ),
        standing=Standing(doorkeeper, stores.changes, deftly.agents, clock),
        site=deftly.site,
        metrics=deftly.metrics,
        stopping=deftly.stopping,
    )
