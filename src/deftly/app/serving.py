"""Listening: one socket of our own, one server, a clean end."""

import asyncio
import errno
import gc
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog
import uvicorn

from deftly.app.building import Deftly, build_asgi, open_deftly
from deftly.app.logs import configure_logging
from deftly.engine.redaction import Redactor
from deftly.errors import InvalidSettings
from deftly.settings import SECRET_SETTINGS, Settings

_KEEP_ALIVE_S: Final = 75
# Calls leave hardly any cycles behind; at 700, the interpreter's own, looking cost each 4 %.
_OBJECTS_PER_COLLECTION: Final = 10_000


def serve(settings: Settings, listening: Callable[[Deftly], None] | None = None) -> None:
    """Serve until SIGTERM or Ctrl+C; ``listening`` is told once, when the port is known.

    Raises:
        InvalidSettings: The address cannot be listened on, or a setting is wrong.
        StoreUnavailable: The database cannot be opened.
    """
    import uvloop  # noqa: PLC0415 - not on every system, and only a server needs it

    shown = {name: getattr(settings, name) for name in SECRET_SETTINGS}
    configure_logging(settings, Redactor({name: text for name, text in shown.items() if text}))
    logging.basicConfig(handlers=[_ToOurLog()], level=logging.WARNING, force=True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, listening))


async def _serve(settings: Settings, listening: Callable[[Deftly], None] | None) -> None:
    config = uvicorn.Config(
        _not_yet,
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="none",
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=settings.shutdown_grace_s,
    )
    with _in_our_words(config):
        listener = config.bind_socket()
    port: int = listener.getsockname()[1]
    async with open_deftly(settings.changed(port=port)) as deftly:
        deftly.client.set_own_listener(settings.host, port)
        config.app = build_asgi(deftly)
        deftly.chats.attend()
        deftly.sandboxes.attend()
        if listening:
            listening(deftly)
        server = _Server(config, deftly)
        with server.told_by_signals(), _in_our_words(config):
            await server.serve(sockets=[listener])


async def _not_yet(*_: object) -> None:
    """Stand in for the application until the port is known."""


@contextmanager
def _in_our_words(config: uvicorn.Config) -> Iterator[None]:
    """Turn what uvicorn makes of an address in use into a sentence of ours."""
    logger = logging.getLogger("uvicorn.error")
    logger.addFilter(_drop_bare_errors)
    try:
        yield
    except OSError as fault:
        raise _cannot_listen(config, fault) from None
    except SystemExit as fault:
        raise _cannot_listen(config, fault.__context__) from None
    finally:
        logger.removeFilter(_drop_bare_errors)


def _drop_bare_errors(record: logging.LogRecord) -> bool:
    return not isinstance(record.msg, OSError)


def _cannot_listen(config: uvicorn.Config, fault: BaseException | None) -> InvalidSettings:
    reason = getattr(fault, "strerror", None) or str(fault)
    number = getattr(fault, "errno", None) or 0
    is_of_host = number < 0 or number == errno.EADDRNOTAVAIL  # below zero: no such name
    fix = (
        "give an address of this machine as host, such as 127.0.0.1."
        if is_of_host
        else "give another port, or --port 0 for a free one."
    )
    place = f"{config.host}:{config.port}"
    return InvalidSettings(f"host and port: {place} cannot be listened on ({reason}); {fix}")


class _Server(uvicorn.Server):
    """Says when it answers, and ends open streams as soon as a stop is asked for."""

    def __init__(self, config: uvicorn.Config, deftly: Deftly) -> None:
        super().__init__(config)
        self._deftly = deftly

    async def main_loop(self) -> None:
        await self._announce()
        await super().main_loop()

    async def _announce(self) -> None:
        # What is there now stays: a collection need not walk thousands of actions again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(_OBJECTS_PER_COLLECTION)
        settings = self._deftly.settings
        if settings.is_loopback and not settings.no_auth:
            link = await self._deftly.login_link()
            sys.stderr.write(f"log in once with {link}\n")
            sys.stderr.flush()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        sys.stdout.write(f"listening on http://{host}:{settings.port}\n")
        sys.stdout.flush()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own would raise the signal again before anything is closed.
        yield

    @contextmanager
    def told_by_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True
        self._deftly.stopping.set()


class _ToOurLog(logging.Handler):
    """Sends what libraries log through our processors."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), exc_info=record.exc_info)
