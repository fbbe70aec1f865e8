"""The composition root: the only place where the parts are put together."""

from collections.abc import Callable

from deftly.app.building import Deftly, build_asgi, open_deftly
from deftly.settings import Settings

__all__ = ["Deftly", "build_asgi", "open_deftly", "serve"]


def serve(settings: Settings, listening: Callable[[Deftly], None] | None = None) -> None:
    """Serve until SIGTERM or Ctrl+C; see ``serving.serve``."""
    from deftly.app import serving  # noqa: PLC0415 - a command that serves nobody needs no server

    serving.serve(settings, listening)
