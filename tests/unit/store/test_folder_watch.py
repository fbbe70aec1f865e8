import asyncio
import contextlib
import shutil
import threading
import time

import pytest
import watchfiles

from deftly.store import folder_watch
from deftly.store.definition_file import DefinitionFile
from deftly.store.definitions import DefinitionFiles
from deftly.store.folder_watch import EVERYTHING, watch


class Seen:
    """Collects hints, and waits for one."""

    def __init__(self):
        self._hints: asyncio.Queue[frozenset[str]] = asyncio.Queue()

    async def follow(self, folder, stop):
        async for names in watch(folder, stop):
            self._hints.put_nowait(names)

    async def until(self, name: str | None, deadline_s: float = 10.0) -> None:
        """Wait for a hint at this file; None waits for the hint at everything."""
        async with asyncio.timeout(deadline_s):
            while not self._is_about(name, await self._hints.get()):
                pass

    async def until_covered(self, name: str, deadline_s: float = 10.0) -> None:
        """Wait for a hint that makes a reader look at this file."""
        async with asyncio.timeout(deadline_s):
            while (names := await self._hints.get()) != EVERYTHING and name not in names:
                pass

    async def until_quiet(self, quiet_s: float = 0.6) -> None:
        """Take hints until none has come for a while."""
        with contextlib.suppress(TimeoutError):
            while True:
                await asyncio.wait_for(self._hints.get(), quiet_s)

    def nothing(self) -> bool:
        return self._hints.empty()

    @staticmethod
    def _is_about(name: str | None, names: frozenset[str]) -> bool:
        return names == EVERYTHING if name is None else name in names


@contextlib.asynccontextmanager
async def watching(folder):
    stop, seen = asyncio.Event(), Seen()
    task = asyncio.create_task(seen.follow(folder, stop))
    try:
        yield seen
    finally:
        stop.set()
        async with asyncio.timeout(2):
            await task


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "actions"
    folder.mkdir()
    return folder


async def test_hand_edits_are_told_within_a_second(folder):
    async with watching(folder) as seen:
        await seen.until(None)
        path = folder / "a.yaml"
        path.write_text("a: 1\n")
        await seen.until("a.yaml")
        path.write_text("a: 2\n")
        await seen.until("a.yaml")
        path.chmod(0o600)
        await seen.until("a.yaml")
        path.rename(folder / "b.yml")
        await seen.until("b.yml")
        (folder / "b.yml").unlink()
        await seen.until("b.yml")


async def test_an_editor_that_saves_by_renaming_is_told(folder):
    async with watching(folder) as seen:
        await seen.until(None)
        (folder / ".a.yaml.swp").write_text("a: 1\n")
        (folder / ".a.yaml.swp").rename(folder / "a.yaml")
        await seen.until("a.yaml")


async def test_our_own_writes_are_told_under_the_file_name_alone(folder):
    files = DefinitionFiles(folder)
    async with watching(folder) as seen:
        await seen.until(None)
        files.write("a.yaml", {"a": 1}, expected_sha256=None)
        await seen.until("a.yaml")
        (folder / "notes.txt").write_text("x")
        (folder / ".hidden.yaml").write_text("x")
        files.scan()
        files.read("a.yaml")
        (folder / "z.yaml").write_text("z: 1\n")
        await seen.until("z.yaml")
        assert seen.nothing()


async def test_a_folder_that_is_made_later_is_followed(tmp_path):
    folder = tmp_path / "later"
    async with watching(folder) as seen:
        folder.mkdir()
        (folder / "a.yaml").write_text("a: 1\n")
        await seen.until(None)
        (folder / "a.yaml").write_text("a: 2\n")
        await seen.until("a.yaml")


async def test_a_folder_that_is_replaced_is_followed(folder, tmp_path):
    async with watching(folder) as seen:
        await seen.until(None)
        folder.rename(tmp_path / "old")
        folder.mkdir()
        (folder / "a.yaml").write_text("a: 1\n")
        await seen.until_covered("a.yaml")
        (folder / "b.yaml").write_text("b: 1\n")
        await seen.until_covered("b.yaml")
        await seen.until_quiet()
        (folder / "c.yaml").write_text("c: 1\n")
        await seen.until("c.yaml")


async def test_a_folder_that_is_removed_and_made_again_is_followed(folder):
    async with watching(folder) as seen:
        await seen.until(None)
        shutil.rmtree(folder)
        folder.mkdir()
        await seen.until_quiet()
        (folder / "c.yaml").write_text("c: 1\n")
        await seen.until("c.yaml")


async def test_a_folder_behind_a_link_is_followed_to_its_new_target(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    link = tmp_path / "actions"
    link.symlink_to(tmp_path / "one")
    async with watching(link) as seen:
        await seen.until(None)
        (tmp_path / "next").symlink_to(tmp_path / "two")
        (tmp_path / "next").replace(link)
        await seen.until(None)
        await seen.until_quiet()
        (tmp_path / "two" / "a.yaml").write_text("a: 1\n")
        await seen.until("a.yaml")


async def test_new_rights_of_the_folder_are_told(folder):
    async with watching(folder) as seen:
        await seen.until(None)
        folder.chmod(0o700)
        await seen.until(None)


async def test_files_exchanged_behind_a_link_are_told(folder):
    # How a container orchestrator mounts a set of files.
    for version in ("..1", "..2"):
        (folder / version).mkdir()
        (folder / version / "a.yaml").write_text(f"a: '{version}'\n")
    (folder / "..data").symlink_to("..1")
    (folder / "a.yaml").symlink_to("..data/a.yaml")
    async with watching(folder) as seen:
        await seen.until(None)
        (folder / "..tmp").symlink_to("..2")
        (folder / "..tmp").replace(folder / "..data")
        await seen.until(None)
    found = DefinitionFiles(folder).read("a.yaml")
    assert isinstance(found, DefinitionFile)
    assert found.definition == {"a": "..2"}


async def test_everything_is_looked_at_again_from_time_to_time(folder, monkeypatch):
    monkeypatch.setattr(folder_watch, "_EVERYTHING_EVERY_S", 0.3)
    async with watching(folder) as seen:
        for _ in range(3):
            await seen.until(None)


async def test_without_watches_the_folder_is_polled(folder, monkeypatch):
    attempts = []

    def refuse(path, **options):
        attempts.append(options["force_polling"])
        if not options["force_polling"]:
            raise OSError(28, "OS file watch limit reached")
        return watchfiles.watch(path, **options)

    monkeypatch.setattr(folder_watch, "watch_files", refuse)
    async with watching(folder) as seen:
        await seen.until(None)
        await seen.until(None, deadline_s=10)
        (folder / "a.yaml").write_text("a: 1\n")
        await seen.until("a.yaml", deadline_s=10)
    assert attempts[:2] == [None, True]


async def test_hints_that_nobody_takes_are_merged(folder):
    stop = asyncio.Event()
    hints = watch(folder, stop)
    assert await anext(hints) == EVERYTHING
    for number in range(3):
        (folder / f"{number}.yaml").write_text("a: 1\n")
    names = await anext(hints)
    (folder / "last.yaml").write_text("a: 1\n")
    while "last.yaml" not in names:
        names |= await anext(hints)
    assert names == {"0.yaml", "1.yaml", "2.yaml", "last.yaml"}
    await hints.aclose()


async def test_a_watch_that_ends_leaves_no_thread(folder):
    before = threading.active_count()
    async with watching(folder) as seen:
        await seen.until(None)
    stop = asyncio.Event()
    hints = watch(folder, stop)
    await anext(hints)
    await hints.aclose()
    watchers = [thread for thread in threading.enumerate() if thread.name.startswith("watch ")]
    assert watchers == []
    assert threading.active_count() <= before + 1  # the loop's own worker


async def test_a_cancelled_watch_does_not_stop_others(folder):
    stop, seen = asyncio.Event(), Seen()
    task = asyncio.create_task(seen.follow(folder, stop))
    await seen.until(None)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not stop.is_set()


@pytest.mark.speed
async def test_watching_does_not_hold_up_the_loop(folder):
    for number in range(200):
        (folder / f"{number}.yaml").write_text("a: 1\n")
    longest_s = 0.0
    async with watching(folder) as seen:
        await seen.until(None)
        until_s = time.monotonic() + 0.6
        while time.monotonic() < until_s:
            began_s = time.monotonic()
            await asyncio.sleep(0)
            longest_s = max(longest_s, time.monotonic() - began_s)
            if began_s < until_s - 0.3:
                (folder / "1.yaml").touch()
    assert longest_s < 0.1
