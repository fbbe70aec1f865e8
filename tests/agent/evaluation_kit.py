"""Two actions and a case file of them."""

import json
from pathlib import Path

from deftly.values import JsonObject

ACTIONS: list[JsonObject] = [
    {
        "name": "get order",
        "description": "Look up an order.",
        "parameters": [{"name": "order_id", "description": "Its number", "required": True}],
        "executionMode": "auto",
    },
    {
        "name": "pay fine",
        "description": "Pay a fine.",
        "parameters": [
            {"name": "fine_id", "description": "The fine's number", "required": True},
            {"name": "amount", "type": "number", "description": "How much to pay"},
        ],
        "handler": {"type": "http", "method": "POST", "url": "https://shop.example.com/fines"},
        "executionMode": "auto",
    },
]
GET = {"tool": "GET_ORDER", "arguments": {"order_id": "A-1"}}


def written(folder: Path, name: str = "cases.json", **file: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"domain": "shop", "actions": ACTIONS, **file}))
    return path
