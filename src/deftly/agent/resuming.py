"""Going on by itself: a question was answered, wherever, and its conversation hears of it."""

from typing import TYPE_CHECKING

from deftly.agent.answering import going_on
from deftly.agent.opening import Said, opening
from deftly.agent.running import ChatParts, RunningTurns, warm_up
from deftly.domain.access import Principal
from deftly.domain.client_call import has_browser
from deftly.domain.event import Event, EventKind
from deftly.errors import ConversationBusy, NotFound

if TYPE_CHECKING:
    from deftly.domain.agent import Agent
    from deftly.domain.conversation import Conversation
    from deftly.store.transcripts import Claimed


class Resumer:
    """Watches for answers; of all processes that hear of one, the first to claim goes on."""

    def __init__(self, parts: ChatParts, turns: RunningTurns) -> None:
        """Take what conversations are made of; nothing is watched yet."""
        self._parts = parts
        self._turns = turns
        self._attending = False

    def attend(self) -> None:
        """Watch from now on."""
        self._attending = True
        self._turns.afterwards(self._look_into)
        kinds = {EventKind.CONVERSATION_ANSWERED}
        self._parts.changes.subscribe(kinds, self._heard)

    def close(self) -> None:
        """Begin nothing any more."""
        self._attending = False

    def _heard(self, event: Event) -> None:
        self._look_into(event.subject)

    def _look_into(self, conversation_id: str) -> None:
        if self._attending:
            self._turns.spawn(self._go_on(conversation_id))

    async def tend(self) -> None:
        """End turns whose processes died, and go on where nobody has yet."""
        if not self._attending:
            return
        await self._turns.bury_lost()
        for conversation_id in await self._parts.transcripts.answered():
            await self._go_on(conversation_id)

    async def _go_on(self, conversation_id: str) -> None:
        """Tell outcomes in a turn of their own, unless somebody does already."""
        if not await self._has_news(conversation_id):
            return
        try:
            conversation = await self._parts.conversations.get(conversation_id)
            claimed = await self._turns.claim(conversation_id)
        except (ConversationBusy, NotFound):
            return  # whoever is busy with it looks again afterwards
        begun = False
        try:
            begun = await self._begin(conversation, claimed)
        finally:
            if not begun:
                await self._turns.give_up(claimed)

    async def _begin(self, conversation: "Conversation", claimed: "Claimed") -> bool:
        if not self._attending or not await self._has_news(conversation.id):
            return False
        await warm_up()
        from deftly.agent.turns import Wish

        principal, agent = await self._present(conversation)
        browser = has_browser(
            principal, says_so=await self._parts.transcripts.had_browser(conversation.id)
        )
        said = Said(conversation.agent, conversation.thread_id, run_id=claimed.id, browser=browser)
        by = await going_on(self._parts, conversation.id, agent, principal)
        await self._parts.transcripts.add(claimed, opening(said, claimed, by))
        model = by.model if by.chosen else None
        wish = Wish(principal, agent, said.run_id, model=model, in_browser=browser)
        self._turns.start(claimed, wish)
        return True

    async def _has_news(self, conversation_id: str) -> bool:
        standing = await self._parts.transcripts.standing(conversation_id)
        return any(one.is_answered for one in standing)

    async def _present(self, conversation: "Conversation") -> "tuple[Principal, Agent | None]":
        """Return on whose behalf it goes on, and the agent, if both are still there."""
        principal = await self._parts.principal(conversation.principal)
        if principal is None:
            return Principal(conversation.principal, "", frozenset()), None
        try:
            return principal, self._parts.agents.find(conversation.agent)
        except NotFound:
            return principal, None
