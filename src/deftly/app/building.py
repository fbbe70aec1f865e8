"""Puts a Deftly together from its settings, and takes it apart in the opposite order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deftly.agent.chats import Chats
from deftly.agent.models.configured import Models
from deftly.app.chatting import chats_of
from deftly.app.gauges import Pending, gauges_of
from deftly.app.outside import Outside
from deftly.app.parts import agents_of, models_of, site_of, visiting_of, widgets_of
from deftly.app.stores import Stores, open_stores
from deftly.app.upkeep import every_round, kept_up, measure_lag
from deftly.catalog.agent_editing import AgentEditor
from deftly.catalog.agents import Agents
from deftly.catalog.catalog import Catalog
from deftly.catalog.editing import Editor, EditorStores
from deftly.catalog.porting.importing import Importer
from deftly.catalog.widget_actions import WidgetActions
from deftly.catalog.widget_editing import WidgetEditor
from deftly.catalog.widgets import Widgets
from deftly.egress.client import GuardedClient
from deftly.egress.dial import Dialer
from deftly.egress.interfaces import own_addresses
from deftly.egress.policy import Policy, parse_allow
from deftly.egress.resolve import Resolver, SystemResolver
from deftly.engine.engine import Engine, EngineStores
from deftly.engine.gate import Gate, GateSettings
from deftly.engine.limits import CallLimiter
from deftly.errors import InvalidSettings
from deftly.handlers.browsers import Browsers, BrowserWaits
from deftly.rest.metrics import Metrics
from deftly.rest.site import Site
from deftly.rest.visiting import Visiting
from deftly.sandbox.programs import Programs, find_programs
from deftly.sandbox.sandboxes import Sandboxes
from deftly.settings import Settings
from deftly.values import Clock, IdSource, RandomIds, SystemClock

if TYPE_CHECKING:
    from deftly.rest.front import App


@dataclass(frozen=True, slots=True)
class Deftly:
    """A running installation, whole.

    Attributes:
        client: The only way out to the network.
        sandboxes: The only place for other people's code.
        stopping: Set when the process was asked to stop.
    """

    settings: Settings
    clock: Clock
    ids: IdSource
    stores: Stores
    client: GuardedClient
    sandboxes: Sandboxes
    catalog: Catalog
    editor: Editor
    importer: Importer
    agents: Agents
    models: Models
    agent_editor: AgentEditor
    widgets: Widgets
    widget_editor: WidgetEditor
    engine: Engine
    chats: Chats
    metrics: Metrics
    site: Site
    visiting: Visiting
    stopping: asyncio.Event

    async def keep_warm(self) -> None:
        """Have sandboxes ready for the actions there are."""
        actions = self.catalog.snapshot.actions
        self.sandboxes.warm_for({one.action.handler.type for one in actions if one.action.enabled})

    async def login_link(self) -> str:
        """Return a link that logs its first visitor in as the owner."""
        token = await self.stores.sessions.create_login_token()
        return f"{self.site.base_url}/login#{token}"


@asynccontextmanager
async def open_deftly(  # noqa: PLR0913 - each may be stood in for
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    resolver: Resolver | None = None,
    dialer: Dialer | None = None,
    waits: BrowserWaits | None = None,
    programs: Callable[[], Programs] = find_programs,
) -> AsyncIterator[Deftly]:
    """Open everything under ``settings.dir``, and close it after the block.

    Args:
        settings: Where the folder is, and everything else an operator decides.
        clock: The time of day; tests turn theirs by hand.
        ids: Where ids and tokens come from.
        resolver: Where addresses come from; the operating system by default.
        dialer: What opens connections outwards; TCP by default.
        waits: How long calls wait for a browser.
        programs: What there is to isolate code with; looked for when it is first needed.

    Raises:
        InvalidSettings: The folder is no folder, or something in it cannot be used.
        StoreUnavailable: The database cannot be opened.
    """
    clock, ids = clock or SystemClock(), ids or RandomIds()
    _make_folder(settings.dir)
    async with AsyncExitStack() as stack:
        stores = await open_stores(stack, settings, clock, ids)
        policy = Policy(parse_allow(settings.egress_allow), own_addresses())
        client = GuardedClient(
            policy=policy, resolver=resolver or SystemResolver(), dialer=dialer, clock=clock
        )
        stack.push_async_callback(client.close)
        browsers = Browsers(stores.client_calls, stores.changes, waits)
        sandboxes = Sandboxes(client, shell=settings.shell, programs=programs)
        stack.push_async_callback(sandboxes.close)
        outside = Outside(client, browsers, sandboxes)
        deftly = _assemble(settings, stores, outside, clock, ids)
        await deftly.widgets.start()
        await deftly.catalog.start()
        await deftly.agents.start()
        stack.push_async_callback(deftly.models.close)
        stack.push_async_callback(deftly.engine.close, settings.shutdown_grace_s)
        stack.push_async_callback(deftly.chats.close, settings.shutdown_grace_s)
        await stack.enter_async_context(_upkeep(deftly))
        yield deftly
        deftly.stopping.set()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InvalidSettings(f"dir: {folder} cannot be used ({fault.strerror}).") from fault


def _assemble(
    settings: Settings,
    stores: Stores,
    outside: Outside,
    clock: Clock,
    ids: IdSource,
) -> Deftly:
    site = site_of(settings)
    agents = agents_of(settings, stores.database, clock)
    widgets = widgets_of(settings, stores.database, clock)
    visiting = visiting_of(settings, agents, stores.visitors, clock, ids)
    models = models_of(settings, stores.secrets)
    tools = outside.tools(stores.secrets.reveal, widgets)
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
    editor = Editor(catalog, editor_stores, tools, clock, ids)
    return Deftly(
        settings=settings,
        clock=clock,
        ids=ids,
        stores=stores,
        client=outside.client,
        sandboxes=outside.sandboxes,
        catalog=catalog,
        editor=editor,
        importer=Importer(catalog, editor, tools, stores.secrets, clock),
        agents=agents,
        models=models,
        agent_editor=AgentEditor(agents, catalog, clock, ids, models=models.names),
        widgets=widgets,
        widget_editor=WidgetEditor(widgets, WidgetActions(catalog, editor), clock, ids),
        engine=engine,
        chats=chats_of(
            stores,
            engine=engine,
            catalog=catalog,
            agents=agents,
            models=models,
            visiting=visiting,
            ids=ids,
        ),
        metrics=Metrics(),
        site=site,
        visiting=visiting,
        stopping=asyncio.Event(),
    )


@asynccontextmanager
async def _upkeep(deftly: Deftly) -> AsyncIterator[None]:
    pending = Pending(deftly.stores.confirmations)
    deftly.metrics.gauges.extend(gauges_of(deftly.catalog, deftly.agents, deftly.widgets, pending))
    stop = asyncio.Event()
    stores = deftly.stores

    def tell_lag(lag_s: float) -> None:
        deftly.metrics.loop_lag_s = lag_s

    works = {
        "catalog": lambda: deftly.catalog.follow(stop),
        "agents": lambda: deftly.agents.follow(stop),
        "widgets": lambda: deftly.widgets.follow(stop),
        "rounds": lambda: every_round(
            stop,
            deftly.engine.catch_up,
            stores.confirmations.expire_due,
            stores.runs.settle_lost,
            deftly.chats.tend,
            deftly.keep_warm,
            stores.retention.forget_old,
            stores.visitors.forget_old,
            pending.count,
        ),
        "lag": lambda: measure_lag(stop, tell_lag),
    }
    async with kept_up(stop, works):
        yield


def build_asgi(deftly: Deftly) -> "App":
    """Return the ASGI application of a running Deftly."""
    from deftly.app.backing import backing_of  # noqa: PLC0415 - FastAPI is for servers alone
    from deftly.rest.front import Front  # noqa: PLC0415
    from deftly.rest.management import management  # noqa: PLC0415

    return Front(backing_of(deftly), management())
