import asyncio
import os
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvloop

from deftly.sandbox.pipe import Pipe

PIPES = 1000
LOOPS = [asyncio.new_event_loop, uvloop.new_event_loop]


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@contextmanager
def somebody_opens_files():
    """Open and close files in a thread beside the block; yield what went wrong with them."""
    faults, over = [], threading.Event()

    def work() -> None:
        while not over.is_set():
            number = os.open("/dev/null", os.O_RDONLY)
            time.sleep(0)  # another thread's turn
            try:
                os.close(number)
            except OSError as fault:
                faults.append(fault)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield faults
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("new_loop", LOOPS)
@pytest.mark.parametrize("end", ["read", "written"])
def test_the_end_of_a_pipe_closes_nobody_elses_file(new_loop, end):
    async def lend() -> None:
        for _ in range(PIPES):
            reader, writer = os.pipe()
            ours, its = (reader, writer) if end == "read" else (writer, reader)
            pipe = Pipe(ours)
            lent = pipe.read_by if end == "read" else pipe.written_by
            transport, _ = await lent(asyncio.Protocol)
            os.close(its)
            transport.close()

    before = open_files()
    with somebody_opens_files() as faults, asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(lend())
    assert faults == []
    assert open_files() - before < PIPES / 10  # a loop may keep some of its own


def test_a_pipe_nobody_reads_is_closed_once():
    reader, writer = os.pipe()
    pipe = Pipe(reader)
    pipe.close()
    number = os.dup(writer)  # the lowest that is free
    pipe.close()
    os.close(number)
    os.close(writer)
    assert number == reader
