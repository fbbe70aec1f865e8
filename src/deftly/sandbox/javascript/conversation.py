"""One run: the script goes in, what it asks for is answered, what it returns comes out."""

import asyncio
from typing import Final, NoReturn

import orjson

from deftly.errors import CodeFailed, LimitExceeded
from deftly.sandbox.javascript.console import LEVELS, Console
from deftly.sandbox.javascript.fetches import Fetches
from deftly.sandbox.javascript.guest import OUT_OF_MEMORY, Guest, ending_of
from deftly.sandbox.javascript.script import (
    CONSOLE_BYTES_MAX,
    CONSOLE_LINES_MAX,
    DONE,
    FRAME_BYTES_MAX,
    RESULT_BYTES_MAX,
    Fetch,
    Script,
)
from deftly.sandbox.javascript.wire import BrokenWireError, Frame
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json, parse_json

FRAMES_MAX: Final = 4_000
"""More than honest code can say: its console ends long before."""

_KIB: Final = 1024
_MESSAGE_BYTES_MAX: Final = 8 * _KIB
_DEPTH_MAX: Final = 200
# Deeper JSON can be read and not be written again (orjson, measured).
_WRITER_DEPTH_MAX: Final = 254
_BREATHER: Final = 16
# Larger JSON can be made to be slow to read, and others wait for their turn.
_SMALL_BYTES: Final = 16 * _KIB
_LIMITS: Final[JsonObject] = {
    "bodyBytes": FRAME_BYTES_MAX,
    "resultBytes": RESULT_BYTES_MAX,
    "consoleBytes": CONSOLE_BYTES_MAX,
    "consoleLines": CONSOLE_LINES_MAX,
}
_GARBLED: Final = (
    "The code wrote to its process's own output, which carries its messages; use console.log."
)
_TOO_LONG: Final = f"The result is longer than {RESULT_BYTES_MAX // _KIB} KiB of JSON."
_ENDED: Final = "The code ended its own process before it returned anything."


class Conversation:
    """Everything that is said between us and one process, until it has answered or may no more."""

    def __init__(self, guest: Guest, script: Script, fetch: Fetch, console: Console) -> None:
        """Take the process, what it shall do, its way out and where its console goes."""
        self._guest = guest
        self._script = script
        self._fetches = Fetches(guest, fetch)
        self._console = console
        self._frames = 0

    async def hold(self) -> JsonValue:
        """Return what the code returned; the process is of no more use then.

        Raises:
            CodeFailed: It threw, returned what is no JSON, or does not keep to the wire.
            LimitExceeded: It used more than a run may.
        """
        script = await asyncio.to_thread(_script_bytes, self._script)
        timeout_s = self._script.timeout_s
        self._fetches.ends_s = asyncio.get_running_loop().time() + timeout_s
        try:
            async with asyncio.timeout(timeout_s):
                await self._guest.say("run", script)
                return await self._until_it_ends()
        except TimeoutError:
            message = f"The code was still running after {timeout_s:g} s and was stopped."
            raise LimitExceeded(message) from None
        except BrokenWireError as fault:
            raise CodeFailed(_GARBLED, internal=str(fault)) from None
        finally:
            await self._fetches.drop()

    async def _until_it_ends(self) -> JsonValue:
        while (frame := await self._guest.wire.read()) is not None:
            self._frames += 1
            if self._frames > FRAMES_MAX:
                raise BrokenWireError("it says more than honest code can")
            if self._frames % _BREATHER == 0:
                # What is there already is read without waiting: others want their turn.
                await asyncio.sleep(0)
            match frame.kind:
                case "console":
                    self._write_down(frame)
                case "fetch":
                    self._fetches.begin(frame)
                case "abort":
                    self._fetches.abort(frame)
                case "returned":
                    return await _value_of(frame)
                case "threw":
                    _raise_thrown(frame)
                case kind:
                    raise BrokenWireError(f"its kind is {kind[:40]!r}")
        return await self._explain()

    async def _explain(self) -> NoReturn:
        """Say why it ended without a word."""
        if self._fetches.fault is not None:
            raise self._fetches.fault
        child = self._guest.child
        returncode = await child.wait()
        raise ending_of(returncode, child.stderr_tail) or CodeFailed(
            _ENDED, internal=f"exit code {returncode}: {child.stderr_tail[-500:]}"
        )

    def _write_down(self, frame: Frame) -> None:
        level = frame.head.get("level")
        if not isinstance(level, str) or level not in LEVELS:
            raise BrokenWireError("its level is none")
        self._console.add(level, frame.body)
        if frame.head.get("cut") is True:
            self._console.cut()


def _script_bytes(script: Script) -> bytes:
    return dump_json(
        {
            "code": script.code,
            "params": script.params,
            "secrets": dict(script.secrets),
            "limits": _LIMITS,
            "isTest": script.is_test,
        }
    )


async def _value_of(frame: Frame) -> JsonValue:
    size = frame.head.get("size")
    if len(frame.body) > RESULT_BYTES_MAX or (isinstance(size, int) and size > RESULT_BYTES_MAX):
        raise LimitExceeded(_TOO_LONG)
    if not frame.body:
        return DONE
    if len(frame.body) <= _SMALL_BYTES:
        return _parsed(frame.body)
    return await asyncio.to_thread(_parsed, frame.body)


def _parsed(body: bytes) -> JsonValue:
    try:
        value = parse_json(body)
    except NotJsonError as fault:
        raise CodeFailed(f"The result is not JSON: {fault}.") from None
    if _is_too_deep(value):
        raise CodeFailed(f"The result is nested deeper than {_DEPTH_MAX} levels.")
    return value


def _is_too_deep(value: JsonValue) -> bool:
    """Tell whether it could not be written again inside what it is put into.

    Counting the levels takes a hundred times as long (measured).
    """
    for _ in range(_WRITER_DEPTH_MAX - _DEPTH_MAX):
        value = [value]
    try:
        orjson.dumps(value)
    except orjson.JSONEncodeError as fault:
        return "ecursion" in str(fault)  # and not an integer of any size, which is no trouble
    return False


def _raise_thrown(frame: Frame) -> NoReturn:
    said = frame.body[:_MESSAGE_BYTES_MAX].decode(errors="replace")
    if frame.head.get("limit") is True:
        raise LimitExceeded(said)
    if "Array buffer allocation failed" in said:
        raise LimitExceeded(OUT_OF_MEMORY)
    raise CodeFailed(said or "The code failed without saying why.")
