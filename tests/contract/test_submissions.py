"""Submissions: kept whole, listed newest first, bounded for one card."""

from dataclasses import replace

import pytest

from deftly.domain.submission import Submission
from deftly.errors import InvalidRequest, TooMany
from deftly.store.submissions import OF_ONE_CARD_MAX, Sent
from deftly.values import JsonObject, JsonValue
from tests.contract.kit import HandClock, Store


def sent(widget: str = "return_form", card: str = "run-1", **data: JsonValue) -> Sent:
    return Sent(widget, card, "conversation-1", "visitor:1", data)


async def test_a_submission_is_kept_as_it_was_sent(store: Store, other: Store, clock: HandClock):
    clock.pass_s(1)
    data: JsonObject = {"reason": "=1+1\n'ÄÖ\u2028", "count": 2**60, "gift": True, "none": None}
    kept = await store.submissions.add(replace(sent(), data=data))

    page = await other.submissions.page("return_form", cursor=None, limit=10)

    assert page.submissions == (kept,)
    assert page.next is None
    assert (kept.data, kept.at) == (data, "2026-01-01T12:00:01.000Z")
    assert (kept.card_id, kept.conversation_id, kept.principal) == (
        "run-1",
        "conversation-1",
        "visitor:1",
    )


async def test_a_widget_s_submissions_come_newest_first_page_by_page(store: Store):
    made = [await store.submissions.add(sent(number=number)) for number in range(5)]
    await store.submissions.add(sent("contact_form", number=99))

    seen: list[Submission] = []
    cursor = None
    while True:
        page = await store.submissions.page("return_form", cursor=cursor, limit=2)
        seen += page.submissions
        cursor = page.next
        if cursor is None:
            break

    assert seen == made[::-1]


async def test_one_card_is_sent_so_often_and_another_is_free(store: Store):
    for number in range(OF_ONE_CARD_MAX):
        await store.submissions.add(sent(number=number))

    with pytest.raises(TooMany):
        await store.submissions.add(sent(number=-1))
    await store.submissions.add(sent(card="run-2"))

    page = await store.submissions.page("return_form", cursor=None, limit=500)
    assert len(page.submissions) == OF_ONE_CARD_MAX + 1


@pytest.mark.parametrize("cursor", ["", "x", "cnVuczox", "c3VibWlzc2lvbnM6MA", "ä"])
async def test_a_cursor_of_another_list_is_refused(store: Store, cursor: str):
    with pytest.raises(InvalidRequest, match="cursor"):
        await store.submissions.page("return_form", cursor=cursor, limit=10)


@pytest.mark.parametrize("limit", [0, -1, 501])
async def test_a_page_has_a_size(store: Store, limit: int):
    with pytest.raises(InvalidRequest, match="limit"):
        await store.submissions.page("return_form", cursor=None, limit=limit)
