"""A way through every page of the dashboard, each as a person would find it in use."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.given import dropped, operation
from tests.browser.showroom import Showroom

Step = Callable[[Page], None]


def stay(page: Page) -> None:
    """Do nothing more."""


@dataclass(frozen=True)
class View:
    """A page, and what is done there before it is looked at.

    Attributes:
        path: What stands in braces are places of the showroom.
        shows: A selector of what is there once the page is.
    """

    name: str
    path: str
    shows: str
    then: Step = stay

    def open(self, page: Page, room: Showroom) -> None:
        """Come to it by its address, and wait until it is whole."""
        page.goto(self.path.format_map(room.places))
        expect(page.locator(self.shows).first).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)
        self.then(page)


def run_test(page: Page) -> None:
    page.get_by_role("button", name="Run test").click()
    expect(page.get_by_text("Worked")).to_be_visible()


def show_program(page: Page) -> None:
    page.locator(".code-editor").evaluate("(one) => one.scrollIntoView({ block: 'center' })")


def run_program(page: Page) -> None:
    """Have what is run and what came of it beside each other."""
    run_test(page)
    show_program(page)


def begin_code(page: Page) -> None:
    page.get_by_role("radio", name="Code", exact=True).check()
    page.get_by_role("button", name="Begin with a sample").click()
    expect(page.get_by_text("params.order_id")).to_be_visible()
    show_program(page)


def open_history(page: Page) -> None:
    page.get_by_role("button", name="History").click()
    expect(page.get_by_role("dialog")).to_contain_text("Version")


def wait_for_card(page: Page) -> None:
    expect(page.locator(".widget-card .ac-adaptiveCard").first).to_be_visible()


def try_client_code(page: Page) -> None:
    page.get_by_role("button", name="Run test").click()
    expect(page.get_by_text("Failed")).to_be_visible()


def drop_document(page: Page) -> None:
    paths = {
        "/tickets": {"get": operation("listTickets"), "post": operation("openTicket")},
        "/tickets/{ticket_id}": {
            "get": operation("getTicket", "ticket_id"),
            "delete": operation("closeTicket", "ticket_id"),
        },
        "/customers/{customer_id}": {"get": operation("getCustomer", "customer_id")},
        "/articles": {"get": operation("listArticles")},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Help desk", "version": "1"},
        "servers": [{"url": "https://api.helpdesk.example"}],
        "paths": paths,
    }
    dropped(page, "helpdesk.json", json.dumps(document))
    expect(page.get_by_text("6 of 6 selected")).to_be_visible()


def wait_for_buttons(page: Page) -> None:
    expect(page.get_by_role("button", name="Confirm").first).to_be_enabled()


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()


def open_shortcuts(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def open_key_dialog(page: Page) -> None:
    page.get_by_role("button", name="Create key").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def open_invitation(page: Page) -> None:
    page.get_by_role("button", name="Invite somebody").click()
    expect(page.get_by_role("dialog")).to_be_visible()


ROW = "tr.open"
EDITOR = ".cm-content"
FIELD = "main textarea"

TOUR = (
    View("actions", "/actions", ROW),
    View("palette", "/actions", ROW, open_palette),
    View("shortcuts", "/actions", ROW, open_shortcuts),
    View("editor", "/actions/{get_order_status}", EDITOR),
    View("editor-tested", "/actions/{get_order_status}", EDITOR, run_test),
    View("history", "/actions/{get_order_status}", EDITOR, open_history),
    View("editor-write", "/actions/{create_return}", EDITOR),
    View("editor-widget", "/actions/{show_order_card}", FIELD),
    View("editor-client", "/actions/{scroll_to_checkout}", EDITOR, try_client_code),
    View("editor-code", "/actions/{shipping_cost}", EDITOR, run_program),
    View("editor-shell", "/actions/{count_words}", EDITOR, run_program),
    View("editor-new-code", "/actions/new", EDITOR, begin_code),
    View("editor-new", "/actions/new", EDITOR),
    View("import-words", "/actions/import?from=words", FIELD),
    View("import-curl", "/actions/import?from=curl", FIELD),
    View("import-file", "/actions/import?from=file", "text=Drop an OpenAPI file here"),
    View(
        "import-review",
        "/actions/import?from=file",
        "text=Drop an OpenAPI file here",
        drop_document,
    ),
    View(
        "playground",
        "/playground?conversation={conversation}",
        ".confirm-card",
        wait_for_buttons,
    ),
    View("playground-card", "/playground?conversation={with_card}", ".widget-card", wait_for_card),
    View("widgets", "/widgets", ".widgets-tile .widget-card", wait_for_card),
    View("widget-new", "/widgets/new", ".widgets-tile .widget-card", wait_for_card),
    View("widget-sample", "/widgets/new?sample=product_carousel", EDITOR, wait_for_card),
    View("widget", "/widgets/order_card", EDITOR, wait_for_card),
    View("submissions", "/widgets/contact_form/submissions", "text=ada@example.com"),
    View("runs", "/runs", ROW),
    View("run", "/runs/{run}", "text=A-1042"),
    View("confirmations", "/confirmations", ".confirm-card", wait_for_buttons),
    View("agents", "/agents", ROW),
    View("agent", "/agents/default", FIELD),
    View("secrets", "/secrets", "text=SHOP_API_KEY"),
    View("keys", "/keys", "text=Website chat"),
    View("key-dialog", "/keys", "text=Website chat", open_key_dialog),
    View("users", "/users", "text=Ada Lovelace"),
    View("invite-dialog", "/users", "text=Ada Lovelace", open_invitation),
    View("settings", "/settings", "main section"),
)
