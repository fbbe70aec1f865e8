"""Telling which files of a folder may have changed, well within a second.

A thread follows the folder and tells the event loop. What it tells is a hint; only the
files themselves are the truth.
"""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Final

from watchfiles import Change
from watchfiles import watch as watch_files

from deftly.store.definition_file import is_definition

EVERYTHING: Final[frozenset[str]] = frozenset()

_STEP_MS: Final = 50
_DEBOUNCE_MS: Final = 200
_LOOK_MS: Final = 250
_POLL_MS: Final = 300
_EVERYTHING_EVERY_S: Final = 30.0


async def watch(folder: Path, stop: asyncio.Event) -> AsyncGenerator[frozenset[str], None]:
    """Yield the names of files that may have changed, until stopped.

    The empty set means: scan again. It comes once the watch has begun, whenever the folder
    was made, replaced or removed, and every 30 s for file systems that tell of nothing.
    """
    hints = _Hints()
    loop = asyncio.get_running_loop()
    follower = _Follower(folder, lambda names: _call(loop, hints.add, names))
    stopping = asyncio.ensure_future(stop.wait())
    stopping.add_done_callback(lambda _: hints.close())
    follower.start()
    try:
        while (names := await hints.take()) is not None:
            yield names
    finally:
        stopping.cancel()
        follower.ended.set()
        await asyncio.to_thread(follower.join)


def _call(
    loop: asyncio.AbstractEventLoop,
    add: Callable[[frozenset[str]], None],
    names: frozenset[str],
) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(add, names)


class _Hints:
    """What was told and not yet taken; used in the loop's thread alone."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._everything = False
        self._closed = False
        self._told = asyncio.Event()

    def add(self, names: frozenset[str]) -> None:
        self._everything = self._everything or names == EVERYTHING
        self._names |= names
        self._told.set()

    def close(self) -> None:
        self._closed = True
        self._told.set()

    async def take(self) -> frozenset[str] | None:
        await self._told.wait()
        if self._closed:
            return None
        names = EVERYTHING if self._everything else frozenset(self._names)
        self._names, self._everything = set(), False
        self._told.clear()
        return names


class _Follower(threading.Thread):
    """Follows one path through everything that can happen to the folder of that name."""

    def __init__(self, folder: Path, tell: Callable[[frozenset[str]], None]) -> None:
        super().__init__(name=f"watch {folder.name}", daemon=True)
        self.ended = threading.Event()
        self._folder = folder
        self._tell = tell
        # Unset: watchfiles decides, and polls where it knows that nothing is told.
        self._polling: bool | None = None

    def run(self) -> None:
        while not self.ended.is_set():
            identity = self._identity()
            if identity is None:
                self.ended.wait(_LOOK_MS / 1000)
                continue
            try:
                self._until_replaced(identity)
                self._polling = None
            except (OSError, RuntimeError):
                # No more watches to be had, if the folder is not just gone.
                self._polling = True if self._identity() == identity else None
                self.ended.wait(_LOOK_MS / 1000)
            if not self.ended.is_set():
                self._tell(EVERYTHING)

    def _until_replaced(self, identity: tuple[int, int]) -> None:
        scan_again_at_s = 0.0
        for changes in watch_files(
            self._folder,
            watch_filter=None,
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            stop_event=self.ended,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            force_polling=self._polling,
            poll_delay_ms=_POLL_MS,
            recursive=False,
        ):
            gone = (Change.deleted, str(self._folder)) in changes
            if gone or self._identity() != identity:
                return
            names = {Path(path).name for _, path in changes}
            named = frozenset(filter(is_definition, names))
            now_s = time.monotonic()
            # A mounted set of files is exchanged behind a link such as '..data'.
            exchanged = any(name.startswith("..") for name in names)
            # The folder's own rights: what could not be read may be readable now.
            opened = not named and (Change.modified, str(self._folder)) in changes
            if now_s >= scan_again_at_s or exchanged or opened:
                scan_again_at_s = now_s + _EVERYTHING_EVERY_S
                self._tell(EVERYTHING)
            elif named:
                self._tell(named)

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._folder.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
