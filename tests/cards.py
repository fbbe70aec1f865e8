"""Widgets for tests: written as files of a folder before it is opened, or while it is open."""

import json
from pathlib import Path
from typing import Any

from deftly.app import Deftly
from tests.world import until


def text(content: str, **more: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": content, **more}


def card(*body: dict[str, Any], actions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": [*body], "actions": [*actions]}


def button(title: str, kind: str, **does: object) -> dict[str, Any]:
    return {"type": "Action.Submit", "title": title, "data": {"deftly": {"type": kind, **does}}}


def field(name: str, kind: str = "Text", **more: object) -> dict[str, Any]:
    return {"type": f"Input.{kind}", "id": name, "label": name, **more}


ORDER_CARD: dict[str, Any] = {
    "title": "Order",
    "template": card(text("Order ${id}"), text("Status: ${status}")),
    "exampleData": {"id": "EX-1", "status": "shipped"},
}
RETURN_FORM: dict[str, Any] = {
    "title": "Return form",
    "template": card(
        text("Return order ${order_id}"),
        field("reason"),
        field("count", "Number"),
        actions=(
            button(
                "Return it", "action", action="create_return", arguments={"order_id": "${order_id}"}
            ),
            button("Ask first", "message", text="May I return ${order_id}?"),
            button("Keep for later", "save", arguments={"order_id": "${order_id}"}),
            button("Another", "action", action="cancel_order", arguments={"order_id": "A-1"}),
        ),
    ),
    "exampleData": {"order_id": "A-0"},
}
RETURN, ASK, SAVE, CANCEL = "s1", "s2", "s3", "s4"


def write_widget(folder: Path, name: str, widget: dict[str, Any]) -> None:
    place = folder / "widgets"
    place.mkdir(parents=True, exist_ok=True)
    # JSON is YAML.
    (place / f"{name}.yaml").write_text(json.dumps(widget), encoding="utf-8")


async def add_widget(deftly: Deftly, name: str, widget: dict[str, Any]) -> None:
    """Write the file, and wait until the widget is live as it stands there."""
    write_widget(deftly.settings.dir, name, widget)

    def is_live() -> bool:
        found = deftly.widgets.current.by_name.get(name)
        return found is not None and found.noun.widget.template == widget["template"]

    await until(is_live)


async def remove_widget(deftly: Deftly, name: str) -> None:
    (deftly.settings.dir / "widgets" / f"{name}.yaml").unlink()
    await until(lambda: name not in deftly.widgets.current.by_name)
