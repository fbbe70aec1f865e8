"""``/api/chat``: one turn with an agent, as a stream of AG-UI events.

Of what a client sends, its thread, its newest message and its answers are believed. History
and approvals that come along are ignored: the server has its own.
"""

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from starlette.responses import Response

from deftly.agent.chats import Begun
from deftly.agent.following import BrowserAsked, Ended, Words
from deftly.agent.opening import GivenAnswer, Said
from deftly.domain.access import Scope
from deftly.domain.client_call import may_have_browser
from deftly.domain.conversation import TURN_ENDS, Kind, WrittenEntry
from deftly.errors import DeftlyError, InvalidRequest, NotFound, Problem
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.rest.auth import require
from deftly.rest.body import only
from deftly.rest.strangers import model_kept_from, told_to
from deftly.rest.streaming import place_for
from deftly.values import JsonObject, JsonValue

if TYPE_CHECKING:
    from deftly.agent.following import Followed

# Standard clients send the whole conversation each time; nothing but the newest part is read.
BODY_LIMIT_BYTES: Final = 8 * 1024 * 1024
_ID_LIMIT: Final = 200
_ANSWERS_MAX: Final = 20
_AGUI: Final = "deftly.agent.agui"
_Wished = TypeVar("_Wished", str, bool)
CONVERSATION_HEADER: Final = "deftly-conversation"


async def chat(ask: Asked, agent: str) -> Response:
    """Stream one turn: a message is answered, or confirmations are, or both."""
    _refuse_others(ask, agent)
    ask.backing.visitor_limits.take_message(ask.caller, ask.address)
    said = _said(agent, await ask.body(limit_bytes=BODY_LIMIT_BYTES), ask)
    if said.answers:
        require(ask.caller, Scope.CONFIRM)
    # A quarter of a second, at the first message.
    await asyncio.to_thread(importlib.import_module, _AGUI)
    chats = ask.backing.chats
    with place_for(ask, Scope.RUN) as room:
        await ask.backing.visiting.note(ask.caller, ask.address)
        with model_kept_from(ask.caller):
            begun = await chats.begin(said, ask.caller)
        if not said.keeps_going:
            # Whoever went away does not wait for an answer.
            room.afterwards(partial(chats.stop, begun.claimed))
        return room.stream(_lines(ask, begun), {CONVERSATION_HEADER: begun.conversation.id})


async def prepare(ask: Asked, agent: str) -> Response:
    """Load what the agent's first answer would wait for; a few seconds, once."""
    _refuse_others(ask, agent)
    only(await ask.body(optional=True))
    await asyncio.to_thread(importlib.import_module, _AGUI)
    with model_kept_from(ask.caller):
        await ask.backing.chats.prepare(agent)
    return answer(OK)


async def _lines(ask: Ask, begun: Begun) -> AsyncGenerator[bytes, None]:
    thread_id, after = begun.conversation.thread_id, begun.claimed.after
    in_browser = may_have_browser(ask.caller.id)
    follow = ask.backing.chats.followers.follow(begun.conversation.id, after, in_browser=in_browser)
    async with aclosing(follow) as followed:
        async for one in followed:
            if isinstance(one, WrittenEntry) and one.kind is Kind.MESSAGE:
                continue  # the client has said it
            tokens = await _tokens(ask, one)
            seen = told_to(ask.caller, one) if isinstance(one, WrittenEntry) else one
            line = line_of(seen, thread_id, tokens)
            if line:
                yield line
            if isinstance(one, WrittenEntry) and one.kind in TURN_ENDS:
                return


def line_of(one: "Followed", thread_id: str, tokens: dict[str, str] | None = None) -> bytes:
    """Return what is streamed of a thing that was followed; it may be nothing."""
    from deftly.agent import agui  # noqa: PLC0415 - its models take a quarter of a second

    match one:
        case Words(message_id=message_id, text=text, first=first):
            begun = agui.begun_text(message_id) if first else []
            return agui.encode([*begun, *agui.more_text(message_id, text)])
        case Ended(entry=entry):
            return agui.encode(agui.ended_text(str(entry.data["id"])), entry.seq)
        case BrowserAsked(call=call):
            return agui.encode(agui.client_call(call))
        case WrittenEntry():
            return agui.encode(agui.events_of(one, thread_id, tokens), one.seq)


async def _tokens(ask: Ask, one: "Followed") -> dict[str, str]:
    """Return a token for each question that waits, for who asked and may answer."""
    if not isinstance(one, WrittenEntry) or one.kind is not Kind.TURN_FINISHED:
        return {}
    waiting = one.data.get("waiting")
    tokens: dict[str, str] = {}
    if not isinstance(waiting, list) or not ask.caller.may(Scope.CONFIRM):
        return tokens
    for question in waiting:
        confirmation_id = str(question["id"]) if isinstance(question, dict) else ""
        try:
            issued = await ask.backing.engine.issue_token(confirmation_id, ask.caller)
        except DeftlyError:
            continue  # answered a moment ago
        tokens[confirmation_id] = issued
    return tokens


def _refuse_others(ask: Ask, agent: str) -> None:
    """Refuse a visitor of one agent who asks another, as if it were not there."""
    visitor = ask.caller.visitor
    if visitor is not None and visitor.agent != agent:
        raise NotFound(f"There is no agent called {agent}.")


def _said(agent: str, given: JsonObject, ask: Ask) -> Said:
    answers = tuple(_answer(one, at) for at, one in enumerate(_list(given, "resume")))
    if len(answers) > _ANSWERS_MAX:
        raise _invalid("resume", f"resume holds more than {_ANSWERS_MAX} answers; send fewer.")
    return Said(
        agent=agent,
        thread_id=_id(given, "threadId"),
        run_id=_id(given, "runId", default=ask.backing.chats.new_id()),
        text=_newest(_list(given, "messages"), with_answers=bool(answers)),
        answers=answers,
        model=_wished(given, "model", str),
        keeps_going=_wished(given, "keepGoing", bool) or False,
        browser=_wished(given, "browser", bool) or False,
    )


def _wished(given: JsonObject, name: str, kind: type[_Wished]) -> _Wished | None:
    """Return one of our own wishes, which clients of the protocol send beside it."""
    wishes = given.get("forwardedProps")
    value = wishes.get(name) if isinstance(wishes, dict) else None
    if value is None or isinstance(value, kind):
        return value
    word = "a text" if kind is str else "true or false"
    raise _invalid(f"forwardedProps.{name}", f"forwardedProps.{name} must be {word}.")


def _id(given: JsonObject, name: str, default: str | None = None) -> str:
    value = given.get(name)
    if value is None and default is not None:
        return default
    if isinstance(value, str) and value.strip() and len(value) <= _ID_LIMIT:
        return value
    raise _invalid(name, f"{name} is required: a text of at most {_ID_LIMIT} characters.")


def _list(given: JsonObject, name: str) -> list[JsonValue]:
    value = given.get(name)
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise _invalid(name, f"{name} must be a list.")


def _newest(messages: list[JsonValue], *, with_answers: bool) -> str | None:
    """Return the newest message of the person; beside answers only one that comes last is new."""
    for message in reversed(messages):
        match message:
            case {"role": "user", "content": content}:
                return _content(content)
            case _ if with_answers:
                return None
            case _:
                continue
    return None


def _content(content: JsonValue) -> str:
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts: list[str] = []
    for part in parts:
        match part:
            case {"type": "text", "text": str(text)}:
                texts.append(text)
            case _:
                raise _invalid("messages", "A message holds something else than text; send text.")
    return "\n".join(texts)


def _answer(given: JsonValue, at: int) -> GivenAnswer:
    where = f"resume[{at}]"
    match given:
        case {"interruptId": str(confirmation_id), "status": "resolved", "payload": payload}:
            return GivenAnswer(confirmation_id, agreed=True, token=_token(payload, where))
        case {"interruptId": str(confirmation_id), "status": "cancelled", "payload": dict(more)}:
            return GivenAnswer(confirmation_id, agreed=False, token=_token(more, where))
        case {"interruptId": str(confirmation_id), "status": "cancelled"}:
            return GivenAnswer(confirmation_id, agreed=False, token=None)
        case _:
            raise _invalid(
                where,
                f"{where} must hold interruptId, status (resolved or cancelled), and for resolved "
                "a payload with the token.",
            )


def _token(payload: JsonValue, where: str) -> str:
    match payload:
        case {"token": str(token), **more} if not more:
            return token
        case _:
            message = f"{where}.payload must hold the token and nothing else."
            raise _invalid(f"{where}.payload", message)


def _invalid(path: str, message: str) -> InvalidRequest:
    return InvalidRequest(message, details=[Problem(path, message)])
