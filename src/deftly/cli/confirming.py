"""A confirmation in the terminal: what would be sent, and a yes or no.

Everything shown comes from the stored call; no word of a model is among it.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from deftly.cli import terminal
from deftly.domain.run import Outcome, Question

if TYPE_CHECKING:
    from deftly.domain.access import Principal
    from deftly.engine.engine import Engine
    from deftly.values import JsonValue

_SEND_IT: Final = "Send it? [y/N] "
HELD: Final = (
    "Nothing was sent: a person has to confirm it, and nobody can be asked here. "
    "Run it in a terminal, or with --yes or --no."
)


async def settle(
    engine: "Engine", principal: "Principal", question: Question, *, answer: bool | None
) -> Outcome | None:
    """Show a question, get the answer, and carry it out; None if nobody can be asked.

    Raises:
        ConfirmationClosed: It was answered elsewhere, has expired, or the action was changed.
    """
    show(question)
    agreed = _ask() if answer is None else _given(answer)
    if agreed is None:
        return None
    if not agreed:
        return await engine.deny(question.id, question.token, principal)
    with terminal.spinner("Sending …"):
        return await engine.confirm(question.id, question.token, principal)


def show(question: Question) -> None:
    """Print action, method, host, what would be run, and every argument."""
    summary = question.summary
    listed = summary.get("arguments")
    arguments = [
        (str(one.get("name")), str(one.get("value")))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    ]
    terminal.panel(
        f"Confirm {summary.get('action')}",
        f"{summary.get('method')} {summary.get('host')}",
        arguments or [("", "(no arguments)")],
        texts=_program(summary.get("program")),
        note="Nothing has been sent yet.",
    )


def _program(told: "JsonValue") -> list[str]:
    """Return the sentence about a command or code, and the command."""
    if not isinstance(told, dict):
        return []
    return [str(told[name]) for name in ("says", "command") if name in told]


def _given(answer: bool) -> bool:  # noqa: FBT001 - the person's answer
    terminal.ask(f"{_SEND_IT}{'y' if answer else 'n'}\n")
    return answer


def _ask() -> bool | None:
    if not terminal.is_interactive():
        return None
    return (read_line(_SEND_IT) or "").strip().lower() in {"y", "yes"}


def read_line(prompt: str) -> str | None:
    """Read a line from a person, None at the end of input; an interrupt ends the command."""
    with _interruptible():
        try:
            if sys.stdout.isatty():
                return input(prompt)  # so that editing keys know where the line begins
            terminal.ask(prompt)
            return input()
        except EOFError:
            terminal.ask("\n" if prompt else "")
            return None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C raise at once: asyncio's own handler would wait for the line to end."""
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)
