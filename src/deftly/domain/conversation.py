"""A conversation as it is kept: whose it is, what people saw of it, which calls wait."""

from dataclasses import dataclass
from enum import StrEnum

from deftly.domain.confirmation import Confirmation
from deftly.domain.model import Model
from deftly.domain.run import CLOSED, REFUSED, Run, Status
from deftly.values import JsonObject, JsonValue

MESSAGE_LIMIT_BYTES = 32 * 1024
TITLE_LIMIT = 80


class Conversation(Model):
    """What is told of a conversation in a list.

    Attributes:
        thread_id: What its client calls it; the same text is another conversation for another
            agent or principal.
        title: Its first message, shortened, unless somebody gave it another.
        updated_at: When something was last said or done in it.
        busy: A turn is under way.
    """

    id: str
    agent: str
    principal: str
    thread_id: str
    title: str
    created_at: str
    updated_at: str
    busy: bool


class Kind(StrEnum):
    """What an entry of the transcript tells."""

    TURN_STARTED = "turn_started"
    MESSAGE = "message"
    TEXT = "text"
    TOOL_CALLED = "tool_called"
    TOOL_ANSWERED = "tool_answered"
    CARD_SHOWN = "card_shown"
    CONFIRMATION_ASKED = "confirmation_asked"
    TURN_FINISHED = "turn_finished"
    TURN_FAILED = "turn_failed"


TURN_ENDS = frozenset({Kind.TURN_FINISHED, Kind.TURN_FAILED})


class Usage(Model):
    """Tokens as the provider of a model counts them.

    Attributes:
        requests: Answers of the model.
    """

    input_tokens: int
    output_tokens: int
    requests: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, ready to be written.

    ``data`` is, by kind: ``{runId, model?, chosen?, browser?}`` · ``{id, text}`` · ``{id, text}`` ·
    ``{callId, tool, arguments}`` · ``{callId, tool, told, failed, actionRunId?}`` ·
    ``{callId, cardId, widget, card, spoken}`` · ``{id, callId, tool, expiresAt, summary}`` ·
    ``{runId, waiting: [as asked], usage?}`` · ``{runId, code, message, usage?}``. A turn's
    ``runId`` is its client's name for it; ``chosen`` says that a person chose the model,
    ``browser`` that a page follows that makes client calls, ``usage`` is a ``Usage``.
    """

    kind: Kind
    data: JsonObject


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry and its place.

    Attributes:
        seq: Grows with each entry; gaps are possible.
    """

    seq: int
    at: str
    turn: str
    kind: Kind
    data: JsonObject

    def wire(self) -> JsonObject:
        """Return the JSON object that is exported."""
        return {"seq": self.seq, "at": self.at, "kind": self.kind.value, "data": self.data}


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call of the model that a person is asked about.

    Attributes:
        call_id: Ours, unique.
        model_call_id: The model's own, unique among the calls of one answer at best.
        arguments: As the model gave them.
        late: The model was told to go on without it.
    """

    run_id: str
    confirmation_id: str
    turn: str
    call_id: str
    model_call_id: str
    tool: str
    arguments: JsonValue
    late: bool = False


@dataclass(frozen=True, slots=True)
class StandingCall:
    """An open call with its question and its run as they stand now."""

    call: OpenCall
    confirmation: Confirmation
    run: Run

    @property
    def is_answered(self) -> bool:
        """Whether its outcome is known and can be told."""
        return self.run.status in CLOSED

    @property
    def was_decided(self) -> bool:
        """Whether a person's answer closed it, so that the conversation goes on by itself."""
        return self.is_answered and (
            self.run.status is Status.DENIED or self.run.status not in REFUSED
        )


def waiting_of(one: StandingCall) -> JsonObject:
    """Return what is told of a question that waits, without a token."""
    return {
        "id": one.confirmation.id,
        "callId": one.call.call_id,
        "actionRunId": one.run.id,
        "tool": one.call.tool,
        "expiresAt": one.confirmation.expires_at,
        "summary": one.confirmation.shown,
    }


def shortened(text: str, limit: int = TITLE_LIMIT) -> str:
    """Return the text on one line, cut to the limit."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
