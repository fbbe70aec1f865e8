"""How many streams of events are open in this process, and no more than may be."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from deftly.domain.access import Principal
from deftly.errors import TooMany

STREAMS_MAX: Final = 256
# Apart, so that strangers never keep out who works here; both together leave room below the 1,024
# open files that a process has on most systems.
VISITORS_STREAMS_MAX: Final = 512
_RETRY_AFTER_S: Final = 5


class OpenStreams:
    """Counts them; each holds a connection and follows the log by itself."""

    def __init__(self) -> None:
        """Start with none."""
        self._open: Counter[bool] = Counter()

    @contextmanager
    def one_more(self, caller: Principal) -> Iterator[None]:
        """Count one for as long as the block lasts.

        Raises:
            TooMany: As many are open as may be, of visitors or of everybody else.
        """
        is_visitor = caller.visitor is not None
        most = VISITORS_STREAMS_MAX if is_visitor else STREAMS_MAX
        if self._open[is_visitor] >= most:
            message = (
                f"{most} event streams are open, which is the most this server keeps; "
                "close one, or try again later."
            )
            raise TooMany(message, retry_after_s=_RETRY_AFTER_S)
        self._open[is_visitor] += 1
        try:
            yield
        finally:
            self._open[is_visitor] -= 1
