"""A server whose every sink is read, and upstreams of several kinds that it may reach."""

import asyncio
import socket

import pytest

from tests.live import running_remote
from tests.sinks import Reader, Rude, Sinks
from tests.world import Upstream


@pytest.fixture
async def rude():
    """A server that does not keep to HTTP."""
    answering = Rude()
    async with await asyncio.start_server(answering.serve, "127.0.0.1", 0) as server:
        answering.port = server.sockets[0].getsockname()[1]
        yield answering


@pytest.fixture
def shut():
    """Where nobody listens, and nobody else can."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield Upstream(port=bound.getsockname()[1])


@pytest.fixture
async def reader(folder, upstream, rude, shut):
    allowed = [f"127.0.0.1:{one.port}" for one in (upstream, rude, shut)]
    settings = {"egress_allow": allowed, "log_level": "debug"}
    async with running_remote(folder, **settings) as (server, remote):
        yield Reader(server, remote, Sinks())
