"""The parts of a Deftly that little more than the settings decides."""

from typing import Final

from deftly.agent.models.configured import Models
from deftly.agent.models.keys import ModelKey
from deftly.catalog.agents import Agents
from deftly.rest.site import Site
from deftly.settings import Settings
from deftly.store.agents import SqliteAgentHeads
from deftly.store.database import Database
from deftly.store.definitions import DefinitionFiles
from deftly.store.secrets import Secrets
from deftly.store.vault import decode_key, read_or_make_key
from deftly.values import Clock

_KEY_FILE: Final = "deftly.key"
_AGENTS: Final = "agents"


def vault_key(settings: Settings) -> bytes:
    """Return the key that secrets are kept under."""
    return decode_key(settings.key) if settings.key else read_or_make_key(settings.dir / _KEY_FILE)


def agents_of(settings: Settings, database: Database, clock: Clock) -> Agents:
    """Return the agents of the folder; nothing is read yet."""
    files = DefinitionFiles(settings.dir / _AGENTS)
    heads = SqliteAgentHeads(database)
    return Agents(files, heads, clock, key=vault_key(settings))


def models_of(settings: Settings, secrets: Secrets) -> Models:
    """Return the models the settings name; nothing is connected yet."""
    return Models(
        settings.model,
        settings.models,
        base_url=settings.model_base_url or None,
        key=ModelKey(settings.model_api_key, secrets.reveal),
    )


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
