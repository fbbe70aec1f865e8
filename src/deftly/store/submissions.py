"""What people have sent by cards: added, listed, never changed."""

from dataclasses import dataclass
from typing import Final, Protocol, cast

from deftly.domain.submission import Submission
from deftly.errors import InvalidRequest, TooMany
from deftly.store.cursors import cursor_of, place_of
from deftly.store.database import Database
from deftly.store.transaction import Parameter, Row, Transaction
from deftly.values import JsonObject, dump_json, format_time, parse_json

PAGE_MAX: Final = 500
OF_ONE_CARD_MAX: Final = 100
_RETRY_AFTER_S: Final = 3600
_CURSOR: Final = "submissions"
_ADD: Final = """
    INSERT INTO submissions (id, widget, card_id, conversation_id, principal, data, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_OF_CARD: Final = "SELECT count(*) AS sent FROM submissions WHERE card_id = ?"
_PAGE: Final = "SELECT * FROM submissions WHERE widget = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
_NEWEST: Final = 2**62


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """Some submissions, newest first.

    Attributes:
        next: Cursor of the page after this one; None at the end.
    """

    submissions: tuple[Submission, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent by a card's button, and by whom; see ``Submission``."""

    widget: str
    card_id: str
    conversation_id: str
    principal: str
    data: JsonObject


class Submissions(Protocol):
    """What people have sent by the buttons of cards."""

    async def add(self, sent: Sent) -> Submission:
        """Keep one; committed on return.

        Raises:
            TooMany: This card was sent as often as one card may be.
            StoreUnavailable: Nothing was kept.
        """
        ...

    async def page(self, widget: str, *, cursor: str | None, limit: int) -> SubmissionPage:
        """Return at most ``limit`` submissions of a widget (1 to 500), newest first.

        Raises:
            InvalidRequest: The cursor is none of ours, or the limit is out of range.
        """
        ...


class SqliteSubmissions:
    """``Submissions`` in the database."""

    def __init__(self, database: Database) -> None:
        """Take the database."""
        self._database = database

    async def add(self, sent: Sent) -> Submission:
        """See ``Submissions.add``."""
        submission_id = self._database.ids.new_id()

        def work(tx: Transaction) -> Submission:
            row = tx.one(_OF_CARD, [sent.card_id])
            if row is not None and row["sent"] >= OF_ONE_CARD_MAX:
                message = f"This card was sent {OF_ONE_CARD_MAX} times; ask for a new one."
                raise TooMany(message, retry_after_s=_RETRY_AFTER_S)
            return _added(tx, submission_id, sent)

        return await self._database.write(work)

    async def page(self, widget: str, *, cursor: str | None, limit: int) -> SubmissionPage:
        """See ``Submissions.page``."""
        if not 1 <= limit <= PAGE_MAX:
            message = f"limit must be between 1 and {PAGE_MAX}"
            raise InvalidRequest(message)
        before = _NEWEST if cursor is None else place_of(_CURSOR, cursor)
        rows = await self._database.read(lambda view: view.all(_PAGE, [widget, before, limit + 1]))
        shown = rows[:limit]
        following = cursor_of(_CURSOR, shown[-1]["seq"]) if len(rows) > limit else None
        return SubmissionPage(tuple(_submission(row) for row in shown), following)


def _added(tx: Transaction, submission_id: str, sent: Sent) -> Submission:
    made = Submission(
        id=submission_id,
        widget=sent.widget,
        card_id=sent.card_id,
        conversation_id=sent.conversation_id,
        principal=sent.principal,
        data=sent.data,
        at=format_time(tx.now()),
    )
    values: list[Parameter] = [
        made.id,
        made.widget,
        made.card_id,
        made.conversation_id,
        made.principal,
        dump_json(sent.data).decode(),
        made.at,
    ]
    tx.change(_ADD, values)
    return made


def _submission(row: Row) -> Submission:
    return Submission(
        id=row["id"],
        widget=row["widget"],
        card_id=row["card_id"],
        conversation_id=row["conversation_id"],
        principal=row["principal"],
        data=cast("JsonObject", parse_json(row["data"])),
        at=row["at"],
    )
