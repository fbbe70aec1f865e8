"""The pages of widgets: begun from samples, drawn while they are typed, kept, shared, deleted."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import programs_of
from tests.live import Server

CARD = {
    "name": "order_card",
    "title": "Order",
    "template": {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "TextBlock", "text": "Order ${order_id}", "wrap": True}],
    },
    "exampleData": {"order_id": "A-1042"},
    "dataSchema": {"type": "object", "properties": {"order_id": {"type": "string"}}},
}


@pytest.fixture
def api(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    with programs_of(owner, server.url) as client:
        yield client


@pytest.fixture
def editor(owner: Page, api: httpx2.Client) -> Page:
    assert api.post("/api/widgets", json=CARD).status_code == 200
    owner.goto("/widgets/order_card")
    expect(card(owner)).to_contain_text("Order A-1042")
    return owner


def card(page: Page) -> Locator:
    """Return the card beside the form."""
    return page.get_by_role("complementary").locator(".widget-card")


def code(page: Page, label: str) -> Locator:
    return page.locator("main").get_by_role("textbox", name=label)


def write(page: Page, label: str, value: object) -> None:
    """Put JSON, or a text as it is, into a code editor."""
    text = value if isinstance(value, str) else json.dumps(value, indent=2)
    editor = code(page, label)
    # Chromium keeps the colours of what it replaces as inline styles, which the policy refuses.
    editor.press("Control+a")
    editor.press("Delete")
    editor.fill(text)


def template(text: str) -> dict[str, Any]:
    return {**CARD["template"], "body": [{"type": "TextBlock", "text": text}]}  # type: ignore[dict-item]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("is saved.")).to_be_visible()


def stored(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((folder / "widgets/order_card.yaml").read_text())
    return told


def test_a_sample_becomes_a_widget_with_an_action_that_shows_it(owner, api):
    owner.goto("/widgets")
    expect(owner.get_by_text("No widgets yet")).to_be_visible()
    thumbnail = owner.locator(".widgets-tile", has_text="Order card").locator(".widget-card")
    expect(thumbnail).to_contain_text("Order A-1042")
    owner.get_by_role("link", name="Order card").click()
    expect(card(owner)).to_contain_text("On its way")

    owner.get_by_role("button", name="Create widget").click()

    expect(owner.get_by_role("heading", name="Order card", level=1)).to_be_visible()
    shown_by = owner.get_by_role("link", name="order_card")
    shown_by.click()
    expect(owner.get_by_label("Widget", exact=True)).to_have_value("order_card")
    (action,) = api.get("/api/custom-actions").json()["actions"]
    assert (action["widget"], action["enabled"]) == ("order_card", True)


def test_a_widget_is_made_from_nothing_without_an_action(owner, api):
    owner.goto("/widgets/new?empty=1")
    expect(card(owner)).to_contain_text("Hello Ada")
    owner.get_by_label("Name", exact=True).fill("Bad Name")
    expect(owner.get_by_role("alert").filter(has_text="Use lower-case letters")).to_be_visible()
    owner.get_by_label("Name", exact=True).fill("greeting")
    write(owner, "Example data", {"name": "Grace", "age": 85})
    expect(card(owner)).to_contain_text("Hello Grace")
    owner.get_by_role("button", name="Make one of the example").click()
    expect(code(owner, "Data schema")).to_contain_text('"age"')
    owner.get_by_role("checkbox", name="Add an action that shows it").uncheck()

    owner.get_by_role("button", name="Create widget").click()

    expect(owner.get_by_text("greeting is created.")).to_be_visible()
    (widget,) = api.get("/api/widgets").json()["widgets"]
    assert widget["dataSchema"]["required"] == ["name", "age"]
    assert api.get("/api/custom-actions").json()["actions"] == []


def test_a_card_that_is_pasted_becomes_a_draft(owner):
    owner.goto("/widgets/new")
    owner.get_by_label("What should it show?").fill(json.dumps(template("Parcel ${number}")))

    owner.get_by_role("button", name="Make a draft").click()

    expect(card(owner)).to_contain_text("Parcel")
    expect(code(owner, "Adaptive Card")).to_contain_text("Parcel ${number}")


def test_what_is_typed_is_drawn_and_saved(editor, tmp_path):
    write(editor, "Adaptive Card", template("Number ${order_id}"))
    expect(card(editor)).to_contain_text("Number A-1042")
    editor.get_by_text("Try other data").click()
    write(editor, "Data over the example", {"order_id": "B-7"})
    expect(card(editor)).to_contain_text("Number B-7")
    editor.get_by_role("tab", name="Text").click()
    expect(editor.get_by_role("tabpanel")).to_contain_text("Number B-7")

    save(editor)

    assert stored(tmp_path)["template"]["body"][0]["text"] == "Number ${order_id}"
    assert stored(tmp_path)["exampleData"] == {"order_id": "A-1042"}


def test_light_and_dark_are_shown_whatever_the_dashboard_is_in(editor):
    stage = editor.locator(".widgets-stage")
    for look, colour in (("Light", "rgb(247, 247, 248)"), ("Dark", "rgb(13, 14, 17)")):
        editor.get_by_role("tab", name=look).click()
        expect(stage).to_have_css("background-color", colour)
        expect(card(editor)).to_contain_text("Order A-1042")


@pytest.mark.parametrize(
    ("label", "text", "told"),
    [
        ("Adaptive Card", '{\n"type": "AdaptiveCard",\n}', "This is not JSON yet (line 3)"),
        ("Adaptive Card", "[1]", "begin with { and end with }"),
        ("Adaptive Card", json.dumps(template("${nope(1)}")), "nope is no function here"),
        ("Data schema", '{"type": "array"}', 'the type must be "object"'),
        ("Example data", "{", "This is not JSON yet"),
    ],
)
def test_a_fault_is_told_at_its_place_and_nothing_is_saved(editor, tmp_path, label, text, told):
    before = stored(tmp_path)
    write(editor, label, text)

    expect(editor.get_by_role("alert").filter(has_text=told).first).to_be_visible()
    expect(code(editor, label)).to_have_attribute("aria-invalid", "true")
    # The last card that could be drawn stays in sight.
    expect(card(editor)).to_contain_text("Order A-1042")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(code(editor, label)).to_be_focused()
    assert stored(tmp_path) == before


def test_what_is_wrong_is_marked_in_the_template(editor):
    write(editor, "Adaptive Card", template("${nope(1)}"))

    expect(editor.locator(".cm-wrong").first).to_have_attribute("title", re.compile("nope is no"))


def test_data_that_does_not_fit_is_doubted_and_saved_all_the_same(editor, tmp_path):
    write(editor, "Example data", {"order_id": 7})

    expect(
        editor.get_by_text("order_id must be a text, not the number 7.", exact=True)
    ).to_be_visible()
    save(editor)
    assert stored(tmp_path)["exampleData"] == {"order_id": 7}


def test_edits_of_different_fields_come_together(editor, api, tmp_path):
    editor.get_by_label("Title").fill("Parcel")
    assert api.put("/api/widgets/order_card", json={"description": "One parcel."}).is_success
    expect(editor.get_by_label("Description")).to_have_value("One parcel.")

    save(editor)

    assert (stored(tmp_path)["title"], stored(tmp_path)["description"]) == ("Parcel", "One parcel.")


def test_two_edits_of_one_field_are_a_question(editor, api, tmp_path):
    editor.get_by_label("Title").fill("Mine")
    assert api.put("/api/widgets/order_card", json={"title": "Theirs"}).is_success

    expect(editor.get_by_text("Somebody else changed the same: Title.")).to_be_visible()
    expect(editor.get_by_label("Title")).to_have_value("Mine")
    editor.get_by_role("button", name="Take theirs").click()
    expect(editor.get_by_label("Title")).to_have_value("Theirs")
    editor.get_by_label("Title").fill("Mine after all")
    save(editor)
    assert stored(tmp_path)["title"] == "Mine after all"


def test_what_was_typed_is_there_after_a_reload(editor, tmp_path):
    editor.get_by_label("Title").fill("Not yet")
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.reload()

    expect(editor.get_by_text("What you typed is back")).to_be_visible()
    expect(editor.get_by_label("Title")).to_have_value("Not yet")
    editor.get_by_role("button", name="Discard changes").click()
    expect(editor.get_by_label("Title")).to_have_value("Order")
    assert stored(tmp_path)["title"] == "Order"


def test_a_deleted_widget_comes_back_with_all_it_said(editor, api, tmp_path):
    before = stored(tmp_path)
    editor.get_by_role("button", name="More for this widget").click()
    editor.get_by_role("menuitem", name="Delete").click()
    editor.get_by_role("button", name="Delete widget").click()
    expect(editor.get_by_text("“Order” is deleted.")).to_be_visible()
    assert api.get("/api/widgets").json()["widgets"] == []

    editor.get_by_role("button", name="Undo").click()

    expect(editor.get_by_text("“Order” is back.")).to_be_visible()
    expect(editor.get_by_role("link", name="Order")).to_be_visible()
    identity = {"id", "version", "createdAt", "updatedAt"}
    after = stored(tmp_path)
    assert {k: v for k, v in after.items() if k not in identity} == {
        k: v for k, v in before.items() if k not in identity
    }
    assert len(api.get("/api/custom-actions").json()["actions"]) == 1


def test_a_preview_sends_nothing(owner):
    owner.goto("/widgets/new?sample=contact_form")
    expect(card(owner)).to_contain_text("Email")
    owner.get_by_role("complementary").get_by_label("Name").fill("Ada")
    owner.get_by_role("complementary").get_by_label("Email").fill("ada@example.com")
    for box in owner.get_by_role("complementary").locator("textarea").all():
        box.fill("Hello")

    owner.get_by_role("complementary").locator(".ac-pushButton").first.click()

    expect(owner.get_by_text("In a conversation, that would send:")).to_contain_text("Ada")


def test_a_viewer_looks_and_changes_nothing(editor, api, browser, server):
    person = {"name": "Vera", "email": "vera@example.com", "role": "viewer"}
    password = "correct horse battery"
    assert api.post("/api/users", json={**person, "password": password}).is_success
    with browser.new_context(base_url=server.url) as context:
        viewer = context.new_page()
        entered = {"email": person["email"], "password": password}
        assert viewer.request.post("/api/session", data=entered).ok
        viewer.goto("/widgets")
        expect(viewer.get_by_role("button", name="Create widget")).to_have_count(0)
        viewer.get_by_role("link", name="Order").click()

        expect(viewer.get_by_text("You can look at this widget")).to_be_visible()
        expect(viewer.get_by_label("Title")).to_be_disabled()
        expect(viewer.get_by_role("button", name="Save")).to_have_count(0)
        viewer.goto("/widgets/new")
        expect(viewer.get_by_role("heading", name="New widget")).to_have_count(0)
