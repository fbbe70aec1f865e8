"""What a client sends to begin a turn, judged, and the entries the turn begins with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deftly.domain.conversation import MESSAGE_LIMIT_BYTES, Entry, Kind, shortened
from deftly.errors import BodyTooLarge, InvalidRequest
from deftly.store.transcripts import Addition, Claimed

if TYPE_CHECKING:
    from deftly.values import JsonObject


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A person's answer to one question.

    Attributes:
        token: A denial may come without one.
    """

    confirmation_id: str
    agreed: bool
    token: str | None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a card that makes a call."""

    tool: str
    arguments: "JsonObject"


@dataclass(frozen=True, slots=True)
class Said:
    """What a client sends.

    Attributes:
        run_id: What the client calls the turn.
        text: A new message; None for answers alone.
        model: Who is to answer from now on, empty for the agent's own model; None leaves it.
        keeps_going: The turn does not end with the connection of the client.
        browser: A page follows that makes client calls.
        pressed: The call of a button, made first; ``text`` is the button's then.
    """

    agent: str
    thread_id: str
    run_id: str
    text: str | None = None
    answers: tuple[GivenAnswer, ...] = ()
    model: str | None = None
    keeps_going: bool = False
    browser: bool = False
    pressed: Pressed | None = None


def check(said: Said) -> None:
    """Refuse what nobody can answer.

    Raises:
        InvalidRequest: There is neither a message nor an answer, or it is blank.
        BodyTooLarge: The message is over 32 KiB.
    """
    if said.text is None:
        if not said.answers:
            raise InvalidRequest("There is no message; send one with the role user and a text.")
        return
    if not said.text.strip():
        raise InvalidRequest("The message is empty; write something.")
    if len(said.text.encode()) > MESSAGE_LIMIT_BYTES:
        raise BodyTooLarge("The message is over 32 KiB; send a shorter one.")


@dataclass(frozen=True, slots=True)
class Answering:
    """Which model answers a turn.

    Attributes:
        model: Its name; None where there is none.
        chosen: A person chose it for this conversation.
    """

    model: str | None
    chosen: bool = False


def opening(said: Said, claimed: Claimed, by: Answering) -> Addition:
    """Return the first entries of a turn, and a title for a conversation that has none."""
    data: JsonObject = {"runId": said.run_id}
    if by.model is not None:
        data["model"] = by.model
    if by.chosen:
        data["chosen"] = True
    if said.browser:
        data["browser"] = True
    entries = [Entry(Kind.TURN_STARTED, data)]
    if said.text is None:
        return Addition(entries=entries)
    message = Entry(Kind.MESSAGE, {"id": f"message-{claimed.id}", "text": said.text})
    return Addition(entries=[*entries, message], title=shortened(said.text))
