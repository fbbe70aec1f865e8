"""A ticket desk to call, and how a test meets the editor of an action that calls it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import yaml
from playwright.sync_api import Locator, Page, expect


class Tickets(BaseHTTPRequestHandler):
    """A desk that notes every request and echoes the key it came with."""

    seen: list[str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append(self.path)
        key = self.headers.get("X-Key")
        body = json.dumps({"ticket": {"number": 7}, "key": key}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@contextmanager
def running_desk(seen: list[str]) -> Iterator[str]:
    """Run a desk that notes the paths it was asked for, and return its address."""
    handler = type("Noting", (Tickets,), {"seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def programs_of(page: Page, url: str) -> Iterator[httpx2.Client]:
    """Return a client with the session of the page."""
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    with httpx2.Client(base_url=url, cookies=cookies, timeout=30) as client:
        yield client


def ticket(desk: str, **fields: object) -> dict[str, Any]:
    handler = {"type": "http", "method": "POST", "url": desk + "/tickets/{{order_id}}"}
    return {
        "name": "open ticket",
        "description": "Opens a ticket.",
        "parameters": [{"name": "order_id", "description": "", "required": True}],
        "handler": handler | {"body": {"note": "{{order_id}}"}},
        **fields,
    }


def store(api: httpx2.Client, definition: dict[str, Any]) -> str:
    answer = api.post("/api/custom-actions", json=definition)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["action"]["id"])


def opened(page: Page, action_id: str) -> Page:
    page.goto(f"/actions/{action_id}")
    expect(page.get_by_label("When to use it")).to_be_visible()
    return page


def stored(folder: Path) -> dict[str, Any]:
    (path,) = (folder / "actions").glob("*.y*ml")
    definition: dict[str, Any] = yaml.safe_load(path.read_text())
    return definition


def sample(page: Page, name: str) -> Locator:
    return page.get_by_role("complementary").get_by_label(name)


def fault(page: Page, text: str) -> Locator:
    return page.get_by_role("alert").filter(has_text=text)
