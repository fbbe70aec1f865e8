import asyncio
from pathlib import Path

from deftly.store.lease import ProcessLease
from deftly.values import RandomIds
from tests.contract.kit import Child

HOLD = """
import sys
from pathlib import Path
from deftly.store.lease import ProcessLease
from deftly.values import RandomIds

lease = ProcessLease(Path(sys.argv[1]), RandomIds())
print(lease.process_id, flush=True)
sys.stdin.readline()
"""


async def test_a_process_is_alive_until_it_is_killed(folder: Path):
    lease = ProcessLease(folder, RandomIds())
    child = Child(HOLD, str(folder))
    process_id = await child.line()
    assert lease.is_alive(process_id)

    await child.kill()

    assert not lease.is_alive(process_id)
    lease.release()


def test_a_process_sees_itself_until_it_lets_go(folder: Path):
    first, second = ProcessLease(folder, RandomIds()), ProcessLease(folder, RandomIds())
    for looking in (first, second):
        assert looking.is_alive(first.process_id)
    first.release()
    first.release()

    assert not second.is_alive(first.process_id)
    assert second.is_alive(second.process_id)
    assert not second.is_alive("never was")
    second.release()


async def test_files_of_the_dead_are_removed_and_those_of_the_living_are_not(folder: Path):
    living = ProcessLease(folder, RandomIds())
    child = Child(HOLD, str(folder))
    dead = await child.line()
    await child.kill()

    fresh = ProcessLease(folder, RandomIds())

    left = {path.stem for path in (folder / ".deftly").iterdir()}
    assert left == {living.process_id, fresh.process_id}
    assert not fresh.is_alive(dead)
    for lease in (living, fresh):
        lease.release()


async def test_leases_taken_at_once_do_not_remove_each_other(folder: Path):
    leases = await asyncio.gather(
        *(asyncio.to_thread(ProcessLease, folder, RandomIds()) for _ in range(40))
    )

    assert all(leases[0].is_alive(lease.process_id) for lease in leases)
    for lease in leases:
        lease.release()
