"""Credentials typed into a header: taken out and kept as secrets, never stored in a file."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from deftly.domain.naming import action_name
from deftly.errors import InvalidDefinition
from deftly.values import JsonObject, JsonValue

Credentials: TypeAlias = Mapping[str, str]
"""Secret name to value."""

_CARRIERS: Final = re.compile(
    r"(?i)^(authorization|cookie|(.*[-_])?auth([-_].*)?"
    r"|.*(api[-_]?key|access[-_]?key|token|secret|password|credential).*)$"
)
_SCHEME: Final = re.compile(r"^(?P<scheme>[A-Za-z][A-Za-z0-9-]*) +(?P<value>\S.*)$")


def carries_credential(header: str, text: JsonValue) -> bool:
    """Tell whether a header of this name holds a literal credential."""
    return (
        isinstance(text, str)
        and bool(text.strip())
        and "{{" not in text
        and _CARRIERS.match(header) is not None
    )


def without_credentials(authored: JsonObject) -> tuple[JsonObject, Credentials]:
    """Return the definition with a placeholder for each literal credential, and the values."""
    handler = authored.get("handler")
    headers = handler.get("headers") if isinstance(handler, dict) else None
    if not isinstance(handler, dict) or not isinstance(headers, dict):
        return authored, {}
    kept: JsonObject = {}
    taken: dict[str, str] = {}
    for header, text in headers.items():
        kept[header] = text
        if isinstance(text, str) and carries_credential(header, text):
            name = _secret_name(authored.get("name"), header)
            scheme = _SCHEME.match(text.strip())
            taken[name] = scheme["value"] if scheme else text.strip()
            placeholder = f"{{{{secrets.{name}}}}}"
            kept[header] = f"{scheme['scheme']} {placeholder}" if scheme else placeholder
    if not taken:
        return authored, {}
    return {**authored, "handler": {**handler, "headers": kept}}, taken


def _secret_name(action: JsonValue, header: str) -> str:
    upper = re.sub(r"[^A-Z0-9]+", "_", header.upper()).strip("_")
    try:
        return f"{action_name(action) if isinstance(action, str) else 'ACTION'}_{upper}"
    except InvalidDefinition:
        return f"ACTION_{upper}"
