"""Facts that others may want to hear of, in the order they were committed."""

from enum import StrEnum
from typing import Final

from deftly.domain.model import Model
from deftly.values import JsonObject


class EventKind(StrEnum):
    """What happened."""

    ACTION_CHANGED = "action.changed"
    ACTION_DELETED = "action.deleted"
    AGENT_CHANGED = "agent.changed"
    AGENT_DELETED = "agent.deleted"
    WIDGET_CHANGED = "widget.changed"
    WIDGET_DELETED = "widget.deleted"
    RUN_STARTED = "run.started"
    RUN_CHANGED = "run.changed"
    SECRET_CHANGED = "secret.changed"  # noqa: S105 - a kind of event, not a credential
    KEY_CHANGED = "key.changed"
    USER_CHANGED = "user.changed"
    SESSION_ENDED = "session.ended"
    CONVERSATION_CHANGED = "conversation.changed"
    CONVERSATION_ANSWERED = "conversation.answered"


# For our own processes: when somebody signs out is nobody else's business.
UNTOLD: Final = frozenset({EventKind.SESSION_ENDED})


class Event(Model):
    """One committed fact.

    Attributes:
        seq: Grows by at least one with each event; gaps are possible.
        subject: The id of what it is about.
    """

    seq: int
    at: str
    kind: EventKind
    subject: str
    data: JsonObject
