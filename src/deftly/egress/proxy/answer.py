"""A target's answer as the program gets it: its head written anew, and where it ends."""

import re
from typing import Final

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from deftly.egress.proxy.refusing import unusable

MAX_HEAD_BYTES: Final = 65_536

_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: [^\r\n\x00]*)?")
_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_OF_ONE_CONNECTION: Final = frozenset({b"connection", b"keep-alive", b"proxy-connection"})
_SWITCHING_PROTOCOLS: Final = 101
_FIRST_FINAL: Final = 200


def rewritten(head: bytes) -> tuple[bytes, bool]:
    """Return the head with the connection's end announced, and whether it is the last one.

    Raises:
        ProxyRefused: It is not HTTP, or switches to something else.
    """
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    status = _STATUS.fullmatch(first)
    if status is None or int(status[1]) == _SWITCHING_PROTOCOLS:
        raise unusable()
    kept = [first]
    for line in lines:
        name, colon, _ = line.partition(b":")
        if not colon or not _NAME.fullmatch(name) or b"\n" in line or b"\r" in line:
            raise unusable()
        if name.lower() not in _OF_ONE_CONNECTION:
            kept.append(line)
    is_final = int(status[1]) >= _FIRST_FINAL
    ending = [b"Connection: close"] if is_final else []
    return b"\r\n".join([*kept, *ending, b"", b""]), is_final


class AnswerEnd:
    """Tells where an answer ends: many targets keep the connection, whatever they are asked.

    Attributes:
        is_reached: Nothing more of the answer is to come.
    """

    def __init__(self, *, is_bodiless: bool) -> None:
        """Wait for the head; that is all there is of an answer without a body."""
        self.is_reached = False
        self._is_bodiless = is_bodiless
        self._parser = HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Follow what comes; of what is not HTTP the connection's end is the end."""
        if self._is_bodiless:
            self.is_reached = True
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._parser = HttpResponseParser(None)

    def on_message_complete(self) -> None:
        """Take it from the parser."""
        self.is_reached = True
