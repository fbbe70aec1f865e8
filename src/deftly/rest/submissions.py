"""``/api/widgets/{name}/submissions``: what people have sent by a widget's buttons that save."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from deftly.domain.submission import Submission
from deftly.domain.widget.widget import name_fault
from deftly.errors import NotFound
from deftly.rest.ask import Asked, answer
from deftly.rest.csv_lines import MARK, MEDIA_TYPE, line_of
from deftly.store.submissions import PAGE_MAX, Submissions

_FIRST: Final = ("at", "id", "principal", "conversationId", "cardId")


async def list_submissions(
    *,
    ask: Asked,
    name: str,
    cursor: Annotated[str | None, Query(description="next of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
) -> Response:
    """Return submissions, newest first; those of a deleted widget too."""
    page = await ask.backing.submissions.page(_name(name), cursor=cursor or None, limit=limit)
    return answer({"submissions": [one.wire() for one in page.submissions], "next": page.next})


async def export_submissions(ask: Asked, name: str) -> Response:
    """Return all submissions as CSV, newest first; a column for each input there ever was."""
    store, widget = ask.backing.submissions, _name(name)
    columns: dict[str, None] = {}
    async for one in _all(store, widget):
        columns.update(dict.fromkeys(one.data))
    disposition = f'attachment; filename="{widget}.csv"'
    return StreamingResponse(
        _lines(store, widget, tuple(columns)),
        media_type=MEDIA_TYPE,
        headers={"content-disposition": disposition},
    )


async def _lines(store: Submissions, widget: str, columns: tuple[str, ...]) -> AsyncIterator[str]:
    yield MARK + line_of((*_FIRST, *columns))
    async for one in _all(store, widget):
        told = one.wire()
        yield line_of((*(told[name] for name in _FIRST), *(one.data.get(name) for name in columns)))


async def _all(store: Submissions, widget: str) -> AsyncIterator[Submission]:
    cursor: str | None = None
    while True:
        page = await store.page(widget, cursor=cursor, limit=PAGE_MAX)
        for one in page.submissions:
            yield one
        if page.next is None:
            return
        cursor = page.next


def _name(name: str) -> str:
    fault = name_fault(name)
    if fault:
        raise NotFound(f"There is no widget called {name}: a name {fault}.")
    return name
