"""Streams of events are cheap, and still no more are open than a process can keep."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager

import pytest

from deftly.domain.access import LOCAL_OWNER, visitor_principal
from deftly.domain.visitor import Visitor
from deftly.errors import TooMany
from deftly.rest.streams import VISITORS_STREAMS_MAX, OpenStreams
from tests.live import Server, running_remote
from tests.world import until

MOST = 256


@asynccontextmanager
async def open_stream(server: Server) -> AsyncIterator[str]:
    """Follow the events; yields the first line of the answer."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(f"GET /api/events HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        yield (await reader.readline()).decode().strip()
    finally:
        writer.close()


@pytest.mark.slow
async def test_one_stream_too_many_is_refused_until_another_one_ends(folder):
    async with running_remote(folder) as (server, remote), AsyncExitStack() as streams:
        for _ in range(MOST - 1):
            assert await streams.enter_async_context(open_stream(server)) == "HTTP/1.1 200 OK"
        async with open_stream(server) as last:
            assert last == "HTTP/1.1 200 OK"

            refused = await remote.http.get("/api/events")

            assert refused.status_code == 429
            assert refused.json() == {
                "error": "256 event streams are open, which is the most this server keeps; "
                "close one, or try again later.",
                "code": "too_many",
            }
            assert int(refused.headers["retry-after"]) > 0
            assert await remote.get("/health/ready")

        async def accepted() -> bool:
            async with open_stream(server) as answer:
                return answer == "HTTP/1.1 200 OK"

        await until(accepted)


def test_visitors_keep_nobody_out_but_visitors():
    streams = OpenStreams()
    stranger = visitor_principal(Visitor("v-1", "a-1", "https://shop.example.com"), "front-desk")
    with ExitStack() as opened:
        for _ in range(VISITORS_STREAMS_MAX):
            opened.enter_context(streams.one_more(stranger))
        with pytest.raises(TooMany):
            opened.enter_context(streams.one_more(stranger))
        opened.enter_context(streams.one_more(LOCAL_OWNER))

    with streams.one_more(stranger):
        pass
