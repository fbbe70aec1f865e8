"""Names to addresses, in threads of our own, with a time limit the system's resolver lacks."""

import asyncio
import contextlib
import functools
import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from deftly.errors import EgressFailed

RESOLVE_LIMIT_S: Final = 3.0
_THREADS: Final = 16

LookUp: TypeAlias = Callable[[str, int], tuple[str, ...]]


class Resolver(Protocol):
    """Where addresses come from; the composition root chooses one."""

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Return all addresses of the name, in the order in which to try them.

        Raises:
            EgressFailed: ``dns_failed``.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Question:
    host: str
    port: int
    answer: asyncio.Future[tuple[str, ...]]


class SystemResolver:
    """The operating system's resolver (``getaddrinfo``), asked in daemon threads.

    The loop's default executor has a handful of threads, is shared with everything else and is
    waited for when the process ends; a name server that never answers would hold all of that.
    """

    def __init__(self, *, limit_s: float = RESOLVE_LIMIT_S, look_up: LookUp | None = None) -> None:
        """Start no thread yet.

        Args:
            limit_s: How long a caller waits, queueing included.
            look_up: What a thread does with one question; ``getaddrinfo`` by default.
        """
        self._limit_s = limit_s
        self._look_up = look_up or _look_up
        self._questions: queue.SimpleQueue[_Question] = queue.SimpleQueue()
        self._threads = 0
        self._idle = threading.Semaphore(0)

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses the system knows for the name.

        Raises:
            EgressFailed: ``dns_failed``: unknown name, no answer in time, no usable resolver.
        """
        question = _Question(host, port, asyncio.get_running_loop().create_future())
        self._questions.put(question)
        self._start_thread_if_all_are_busy()
        try:
            async with asyncio.timeout(self._limit_s):
                return await question.answer
        except TimeoutError:
            raise EgressFailed(
                "dns_failed", f"Looking up the host took longer than {self._limit_s:g} seconds."
            ) from None
        except (OSError, UnicodeError) as fault:
            raise EgressFailed(
                "dns_failed", "The host is not known to DNS.", internal=f"{host}: {fault}"
            ) from fault

    def _start_thread_if_all_are_busy(self) -> None:
        if self._idle.acquire(blocking=False) or self._threads >= _THREADS:
            return
        self._threads += 1
        name = f"resolver-{self._threads}"
        threading.Thread(target=self._answer_questions, name=name, daemon=True).start()

    def _answer_questions(self) -> None:
        while True:
            question = self._questions.get()
            if not question.answer.cancelled():
                self._answer(question)
            self._idle.release()

    def _answer(self, question: _Question) -> None:
        try:
            addresses = self._look_up(question.host, question.port)
            tell = functools.partial(question.answer.set_result, addresses)
        except (OSError, UnicodeError) as fault:
            tell = functools.partial(question.answer.set_exception, fault)
        # A closed loop has nobody left who waits for the answer.
        with contextlib.suppress(RuntimeError):
            question.answer.get_loop().call_soon_threadsafe(_if_awaited, question.answer, tell)


def _if_awaited(answer: asyncio.Future[tuple[str, ...]], tell: Callable[[], None]) -> None:
    if not answer.done():
        tell()


def _look_up(host: str, port: int) -> tuple[str, ...]:
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
