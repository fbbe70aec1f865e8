"""The turns of this process: claimed, started, stopped, and buried where a process died.

Nothing in here imports a model's libraries: that is for the first turn.
"""

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import structlog

from deftly.errors import ConversationBusy, DeftlyError
from deftly.store.transcripts import Addition, Claimed, LostTurn, Transcripts

if TYPE_CHECKING:
    from deftly.agent.following import Followers
    from deftly.agent.models.configured import Models
    from deftly.agent.turns import Turn, Wish
    from deftly.catalog.agents import Agents
    from deftly.catalog.catalog import Catalog
    from deftly.domain.access import Principal
    from deftly.domain.event import Event
    from deftly.engine.engine import Engine
    from deftly.store.changes import Changes
    from deftly.store.confirmations import Confirmations
    from deftly.store.conversations import Conversations
    from deftly.values import IdSource

_log = structlog.get_logger(__name__)

_TURNS: Final = "deftly.agent.turns"


@dataclass(frozen=True, slots=True)
class ChatParts:
    """What conversations are made of.

    Attributes:
        principal: Who has this id now; None when they may do nothing any more.
    """

    engine: "Engine"
    catalog: "Catalog"
    agents: "Agents"
    models: "Models"
    confirmations: "Confirmations"
    conversations: "Conversations"
    transcripts: Transcripts
    followers: "Followers"
    changes: "Changes"
    principal: "Callable[[str], Awaitable[Principal | None]]"
    ids: "IdSource"


async def warm_up() -> None:
    """Import and build what turns need: two seconds, and the loop has other things to do."""
    await asyncio.to_thread(_make_ready)


def _make_ready() -> None:
    importlib.import_module(_TURNS).make_ready()


class RunningTurns:
    """Claims conversations and runs their turns."""

    def __init__(self, parts: ChatParts) -> None:
        """Start with none."""
        self._parts = parts
        self._turns: dict[str, Turn] = {}
        # From before their claim to after their end: what is ours and not in here is lost.
        self._ours: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._afterwards: Callable[[str], None] = lambda _: None

    def afterwards(self, call: Callable[[str], None]) -> None:
        """Call this with the conversation whenever a turn of it has ended."""
        self._afterwards = call

    async def claim(self, conversation_id: str) -> Claimed:
        """Claim the conversation; a turn that died in the way is ended first.

        Raises:
            NotFound: There is no such conversation.
            ConversationBusy: Another turn is under way.
        """
        turn_id = self._parts.ids.new_id()
        self._ours.add(turn_id)
        claimed: Claimed | None = None
        try:
            claimed = await self._claimed(conversation_id, turn_id)
        finally:
            if claimed is None:
                self._ours.discard(turn_id)
        return claimed

    async def _claimed(self, conversation_id: str, turn_id: str) -> Claimed:
        for _ in range(2):
            claimed = await self._parts.transcripts.begin(conversation_id, turn_id)
            if isinstance(claimed, Claimed):
                return claimed
            await self._bury(claimed)
        raise ConversationBusy("The conversation is busy with a turn; try again soon.")

    async def give_up(self, claimed: Claimed) -> None:
        """Set a conversation free whose turn never began."""
        try:
            await self._parts.transcripts.add(claimed, Addition(ends=True))
        finally:
            self._ours.discard(claimed.id)

    def start(self, claimed: Claimed, wish: "Wish") -> None:
        """Run the turn to its end; call ``warm_up`` before."""
        from deftly.agent.turns import Surroundings, Turn

        parts = self._parts
        around = Surroundings(
            engine=parts.engine,
            catalog=parts.catalog,
            transcripts=parts.transcripts,
            followers=parts.followers,
            models=parts.models,
            ids=parts.ids,
        )
        turn = self._turns[claimed.id] = Turn(around, claimed, wish)
        self.spawn(self._run(claimed, turn))

    async def _run(self, claimed: Claimed, turn: "Turn") -> None:
        try:
            await turn.run()
        finally:
            self._turns.pop(claimed.id, None)
            self._ours.discard(claimed.id)
        self._afterwards(claimed.conversation_id)

    def stop(self, claimed: Claimed) -> None:
        """Stop a turn, if it has not ended."""
        turn = self._turns.get(claimed.id)
        if turn is not None:
            turn.stop()

    def stop_as_told(self, event: "Event") -> None:
        """Stop the turn that a person stopped, through whichever process, if it is one of ours."""
        turn = self._turns.get(str(event.data.get("stop")))
        if turn is not None:
            turn.stop()

    async def bury_lost(self) -> None:
        """End the turns that nobody runs any more."""
        for lost in await self._parts.transcripts.lost(self._ours):
            await self._bury(lost)

    async def _bury(self, lost: LostTurn) -> None:
        await warm_up()
        from deftly.agent.burying import last_words

        claimed = await self._parts.transcripts.take_over(lost)
        if claimed is not None:
            await last_words(self._parts.transcripts, claimed)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside; what goes wrong is in the log."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        match task.exception():
            case None:
                return
            case DeftlyError() as fault:
                _log.warning("conversation_waits", error=fault.code, internal=fault.internal)
            case fault:
                _log.error("conversation_broke", exc_info=fault)

    async def close(self, grace_s: float) -> None:
        """Stop every turn, and wait for what was sent already."""
        for turn in list(self._turns.values()):
            turn.stop()
        if self._tasks:
            _, slow = await asyncio.wait(self._tasks, timeout=grace_s)
            for task in slow:
                task.cancel()
