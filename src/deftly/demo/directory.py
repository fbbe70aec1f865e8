"""The demo's directory: six action files and the settings that let them reach the shop."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from deftly.errors import InvalidSettings
from deftly.settings import FILE_NAME, load_settings

PREFERRED_PORT: Final = 8485
_LOOPBACK: Final = "127.0.0.1"
_WRITTEN_FOR: Final = f"{_LOOPBACK}:{PREFERRED_PORT}"

_SETTINGS: Final = """\
# Settings of this demo; 'deftly settings' shows all of them.

# Actions reach public addresses only. This one exception is the sample shop: a precise
# host and port on this machine, and nothing else on it.
egress_allow: ["{address}"]
"""


def is_prepared(folder: Path) -> bool:
    """Tell whether the directory was made before; it is then used as it is."""
    return (folder / FILE_NAME).exists() or (folder / "actions").exists()


def prepare(folder: Path, shop_port: int) -> None:
    """Write the sample actions and settings into a directory that has none.

    Raises:
        InvalidSettings: The directory cannot be written.
    """
    address = f"{_LOOPBACK}:{shop_port}"
    try:
        (folder / "actions").mkdir(parents=True, exist_ok=True)
        for source in files("deftly.demo").joinpath("actions").iterdir():
            text = source.read_text(encoding="utf-8").replace(_WRITTEN_FOR, address)
            (folder / "actions" / source.name).write_text(text, encoding="utf-8")
        (folder / FILE_NAME).write_text(_SETTINGS.format(address=address), encoding="utf-8")
    except OSError as fault:
        message = f"The demo directory {folder} cannot be written: {fault.strerror}."
        raise InvalidSettings(message) from None


def shop_port_of(folder: Path) -> int:
    """Return the port the directory's actions expect the shop at.

    Raises:
        InvalidSettings: Its settings do not name one, so it is no demo directory.
    """
    for entry in load_settings({"dir": folder}).egress_allow:
        host, _, port = entry.rpartition(":")
        if host == _LOOPBACK and port.isdecimal():
            return int(port)
    message = (
        f"{folder} is no demo directory: its {FILE_NAME} has no egress_allow entry for "
        f"{_LOOPBACK}. Choose another one with --dir, or start this one with 'deftly serve'."
    )
    raise InvalidSettings(message)
