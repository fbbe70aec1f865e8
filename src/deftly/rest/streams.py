"""How many streams of events are open in this process, and no more than may be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from deftly.errors import TooMany

STREAMS_MAX: Final = 256
_RETRY_AFTER_S: Final = 5


class OpenStreams:
    """Counts them; each holds a connection and follows the log by itself."""

    def __init__(self) -> None:
        """Start with none."""
        self.number = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one for as long as the block lasts.

        Raises:
            TooMany: As many are open as may be.
        """
        if self.number >= STREAMS_MAX:
            message = (
                f"{STREAMS_MAX} event streams are open, which is the most this server keeps; "
                "close one, or try again later."
            )
            raise TooMany(message, retry_after_s=_RETRY_AFTER_S)
        self.number += 1
        try:
            yield
        finally:
            self.number -= 1
