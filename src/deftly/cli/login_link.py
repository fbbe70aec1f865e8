"""``deftly login-link``: a link that logs in once."""

from typing import TYPE_CHECKING

from deftly.cli import terminal
from deftly.cli.opening import DirOption, run_in, settings_for
from deftly.cli.serve import HostOption, PortOption

if TYPE_CHECKING:
    from deftly.app import Deftly


def login_link(
    *, host: HostOption = None, port: PortOption = None, directory: DirOption = None
) -> None:
    """Print a link that logs in once.

    Whoever can read the directory may do that. Give host and port if the server was
    started with others than the settings name.
    """
    run_in(settings_for(directory, host=host, port=port), _print)


async def _print(deftly: "Deftly") -> None:
    terminal.say(await deftly.login_link())
