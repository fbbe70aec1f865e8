"""Reading what the code of a run wants to be sent."""

from deftly.sandbox.javascript.script import FetchRequest
from deftly.sandbox.javascript.wire import BrokenWireError, Frame
from deftly.values import JsonValue


def asked_of(frame: Frame, timeout_s: float) -> tuple[int, FetchRequest, int]:
    """Return a fetch's number, what is to be sent, and how many bytes its body really has.

    Only shapes are looked at; what may be sent is decided on the way out.

    Raises:
        BrokenWireError: It is no fetch.
    """
    head = frame.head
    match head.get("id"), head.get("size"), head.get("url"), head.get("method"):
        case (int(number), int(size), str(url), str(method)) if size >= len(frame.body):
            body = frame.body if head.get("hasBody") is True else None
            headers = _headers_of(head.get("headers"))
            return number, FetchRequest(url, method, headers, body, timeout_s), size
        case _:
            raise BrokenWireError("it is no fetch")


def _headers_of(flat: JsonValue) -> tuple[tuple[str, str], ...]:
    if not isinstance(flat, list) or len(flat) % 2:
        raise BrokenWireError("its headers are none")
    words = [word for word in flat if isinstance(word, str)]
    if len(words) != len(flat):
        raise BrokenWireError("its headers are no text")
    return tuple(zip(words[::2], words[1::2], strict=True))
