"""The sample shop with widgets: an order shown as a card, a form for a return."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.agent.chat_kit import InProcess, Scene, Turn, chat_scene, in_process
from tests.agent.provider_server import Reply, calls, words
from tests.cards import RETURN_FORM, add_widget, card, text, write_widget
from tests.world import until

SHOWS = ("get_order_status", {"order_id": "A-1042"})
FORM = ("sample_form", {"order_id": "A-1038"})
ORDER_CARD = {
    "title": "Order",
    "template": card(text("Order ${order_id}"), text("Status: ${status}")),
}
FORM_SHOWN = (calls(FORM), words("Please fill it in."))
FORM_ACTION = {
    "name": "SAMPLE_FORM",
    "description": "Show the form for a return.",
    "parameters": [{"name": "order_id", "description": "Its number", "required": True}],
    "handler": {"type": "widget"},
    "widget": "sample_form",
    "executionMode": "auto",
}


def cards_of(turn: Turn) -> list[dict[str, Any]]:
    return [one["value"] for one in turn.of("CUSTOM") if one["name"] == "deftly.widget"]


def texts_of(card: dict[str, Any]) -> list[str]:
    return [one["text"] for one in card["body"] if one["type"] == "TextBlock"]


async def edit(http: Any, tool: str, **changes: object) -> None:
    """Change a stored action."""
    actions = (await http.get("/api/custom-actions")).json()["actions"]
    (found,) = [one for one in actions if one["name"].lower() == tool]
    answer = await http.put(f"/api/custom-actions/{found['id']}", json=changes)
    assert answer.status_code == 200, answer.text


async def add_action(http: Any, **fields: object) -> None:
    answer = await http.post("/api/custom-actions", json={**FORM_ACTION, **fields})
    assert answer.status_code == 200, answer.text


@asynccontextmanager
async def card_world(folder: Path, *replies: Reply, **settings: object) -> AsyncIterator[InProcess]:
    """Open the shop in this process; looking up an order shows a card, and there is a form."""
    async with in_process(folder, *replies, **settings) as scene:
        await add_widget(scene.api.deftly, "sample_order", ORDER_CARD)
        await add_widget(scene.api.deftly, "sample_form", RETURN_FORM)
        await edit(scene.client.http, "get_order_status", widget="sample_order")
        await add_action(scene.client.http)
        yield scene


@asynccontextmanager
async def card_scene(folder: Path, *replies: Reply, **settings: object) -> AsyncIterator[Scene]:
    """The same behind a real server."""
    async with chat_scene(folder, *replies, **settings) as scene:
        write_widget(folder, "sample_order", ORDER_CARD)
        write_widget(folder, "sample_form", RETURN_FORM)
        await edit(scene.client.http, "get_order_status", widget="sample_order")
        await add_action(scene.client.http)

        async def are_live() -> bool:
            answer = await scene.client.http.get("/api/custom-actions")
            names = {one["name"] for one in answer.json()["actions"]}
            ready = await scene.client.http.get("/api/widgets")
            listed = {one["name"] for one in ready.json()["widgets"]}
            return "SAMPLE_FORM" in names and {"sample_form", "sample_order"} <= listed

        await until(are_live, 10)
        yield scene


async def press(http: Any, conversation: str, card: str, button: object, **more: object) -> Any:
    path = f"/api/conversations/{conversation}/cards/{card}/submit"
    return await http.post(path, json={"button": button, **more})


async def shown_form(scene: InProcess) -> tuple[str, str]:
    """Return the conversation and the card."""
    turn = await scene.client.say("Return A-1038")
    (card,) = cards_of(turn)
    return turn.conversation, card["cardId"]


async def is_free(scene: InProcess, conversation: str) -> None:
    async def idle() -> bool:
        return not (await scene.client.seen(conversation))["conversation"]["busy"]

    await until(idle, 20)


async def runs_of(scene: InProcess, conversation: str) -> list[dict[str, Any]]:
    found = await scene.api.get("/api/runs", params={"conversationId": conversation})
    runs: list[dict[str, Any]] = found.json()["runs"]
    return runs
