"""Those who follow a conversation: what is written, from any process, and words as they come."""

from collections import defaultdict
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final, TypeAlias

from deftly.agent.browser_calls import BrowserAsked, BrowserCalls
from deftly.agent.listening import Listener, Words
from deftly.domain.conversation import Kind, WrittenEntry
from deftly.domain.event import Event, EventKind
from deftly.store.changes import Changes
from deftly.store.client_calls import ClientCalls
from deftly.store.transcripts import PAGE_MAX, Transcripts

__all__ = ["LOOK_AGAIN_S", "BrowserAsked", "Ended", "Followed", "Followers", "Words"]

# A process that dies says nothing, and a wake-up may be lost: look again now and then.
LOOK_AGAIN_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Ended:
    """The written text of a message that was followed word by word."""

    entry: WrittenEntry


Followed: TypeAlias = WrittenEntry | Words | Ended | BrowserAsked


class Followers:
    """Wakes those who follow; words reach only those in the process that hears them."""

    def __init__(
        self, transcripts: Transcripts, client_calls: ClientCalls, changes: Changes
    ) -> None:
        """Take where it all is kept, and what tells of changes in any process."""
        self._transcripts = transcripts
        self._client_calls = client_calls
        self._listening: dict[str, list[Listener]] = defaultdict(list)
        # What is being said now, for those who come in the middle of it.
        self._said: dict[str, list[Words]] = {}
        changes.subscribe({EventKind.CONVERSATION_CHANGED}, self._changed)

    def _changed(self, event: Event) -> None:
        for listener in self._listening.get(event.subject, ()):
            if event.data.get("deleted"):
                listener.end()
            listener.wake()

    def say(self, conversation_id: str, words: Words) -> None:
        """Pass words on to those who follow here."""
        if words.first:
            self._said[conversation_id] = []
        self._said.setdefault(conversation_id, []).append(words)
        for listener in self._listening.get(conversation_id, ()):
            listener.say(words)

    def said(self, conversation_id: str) -> None:
        """Forget the words that were passed on: they are complete, or there will be no more."""
        self._said.pop(conversation_id, None)

    async def follow(
        self, conversation_id: str, after: int, *, in_browser: bool = False
    ) -> AsyncGenerator[Followed, None]:
        """Yield what is written after a place, and words as they come.

        Ends with the conversation, and where the reader is too slow: it goes on from the last
        place it saw. In a browser the calls that wait for one are told, too.
        """
        listener = Listener()
        for words_before in self._said.get(conversation_id, ()):
            listener.say(words_before)
        self._listening[conversation_id].append(listener)
        reader = _Reader(self._transcripts, conversation_id, after)
        calls = BrowserCalls(self._client_calls, conversation_id) if in_browser else None
        words: Words | None = None
        try:
            while not listener.is_over:
                if words is None:
                    async for entry in reader.news():
                        yield entry
                    for asked in await calls.news() if calls is not None else ():
                        yield asked
                elif reader.takes(words):
                    yield words
                words = await listener.next(LOOK_AGAIN_S)
        finally:
            self._listening[conversation_id].remove(listener)
            if not self._listening[conversation_id]:
                del self._listening[conversation_id]


class _Reader:
    """Reads on from a place, and knows which message it hears word by word."""

    def __init__(self, transcripts: Transcripts, conversation_id: str, after: int) -> None:
        self._transcripts = transcripts
        self._conversation_id = conversation_id
        self._after = after
        self._hearing = ""
        self._read: set[str] = set()

    async def news(self) -> AsyncGenerator[Followed, None]:
        while True:
            entries = await self._transcripts.after(self._conversation_id, self._after)
            for entry in entries:
                self._after = entry.seq
                yield self._heard(entry)
            if len(entries) < PAGE_MAX:
                return

    def _heard(self, entry: WrittenEntry) -> Followed:
        if entry.kind is not Kind.TEXT:
            return entry
        message_id = str(entry.data["id"])
        # Its words may still be in the queue.
        self._read.add(message_id)
        heard, self._hearing = self._hearing == message_id, ""
        return Ended(entry) if heard else entry

    def takes(self, words: Words) -> bool:
        if words.message_id in self._read:
            return False
        if words.first:
            self._hearing = words.message_id
        return self._hearing == words.message_id
