"""``/api/confirmations``: pending questions and their answers."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias

from fastapi import Query
from starlette.responses import Response

from deftly.domain.access import Principal
from deftly.domain.confirmation import Confirmation
from deftly.domain.run import Outcome, Status
from deftly.engine.gate import NO_SUCH_CONFIRMATION
from deftly.errors import InvalidRequest, NotFound, Problem
from deftly.rest.ask import Ask, Asked, answer
from deftly.rest.body import only
from deftly.values import JsonObject, JsonValue

_SHOWN = frozenset(
    {
        "id", "runId", "actionId", "tool", "summary", "requester", "conversationId",
        "createdAt", "expiresAt", "status", "askedTimes", "answeredBy", "answeredAt",
    }
)  # fmt: skip

Answering: TypeAlias = Callable[[str, JsonValue, Principal], Awaitable[Outcome]]


async def list_confirmations(
    ask: Asked, status: Annotated[Status | None, Query()] = None
) -> Response:
    """Return the newest questions; tokens are told to nobody here."""
    found = await ask.backing.confirmations.list(status)
    return answer({"confirmations": [_told(one) for one in found]})


async def read_confirmation(ask: Asked, confirmation_id: str) -> Response:
    """Return one question, without a token."""
    found = await ask.backing.confirmations.get(confirmation_id)
    return answer({"confirmation": _told(found)})


async def issue_token(ask: Asked, confirmation_id: str) -> Response:
    """Return a further token for an open question."""
    only(await ask.body(optional=True))
    await _refuse_others(ask, confirmation_id)
    token = await ask.backing.engine.issue_token(confirmation_id, ask.caller)
    return answer({"token": token})


async def confirm(ask: Asked, confirmation_id: str) -> Response:
    """Let the call run that was asked about, once; again: what became of it."""
    return await _answered(ask, confirmation_id, ask.backing.engine.confirm)


async def deny(ask: Asked, confirmation_id: str) -> Response:
    """Refuse the call for good."""
    return await _answered(ask, confirmation_id, ask.backing.engine.deny)


async def _answered(ask: Ask, confirmation_id: str, engine: Answering) -> Response:
    given = await ask.body()
    only(given, "token")
    ask.backing.visitor_limits.take_message(ask.caller, ask.address)
    await _refuse_others(ask, confirmation_id)
    token = given.get("token")
    if not isinstance(token, str):
        message = "token is required and must be text."
        raise InvalidRequest(message, details=[Problem("token", message)])
    outcome = await engine(confirmation_id, token, ask.caller)
    return answer(outcome.wire())


async def _refuse_others(ask: Ask, confirmation_id: str) -> None:
    """Refuse a visitor who would answer for somebody else, as if there were no such question."""
    if ask.caller.visitor is None:
        return
    question = await ask.backing.confirmations.get(confirmation_id)
    if question.requester != ask.caller.id:
        raise NotFound(NO_SUCH_CONFIRMATION)


def _told(confirmation: Confirmation) -> JsonObject:
    return {name: value for name, value in confirmation.wire().items() if name in _SHOWN}
