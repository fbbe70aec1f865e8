"""A pending question to a person, and what exactly they would agree to.

Its status is its run's status: the two can never disagree, because there is only one.
"""

from pydantic import Field

from deftly.domain.model import Model
from deftly.domain.run import Status
from deftly.values import JsonObject, JsonValue


class Confirmation(Model):
    """One pending or answered question.

    Attributes:
        version_hash: Of the definition that was asked about; another one voids the question.
        arguments: As bound: exactly these run.
        user: Verified identity at the time of the call.
        page: What the visitor's page told then.
        request_digest: SHA-256 of the rendered request, secrets by name.
        summary: What the person is shown, made of stored values alone.
        requester: The principal who called.
        asked_times: How often the same call was asked in this conversation, this one included.
        answered_by: The principal who confirmed or denied.
    """

    id: str
    run_id: str
    action_id: str
    tool: str
    version_hash: str
    arguments: JsonObject
    user: dict[str, JsonValue]
    page: dict[str, JsonValue] = Field(default_factory=dict)
    request_digest: str
    summary: JsonObject
    requester: str
    conversation_id: str | None = None
    created_at: str
    expires_at: str
    status: Status
    asked_times: int = 1
    answered_by: str | None = None
    answered_at: str | None = None

    @property
    def shown(self) -> JsonObject:
        """What is shown, with how often it was asked when that is more than once."""
        if self.asked_times == 1:
            return self.summary
        return {**self.summary, "askedTimes": self.asked_times}
