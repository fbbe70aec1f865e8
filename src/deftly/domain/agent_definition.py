"""From what an author wrote to an agent, and from an edit to what is written next."""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import JsonValue, ValidationError

from deftly.domain.agent import Agent
from deftly.domain.definition import problems_of, unusable
from deftly.errors import InvalidDefinition, Problem
from deftly.values import JsonObject

SERVER_KEYS: Final = ("id", "name", "publishableKey", "version", "createdAt", "updatedAt")
_KEY_ORDER: Final = (
    "id", "name", "title", "instructions", "model", "actions", "greeting", "suggestedQuestions",
    "allowedOrigins", "allowPageContext", "embed", "identityVersion", "publishableKey", "enabled",
    "version", "createdAt", "updatedAt",
)  # fmt: skip
_KEY_PREFIX: Final = "pk_"


class AgentIdentity(NamedTuple):
    """What the server, not the author, decides about an agent."""

    id: str
    name: str
    publishable_key: str
    version: int = 1
    created_at: str | None = None
    updated_at: str | None = None

    def wire(self) -> JsonObject:
        """Return it as the fields of a definition."""
        return dict(zip(SERVER_KEYS, self, strict=True))


def parse_agent(authored: Mapping[str, JsonValue], identity: AgentIdentity) -> Agent:
    """Return the agent an authored definition describes.

    Raises:
        InvalidDefinition: Lists every problem found, each with its path and what to do.
    """
    server = {key: value for key, value in identity.wire().items() if value is not None}
    try:
        return Agent.model_validate({**authored_agent(authored), **server})
    except ValidationError as fault:
        raise unusable(problems_of(fault)) from None


def authored_agent(given: Mapping[str, JsonValue]) -> JsonObject:
    """Return what an author decides; an empty text stands for an optional one left out."""
    return {
        key: value
        for key, value in given.items()
        if value is not None
        and key not in SERVER_KEYS
        and not (key in {"model", "title"} and value == "")
    }


def edited_agent(authored: JsonObject, patch: Mapping[str, JsonValue]) -> JsonObject:
    """Return the authored definition after a partial edit; ``null`` leaves a field unchanged.

    Raises:
        InvalidDefinition: The edit would give it another name.
    """
    name = patch.get("name")
    if name is not None and name != authored["name"]:
        message = "name cannot be changed; create another agent and delete this one."
        raise InvalidDefinition(message, details=[Problem("name", message)])
    changes = {k: v for k, v in patch.items() if v is not None and k not in SERVER_KEYS}
    return authored_agent({**authored, **changes})


def stamped_agent(authored: Mapping[str, JsonValue], agent: Agent) -> JsonObject:
    """Return the authored definition with the server's own fields, as it goes into its file."""
    wire = agent.wire()
    server: JsonObject = {key: wire[key] for key in SERVER_KEYS if key in wire}
    definition: JsonObject = {**authored, **server}
    known: JsonObject = {key: definition[key] for key in _KEY_ORDER if key in definition}
    rest: JsonObject = {key: value for key, value in definition.items() if key not in known}
    return {**known, **rest}


def agent_id_of_name(name: str) -> str:
    """Return the id of a hand-written definition that has none: the same name, the same id."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"deftly:agent:{name}"))


def publishable_key_of(agent_id: str, key: bytes) -> str:
    """Return the publishable key of an agent whose file has none: stable, and not guessable.

    Args:
        agent_id: The agent's.
        key: The installation's encryption key; it cannot be found from the result.
    """
    digest = hmac.digest(key, f"deftly:publishable-key:{agent_id}".encode(), hashlib.sha256)
    return _KEY_PREFIX + base64.urlsafe_b64encode(digest[:18]).decode()
