"""The parts of a Deftly that little more than the settings decides."""

from typing import Final

from deftly.agent.models.configured import Models
from deftly.agent.models.keys import ModelKey
from deftly.catalog.agents import Agents
from deftly.catalog.widgets import Widgets
from deftly.rest.site import Site
from deftly.rest.visiting import Visiting
from deftly.settings import Settings
from deftly.store.database import Database
from deftly.store.definitions import DefinitionFiles
from deftly.store.heads import HeadKind, SqliteHeads
from deftly.store.secrets import Secrets
from deftly.store.vault import decode_key, read_or_make_key
from deftly.store.visitors import Visitors
from deftly.values import Clock, IdSource

_KEY_FILE: Final = "deftly.key"
_AGENTS: Final = "agents"
_WIDGETS: Final = "widgets"


def vault_key(settings: Settings) -> bytes:
    """Return the key that secrets are kept under."""
    return decode_key(settings.key) if settings.key else read_or_make_key(settings.dir / _KEY_FILE)


def agents_of(settings: Settings, database: Database, clock: Clock) -> Agents:
    """Return the agents of the folder; nothing is read yet."""
    files = DefinitionFiles(settings.dir / _AGENTS)
    heads = SqliteHeads(database, HeadKind.AGENT)
    return Agents(files, heads, clock, key=vault_key(settings))


def widgets_of(settings: Settings, database: Database, clock: Clock) -> Widgets:
    """Return the widgets of the folder; nothing is read yet."""
    files = DefinitionFiles(settings.dir / _WIDGETS)
    return Widgets(files, SqliteHeads(database, HeadKind.WIDGET), clock)


def models_of(settings: Settings, secrets: Secrets) -> Models:
    """Return the models the settings name; nothing is connected yet."""
    return Models(
        settings.model,
        settings.models,
        base_url=settings.model_base_url or None,
        key=ModelKey(settings.model_api_key, secrets.reveal),
    )


def visiting_of(
    settings: Settings, agents: Agents, visitors: Visitors, clock: Clock, ids: IdSource
) -> Visiting:
    """Return who visitors are, and which pages may embed an agent."""
    site, key = site_of(settings), vault_key(settings)
    return Visiting(agents, visitors, site=site, key=key, clock=clock, ids=ids)


def site_of(settings: Settings) -> Site:
    """Return who we are on the web."""
    return Site(
        host=settings.host,
        port=settings.port,
        public_url=settings.public_url,
        allowed_hosts=settings.allowed_hosts,
        allowed_origins=settings.allowed_origins,
        proxies=settings.proxies,
    )
