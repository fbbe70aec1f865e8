"""Which model answers in a conversation: its agent's, or the one a person chose for it."""

from typing import TYPE_CHECKING, Final

from deftly.agent.opening import Answering, Said
from deftly.domain.access import Principal, Scope
from deftly.errors import InvalidRequest, ModelUnavailable, NotAllowed, NotFound, Problem

if TYPE_CHECKING:
    from deftly.agent.running import ChatParts
    from deftly.domain.agent import Agent

FIELD: Final = "forwardedProps.model"


async def answering(
    parts: "ChatParts", said: Said, agent: "Agent", principal: Principal
) -> Answering:
    """Return who answers what was said; a choice holds until there is another.

    Raises:
        NotAllowed: Only who holds ``manage`` may name another model than the agent's.
        InvalidRequest: The model is not configured.
        ModelUnavailable: It cannot be here; the message says what to set.
    """
    named = said.model
    if named is not None and principal.visitor is not None:
        raise NotAllowed("Visitors cannot choose the model; leave forwardedProps.model out.")
    if named is None:
        named = await _chosen_before(parts, said, agent, principal)
    else:
        _check(parts, named, agent, principal)
    if not named:
        parts.models.for_agent(agent)
        return Answering(parts.models.name_for(agent))
    parts.models.chosen(named)
    return Answering(named, chosen=True)


async def going_on(
    parts: "ChatParts", conversation_id: str, agent: "Agent | None", principal: Principal
) -> Answering:
    """Return who goes on in a conversation by itself; one that is gone is told in the turn."""
    if agent is None:
        return Answering(None)
    named = await parts.transcripts.chosen_model(conversation_id)
    if named is not None and principal.may(Scope.MANAGE):
        return Answering(named, chosen=True)
    try:
        return Answering(parts.models.name_for(agent))
    except ModelUnavailable:
        return Answering(None)


def _check(parts: "ChatParts", named: str, agent: "Agent", principal: Principal) -> None:
    if named and named not in parts.models.names:
        known = ", ".join(sorted(parts.models.names))
        message = (
            f"{FIELD}: the model {named} is not configured; name one of {known}, or have an "
            "operator add it to the setting models."
        )
        raise InvalidRequest(message, details=[Problem(FIELD, message)])
    if named and named != (agent.model or parts.models.default) and not principal.may(Scope.MANAGE):
        raise NotAllowed("Choosing another model than the agent's needs the scope manage.")


async def _chosen_before(
    parts: "ChatParts", said: Said, agent: "Agent", principal: Principal
) -> str | None:
    if not principal.may(Scope.MANAGE):
        return None
    try:
        found = await parts.conversations.find(agent.name, principal.id, said.thread_id)
    except NotFound:
        return None
    return await parts.transcripts.chosen_model(found.id)
