"""What is typed into the editor of an action: judged at once, and kept until it is saved."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import fault, opened, sample, store, ticket

pytestmark = pytest.mark.slow


def rewrite(editor: Locator, text: str) -> None:
    """Type over all of it; `fill` leaves styles in it that no keyboard would."""
    editor.press("Control+a")
    editor.page.keyboard.insert_text(text)


def test_placeholders_are_offered_and_judged_while_they_are_typed(owner, api, desk):
    api.put("/api/secrets/DESK_KEY", json={"value": "s3cret-value"})
    page = opened(owner, store(api, ticket(desk)))
    url = page.get_by_role("textbox", name="URL")
    url.fill(desk + "/")
    url.press("End")

    page.keyboard.type("{{ord")
    page.get_by_role("option", name="order_id").click()
    expect(url).to_have_text(desk + "/{{order_id}}")
    page.keyboard.type("/{{secrets.", delay=20)
    expect(page.get_by_role("option", name="secrets.DESK_KEY")).to_be_visible()
    page.keyboard.press("Escape")

    url.fill(desk + "/{{unknown}}")
    expect(
        page.get_by_role("status").filter(has_text="{{unknown}} has no input of that name")
    ).to_be_visible()
    expect(url).not_to_have_attribute("aria-invalid", "true")
    url.fill(desk + "/{{a + b}}")
    expect(fault(page, "There are no expressions.")).to_be_visible()
    expect(url).to_have_attribute("aria-invalid", "true")


def test_quick_typing_in_a_code_editor_loses_nothing(owner, api, desk):
    page = opened(owner, store(api, ticket(desk)))
    url = page.get_by_role("textbox", name="URL")
    url.fill("")

    page.keyboard.type("https://api.example.com/a-rather-long-path/of/many/signs?and=more")

    expect(url).to_have_text("https://api.example.com/a-rather-long-path/of/many/signs?and=more")


def test_a_code_editor_is_named_described_and_can_be_left_by_keyboard(owner, api, desk):
    page = opened(owner, store(api, ticket(desk)))
    body = page.get_by_role("textbox", name="Body")
    page.locator("label", has_text="Body").click()
    expect(body).to_be_focused()
    expect(body).to_have_accessible_description(
        "JSON or any text. Escape, then Tab leaves the editor."
    )

    page.keyboard.press("Tab")
    expect(body).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(body).not_to_be_focused()


def test_a_schema_is_judged_in_the_editor(owner, api, desk):
    page = opened(owner, store(api, ticket(desk)))
    page.get_by_role("button", name="Edit as JSON Schema").click()
    schema = page.get_by_role("textbox", name="JSON Schema")

    rewrite(schema, '{\n"type": "object",\noops}')
    expect(fault(page, "This is not JSON yet (line 3)")).to_be_visible()
    expect(schema).to_have_attribute("aria-invalid", "true")
    rewrite(schema, '{"type": "object", "properties": {"order_id": {"type": "strin"}}}')
    expect(fault(page, 'properties.order_id.type is "strin"')).to_be_visible()
    rewrite(schema, '{"type": "object", "properties": {"order_id": {"enum": ["A", "B"]}}}')
    expect(schema).not_to_have_attribute("aria-invalid", "true")
    expect(sample(page, "order_id")).to_have_js_property("tagName", "SELECT")


def test_unsaved_changes_outlive_a_reload_and_can_be_discarded(owner, api, desk):
    page = opened(owner, store(api, ticket(desk)))
    page.on("dialog", lambda asked: asked.accept())
    about = page.get_by_label("When to use it")
    about.fill("Half a sentence")

    page.reload()
    expect(about).to_have_value("Half a sentence")
    expect(page.get_by_text("What you typed is back")).to_be_visible()
    page.get_by_role("button", name="Discard changes").click()
    expect(about).to_have_value("Opens a ticket.")
    page.reload()
    expect(about).to_have_value("Opens a ticket.")

    page.goto("/actions/new")
    page.get_by_label("Name", exact=True).fill("half a name")
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("half a name")


def test_changes_kept_over_somebody_elses_save_are_compared_with_it(owner, api, desk):
    action_id = store(api, ticket(desk))
    page = opened(owner, action_id)
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_label("When to use it").fill("Mine.")
    page.goto("/runs")
    api.put(f"/api/custom-actions/{action_id}", json={"description": "Theirs."})

    opened(page, action_id)

    expect(page.get_by_label("When to use it")).to_have_value("Mine.")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("dialog")).to_contain_text("Theirs.")
