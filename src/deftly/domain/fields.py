"""Header fields that belong to whoever sends a message, not to whoever writes it."""

from typing import Final

OF_ONE_CONNECTION: Final = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "http2-settings",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Framing, routing and hop-by-hop fields (RFC 9110 section 7.6.1, RFC 9112 section 6); beside them
stand all whose name begins with ``proxy-``."""
