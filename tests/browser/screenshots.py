"""Takes the pictures of docs/screenshots: every view of the tour, light, dark and on a phone."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import opened_browser
from tests.browser.showroom import Showroom, showroom
from tests.browser.small_png import smaller
from tests.browser.tour import TOUR, View

FOLDER = Path(__file__).parents[2] / "docs/screenshots"
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Look:
    """A window a page is seen in."""

    name: str
    colours: Literal["light", "dark"]
    size: ViewportSize
    touched: bool = False


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
        with tempfile.TemporaryDirectory() as folder, showroom(Path(folder)) as room:
            for look in LOOKS:
                _take(browser, room, look, views, asked.into)
    return 0


def _parser() -> argparse.ArgumentParser:
    told = "Take a picture of every view of the dashboard: light, dark and on a phone."
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=told)
    names = [view.name for view in TOUR]
    parser.add_argument("only", nargs="*", metavar="view", help="one of: " + ", ".join(names))
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder (docs/screenshots)")
    return parser


def _take(
    browser: Browser, room: Showroom, look: Look, views: Sequence[View], folder: Path
) -> None:
    with room.visit(
        browser,
        viewport=look.size,
        color_scheme=look.colours,
        has_touch=look.touched,
        is_mobile=look.touched,
    ) as context:
        blank = context.new_page()
        for view in views:
            page = context.new_page()
            view.open(page, room)
            taken = page.screenshot(caret="hide")
            (folder / f"{view.name}-{look.name}.png").write_bytes(smaller(blank, taken))
            page.close()


if __name__ == "__main__":
    sys.exit(main())
