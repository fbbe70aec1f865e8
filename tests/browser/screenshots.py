"""Takes the pictures of docs/screenshots: the dashboard and the embed, in each look."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import opened_browser
from tests.browser.shop_views import open_part
from tests.browser.showroom import Showroom, showroom
from tests.browser.small_png import smaller
from tests.browser.storefront import open_storefront
from tests.browser.tour import TOUR, View

FOLDER = Path(__file__).parents[2] / "docs/screenshots"
DESK: ViewportSize = {"width": 1280, "height": 800}
# The shop's page with the chat open.
EMBED = "embed"
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Look:
    """A window a page is seen in."""

    name: str
    colours: Literal["light", "dark"]
    size: ViewportSize
    touched: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """Of a browser that shows it."""
        return {
            "viewport": self.size,
            "color_scheme": self.colours,
            "has_touch": self.touched,
            "is_mobile": self.touched,
        }


LOOKS = (
    Look("light", "light", DESK),
    Look("dark", "dark", DESK),
    Look("phone", "light", PHONE, touched=True),
)


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    views = [view for view in TOUR if not asked.only or view.name in asked.only]
    asked.into.mkdir(parents=True, exist_ok=True)
    with opened_browser() as browser:
        if browser is None:
            sys.stderr.write("No Chromium is here; 'scripts/browser' installs Debian's.\n")
            return 1
        if views:
            with tempfile.TemporaryDirectory() as folder, showroom(Path(folder)) as room:
                for look in LOOKS:
                    _take(browser, room, look, views, asked.into)
        if not asked.only or EMBED in asked.only:
            _take_embed(browser, asked.into)
    return 0


def _parser() -> argparse.ArgumentParser:
    told = "Take a picture of every view: light, dark and on a phone."
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=told)
    names = [*(view.name for view in TOUR), EMBED]
    parser.add_argument("only", nargs="*", metavar="view", help="one of: " + ", ".join(names))
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder (docs/screenshots)")
    return parser


def _take(
    browser: Browser, room: Showroom, look: Look, views: Sequence[View], folder: Path
) -> None:
    with room.visit(browser, **look.options) as context:
        blank = context.new_page()
        for view in views:
            page = context.new_page()
            view.open(page, room)
            taken = page.screenshot(caret="hide")
            (folder / f"{view.name}-{look.name}.png").write_bytes(smaller(blank, taken))
            page.close()


def _take_embed(browser: Browser, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data, open_storefront(browser, Path(data)) as front:
        blank = browser.new_page()
        for look in LOOKS:
            taken = open_part(front, look.name, **look.options).screenshot(caret="hide")
            (folder / f"{EMBED}-{look.name}.png").write_bytes(smaller(blank, taken))


if __name__ == "__main__":
    sys.exit(main())
