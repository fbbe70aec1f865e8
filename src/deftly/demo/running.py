"""The sample shop as a server of its own, on loopback, in a thread."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

import uvicorn
from starlette.applications import Starlette

from deftly.demo.directory import PREFERRED_PORT, is_prepared, prepare, shop_port_of
from deftly.demo.shop import Shop, open_shop
from deftly.demo.site import Assistant, ShopFront, shop_app
from deftly.errors import InvalidSettings

_HOST: Final = "127.0.0.1"
_STOP_TIMEOUT_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class RunningShop:
    """A shop that answers."""

    shop: Shop
    front: ShopFront
    port: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{_HOST}:{self.port}"

    def seat(self, assistant: Assistant) -> None:
        """Put the assistant on the page, from the next look at it on."""
        self.front.assistant = assistant


@contextmanager
def sample_shop(folder: Path) -> Iterator[RunningShop]:
    """Serve the shop that the directory's actions call; make the directory if there is none.

    The port is held before it is written down, so two demos never share one.

    Raises:
        InvalidSettings: The port its actions expect is taken, or it is no demo directory.
    """
    made_before = is_prepared(folder)
    ports = (shop_port_of(folder),) if made_before else (PREFERRED_PORT, 0)
    shop, front = open_shop(), ShopFront()
    server = _ShopThread(shop_app(shop, front), ports)
    server.start()
    try:
        server.settled.wait()
        if server.port is None:
            raise InvalidSettings(
                f"Port {ports[0]}, where the actions in {folder} expect the sample shop, is taken; "
                "another demo may be running. Stop it, or choose another directory with --dir."
            )
        if not made_before:
            prepare(folder, server.port)
        yield RunningShop(shop, front, server.port)
    finally:
        server.stop()


class _ShopThread(Thread):
    """Serves on the first port that is free.

    Attributes:
        settled: Set once it answers, or has given up; ``port`` tells which.
    """

    def __init__(self, app: Starlette, ports: Sequence[int]) -> None:
        super().__init__(name="sample-shop", daemon=True)
        self.port: int | None = None
        self.settled = Event()
        config = uvicorn.Config(app, lifespan="off", access_log=False, log_config=None)
        self._server = _Server(config, self.settled)
        self._ports = ports

    def run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self.settled.set()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        for port in self._ports:
            try:
                holder = await loop.create_server(asyncio.Protocol, _HOST, port)
            except OSError:
                continue
            async with holder:
                listener = holder.sockets[0].dup()
            self.port = listener.getsockname()[1]
            await self._server.serve(sockets=[listener])
            return

    def stop(self) -> None:
        self._server.should_exit = True
        self.join(_STOP_TIMEOUT_S)


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, answers: Event) -> None:
        super().__init__(config)
        self._answers = answers

    async def main_loop(self) -> None:
        self._answers.set()
        await super().main_loop()
