"""A Deftly worth looking at: a shop behind it, people, agents, a day of runs, an open question."""

import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, BrowserContext

from deftly.demo.running import sample_shop
from deftly.values import format_time
from tests.agent.chat_kit import RETURN, STATUS
from tests.agent.provider_server import calls, counted, words
from tests.browser.test_playground_models import provider_beside
from tests.live import Server, running_server

MODELS = ("openai:qwen3", "openai:qwen3-large")
PASSWORD = "correct horse battery"
OWNER = "grace@example.com"
PEOPLE = (
    ("Grace Hopper", OWNER, "owner", PASSWORD),
    ("Ada Lovelace", "ada@example.com", "editor", PASSWORD),
    ("Vera Molnár", "vera@example.com", "viewer", None),
)
ANSWER = """Order **A-1042** is shipped and should arrive in two days.

- Carrier: DHL
- Tracking: JD014600003"""
# One of each type that the shop's own actions are not.
ACTIONS: tuple[dict[str, Any], ...] = (
    {
        "name": "show order card",
        "description": "Shows an order as a card, with its picture and state.",
        "parameters": [{"name": "order_id", "description": "Such as A-1042", "required": True}],
        "handler": {"type": "widget"},
        "widget": "order_card",
    },
    {
        "name": "scroll to checkout",
        "description": "Scrolls the visitor's page to the checkout.",
        "handler": {
            "type": "client",
            "code": 'document.querySelector("#checkout").scrollIntoView();',
        },
    },
    {
        "name": "shipping cost",
        "description": "Works out what shipping costs, by weight and country.",
        "parameters": [
            {"name": "weight_kg", "type": "number", "description": "Of the parcel"},
            {"name": "country", "description": "Two letters, such as DE", "required": True},
        ],
        "handler": {
            "type": "code",
            "code": "const base = params.country === 'DE' ? 4.9 : 12.5;\n"
            "const weight = params.weight_kg ?? 1;\n"
            "if (weight > 30) console.warn('heavier than a parcel may be', weight);\n"
            "console.log('base price', base);\n"
            "return { price: base + 0.8 * weight };",
        },
        "examples": [
            {"question": "And to Spain?", "params": {"country": "ES", "weight_kg": 32}},
        ],
    },
    {
        "name": "count words",
        "description": "Counts the words of a text.",
        "parameters": [{"name": "text", "description": "Any text", "required": True}],
        "handler": {"type": "shell", "command": "printf %s {{text}} | wc -w"},
        "examples": [{"question": "", "params": {"text": "four words in all"}}],
    },
    {
        "name": "check stock",
        "description": "Asks the warehouse how many are left. It is often down.",
        "parameters": [{"name": "product_id", "description": "Such as P-104", "required": True}],
        "handler": {"type": "http", "url": "http://127.0.0.1:9/stock/{{product_id}}"},
        "executionMode": "auto",
    },
)
FORM = "contact_form"
FORM_DATA = {
    "title": "Write to us",
    "message": "A person of our team answers within one working day.",
    "about": "Order A-1042",
}
REPEATS = 420
RARELY = ("check_stock", "search_products")
WINDOW = timedelta(hours=23)


@dataclass(frozen=True)
class Showroom:
    """What a visitor is shown.

    Attributes:
        places: What paths name: ids of actions by tool name, ``run``, ``conversation`` and one
            ``with_card``.
        invitation: The link of somebody who was invited.
    """

    server: Server
    places: dict[str, str]
    invitation: str
    cookies: tuple[tuple[str, str], ...]

    def visit(self, browser: Browser, **options: Any) -> BrowserContext:
        """Open a browser in which the owner is signed in, and nothing moves by itself."""
        settled = {"reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=self.server.url, **settled)
        context.set_default_timeout(10_000)
        context.add_cookies(
            [{"name": name, "value": value, "url": self.server.url} for name, value in self.cookies]
        )
        return context


@contextmanager
def showroom(folder: Path) -> Iterator[Showroom]:
    """Run a furnished Deftly beside the block."""
    with sample_shop(folder), provider_beside() as provider:
        provider.replies[:] = [
            counted(calls((FORM, FORM_DATA)), 790, 38),
            counted(words("Leave your address, and the team writes to you."), 880, 17),
            counted(calls(STATUS), 812, 41),
            counted(words(ANSWER), 954, 38),
            counted(calls(RETURN), 1_030, 46),
        ]
        asked, *further = MODELS
        models = {"model": asked, "models": further, "model_base_url": provider.url}
        settings = {"shell": True, **models}
        with running_server(folder, **settings) as server:
            yield _furnish(server, folder / "deftly.db")


def _furnish(server: Server, database: Path) -> Showroom:
    with httpx2.Client(base_url=server.url, timeout=20) as local:
        _send(local, "POST", "/api/session", {"token": server.login_token})
        invited = [_send(local, "POST", "/api/users", _person(*person)) for person in PEOPLE]
    with httpx2.Client(base_url=server.url, timeout=20) as api:
        _send(api, "POST", "/api/session", {"email": OWNER, "password": PASSWORD})
        _store(api)
        _store_widgets(api)
        _repeat_over_a_day(api, database)
        _call(api, "get_order_status", order_id="A-9999")
        run = _call(api, "get_order_status", order_id="A-1042")
        for order, answer in (("A-1036", "deny"), ("A-1040", "confirm")):
            _answer(api, _call(api, "cancel_order", order_id=order), answer)
        _call(api, "cancel_order", order_id="A-1043")
        with_card = _ask_to_be_written_to(api)
        conversation = _talk(api)
        told = api.get("/api/custom-actions").json()["actions"]
        places = {one["name"].lower(): one["id"] for one in told}
        return Showroom(
            server,
            {**places, "run": run, "conversation": conversation, "with_card": with_card},
            invited[-1]["invitation"]["url"],
            tuple(api.cookies.items()),
        )


def _person(name: str, email: str, role: str, password: str | None) -> dict[str, object]:
    return {"name": name, "email": email, "role": role, "password": password}


def _store(api: httpx2.Client) -> None:
    for action in ACTIONS:
        _send(api, "POST", "/api/custom-actions", action)
    for name, hosts in (("SHOP_API_KEY", ["api.shop.example"]), ("DHL_TOKEN", ["api.dhl.com"])):
        _send(api, "PUT", f"/api/secrets/{name}", {"value": uuid.uuid4().hex, "hosts": hosts})
    for name, scopes in (("Website chat", ["run"]), ("Nightly report", ["read"])):
        _send(api, "POST", "/api/keys", {"name": name, "scopes": scopes})
    agent = {
        "title": "Shop assistant",
        "instructions": "You help customers of a small outdoor shop. Be brief and friendly.",
        "greeting": "Hello! Ask me about orders, returns or anything we sell.",
        "suggestedQuestions": ["Where is my order A-1042?", "Do you have rain jackets?"],
    }
    _send(api, "PUT", "/api/agents/default", agent)
    desk = {"name": "returns-desk", "title": "Returns desk", "instructions": "Handle returns."}
    _send(api, "POST", "/api/agents", desk)


def _repeat_over_a_day(api: httpx2.Client, database: Path) -> None:
    """Make some calls, and record them again and again as if made in the last hours."""
    for order in ("A-1042", "A-1040", "A-1043", "A-1044", "A-7"):
        _call(api, "get_order_status", order_id=order)
    _call(api, "search_products", query="jacket")
    _call(api, "get_product", product_id="P-104")
    _call(api, "check_stock", product_id="P-104")
    chance = random.Random(7)
    with sqlite3.connect(database) as opened:
        opened.row_factory = sqlite3.Row
        made = [dict(row) for row in opened.execute("SELECT * FROM runs ORDER BY seq")]
        often = [1 if row["tool"] in RARELY else 6 for row in made]
        began = datetime.now(UTC) - WINDOW
        # Busiest in the middle, and in the order in which they would have been made.
        passed = sorted(chance.triangular(0, 1, 0.7) for _ in range(REPEATS))
        for number, part in enumerate(passed):
            (one,) = chance.choices(made, often)
            row = {**one, "id": str(uuid.UUID(int=number + 1))}
            del row["seq"]
            for column in ("created_at", "started_at", "finished_at"):
                row[column] = format_time(began + WINDOW * 0.97 * part)
            row["duration_ms"] = round(chance.lognormvariate(4.4, 0.5), 1)
            row["trigger"] = chance.choice(("chat", "chat", "chat", "rest"))
            columns = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            opened.execute(f"INSERT INTO runs ({columns}) VALUES ({marks})", row)  # noqa: S608
    opened.close()


def _store_widgets(api: httpx2.Client) -> None:
    """Store what the gallery has and the shop does not."""
    there = {one["name"] for one in api.get("/api/widgets").json()["widgets"]}
    for widget in api.get("/api/widgets/gallery").json()["widgets"]:
        if widget["name"] not in there:
            _send(api, "POST", "/api/widgets", {**widget, "action": widget["name"] == FORM})


def _ask_to_be_written_to(api: httpx2.Client) -> str:
    """Have a form shown, and send it."""
    conversation = _say(api, "showroom-form", "Can somebody write to me?")
    told = api.get(f"/api/conversations/{conversation}").json()["messages"]
    (card,) = (one["cardId"] for one in told if one["role"] == "card")
    inputs = {"name": "Ada", "email": "ada@example.com", "question": "When does it arrive?"}
    path = f"/api/conversations/{conversation}/cards/{card}/submit"
    _send(api, "POST", path, {"button": "s1", "inputs": inputs})
    return conversation


def _talk(api: httpx2.Client) -> str:
    _say(api, "showroom", "Where is my order A-1042?")
    return _say(api, "showroom", "I want to return A-1038")


def _say(api: httpx2.Client, thread: str, text: str) -> str:
    message = {"id": uuid.uuid4().hex, "role": "user", "content": text}
    given = {"threadId": thread, "runId": uuid.uuid4().hex, "messages": [message]}
    answer = api.post("/api/chat/default", json=given)
    assert answer.status_code == 200, answer.text
    return answer.headers["deftly-conversation"]


def _call(api: httpx2.Client, tool: str, **arguments: object) -> str:
    told = _send(api, "POST", f"/api/tools/{tool}/call", {"arguments": arguments})
    return str(told["runId"])


def _answer(api: httpx2.Client, run: str, answer: str) -> None:
    asked = api.get("/api/confirmations").json()["confirmations"]
    (path,) = (f"/api/confirmations/{one['id']}" for one in asked if one["runId"] == run)
    token = _send(api, "POST", f"{path}/token", {})["token"]
    _send(api, "POST", f"{path}/{answer}", {"token": token})


def _send(api: httpx2.Client, method: str, path: str, given: dict[str, Any]) -> dict[str, Any]:
    answer = api.request(method, path, json=given)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
