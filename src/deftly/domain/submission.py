"""A submission: what somebody sent by a button of a card that saves."""

from pydantic import JsonValue

from deftly.domain.model import Model


class Submission(Model):
    """One submission.

    Attributes:
        card_id: Of the card in its conversation; the id of the run that showed it.
        data: The inputs by their ids, over the arguments of the button.
    """

    id: str
    widget: str
    card_id: str
    conversation_id: str
    principal: str
    data: dict[str, JsonValue]
    at: str
