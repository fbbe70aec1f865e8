"""The frames between us and a run: a line of JSON, then as many bytes as it says.

What a run writes is hostile: whatever is not such a frame ends the run.
"""

from dataclasses import field
from typing import Final

from deftly.sandbox.javascript.script import FRAME_BYTES_MAX
from deftly.sandbox.process import ChildProcess
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json, light_value, parse_json

HEAD_BYTES_MAX: Final = 128 * 1024


class BrokenWireError(Exception):
    """What came is no frame; the text says why, for the log."""


@light_value
class Frame:
    """One message.

    Attributes:
        head: What its line holds: the kind and whatever belongs to it.
        body: The bytes behind it.
    """

    kind: str
    head: JsonObject = field(default_factory=dict)
    body: bytes = b""


class Wire:
    """Reads and writes the frames of one process."""

    def __init__(self, child: ChildProcess) -> None:
        """Take a process whose lines are read up to ``HEAD_BYTES_MAX``."""
        self._child = child

    async def read(self) -> Frame | None:
        """Return what it says next, None once it has ended.

        Raises:
            BrokenWireError: It is no frame.
        """
        try:
            line = await self._child.read_line()
        except ValueError:
            raise BrokenWireError("its line is too long") from None
        if not line.endswith(b"\n"):
            return None
        head = _head_of(line)
        kind = head.get("kind")
        if not isinstance(kind, str):
            raise BrokenWireError("it has no kind")
        return Frame(kind, head, await self._body(_size_of(head)))

    async def write(self, kind: str, body: bytes = b"", **head: JsonValue) -> None:
        """Send a frame, as one piece.

        Raises:
            BrokenPipeError, ConnectionResetError: The process is gone.
        """
        line = dump_json({"kind": kind, **head, "bytes": len(body)})
        await self._child.write(b"\n".join((line, body)))

    async def _body(self, size: int) -> bytes:
        chunks: list[bytes] = []
        while size:
            chunk = await self._child.read(size)
            if not chunk:
                raise BrokenWireError("it ends too early")
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)


def _head_of(line: bytes) -> JsonObject:
    try:
        head = parse_json(line)
    except NotJsonError as fault:
        raise BrokenWireError(f"its line is not JSON: {fault}") from None
    if not isinstance(head, dict):
        raise BrokenWireError("its line is no object")
    return head


def _size_of(head: JsonObject) -> int:
    match head.get("bytes", 0):
        case bool():
            pass
        case int(size) if 0 <= size <= FRAME_BYTES_MAX:
            return size
    raise BrokenWireError("its size is none")
