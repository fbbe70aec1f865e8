"""The forms of what is sent to agents and told of conversations, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from deftly.domain.conversation import Conversation, Usage
from deftly.domain.model import Model
from deftly.rest.shapes import Open


class ChatAnswer(Open):
    """A person's answer to one question; ``payload`` holds its token."""

    interrupt_id: str
    status: Literal["resolved", "cancelled"]
    payload: dict[str, str] | None = None


class ChatWishes(Open):
    """What is ours beside the protocol.

    ``model`` answers from now on, the agent's own where it is empty; it needs ``manage`` for
    another one. With ``keepGoing`` the turn does not end with the connection.
    """

    model: str | None = None
    keep_going: bool | None = None


class ChatInput(Open):
    """AG-UI's ``RunAgentInput``; the newest user message and the answers are read of it."""

    thread_id: str
    run_id: str | None = None
    messages: list[dict[str, JsonValue]] | None = None
    resume: list[ChatAnswer] | None = None
    forwarded_props: ChatWishes | None = None


class ConversationList(Model):
    """Conversations, the one used last first; ``next`` is the cursor of the following page."""

    conversations: list[Conversation]
    next: str | None


class ChatToolFunction(Model):
    """Which tool, and its arguments as JSON."""

    name: str
    arguments: str


class ChatToolCall(Model):
    """A call the agent made."""

    id: str
    type: Literal["function"]
    function: ChatToolFunction


class ChatMessage(Model):
    """Something said, called, answered or shown.

    A card's ``content`` is the text a person reads on it. ``fault`` is the code of a turn that
    failed, ``failed`` marks a call without a result, ``actionRunId`` is the recorded run of an
    answered call.
    """

    id: str
    at: str
    turn: str
    role: Literal["user", "assistant", "tool", "card"]
    content: str | None = None
    tool_calls: list[ChatToolCall] | None = None
    tool_call_id: str | None = None
    card_id: str | None = None
    widget: str | None = None
    card: dict[str, JsonValue] | None = None
    action_run_id: str | None = None
    failed: Literal[True] | None = None
    fault: str | None = None


class CardPress(Model):
    """A button of a card, and what a person filled in by the ids of the card's inputs."""

    button: str
    inputs: dict[str, str | int | float | bool | None] | None = None


class SubmittedCard(Model):
    """What a button did; ``runId`` is that of the turn it began."""

    ok: Literal[True]
    did: Literal["message", "action", "save"]
    run_id: str | None = None


class PendingQuestion(Model):
    """A question of this conversation that waits for an answer."""

    id: str
    call_id: str
    action_run_id: str
    tool: str
    expires_at: str
    summary: dict[str, JsonValue]


class ChatTurn(Model):
    """One turn: which model answered, whether a person chose it, and what its provider counted."""

    id: str
    started_at: str
    ended_at: str | None = None
    model: str | None = None
    chosen: bool = False
    usage: Usage | None = None


class OneConversation(Model):
    """A conversation's newest messages; ``next`` is ``before`` of the older ones.

    ``usage`` is of the whole conversation; ``seq`` is the place of its last entry: what is
    followed after it misses nothing.
    """

    conversation: Conversation
    messages: list[ChatMessage]
    turns: list[ChatTurn]
    usage: Usage | None
    chosen_model: str | None
    pending: list[PendingQuestion]
    next: int | None
    seq: int


class Stopping(Model):
    """Whether there was a turn under way to stop."""

    ok: Literal[True]
    stopping: bool


class ModelChoice(Model):
    """A configured model; ``unavailable`` says why it cannot answer here."""

    name: str
    unavailable: str | None


class ModelList(Model):
    """The models agents and conversations may name; ``default`` is the setting's."""

    default: str
    models: list[ModelChoice]


class NewTitle(Model):
    """Another title."""

    title: str


class RenamedConversation(Model):
    """The conversation under its new title."""

    ok: Literal[True]
    conversation: Conversation


class ExportedEntry(Model):
    """One entry of the transcript; ``data`` depends on the kind."""

    seq: int
    at: str
    kind: str
    data: dict[str, JsonValue]


class ConversationExport(Model):
    """Everything that was shown."""

    conversation: Conversation
    entries: list[ExportedEntry]
