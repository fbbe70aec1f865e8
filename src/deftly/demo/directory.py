"""The demo's directory: actions, widgets, an agent, and the settings that let them work."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from deftly.errors import InvalidSettings
from deftly.settings import FILE_NAME, load_settings

PREFERRED_PORT: Final = 8485
_LOOPBACK: Final = "127.0.0.1"
_WRITTEN_FOR: Final = f":{PREFERRED_PORT}"
_FROM_GALLERY: Final = ("order_card", "product_carousel", "return_form")
ASSISTANT: Final = "shop-assistant"

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
    """Write the samples and settings into a directory that has none.

    Raises:
        InvalidSettings: The directory cannot be written.
    """
    samples = files("deftly.demo")
    gallery = files("deftly.catalog").joinpath("gallery")
    settings = _SETTINGS.format(address=f"{_LOOPBACK}:{shop_port}")
    try:
        for kind in ("actions", "agents", "widgets"):
            for source in samples.joinpath(kind).iterdir():
                text = source.read_text(encoding="utf-8")
                _write(folder / kind / source.name, text.replace(_WRITTEN_FOR, f":{shop_port}"))
        for name in _FROM_GALLERY:
            text = gallery.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
            _write(folder / "widgets" / f"{name}.yaml", text)
        _write(folder / FILE_NAME, settings)
    except OSError as fault:
        message = f"The demo directory {folder} cannot be written: {fault.strerror}."
        raise InvalidSettings(message) from None


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


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
