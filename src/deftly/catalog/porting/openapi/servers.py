"""Where an API is: the first server that is a whole web address."""

import re
from typing import Final

from deftly.catalog.porting.openapi.document import Document, InexpressibleError, Operation
from deftly.catalog.porting.openapi.inputs import as_object
from deftly.values import JsonObject, JsonValue

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")
_WHOLE: Final = re.compile(r"(?i)https?://[^\s/?#{}]+[^\s?#{}]*")


def base_url(document: Document, operation: Operation, given: str | None) -> str:
    """Return what stands before an operation's path.

    Args:
        document: Whose servers count where the operation has none of its own.
        operation: Of the document.
        given: What the caller says; it counts before the document.

    Raises:
        InexpressibleError: The document has relative addresses alone, or none.
    """
    if given:
        return given.rstrip("/")
    told = ""
    for holder in (operation.node, operation.item, document.root):
        servers = document.listed(holder.get("servers"))
        urls = [_filled(one) for one in servers]
        for url in sorted(urls, key=lambda url: not url.lower().startswith("https:")):
            if _WHOLE.fullmatch(url):
                return url.rstrip("/")
        told = told or next((url for url in urls if url), "")
        if servers:
            break
    said = f"its server is {told[:80]}" if told else "the document names no server"
    raise InexpressibleError(
        f"The API's address is not known: {said}. Give the base URL (baseUrl, or --base-url)."
    )


def _filled(server: JsonObject) -> str:
    """Return a server's URL with the defaults of its variables."""
    url = server.get("url")
    variables = as_object(server.get("variables"))

    def default(match: re.Match[str]) -> str:
        value: JsonValue = as_object(variables.get(match[1])).get("default")
        return value if isinstance(value, str) and value else match[0]

    filled = _VARIABLE.sub(default, url).strip() if isinstance(url, str) else ""
    return f"https:{filled}" if filled.startswith("//") else filled


def has_variables(document: Document, operation: Operation) -> bool:
    """Tell whether the address was made of variables' defaults."""
    for holder in (operation.node, operation.item, document.root):
        servers = document.listed(holder.get("servers"))
        if servers:
            return "{" in str(servers[0].get("url"))
    return False
