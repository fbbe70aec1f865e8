"""``deftly settings``: every setting with its value and where it came from."""

from typing import TYPE_CHECKING

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, settings_for

if TYPE_CHECKING:
    from deftly.values import JsonObject, JsonValue


def settings(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """Show all settings and where they come from."""
    from deftly.settings import list_settings

    listed = list_settings(settings_for(directory))
    if as_json:
        told: JsonObject = {
            one.name: {"value": one.value, "origin": one.origin, "description": one.description}
            for one in listed
        }
        terminal.print_json(told)
        return
    terminal.table(
        ("setting", "value", "from", "what it decides"),
        ((one.name, _shown(one.value), one.origin, one.description) for one in listed),
        wrap=3,
    )


def _shown(value: "JsonValue") -> str:
    from deftly.values import dump_json

    if value == "":
        return "-"
    return value if isinstance(value, str) else dump_json(value).decode()
