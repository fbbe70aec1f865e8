"""What the endpoints stand on: made by the composition root, the same for every request."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from deftly.agent.chats import Chats
from deftly.agent.drafting import Drafter
from deftly.agent.models.configured import Models
from deftly.agent.widget_drafting import WidgetDrafter
from deftly.catalog.agent_editing import AgentEditor
from deftly.catalog.agents import Agents
from deftly.catalog.catalog import Catalog
from deftly.catalog.editing import Editor
from deftly.catalog.porting.importing import Importer
from deftly.catalog.widget_editing import WidgetEditor
from deftly.catalog.widgets import Widgets
from deftly.engine.engine import Engine
from deftly.rest.attempts import Attempts
from deftly.rest.auth import Doorkeeper
from deftly.rest.metrics import Metrics
from deftly.rest.site import Site
from deftly.rest.standing import Standing
from deftly.rest.streams import OpenStreams
from deftly.rest.visiting import Visiting
from deftly.rest.visitor_limits import VisitorLimits
from deftly.sandbox.sandboxes import Sandboxes
from deftly.store.changes import Changes
from deftly.store.client_calls import ClientCalls
from deftly.store.confirmations import Confirmations
from deftly.store.conversations import Conversations
from deftly.store.keys import Keys
from deftly.store.passwords import Passwords
from deftly.store.runs import Runs
from deftly.store.secrets import Secrets
from deftly.store.sessions import Sessions
from deftly.store.submissions import Submissions
from deftly.store.transcripts import Transcripts
from deftly.store.users import Users

# Where a request's scope has it.
BACKING: Final = "deftly.backing"


@dataclass(frozen=True, slots=True)
class Backing:
    """The parts of a running Deftly that the door talks to.

    Attributes:
        stopping: Set when the process was asked to stop: open streams end.
    """

    engine: Engine
    sandboxes: Sandboxes
    catalog: Catalog
    editor: Editor
    importer: Importer
    drafter: Drafter
    agents: Agents
    chats: Chats
    conversations: Conversations
    transcripts: Transcripts
    submissions: Submissions
    client_calls: ClientCalls
    models: Models
    agent_editor: AgentEditor
    widgets: Widgets
    widget_editor: WidgetEditor
    widget_drafter: WidgetDrafter
    runs: Runs
    confirmations: Confirmations
    secrets: Secrets
    keys: Keys
    sessions: Sessions
    users: Users
    passwords: Passwords
    attempts: Attempts
    changes: Changes
    doorkeeper: Doorkeeper
    visiting: Visiting
    visitor_limits: VisitorLimits
    standing: Standing
    site: Site
    metrics: Metrics
    stopping: asyncio.Event
    streams: OpenStreams = field(default_factory=OpenStreams)
