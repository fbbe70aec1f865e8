"""Puts a Deftly together from its settings, and takes it apart in the opposite order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deftly.app.upkeep import every_round, kept_up, measure_lag
from deftly.catalog.catalog import Catalog
from deftly.catalog.editing import Editor, EditorStores
from deftly.domain.run import Status
from deftly.egress.client import GuardedClient
from deftly.egress.dial import Dialer
from deftly.egress.interfaces import own_addresses
from deftly.egress.policy import Policy, parse_allow
from deftly.egress.resolve import Resolver, SystemResolver
from deftly.engine.engine import Engine, EngineStores
from deftly.engine.gate import Gate, GateSettings
from deftly.engine.limits import CallLimiter
from deftly.errors import InvalidSettings
from deftly.handlers.http import HttpTools
from deftly.rest.metrics import Gauge, Metrics
from deftly.rest.site import Site
from deftly.settings import Settings
from deftly.store.changes import Changes
from deftly.store.confirmations import Confirmations, SqliteConfirmations
from deftly.store.conversations import Conversations, SqliteConversations
from deftly.store.database import Database
from deftly.store.definitions import DefinitionFiles
from deftly.store.keys import Keys, SqliteKeys
from deftly.store.lease import ProcessLease
from deftly.store.revisions import Revisions, SqliteRevisions
from deftly.store.runs import Runs, SqliteRuns
from deftly.store.secrets import Secrets, SqliteSecrets
from deftly.store.sessions import Sessions, SqliteSessions
from deftly.store.vault import Vault, decode_key, read_or_make_key
from deftly.values import Clock, IdSource, RandomIds, SystemClock

if TYPE_CHECKING:
    from deftly.rest.backing import Backing
    from deftly.rest.front import App

_DATABASE: Final = "deftly.db"
_KEY_FILE: Final = "deftly.key"
_ACTIONS: Final = "actions"


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that is kept."""

    database: Database
    runs: Runs
    confirmations: Confirmations
    conversations: Conversations
    definitions: DefinitionFiles
    revisions: Revisions
    secrets: Secrets
    keys: Keys
    sessions: Sessions
    changes: Changes


@dataclass(frozen=True, slots=True)
class Deftly:
    """A running installation, whole.

    Attributes:
        client: The only way out to the network.
        stopping: Set when the process was asked to stop.
    """

    settings: Settings
    clock: Clock
    ids: IdSource
    stores: Stores
    client: GuardedClient
    catalog: Catalog
    editor: Editor
    engine: Engine
    metrics: Metrics
    site: Site
    stopping: asyncio.Event

    async def login_link(self) -> str:
        """Return a link that logs its first visitor in as the owner."""
        token = await self.stores.sessions.create_login_token()
        return f"{self.site.base_url}/login#{token}"


@asynccontextmanager
async def open_deftly(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    resolver: Resolver | None = None,
    dialer: Dialer | None = None,
) -> AsyncIterator[Deftly]:
    """Open everything under ``settings.dir``, and close it after the block.

    Args:
        settings: Where the folder is, and everything else an operator decides.
        clock: The time of day; tests turn theirs by hand.
        ids: Where ids and tokens come from.
        resolver: Where addresses come from; the operating system by default.
        dialer: What opens connections outwards; TCP by default.

    Raises:
        InvalidSettings: The folder is no folder, or something in it cannot be used.
        StoreUnavailable: The database cannot be opened.
    """
    clock, ids = clock or SystemClock(), ids or RandomIds()
    _make_folder(settings.dir)
    async with AsyncExitStack() as stack:
        stores = await _open_stores(stack, settings, clock, ids)
        policy = Policy(parse_allow(settings.egress_allow), own_addresses())
        client = GuardedClient(
            policy=policy, resolver=resolver or SystemResolver(), dialer=dialer, clock=clock
        )
        stack.push_async_callback(client.close)
        deftly = _assemble(settings, stores, client, clock, ids)
        await deftly.catalog.start()
        stack.push_async_callback(deftly.engine.close, settings.shutdown_grace_s)
        await stack.enter_async_context(_upkeep(deftly))
        yield deftly
        deftly.stopping.set()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InvalidSettings(f"dir: {folder} cannot be used ({fault.strerror}).") from fault


async def _open_stores(
    stack: AsyncExitStack, settings: Settings, clock: Clock, ids: IdSource
) -> Stores:
    folder = settings.dir
    lease = ProcessLease(folder, ids)
    stack.callback(lease.release)
    database = await Database.open(folder / _DATABASE, clock=clock, ids=ids)
    stack.push_async_callback(database.close)
    changes = Changes(database)
    changes.start()
    stack.push_async_callback(changes.close)
    return Stores(
        database=database,
        runs=SqliteRuns(database, lease),
        confirmations=SqliteConfirmations(database, lease),
        conversations=SqliteConversations(database),
        definitions=DefinitionFiles(folder / _ACTIONS),
        revisions=SqliteRevisions(database),
        secrets=SqliteSecrets(database, changes, Vault(_vault_key(settings))),
        keys=SqliteKeys(database, changes),
        sessions=SqliteSessions(database),
        changes=changes,
    )


def _vault_key(settings: Settings) -> bytes:
    return decode_key(settings.key) if settings.key else read_or_make_key(settings.dir / _KEY_FILE)


def _assemble(
    settings: Settings, stores: Stores, client: GuardedClient, clock: Clock, ids: IdSource
) -> Deftly:
    site = _site_of(settings)
    tools = HttpTools(client, stores.secrets.reveal)
    catalog = Catalog(stores.definitions, stores.revisions, tools, clock)
    editor_stores = EditorStores(stores.definitions, stores.revisions, stores.secrets)
    gate = Gate(
        stores.confirmations,
        GateSettings(
            expires_s=settings.confirm_expires_s,
            expires_conversation_s=settings.confirm_expires_conversation_s,
            public_url=site.base_url,
        ),
        stores.database.clock,
        ids,
    )
    engine = Engine(
        catalog=catalog,
        gate=gate,
        limiter=CallLimiter(clock, calls_per_minute=settings.calls_per_minute),
        stores=EngineStores(stores.runs, stores.conversations, stores.changes),
        clock=stores.database.clock,
        ids=ids,
    )
    return Deftly(
        settings=settings,
        clock=clock,
        ids=ids,
        stores=stores,
        client=client,
        catalog=catalog,
        editor=Editor(catalog, editor_stores, tools, clock, ids),
        engine=engine,
        metrics=Metrics(),
        site=site,
        stopping=asyncio.Event(),
    )


def _site_of(settings: Settings) -> Site:
    return Site(
        host=settings.host,
        port=settings.port,
        public_url=settings.public_url,
        allowed_hosts=settings.allowed_hosts,
        allowed_origins=settings.allowed_origins,
        proxies=settings.proxies,
    )


@asynccontextmanager
async def _upkeep(deftly: Deftly) -> AsyncIterator[None]:
    pending = _Pending(deftly.stores.confirmations)
    deftly.metrics.gauges.extend(_gauges(deftly, pending))
    stop = asyncio.Event()
    stores = deftly.stores

    def tell_lag(lag_s: float) -> None:
        deftly.metrics.loop_lag_s = lag_s

    works = {
        "catalog": lambda: deftly.catalog.follow(stop),
        "rounds": lambda: every_round(
            stop,
            deftly.engine.record_again,
            stores.confirmations.expire_due,
            stores.runs.settle_lost,
            pending.count,
        ),
        "lag": lambda: measure_lag(stop, tell_lag),
    }
    async with kept_up(stop, works):
        yield


class _Pending:
    """How many questions waited for an answer when last counted."""

    def __init__(self, confirmations: Confirmations) -> None:
        self._confirmations = confirmations
        self.number = 0

    async def count(self) -> None:
        self.number = len(await self._confirmations.list(Status.CONFIRM_REQUIRED))


def _gauges(deftly: Deftly, pending: _Pending) -> list[Gauge]:
    catalog = deftly.catalog
    return [
        Gauge("deftly_actions", "Live actions", lambda: len(catalog.snapshot.actions)),
        Gauge(
            "deftly_definition_problems",
            "Definition files that need mending",
            lambda: len(catalog.snapshot.problems),
        ),
        Gauge(
            "deftly_confirmations_pending", "Questions without an answer", lambda: pending.number
        ),
    ]


def build_asgi(deftly: Deftly) -> "App":
    """Return the ASGI application of a running Deftly."""
    from deftly.rest.front import Front  # noqa: PLC0415 - FastAPI is for servers alone
    from deftly.rest.management import build_management  # noqa: PLC0415

    backing = backing_of(deftly)
    return Front(backing, build_management(backing))


def backing_of(deftly: Deftly) -> "Backing":
    """Return the parts that the REST door talks to."""
    from deftly.rest.auth import Doorkeeper  # noqa: PLC0415 - for servers alone
    from deftly.rest.backing import Backing  # noqa: PLC0415

    stores = deftly.stores
    return Backing(
        engine=deftly.engine,
        catalog=deftly.catalog,
        editor=deftly.editor,
        runs=stores.runs,
        confirmations=stores.confirmations,
        secrets=stores.secrets,
        keys=stores.keys,
        sessions=stores.sessions,
        changes=stores.changes,
        doorkeeper=Doorkeeper(stores.keys, stores.sessions, no_auth=deftly.settings.no_auth),
        site=deftly.site,
        metrics=deftly.metrics,
        stopping=deftly.stopping,
    )
