"""Widgets through the API: stored as files, edited in part, refused with what is wrong."""

import pytest

from deftly.domain.access import Scope
from tests.rest.widget_kit import (
    CARD,
    CARD_FILE,
    EXAMPLE,
    SCHEMA,
    TEMPLATE,
    WIDGETS,
    button,
    create,
    definition,
)
from tests.world import running_world


async def names(api):
    return [one["name"] for one in (await api.get(WIDGETS)).json()["widgets"]]


async def test_a_created_widget_is_there_as_it_was_given(api, folder):
    given = {"title": "Order", "description": "One order.", "x-note": {"of": "mine"}}

    told = await create(api, **given)

    widget = told["widget"]
    assert widget["template"] == TEMPLATE
    assert (widget["dataSchema"], widget["exampleData"]) == (SCHEMA, EXAMPLE)
    assert {name: widget[name] for name in given} == given
    assert widget["version"] == 1
    assert widget["createdAt"] == widget["updatedAt"] == "2026-01-01T12:00:00.000Z"
    assert told["warnings"] == []
    read = await api.get(CARD)
    assert read.json() == {
        "widget": widget,
        "warnings": [],
        "actions": ["order_card"],
        "fileProblem": None,
    }
    assert read.headers["etag"] == '"1"'
    assert (await api.get(WIDGETS)).json() == {"widgets": [widget]}
    assert (folder / "widgets" / "order_card.yaml").exists()


async def test_everything_is_the_same_after_a_restart(folder):
    async with running_world(folder) as api:
        await create(api)
        await create(api, name="a_card", action=False)
        before = (await api.get(WIDGETS)).json()
    async with running_world(folder) as api:
        assert (await api.get(WIDGETS)).json() == before
        assert await names(api) == ["a_card", "order_card"]


async def test_an_edit_changes_what_it_names_and_counts_versions(api):
    before = (await create(api, title="Old", description="Its place."))["widget"]
    api.clock.forward(60)

    answer = await api.put(CARD, {"title": "New", "exampleData": None, "description": ""})

    widget = answer.json()["widget"]
    assert widget["updatedAt"] > before["updatedAt"]
    assert answer.headers["etag"] == '"2"'
    changed = {**before, "title": "New", "version": 2, "updatedAt": widget["updatedAt"]}
    del changed["description"]
    assert widget == changed
    nothing = await api.put(CARD, {"title": "New", "id": "x", "version": 9})
    assert nothing.json()["widget"] == widget


async def test_an_edit_of_another_version_is_refused(api):
    await create(api)

    stale = await api.put(CARD, {"title": "A"}, headers={"if-match": '"7"'})
    fitting = await api.put(CARD, {"title": "B"}, headers={"if-match": '"1"'})

    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert fitting.json()["widget"]["title"] == "B"


async def test_an_edit_keeps_comments_and_order_of_a_hand_written_file(api, folder):
    (folder / "widgets").mkdir(exist_ok=True)
    path = folder / "widgets" / "order_card.yaml"
    path.write_text(CARD_FILE)

    answer = await api.put(CARD, {"title": "Your order"})

    assert answer.status_code == 200, answer.text
    after = path.read_text().splitlines()
    kept = CARD_FILE.replace("title: Order ", "title: Your order ").splitlines()
    assert [line for line in after if line in kept] == kept


REFUSED = [
    ({"name": ""}, "name"),
    ({"name": 5}, "name"),
    ({"name": "Order Card"}, "name"),
    ({"name": "order-card"}, "name"),
    ({"name": "../up"}, "name"),
    ({"name": "a" * 61}, "name"),
    ({"name": "a\n"}, "name"),
    ({"name": "gallery"}, "name"),
    ({"name": "preview"}, "name"),
    ({"title": 5}, "title"),
    ({"title": " "}, "title"),
    ({"description": ["a"]}, "description"),
    ({"template": "a"}, "template"),
    ({"template": None}, "template"),
    ({"template": {**TEMPLATE, "body": [{"type": "TextBlock", "text": "${a"}]}}, "template"),
    ({"template": {**TEMPLATE, "body": [{"type": "TextBlock", "text": "${f(}"}]}}, "template"),
    ({"template": {**TEMPLATE, "body": [{"$when": "${nope(1)}"}]}}, "template"),
    ({"dataSchema": {"type": "carrier pigeon"}}, "dataSchema"),
    ({"dataSchema": [1]}, "dataSchema"),
    ({"exampleData": [1]}, "exampleData"),
    ({"exampleData": {"a": "x" * 300_000}}, "exampleData"),
    ({"html": "<b>"}, "html"),
    ({"action": "yes"}, "action"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field"), REFUSED, ids=lambda value: str(value)[:60])
async def test_what_can_never_work_is_refused_with_its_field(api, folder, changes, field):
    answer = await api.post(WIDGETS, definition(**changes))

    refused = answer.json()
    assert answer.status_code == 400, refused
    assert any(one["path"].startswith(field) for one in refused["details"]), refused
    assert await names(api) == []
    assert not (folder / "widgets").exists()


async def test_a_name_that_is_taken_or_changed_is_refused(api):
    await create(api)

    taken = await api.post(WIDGETS, definition())
    renamed = await api.put(CARD, {"name": "other"})

    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    assert (renamed.status_code, renamed.json()["details"][0]["path"]) == (400, "name")


@pytest.mark.parametrize("name", ["nobody", "..", "a%2Fb", "%00", "order_card.yaml"])
async def test_an_unknown_widget_is_not_found(api, name):
    path = f"{WIDGETS}/{name}"

    for answer in (
        await api.get(path),
        await api.put(path, {"title": "A"}),
        await api.request("DELETE", path),
    ):
        assert answer.status_code == 404, answer.text


async def test_a_deleted_widget_is_gone_and_what_shows_it_is_told(api, folder):
    await create(api)

    assert (await api.request("DELETE", CARD)).json() == {"ok": True}

    assert (await api.get(CARD)).status_code == 404
    assert not list((folder / "widgets").iterdir())
    (action,) = (await api.get("/api/custom-actions")).json()["actions"]
    saved = await api.put(f"/api/custom-actions/{action['id']}", {"description": "Show it."})
    (warning,) = saved.json()["warnings"]
    assert warning["path"] == "widget"
    assert "no widget called order_card" in warning["message"]


@pytest.mark.parametrize(
    ("scope", "codes"),
    [(Scope.READ, [200, 200, 403, 403, 403, 403, 403]), (Scope.RUN, [403] * 7)],
)
async def test_reading_and_changing_need_their_scopes(api, scope, codes):
    await create(api)
    caller = await api.with_scopes(scope)

    answers = [
        await caller.get(WIDGETS),
        await caller.get(f"{WIDGETS}/gallery"),
        await caller.post(WIDGETS, definition(name="other")),
        await caller.put(CARD, {"title": "A"}),
        await caller.request("DELETE", CARD),
        await caller.post(f"{WIDGETS}/preview", {"widget": definition()}),
        await caller.post(f"{WIDGETS}/generate", {"prompt": "a card"}),
    ]

    assert [one.status_code for one in answers] == codes


async def test_a_button_that_calls_what_is_not_there_is_told(api, upstream):
    template = button(type="action", action="create_return", arguments={"order_id": "${order_id}"})

    before = await create(api, template=template)
    await api.create(name="create return", url=upstream.url("/returns"), parameters=[])
    after = (await api.get(CARD)).json()

    (warning,) = before["warnings"]
    assert warning["path"] == "template"
    assert "create_return" in warning["message"]
    assert after["warnings"] == []


async def test_an_example_that_does_not_fit_is_told_and_stored(api):
    told = await create(api, exampleData={"order_id": 5, "status": "shipped"})

    (warning,) = told["warnings"]
    assert warning["path"].startswith("exampleData")
    assert "order_id" in warning["message"]


async def test_changes_are_events(api):
    start = await api.deftly.stores.changes.latest()
    await create(api, action=False)
    await api.put(CARD, {"title": "B"})
    await api.request("DELETE", CARD)

    following = api.deftly.stores.changes.follow(start)
    told = [await anext(following) for _ in range(3)]

    assert [(one.kind, one.data) for one in told] == [
        ("widget.changed", {"name": "order_card", "version": 1}),
        ("widget.changed", {"name": "order_card", "version": 2}),
        ("widget.deleted", {"name": "order_card"}),
    ]
