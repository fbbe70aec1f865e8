"""A visitor of the sample shop, with the agent in a frame on its page: two origins, one browser."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from deftly.demo.directory import ASSISTANT
from deftly.demo.running import RunningShop, sample_shop
from deftly.demo.site import Assistant
from tests.agent.chat_kit import MODEL
from tests.agent.provider_server import Provider, Reply
from tests.browser.test_playground_models import provider_beside
from tests.live import Server, end, launch

ORDER = ("get_order_status", {"order_id": "A-1042"})
SEARCH = ("search_products", {"query": "headphones"})
FORM = ("show_return_form", {"order_id": "A-1038"})
CANCEL = ("cancel_order", {"order_id": "A-1043"})
# What a browser says of a script, a style or a frame that a page does not allow.
FORBIDDEN = "Content Security Policy"


@dataclass
class Visitor:
    """Somebody at a page that embeds the agent."""

    page: Page

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("deftly-chat iframe")

    @property
    def log(self) -> Locator:
        return self.chat.get_by_role("log")

    @property
    def cards(self) -> Locator:
        return self.chat.get_by_role("region", name="Card")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("deftly-chat button.launcher")

    def asked(self, tool: str) -> Locator:
        """Return the question whether the tool may be called."""
        return self.chat.get_by_role("region", name=f"Confirm {tool}?")

    def open(self) -> None:
        self.launcher.click()
        expect(self.log).to_be_visible()

    def ask(self, text: str) -> None:
        field = self.chat.get_by_label("Message", exact=True)
        field.fill(text)
        field.press("Enter")
        expect(self.log).to_contain_text(text)

    def has_in_cart(self, count: int) -> None:
        expect(self.page.locator("#cart-count")).to_have_text(str(count))


@dataclass
class Storefront:
    """The shop, Deftly, and a provider that answers by script.

    Attributes:
        api: A client of whoever read the server's terminal.
    """

    shop: RunningShop
    provider: Provider
    folder: Path
    settings: dict[str, Any]
    server: Server
    browser: Browser
    key: str = ""
    api: httpx2.Client = field(default_factory=httpx2.Client)
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def scripted(self, *replies: Reply) -> None:
        """Have the model say these from now on."""
        asked = len(self.provider.asked)
        self.provider.replies[:] = [*self.provider.replies[:asked], *replies]

    def visit(self, address: str = "", **options: Any) -> Visitor:
        """Open the shop's page, or another one, in a browser of its own."""
        context = self.browser.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        return self.tab_of(context, address)

    def tab_of(self, context: BrowserContext, address: str = "") -> Visitor:
        """Open a page in a browser that is there; what it complains of is an error here."""
        page = context.new_page()
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("console", lambda said: self._hear(said.text))
        page.goto(address or self.shop.url)
        return Visitor(page)

    def _hear(self, text: str) -> None:
        if FORBIDDEN in text:
            self.complaints.append(text)

    def runs(self, tool: str) -> list[dict[str, Any]]:
        """Return what is on record of a tool, newest first."""
        runs: list[dict[str, Any]] = self.told("GET", "/api/runs")["runs"]
        return [run for run in runs if run["tool"] == tool]

    def told(self, method: str, path: str, given: object = None) -> dict[str, Any]:
        """Return what the owner is told."""
        answer = self.api.request(method, path, json=given)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def start(self, **settings: Any) -> None:
        """Start Deftly, again or for the first time, and put its agent on the page."""
        end(self.server)
        self.server = launch(self.folder, **{**self.settings, **settings})
        self.seat()

    def seat(self) -> None:
        assert self.server.first_line, "".join(self.server.errors)
        self.api.close()
        self.api = httpx2.Client(base_url=self.server.url, timeout=20)
        self.told("POST", "/api/session", {"token": self.server.login_token})
        self.key = self.told("GET", f"/api/agents/{ASSISTANT}")["agent"]["publishableKey"]
        self.shop.seat(Assistant(self.server.url, self.key))


@contextmanager
def open_storefront(browser: Browser, folder: Path, **settings: Any) -> Iterator[Storefront]:
    """Run shop, Deftly and provider beside the block; no page may have complained at its end."""
    with sample_shop(folder) as shop, provider_beside() as provider:
        # A port of its own, the same after a restart: the page keeps the address.
        given = {"model": MODEL, "model_base_url": provider.url, "port": free_port(), **settings}
        front = Storefront(shop, provider, folder, given, launch(folder, **given), browser)
        try:
            front.seat()
            yield front
        except BaseException as fault:
            fault.add_note("".join(front.server.errors))
            fault.add_note("\n".join(front.complaints))
            raise
        finally:
            for context in front.contexts:
                context.close()
            front.api.close()
            end(front.server)
    assert front.complaints == []


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
