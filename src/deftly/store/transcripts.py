"""Transcripts: turns claimed one at a time, entries and history added, never rewritten."""

from collections.abc import Collection
from typing import Final, Protocol, cast

from deftly.domain.conversation import OpenCall, StandingCall, Usage, WrittenEntry
from deftly.errors import ConversationBusy, EditConflict, NotFound
from deftly.store import open_calls
from deftly.store import transcript_rows as rows
from deftly.store.database import Database
from deftly.store.lease import ProcessLease
from deftly.store.transaction import Parameter, Row, Transaction
from deftly.store.transcript_rows import Addition, Claimed, HistoryRow, LostTurn
from deftly.values import JsonObject, format_time, parse_json

__all__ = [
    "Addition",
    "Claimed",
    "HistoryRow",
    "LostTurn",
    "SqliteTranscripts",
    "Transcripts",
]

PAGE_MAX: Final = 500
HISTORY_ROWS_MAX: Final = 200


class Transcripts(Protocol):
    """What was said and done in conversations, and what waits in them."""

    async def begin(self, conversation_id: str, turn_id: str) -> Claimed | LostTurn:
        """Claim the conversation for a turn of this process.

        Returns:
            The turn that died in the way, if there is one: ``take_over`` it first.

        Raises:
            NotFound: There is no such conversation.
            ConversationBusy: A turn is under way, here or in another process.
        """
        ...

    async def take_over(self, lost: LostTurn) -> Claimed | None:
        """Make a lost turn this process's, to end it; None if another was quicker."""
        ...

    async def lost(self, running: Collection[str]) -> tuple[LostTurn, ...]:
        """Return the turns that nobody runs: dead processes', and ours beside ``running``."""
        ...

    async def add(self, turn: Claimed, addition: Addition) -> None:
        """Add to the transcript of a turn that is this process's.

        Raises:
            EditConflict: It is not any more.
        """
        ...

    async def hold(self, turn: Claimed, call: OpenCall) -> None:
        """Note a call that waits for a person."""
        ...

    async def standing(self, conversation_id: str) -> tuple[StandingCall, ...]:
        """Return the open calls as they stand, in the order they were made."""
        ...

    async def declined(self, conversation_id: str) -> tuple[tuple[str, JsonObject], ...]:
        """Return the calls a person refused since the last message: tool and arguments."""
        ...

    async def answered(self) -> tuple[str, ...]:
        """Return idle conversations with an outcome that their model was not told of."""
        ...

    async def history(self, conversation_id: str, characters: int) -> tuple[HistoryRow, ...]:
        """Return the newest rows that fit, in order, from the beginning of a turn on."""
        ...

    async def after(
        self, conversation_id: str, seq: int, limit: int = PAGE_MAX
    ) -> tuple[WrittenEntry, ...]:
        """Return the entries after a place, in order."""
        ...

    async def before(
        self, conversation_id: str, seq: int, limit: int = PAGE_MAX
    ) -> tuple[WrittenEntry, ...]:
        """Return the last entries before a place, in order."""
        ...

    async def shown_before(
        self, conversation_id: str, seq: int, limit: int
    ) -> tuple[WrittenEntry, ...]:
        """Return the last entries before a place that are messages, in order."""
        ...

    async def latest(self, conversation_id: str) -> int:
        """Return the place of the last entry; 0 when there is none."""
        ...

    async def turns(
        self, conversation_id: str, since: int, before: int
    ) -> tuple[WrittenEntry, ...]:
        """Return beginnings and ends of turns, from the turn a place lies in, before another."""
        ...

    async def usage(self, conversation_id: str) -> Usage | None:
        """Return the tokens of the whole conversation; None where no provider counted any."""
        ...

    async def chosen_model(self, conversation_id: str) -> str | None:
        """Return the model a person chose for it; None where the agent's answers."""
        ...

    async def had_browser(self, conversation_id: str) -> bool:
        """Tell whether a page that makes client calls followed the newest turn."""
        ...

    async def ask_to_stop(self, conversation_id: str) -> bool:
        """Tell the process that runs the turn under way to stop it; False where there is none."""
        ...


class SqliteTranscripts:
    """``Transcripts`` in the database."""

    def __init__(self, database: Database, lease: ProcessLease) -> None:
        """Claim as the process that holds the lease."""
        self._database = database
        self._lease = lease

    async def begin(self, conversation_id: str, turn_id: str) -> Claimed | LostTurn:
        """See ``Transcripts.begin``."""

        def work(tx: Transaction) -> Claimed | LostTurn:
            now, ours = format_time(tx.now()), self._lease.process_id
            if not tx.change(rows.CLAIM, [turn_id, ours, now, conversation_id, None, None]):
                return self._in_the_way(tx.one(rows.STATE, [conversation_id]), conversation_id)
            return Claimed(conversation_id, turn_id, rows.latest(tx, conversation_id))

        return await self._database.write(work)

    def _in_the_way(self, row: Row | None, conversation_id: str) -> LostTurn:
        if row is None or row["agent"] is None:
            raise NotFound("There is no such conversation.")
        if self._lease.is_alive(row["process"]):
            raise ConversationBusy("The conversation is busy with a turn; wait until it has ended.")
        return LostTurn(conversation_id, row["turn"], row["process"])

    async def take_over(self, lost: LostTurn) -> Claimed | None:
        """See ``Transcripts.take_over``."""
        here = lost.conversation_id

        def work(tx: Transaction) -> Claimed | None:
            now, ours = format_time(tx.now()), self._lease.process_id
            if not tx.change(rows.CLAIM, [lost.turn, ours, now, here, lost.turn, lost.process]):
                return None
            open_calls.adopt_strays(tx, here, lost.turn)
            return Claimed(here, lost.turn, rows.latest(tx, here))

        return await self._database.write(work)

    async def lost(self, running: Collection[str]) -> tuple[LostTurn, ...]:
        """See ``Transcripts.lost``."""
        found = await self._database.read(lambda view: view.all(rows.UNDER_WAY))
        processes = {row["process"] for row in found}
        alive = {one for one in processes if self._lease.is_alive(one)}
        ours = self._lease.process_id
        return tuple(
            LostTurn(row["id"], row["turn"], row["process"])
            for row in found
            if row["process"] not in alive
            or (row["process"] == ours and row["turn"] not in running)
        )

    async def add(self, turn: Claimed, addition: Addition) -> None:
        """See ``Transcripts.add``."""

        def work(tx: Transaction) -> None:
            if tx.one(rows.OURS, [turn.conversation_id, turn.id, self._lease.process_id]) is None:
                raise EditConflict("The turn is not this process's any more.")
            rows.add(tx, turn, addition)

        await self._database.write(work)

    async def hold(self, turn: Claimed, call: OpenCall) -> None:
        """See ``Transcripts.hold``."""
        await self._database.write(lambda tx: open_calls.insert(tx, turn.conversation_id, call))

    async def standing(self, conversation_id: str) -> tuple[StandingCall, ...]:
        """See ``Transcripts.standing``."""
        return await self._database.read(lambda view: open_calls.standing(view, conversation_id))

    async def declined(self, conversation_id: str) -> tuple[tuple[str, JsonObject], ...]:
        """See ``Transcripts.declined``."""
        bound = [conversation_id, conversation_id]
        found = await self._database.read(lambda view: view.all(rows.DECLINED, bound))
        return tuple(
            (row["tool"], cast("JsonObject", parse_json(row["arguments"]))) for row in found
        )

    async def answered(self) -> tuple[str, ...]:
        """See ``Transcripts.answered``."""
        return await self._database.read(open_calls.answered)

    async def history(self, conversation_id: str, characters: int) -> tuple[HistoryRow, ...]:
        """See ``Transcripts.history``."""
        bound: list[Parameter] = [conversation_id, HISTORY_ROWS_MAX]
        found = await self._database.read(lambda view: view.all(rows.HISTORY, bound))
        return rows.fitting(found, characters)

    async def after(
        self, conversation_id: str, seq: int, limit: int = PAGE_MAX
    ) -> tuple[WrittenEntry, ...]:
        """See ``Transcripts.after``."""
        bound: list[Parameter] = [conversation_id, seq, limit]
        found = await self._database.read(lambda view: view.all(rows.AFTER, bound))
        return tuple(rows.entry(row) for row in found)

    async def before(
        self, conversation_id: str, seq: int, limit: int = PAGE_MAX
    ) -> tuple[WrittenEntry, ...]:
        """See ``Transcripts.before``."""
        bound: list[Parameter] = [conversation_id, seq, limit]
        found = await self._database.read(lambda view: view.all(rows.BEFORE, bound))
        return tuple(rows.entry(row) for row in reversed(found))

    async def shown_before(
        self, conversation_id: str, seq: int, limit: int
    ) -> tuple[WrittenEntry, ...]:
        """See ``Transcripts.shown_before``."""
        bound: list[Parameter] = [conversation_id, seq, limit]
        found = await self._database.read(lambda view: view.all(rows.SHOWN_BEFORE, bound))
        return tuple(rows.entry(row) for row in reversed(found))

    async def latest(self, conversation_id: str) -> int:
        """See ``Transcripts.latest``."""
        return await self._database.read(lambda view: rows.latest(view, conversation_id))

    async def turns(
        self, conversation_id: str, since: int, before: int
    ) -> tuple[WrittenEntry, ...]:
        """See ``Transcripts.turns``."""
        bound: list[Parameter] = [conversation_id, conversation_id, since, before]
        found = await self._database.read(lambda view: view.all(rows.TURNS_FROM, bound))
        return tuple(rows.entry(row) for row in found)

    async def usage(self, conversation_id: str) -> Usage | None:
        """See ``Transcripts.usage``."""
        found = await self._database.read(lambda view: view.one(rows.USAGE, [conversation_id]))
        return rows.usage_of(found)

    async def chosen_model(self, conversation_id: str) -> str | None:
        """See ``Transcripts.chosen_model``."""
        bound: list[Parameter] = [conversation_id]
        found = await self._database.read(lambda view: view.one(rows.CHOSEN_MODEL, bound))
        return None if found is None else found["model"]

    async def had_browser(self, conversation_id: str) -> bool:
        """See ``Transcripts.had_browser``."""
        bound: list[Parameter] = [conversation_id]
        found = await self._database.read(lambda view: view.one(rows.HAD_BROWSER, bound))
        return found is not None and bool(found["browser"])

    async def ask_to_stop(self, conversation_id: str) -> bool:
        """See ``Transcripts.ask_to_stop``."""
        return await self._database.write(lambda tx: rows.ask_to_stop(tx, conversation_id))
