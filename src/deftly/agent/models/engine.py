"""The local model's process from outside: started late, asked in turn, replaced when stuck."""

import asyncio
import importlib.util
import platform
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deftly.agent.models import local_worker
from deftly.errors import ModelUnavailable, TooMany
from deftly.sandbox.process import MINIMAL_ENVIRONMENT, ChildProcess, Command, Limits, start
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json, parse_json

LOAD_TIMEOUT_S: Final = 20.0
CALL_TIMEOUT_S: Final = 10.0
MOST_WAITING: Final = 16

INSTALL_HINT: Final = "Install it with `pip install 'deftly[local]'`"

_ENVIRONMENT: Final[Mapping[str, str]] = {
    **MINIMAL_ENVIRONMENT,
    "NEEDLE_TELEMETRY": "0",
    "DO_NOT_TRACK": "1",
}
# It needs 100 MB, writes no file and opens two.
_LIMITS: Final = Limits(data_bytes=512 << 20, file_bytes=0, open_files=32)


@dataclass(frozen=True, slots=True)
class SuggestedCall:
    """A call the engine wrote down.

    Attributes:
        tool: The tool's name.
        arguments: As the engine filled them; nothing is checked yet.
        meant: False where the engine held the call back because it was not sure.
    """

    tool: str
    arguments: JsonObject
    meant: bool


def is_local_model_installed() -> bool:
    """Say whether the local model can run here; nothing of it is imported."""
    return package_folder() is not None


def why_not_here() -> str:
    """Return the sentence that says what is missing for the local model, empty if nothing is."""
    if package_folder() is not None:
        return ""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return (
            "The local model runs on Linux x86_64 only. Configure another model, such as "
            "`openai:gpt-5-mini` with its key, or an OpenAI-compatible server on this machine."
        )
    return f"The local model is not installed. {INSTALL_HINT}, or configure another model."


def package_folder() -> Path | None:
    """Return the folder with the engine and its weights, None where there is none."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return None
    found = importlib.util.find_spec("needle")
    folders = (found.submodule_search_locations or ()) if found is not None else ()
    needed = (local_worker.LIBRARY_NAME, local_worker.WEIGHTS_NAME)
    for folder in map(Path, folders):
        if all((folder / name).is_file() for name in needed):
            return folder
    return None


class LocalEngine:
    """One engine process for everybody; requests wait for each other in order."""

    def __init__(
        self, *, load_timeout_s: float = LOAD_TIMEOUT_S, call_timeout_s: float = CALL_TIMEOUT_S
    ) -> None:
        """Prepare; the process starts with the first request."""
        self._load_timeout_s = load_timeout_s
        self._call_timeout_s = call_timeout_s
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._child: ChildProcess | None = None
        self._last_id = 0
        self._log = ""

    @property
    def pid(self) -> int | None:
        """The process id while one runs."""
        return self._child.pid if self._child is not None else None

    async def suggest(
        self, text: str, tools: Sequence[JsonObject], *, system: str = ""
    ) -> tuple[SuggestedCall, ...]:
        """Return the calls the engine reads out of the text, the meant ones first.

        Raises:
            ModelUnavailable: It cannot be started, died, or did not answer in time; the
                process is gone then and the next request starts another.
            TooMany: The queue is full.
        """
        if self._waiting >= MOST_WAITING:
            raise TooMany("Too many messages wait for the local model.", retry_after_s=10)
        self._waiting += 1
        try:
            return await self._in_turn(text, tools, system)
        finally:
            self._waiting -= 1

    async def _in_turn(
        self, text: str, tools: Sequence[JsonObject], system: str
    ) -> tuple[SuggestedCall, ...]:
        async with self._turn, self._replaced_if_stuck():
            await self._running_child()
            async with asyncio.timeout(self._call_timeout_s):
                answer = await self._exchange(text, tools, system)
        return _suggestions(answer)

    async def prewarm(self) -> None:
        """Start the process now, if none runs.

        Raises:
            ModelUnavailable: It cannot be started.
        """
        async with self._turn, self._replaced_if_stuck():
            await self._running_child()

    @asynccontextmanager
    async def _replaced_if_stuck(self) -> AsyncIterator[None]:
        try:
            yield
        except (TimeoutError, OSError, ValueError) as fault:
            await self._discard()
            raise ModelUnavailable(
                "The local model did not answer; it is started again with the next message.",
                internal=f"{type(fault).__name__}: {fault}; {self._log}",
            ) from fault
        except asyncio.CancelledError:
            await self._discard()  # its answer would be taken for the next one's
            raise

    async def close(self) -> None:
        """End the process; a later request would start another."""
        async with self._turn:
            await self._discard()

    async def _running_child(self) -> ChildProcess:
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self._discard()
        folder = package_folder()
        if folder is None:
            raise ModelUnavailable(why_not_here())
        worker = Path(local_worker.__file__)
        argv = (sys.executable, "-I", "-S", "-B", str(worker), str(folder))
        self._child = await start(Command(argv, environment=_ENVIRONMENT, limits=_LIMITS))
        async with asyncio.timeout(self._load_timeout_s):
            await _read_message(self._child)
        return self._child

    async def _exchange(self, text: str, tools: Sequence[JsonObject], system: str) -> JsonObject:
        self._last_id += 1
        request: JsonObject = {
            "id": self._last_id,
            "system": system,
            "tools": dump_json(list(tools)).decode(),
            "text": text,
        }
        answer = await _read_message(await self._told(dump_json(request) + b"\n"))
        if answer.get("id") != self._last_id:
            raise ValueError("the answer belongs to another request")
        return answer

    async def _told(self, line: bytes) -> ChildProcess:
        child = await self._running_child()
        try:
            await child.write(line)
        except ConnectionError:
            # It died since its last answer, and has heard nothing of this.
            await self._discard()
            child = await self._running_child()
            await child.write(line)
        return child

    async def _discard(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.close()
            self._log = child.stderr_tail


async def _read_message(child: ChildProcess) -> JsonObject:
    line = await child.read_line()
    if not line:
        raise BrokenPipeError("the process ended")
    try:
        message = parse_json(line)
    except NotJsonError as fault:
        raise ValueError(f"the process wrote something that is not JSON: {fault}") from None
    if not isinstance(message, dict):
        raise ValueError("the process wrote something that is not an object")  # noqa: TRY004
    return message


def _suggestions(answer: JsonObject) -> tuple[SuggestedCall, ...]:
    meant = _calls(answer.get("calls"), meant=True)
    return (*meant, *_calls(answer.get("suppressed"), meant=False))


def _calls(value: JsonValue, *, meant: bool) -> tuple[SuggestedCall, ...]:
    calls = []
    for call in value if isinstance(value, list) else ():
        match call:
            case {"name": str(name), "arguments": dict(arguments)}:
                calls.append(SuggestedCall(name, arguments, meant))
            case _:
                continue
    return tuple(calls)
