"""What the code of a run wrote to its console, and where that ends."""

from typing import Final

from deftly.domain.run import ConsoleLine
from deftly.sandbox.javascript.script import CONSOLE_BYTES_MAX, CONSOLE_LINES_MAX

LEVELS: Final = frozenset({"log", "info", "warn", "error", "debug"})
CUT: Final = (
    f"The rest of the console is left out: a run may write {CONSOLE_BYTES_MAX // 1024} KiB "
    f"in {CONSOLE_LINES_MAX:,} lines."
)


class Console:
    """Lines in the order they were written; kept also where the run fails."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._lines: list[ConsoleLine] = []
        self._left_bytes = CONSOLE_BYTES_MAX
        self._is_cut = False

    @property
    def lines(self) -> tuple[ConsoleLine, ...]:
        """What was written so far."""
        return tuple(self._lines)

    def add(self, level: str, text: bytes) -> None:
        """Keep a line, as much of it as there is room for; the last one says where it was cut."""
        if self._is_cut:
            return
        kept = text[: self._left_bytes]
        self._left_bytes -= len(kept)
        self._is_cut = len(kept) < len(text) or len(self._lines) >= CONSOLE_LINES_MAX
        if kept or not self._is_cut:
            # Half a character at the cut is left out.
            self._lines.append(ConsoleLine(level, kept.decode(errors="ignore")))
        if self._is_cut:
            self.cut()

    def cut(self) -> None:
        """Say that there was more."""
        self._is_cut = True
        self._left_bytes = 0
        if not self._lines or self._lines[-1].text != CUT:
            self._lines.append(ConsoleLine("warn", CUT))
