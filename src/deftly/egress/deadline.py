"""A deadline for one task: ``asyncio.timeout`` at a third of its cost, for the call path."""

import asyncio
from types import TracebackType


class Deadline:
    """Cancels the task that entered it when the time is over, and says so.

    Only for a block that awaits in the task itself. Whoever else cancels the task is heard as
    well: then the cancellation goes on.
    """

    __slots__ = ("_cancelling", "_expired", "_limit_s", "_task", "_timer")

    def __init__(self, limit_s: float) -> None:
        """Take the time from entering to the end."""
        self._limit_s = limit_s
        self._expired = False

    def __enter__(self) -> None:
        """Start the clock.

        Raises:
            RuntimeError: There is no task to cancel.
        """
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        if task is None:
            message = "a deadline is kept inside a task"
            raise RuntimeError(message)
        self._task = task
        self._cancelling = task.cancelling()
        self._timer = loop.call_later(self._limit_s, self._expire)

    def _expire(self) -> None:
        self._expired = True
        self._task.cancel()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the clock.

        Raises:
            TimeoutError: The block was cancelled because the time was over.
        """
        self._timer.cancel()
        if (
            self._expired
            and self._task.uncancel() <= self._cancelling
            and kind is not None
            and issubclass(kind, asyncio.CancelledError)
        ):
            raise TimeoutError from fault
