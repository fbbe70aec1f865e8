"""``/api/conversations``: what was said, for those who said it."""

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from deftly.agent.following import Followed
from deftly.domain.access import Scope
from deftly.domain.client_call import may_have_browser
from deftly.domain.conversation import (
    Conversation,
    Kind,
    StandingCall,
    WrittenEntry,
    waiting_of,
)
from deftly.domain.run import Status
from deftly.errors import InvalidRequest, NotFound, Problem
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.rest.auth import require
from deftly.rest.body import only, text
from deftly.rest.chat import line_of
from deftly.rest.messages import messages_of, turns_of
from deftly.rest.sse import place_of
from deftly.rest.strangers import questions_for, told_to
from deftly.rest.streaming import place_for
from deftly.store.transcripts import PAGE_MAX
from deftly.values import JsonValue

_TITLE_LIMIT: Final = 200
_AGUI: Final = "deftly.agent.agui"
_NEWEST: Final = 2**62


async def list_conversations(
    *,
    ask: Asked,
    everybody: Annotated[bool, Query(description="Those of all callers; needs manage")] = False,
    cursor: Annotated[str | None, Query(description="next of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Return the caller's conversations, the one used last first."""
    if everybody:
        require(ask.caller, Scope.MANAGE)
    whose = None if everybody else ask.caller.id
    page = await ask.backing.conversations.list(whose, cursor=cursor or None, limit=limit)
    return answer({"conversations": [one.wire() for one in page.conversations], "next": page.next})


async def read_conversation(
    ask: Asked,
    conversation_id: str,
    before: Annotated[
        int, Query(ge=1, le=_NEWEST, description="next of the page before")
    ] = _NEWEST,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 200,
) -> Response:
    """Return the newest messages, and what waits for an answer."""
    found = await _visible(ask, conversation_id)
    transcripts = ask.backing.transcripts
    # Before anything else: what is written meanwhile is told twice rather than never.
    seq = await transcripts.latest(found.id)
    # One more tells if there is more.
    entries = await transcripts.shown_before(found.id, before, limit + 1)
    shown = entries[-limit:]
    following = shown[0].seq if len(entries) > limit else None
    since = shown[0].seq if following else 0
    # Which model answers, and at what cost, is nothing for strangers.
    insider = ask.caller.visitor is None
    usage = await transcripts.usage(found.id) if insider else None
    turns = await transcripts.turns(found.id, since, before) if insider else ()
    return answer(
        {
            "conversation": found.wire(),
            "messages": messages_of(told_to(ask.caller, one) for one in shown),
            "turns": turns_of(turns),
            "usage": None if usage is None else usage.wire(),
            "chosenModel": await transcripts.chosen_model(found.id) if insider else None,
            "pending": questions_for(ask.caller, _pending(await transcripts.standing(found.id))),
            "next": following,
            "seq": seq,
        }
    )


def _pending(standing: tuple[StandingCall, ...]) -> list[JsonValue]:
    return [waiting_of(one) for one in standing if one.run.status is Status.CONFIRM_REQUIRED]


async def stop_conversation(ask: Asked, conversation_id: str) -> Response:
    """Stop the turn under way, in whichever process; what was sent already is waited for."""
    found = await _visible(ask, conversation_id)
    only(await ask.body(optional=True))
    return answer({"ok": True, "stopping": await ask.backing.transcripts.ask_to_stop(found.id)})


async def rename_conversation(ask: Asked, conversation_id: str) -> Response:
    """Give the conversation another title."""
    found = await _visible(ask, conversation_id)
    given = await ask.body()
    only(given, "title")
    title = text(given, "title").strip()
    if len(title) > _TITLE_LIMIT:
        message = f"title is over {_TITLE_LIMIT} characters; send a shorter one."
        raise InvalidRequest(message, details=[Problem("title", message)])
    renamed = await ask.backing.conversations.rename(found.id, title)
    return answer({"ok": True, "conversation": renamed.wire()})


async def delete_conversation(ask: Asked, conversation_id: str) -> Response:
    """Forget the conversation; what waits for an answer in it is void."""
    found = await _visible(ask, conversation_id)
    await ask.backing.conversations.delete(found.id)
    return answer(OK)


async def export_conversation(ask: Asked, conversation_id: str) -> Response:
    """Return everything that was shown, from the first entry to the last."""
    found = await _visible(ask, conversation_id)
    entries: list[JsonValue] = []
    after = 0
    while page := await ask.backing.transcripts.after(found.id, after):
        entries += [told_to(ask.caller, one).wire() for one in page]
        after = page[-1].seq
    name = f'attachment; filename="conversation-{found.id}.json"'
    return answer(
        {"conversation": found.wire(), "entries": entries},
        headers=[("content-disposition", name)],
    )


async def follow_conversation(
    ask: Asked,
    conversation_id: str,
    after: Annotated[
        int, Query(ge=0, le=_NEWEST, description="As Last-Event-ID, which comes first")
    ] = 0,
) -> Response:
    """Stream what happens, from the beginning or after a place, as AG-UI events."""
    found = await _visible(ask, conversation_id)
    place = place_of(ask)
    after = after if place is None else place
    await asyncio.to_thread(importlib.import_module, _AGUI)
    with place_for(ask, Scope.RUN if _is_own(ask, found) else Scope.MANAGE) as room:
        return room.stream(_lines(ask, found, after))


async def _lines(ask: Ask, found: Conversation, after: int) -> AsyncGenerator[bytes, None]:
    # Their own alone: whoever looks over a shoulder makes no call in their place.
    in_browser = _is_own(ask, found) and may_have_browser(ask.caller.id)
    follow = ask.backing.chats.followers.follow(found.id, after, in_browser=in_browser)
    async with aclosing(follow) as followed:
        async for one in followed:
            if not await _may_hear(ask, one):
                return
            seen = told_to(ask.caller, one) if isinstance(one, WrittenEntry) else one
            line = line_of(seen, found.thread_id)
            if line:
                yield line


async def _may_hear(ask: Ask, one: Followed) -> bool:
    """Tell whether who follows is still who talks: a visitor may sign in with what they had."""
    visitor = ask.caller.visitor
    if visitor is None or not isinstance(one, WrittenEntry) or one.kind is not Kind.MESSAGE:
        return True
    return await ask.backing.visiting.is_present(visitor)


async def _visible(ask: Ask, conversation_id: str) -> Conversation:
    """Return the conversation if it is the caller's, or the caller manages this Deftly.

    Raises:
        NotFound: It is somebody else's, which is all anyone is told, or nobody's.
    """
    found = await ask.backing.conversations.get(conversation_id)
    if not _is_own(ask, found) and not ask.caller.may(Scope.MANAGE):
        raise NotFound("There is no such conversation.")
    return found


def _is_own(ask: Ask, found: Conversation) -> bool:
    return found.principal == ask.caller.id
