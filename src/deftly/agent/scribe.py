"""Writing a turn down as it happens: entries for people, history for the model."""

from collections.abc import Sequence

from pydantic_ai.messages import ModelMessage

from deftly.agent.events import (
    AgentEvent,
    ConfirmationAsked,
    TextDelta,
    ToolAnswered,
    ToolCalled,
    TurnFailed,
    TurnFinished,
)
from deftly.agent.following import Followers, Words
from deftly.agent.remembering import rows_of
from deftly.domain.conversation import Entry, Kind, waiting_of
from deftly.domain.run import ShownCard, Status
from deftly.store.transcripts import Addition, Claimed, Transcripts
from deftly.values import IdSource, JsonObject, JsonValue


class Scribe:
    """Writes one turn; words are told at once and written when they are complete."""

    def __init__(
        self,
        transcripts: Transcripts,
        followers: Followers,
        claimed: Claimed,
        ids: IdSource,
        *,
        run_id: str,
    ) -> None:
        """Take where it is written and who hears of it; ``run_id`` is the client's name for it."""
        self._transcripts = transcripts
        self._followers = followers
        self._claimed = claimed
        self._ids = ids
        self._run_id = run_id
        self._message_id = ""
        self._texts: list[str] = []
        self._entries: list[Entry] = []

    async def take(self, event: AgentEvent, history: Sequence[ModelMessage] = ()) -> None:
        """Write down what happened; with the end of the turn, what the model read of it.

        Raises:
            StoreUnavailable: Nothing was written.
            EditConflict: The turn is not this process's any more.
        """
        if isinstance(event, TextDelta):
            self._hear(event.text)
            return
        self._end_text()
        match event:
            case ToolCalled():
                data: JsonObject = {"callId": event.call_id, "tool": event.tool}
                self._note(Kind.TOOL_CALLED, {**data, "arguments": event.arguments})
                await self.write()
            case ToolAnswered():
                self.answered(event)
                await self.write()
            case ConfirmationAsked():
                self._note(Kind.CONFIRMATION_ASKED, _asked(event))
            case TurnFinished():
                await self._finish(event, history)
            case TurnFailed():
                await self._fail(event, history)

    def answered(self, event: ToolAnswered, status: Status | None = None) -> None:
        """Note what the model is told of a call, to be written with what follows."""
        data: JsonObject = {
            "callId": event.call_id,
            "tool": event.tool,
            "told": event.told,
            "failed": event.failed,
        }
        if event.run_id is not None:
            data["actionRunId"] = event.run_id
        self._note(Kind.TOOL_ANSWERED, data if status is None else {**data, "status": status.value})
        if event.card is not None and event.run_id is not None:
            self._note(Kind.CARD_SHOWN, _shown(event.call_id, event.run_id, event.card))

    async def write(
        self,
        history: Sequence[ModelMessage] = (),
        *,
        told: Sequence[str] = (),
        put_off: Sequence[str] = (),
        ends: bool = False,
        cut_off: bool = False,
    ) -> None:
        """Write down what was noted, all or nothing; see ``Addition``."""
        addition = Addition(
            entries=tuple(self._entries),
            history=rows_of(history),
            told=told,
            put_off=put_off,
            ends=ends,
            cut_off=cut_off,
        )
        await self._transcripts.add(self._claimed, addition)
        self._entries.clear()

    def _hear(self, text: str) -> None:
        first = not self._texts
        if first:
            self._message_id = self._ids.new_id()
        self._texts.append(text)
        words = Words(self._message_id, text, first)
        self._followers.say(self._claimed.conversation_id, words)

    def _end_text(self) -> None:
        if self._texts:
            text = "".join(self._texts)
            self._note(Kind.TEXT, {"id": self._message_id, "text": text})
            self._followers.said(self._claimed.conversation_id)
        self._texts.clear()

    async def _finish(self, event: TurnFinished, history: Sequence[ModelMessage]) -> None:
        standing = await self._transcripts.standing(self._claimed.conversation_id)
        waiting: list[JsonValue] = [
            waiting_of(one) for one in standing if one.run.status is Status.CONFIRM_REQUIRED
        ]
        data: JsonObject = {"runId": self._run_id, "waiting": waiting}
        self._note(Kind.TURN_FINISHED, {**data, **_counted(event)})
        await self.write(history, ends=True)

    async def _fail(self, event: TurnFailed, history: Sequence[ModelMessage]) -> None:
        data: JsonObject = {"runId": self._run_id, "code": event.code, "message": event.message}
        self._note(Kind.TURN_FAILED, {**data, **_counted(event)})
        await self.write(history, ends=True, cut_off=True)

    def _note(self, kind: Kind, data: JsonObject) -> None:
        self._entries.append(Entry(kind, data))


def _counted(event: TurnFinished | TurnFailed) -> JsonObject:
    return {} if event.usage is None else {"usage": event.usage.wire()}


def _shown(call_id: str, run_id: str, card: ShownCard) -> JsonObject:
    return {
        "callId": call_id,
        "cardId": run_id,
        "widget": card.widget,
        "card": card.card,
        "spoken": card.spoken,
    }


def _asked(event: ConfirmationAsked) -> JsonObject:
    question = event.question
    return {
        "id": question.id,
        "callId": event.call_id,
        "tool": event.tool,
        "expiresAt": question.expires_at,
        "summary": question.summary,
    }
