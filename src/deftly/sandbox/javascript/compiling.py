"""Whether code compiles: the engine is asked, and runs nothing of it."""

import asyncio
from typing import Final

from deftly.errors import CodeFailed, LimitExceeded
from deftly.sandbox.javascript.guest import Guest, ending_of
from deftly.sandbox.javascript.script import MAX_TIMEOUT_S, BrokenCode
from deftly.sandbox.javascript.wire import BrokenWireError, Frame
from deftly.values import JsonValue, dump_json

_SAID_BYTES_MAX: Final = 2 * 1024


async def broken_in(guest: Guest, code: str) -> BrokenCode | None:
    """Return what keeps the code from being compiled; the process is of no more use then.

    Raises:
        CodeFailed: The process does not say.
        LimitExceeded: It takes too long; a busy machine may be why.
    """
    asked = await asyncio.to_thread(dump_json, {"code": code})
    try:
        async with asyncio.timeout(MAX_TIMEOUT_S):
            await guest.say("compile", asked)
            frame = await guest.wire.read()
            returncode = await guest.child.wait() if frame is None else None
    except TimeoutError:
        raise LimitExceeded(_TOO_SLOW) from None
    except BrokenWireError as fault:
        raise CodeFailed(_UNTOLD, internal=str(fault)) from None
    return _ended(returncode, guest.child.stderr_tail) if frame is None else _told(frame)


def _ended(returncode: int | None, stderr: str) -> BrokenCode:
    limit = ending_of(returncode, stderr)
    if limit is None:
        raise CodeFailed(_UNTOLD, internal=f"exit code {returncode}: {stderr[-500:]}")
    return BrokenCode(limit.message)


def _told(frame: Frame) -> BrokenCode | None:
    match frame.kind:
        case "compiled":
            return None
        case "refused":
            says = frame.body[:_SAID_BYTES_MAX].decode(errors="replace")
            line, column = _number(frame.head.get("line")), _number(frame.head.get("column"))
            return BrokenCode(says, line, column, at_end=frame.head.get("atEnd") is True)
        case kind:
            raise CodeFailed(_UNTOLD, internal=f"its kind is {kind[:40]!r}")


def _number(given: JsonValue) -> int | None:
    return given if isinstance(given, int) and given > 0 else None


_UNTOLD: Final = "The process that was asked ended without a word."
_TOO_SLOW: Final = f"There was no answer after {MAX_TIMEOUT_S:g} s."
