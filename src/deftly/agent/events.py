"""What happens in a turn, as the doors are told: no provider's and no framework's types."""

from dataclasses import dataclass
from typing import TypeAlias

from deftly.domain.conversation import Usage
from deftly.domain.run import Question, ShownCard
from deftly.values import JsonValue


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A further piece of the agent's words."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCalled:
    """The model asks for a call; the arguments are its own and not checked yet.

    Attributes:
        call_id: Ours; a model may use its own ids again.
    """

    call_id: str
    tool: str
    arguments: JsonValue


@dataclass(frozen=True, slots=True)
class ToolAnswered:
    """A call is over.

    Attributes:
        told: Exactly what the model reads.
        failed: There was no result; ``told`` is the sentence that says why.
        run_id: Of the recorded run; None where the call was refused before there was one.
        card: What the person is shown; the model never reads it.
    """

    call_id: str
    tool: str
    told: JsonValue
    failed: bool
    run_id: str | None = None
    card: ShownCard | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationAsked:
    """A call waits for a person; nothing was sent.

    Attributes:
        question: With a token if the principal may confirm; the model is never told it.
    """

    call_id: str
    tool: str
    arguments: JsonValue
    question: Question


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """The turn is over, or rests until the questions are answered.

    Attributes:
        text: The agent's last words, empty while it waits.
        usage: None where no provider counted anything.
    """

    text: str
    waiting: tuple[ConfirmationAsked, ...] = ()
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """The turn ended early; what was done before stays done and in the transcript."""

    code: str
    message: str
    usage: Usage | None = None


AgentEvent: TypeAlias = (
    TextDelta | ToolCalled | ToolAnswered | ConfirmationAsked | TurnFinished | TurnFailed
)
