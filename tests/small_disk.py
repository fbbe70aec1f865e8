"""A disk of a few megabytes that a test can fill: SQLite says full there as it does anywhere."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_SIZE = "8m"
_BLOCK = b"\0" * 4096


@dataclass(frozen=True)
class SmallDisk:
    """What is mounted at ``folder``, and nothing else."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Leave no room at all."""
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while file.write(_BLOCK):
                pass

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink()


@contextmanager
def small_disk() -> Iterator[SmallDisk]:
    """Mount one for as long as the block lasts; skips where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    base = Path(tempfile.mkdtemp())
    place = base / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        shutil.rmtree(base)
        pytest.skip(f"no small disk here: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        shutil.rmtree(base)
