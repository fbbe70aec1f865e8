"""Conversations that are kept: a client begins a turn, answers let others go on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import structlog

from deftly.agent.answering import answering
from deftly.agent.opening import Answering, GivenAnswer, Said, check, opening
from deftly.agent.resuming import Resumer
from deftly.agent.running import ChatParts, RunningTurns, warm_up
from deftly.domain.client_call import has_browser
from deftly.domain.conversation import Conversation
from deftly.domain.event import EventKind
from deftly.errors import ConfirmationClosed, DeftlyError, NotFound
from deftly.store.transcripts import Claimed

if TYPE_CHECKING:
    from deftly.agent.following import Followers
    from deftly.domain.access import Principal
    from deftly.domain.agent import Agent

_log = structlog.get_logger(__name__)

# A wrong token is found out at once; a call that was let through may take its time.
_REFUSED_WITHIN_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that is under way."""

    conversation: Conversation
    claimed: Claimed


@dataclass(frozen=True, slots=True)
class Present:
    """What was said, by whom, and who answers it."""

    said: Said
    principal: "Principal"
    agent: "Agent"
    by: Answering


class Chats:
    """Begins turns for clients, and goes on with those whose questions were answered."""

    def __init__(self, parts: ChatParts) -> None:
        """Take what conversations are made of."""
        self._parts = parts
        self._turns = RunningTurns(parts)
        self._resumer = Resumer(parts, self._turns)

    @property
    def followers(self) -> "Followers":
        """Where conversations are followed."""
        return self._parts.followers

    def new_id(self) -> str:
        """Return an id for a turn whose client gave it none."""
        return self._parts.ids.new_id()

    async def begin(self, said: Said, principal: "Principal") -> Begun:
        """Begin a turn with a message, with answers, or with both.

        Raises:
            NotFound: There is no such agent, or no such question in this conversation.
            InvalidRequest: There is neither a message nor an answer, or it is blank.
            BodyTooLarge: The message is over 32 KiB.
            NotAllowed: It names another model than the agent's, and the caller may not.
            ModelUnavailable: There is no model to answer; the message says what to configure.
            ConversationBusy: Another turn is under way.
        """
        agent = self._parts.agents.find(said.agent)
        check(said)
        said = replace(said, browser=has_browser(principal, says_so=said.browser))
        await warm_up()
        by = await answering(self._parts, said, agent, principal)
        conversation = await self._conversation(said, agent, principal)
        await self._check_answers(conversation, said.answers)
        claimed = await self._turns.claim(conversation.id)
        begun = False
        try:
            answers = await self._answered(said.answers, principal)
            await self._parts.transcripts.add(claimed, opening(said, claimed, by))
            begun = True
        finally:
            if not begun:
                await self._turns.give_up(claimed)
        self._start(claimed, Present(said, principal, agent, by), answers)
        return Begun(conversation, claimed)

    async def _conversation(
        self, said: Said, agent: "Agent", principal: "Principal"
    ) -> Conversation:
        conversations = self._parts.conversations
        if said.answers or said.pressed:
            return await conversations.find(agent.name, principal.id, said.thread_id)
        return await conversations.open(agent.name, principal.id, said.thread_id)

    async def _check_answers(
        self, conversation: Conversation, answers: Sequence[GivenAnswer]
    ) -> None:
        """Refuse answers to questions of other conversations, before anything is done."""
        for one in answers:
            question = await self._parts.confirmations.get(one.confirmation_id)
            if question.conversation_id != conversation.id:
                raise NotFound("There is no such confirmation, or the token is not for it.")

    async def _answered(
        self, answers: Sequence[GivenAnswer], principal: "Principal"
    ) -> asyncio.Task[None] | None:
        """Give the answers to the gate, which checks the tokens; refuse if it refused them all."""
        if not answers:
            return None
        giving = [asyncio.create_task(self._give(one, principal)) for one in answers]
        done, under_way = await asyncio.wait(giving, timeout=_REFUSED_WITHIN_S)
        faults = [fault for task in done if (fault := task.exception()) is not None]
        if not under_way and len(faults) == len(giving):
            raise faults[0]
        return asyncio.create_task(_all_done(giving))

    async def _give(self, one: GivenAnswer, principal: "Principal") -> None:
        engine = self._parts.engine
        try:
            if one.agreed:
                await engine.confirm(one.confirmation_id, one.token, principal)
                return
            token = one.token or await engine.issue_token(one.confirmation_id, principal)
            await engine.deny(one.confirmation_id, token, principal)
        except ConfirmationClosed:
            # Answered elsewhere, expired or void: the turn tells how it ended.
            return

    def _start(
        self, claimed: Claimed, present: "Present", answers: asyncio.Task[None] | None
    ) -> None:
        from deftly.agent.turns import Wish

        said, by = present.said, present.by
        model = by.model if by.chosen else None
        self._turns.start(
            claimed,
            Wish(
                present.principal,
                present.agent,
                said.run_id,
                said.text,
                answers,
                model,
                in_browser=said.browser,
                pressed=said.pressed,
            ),
        )

    async def prepare(self, agent_name: str) -> None:
        """Import and load what the agent's first answer would wait for.

        Raises:
            NotFound: There is no such agent.
            ModelUnavailable: There is no model to answer; the message says what to configure.
        """
        agent = self._parts.agents.find(agent_name)
        await warm_up()
        await self._parts.models.prewarm(self._parts.models.name_for(agent))

    def stop(self, claimed: Claimed) -> None:
        """Stop a turn whose client went away."""
        self._turns.stop(claimed)

    def attend(self) -> None:
        """From now on go on with conversations whose questions were answered anywhere."""
        self._resumer.attend()
        self._parts.changes.subscribe({EventKind.CONVERSATION_CHANGED}, self._turns.stop_as_told)

    async def tend(self) -> None:
        """End turns whose processes died, and go on where nobody has yet."""
        await self._resumer.tend()

    async def close(self, grace_s: float) -> None:
        """Stop every turn, and wait for what was sent already."""
        self._resumer.close()
        await self._turns.close(grace_s)


async def _all_done(giving: "Sequence[asyncio.Task[None]]") -> None:
    """Wait for all; a refusal of one is in the log, and its question stays open."""
    for one in await asyncio.gather(*giving, return_exceptions=True):
        if isinstance(one, DeftlyError):
            _log.info("answer_refused", code=one.code)
