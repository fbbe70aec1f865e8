"""A widget to store, and where widgets live."""

from typing import Any

WIDGETS = "/api/widgets"
CARD = f"{WIDGETS}/order_card"

TEMPLATE: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [{"type": "TextBlock", "text": "Order ${order_id} is ${status}", "wrap": True}],
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "order_id": {"type": "string", "description": "Its number"},
        "status": {"type": "string", "description": "How far it is"},
    },
    "required": ["order_id", "status"],
}
EXAMPLE = {"order_id": "A-1042", "status": "shipped"}
CARD_FILE = """\
# ours
title: Order   # for people
template:
  type: AdaptiveCard
  body:
    - {type: TextBlock, text: "Order ${order_id} is ${status}"}
exampleData: {order_id: A-1042, status: shipped}
"""


def definition(**fields: Any) -> dict[str, Any]:
    whole = {"name": "order_card", "template": TEMPLATE, "dataSchema": SCHEMA}
    given = {**whole, "exampleData": EXAMPLE, **fields}
    return {name: value for name, value in given.items() if value is not None}


def button(**deftly: Any) -> dict[str, Any]:
    """Return a template whose one button does this."""
    action = {"type": "Action.Submit", "title": "Go", "data": {"deftly": deftly}}
    return {**TEMPLATE, "actions": [action]}


async def create(api: Any, **fields: Any) -> dict[str, Any]:
    """Store a widget and return the whole answer."""
    answer = await api.post(WIDGETS, definition(**fields))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
