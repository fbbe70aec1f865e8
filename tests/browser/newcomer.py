"""Somebody new at the dashboard: signs in by the printed link, types, asks, looks."""

import json
from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

from tests.agent.provider_server import EVENTS, Provider, Reply, words
from tests.live import Server


def sign_in_by_link(page: Page, server: Server) -> None:
    """Open what the server's terminal says to open."""
    (line,) = [line for line in server.errors if "/login#" in line]
    page.goto(line.split()[-1])
    expect(page.get_by_role("navigation")).to_be_visible()


def go_to(page: Page, name: str) -> None:
    """Follow the navigation."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def type_into(field: Locator, text: str) -> None:
    """Type over what is there, key by key."""
    field.press("Control+a")
    field.press_sequentially(text)


def begin_action(page: Page, name: str, about: str, url: str, method: str = "GET") -> None:
    """Open an empty editor, and say what is called and when."""
    go_to(page, "Actions")
    page.get_by_role("button", name="Create action").first.click()
    type_into(page.get_by_label("Name", exact=True), name)
    type_into(page.get_by_label("When to use it"), about)
    page.get_by_label("Method", exact=True).select_option(method)
    type_into(page.get_by_role("textbox", name="URL"), url)


def add_input(page: Page, number: int, name: str, about: str, *, required: bool = True) -> None:
    """Type a row of what the agent gathers."""
    page.get_by_role("button", name="Add input").click()
    type_into(page.get_by_label(f"Name of input {number}"), name)
    type_into(page.get_by_label(f"Description of input {number}"), about)
    page.get_by_label("Required").nth(number - 1).set_checked(required)


def create(page: Page, tool: str) -> None:
    """Save the new action."""
    page.get_by_role("button", name="Create action").click()
    expect(page.get_by_text(f"{tool} is created.")).to_be_visible()
    expect(page.get_by_role("heading", name=tool, level=1)).to_be_visible()


def type_sample(page: Page, name: str, value: str) -> None:
    """Type what a test is made with."""
    type_into(page.get_by_role("complementary").get_by_label(name), value)


def ask(page: Page, question: str) -> None:
    """Ask the agent in the playground."""
    go_to(page, "Playground")
    type_into(page.get_by_label("Message", exact=True), question)
    page.keyboard.press("Enter")


def retold(provider: Provider, sentence: str) -> Reply:
    """Return an answer in words that are filled with what the call before it brought."""

    def pieces() -> Iterator[bytes]:
        *_, last = json.loads(provider.asked[-1].body)["messages"]
        yield from words(sentence.format_map(json.loads(last["content"])["data"])).pieces

    return Reply(headers=EVENTS, pieces=pieces())
