"""How much of a conversation its model reads, and how that is kept.

Turns are left out whole, the oldest first; in the turns that stay, all but the last, long
results are shortened, because what they said is in the answers that followed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pydantic_ai.messages import (
    ModelMessage,
    ModelMessagesTypeAdapter,
    ModelRequest,
    ToolReturnPart,
    UserPromptPart,
)

from deftly.store.transcripts import HistoryRow

# About 30,000 tokens: every model in use reads that much, and it stays affordable.
HISTORY_CHARACTERS: Final = 120_000
RESULT_CHARACTERS: Final = 2_000


def rows_of(messages: Sequence[ModelMessage]) -> tuple[HistoryRow, ...]:
    """Return the messages as one row to be kept; none for none."""
    if not messages:
        return ()
    text = ModelMessagesTypeAdapter.dump_json([_bare(one) for one in messages]).decode()
    return (HistoryRow(asked=_asks(messages[0]), messages=text),)


def read_rows(rows: Iterable[HistoryRow]) -> list[ModelMessage]:
    """Return what the model is to read of the rows that were kept."""
    kept = [(row.asked, ModelMessagesTypeAdapter.validate_json(row.messages)) for row in rows]
    last = max((at for at, (asked, _) in enumerate(kept) if asked), default=0)
    return [
        message if at >= last else _shortened(message)
        for at, (_, messages) in enumerate(kept)
        for message in messages
    ]


def _bare(message: ModelMessage) -> ModelMessage:
    """Return the message without instructions: those of the day are given with each request."""
    return replace(message, instructions=None) if isinstance(message, ModelRequest) else message


def _asks(message: ModelMessage) -> bool:
    return any(isinstance(part, UserPromptPart) for part in message.parts)


def _shortened(message: ModelMessage) -> ModelMessage:
    if not isinstance(message, ModelRequest):
        return message
    return replace(
        message,
        parts=[
            _short(part) if isinstance(part, ToolReturnPart) else part for part in message.parts
        ],
    )


def _short(part: ToolReturnPart) -> ToolReturnPart:
    text = part.model_response_str()
    if len(text) <= RESULT_CHARACTERS:
        return part
    more = len(text) - RESULT_CHARACTERS
    return replace(part, content=f"{text[:RESULT_CHARACTERS]} … ({more} more characters)")
