"""``deftly serve``: the server."""

from typing import Annotated

import typer

from deftly.cli.opening import DirOption, settings_for

HostOption = Annotated[
    str | None, typer.Option("--host", help="Address to listen on.", show_default="127.0.0.1")
]
PortOption = Annotated[
    int | None, typer.Option("--port", help="Port; 0 picks a free one.", show_default="8484")
]


def serve(
    *,
    host: HostOption = None,
    port: PortOption = None,
    directory: DirOption = None,
    no_auth: Annotated[
        bool,
        typer.Option("--no-auth", help="Every caller is the local owner; on loopback only."),
    ] = False,
) -> None:
    """Serve the API until Ctrl-C."""
    from deftly.app import serve as serve_until_stopped

    settings = settings_for(directory, host=host, port=port, no_auth=no_auth or None)
    serve_until_stopped(settings)
