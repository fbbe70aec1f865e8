"""``deftly settings``: every setting with its value and where it came from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deftly.cli import terminal
from deftly.cli.opening import DirOption, JsonOption, settings_for

if TYPE_CHECKING:
    from deftly.settings import Settings
    from deftly.values import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class ListedSetting:
    """One setting as it may be shown: secrets are masked.

    Attributes:
        origin: ``default``, ``deftly.yaml``, a variable's name, or ``command line``.
    """

    name: str
    value: "JsonValue"
    origin: str
    description: str


def settings(*, as_json: JsonOption = False, directory: DirOption = None) -> None:
    """Show all settings and where they come from."""
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


def list_settings(settings: "Settings") -> tuple[ListedSetting, ...]:
    """Return every setting with its value and where it came from."""
    from deftly.settings import SECRET_SETTINGS

    shown = settings.model_dump(mode="json")
    return tuple(
        ListedSetting(
            name=name,
            value="••••••" if name in SECRET_SETTINGS and shown[name] else shown[name],
            origin=settings.origin_of(name),
            description=field.description or "",
        )
        for name, field in type(settings).model_fields.items()
    )


def _shown(value: "JsonValue") -> str:
    from deftly.values import dump_json

    if value == "":
        return "-"
    return value if isinstance(value, str) else dump_json(value).decode()
