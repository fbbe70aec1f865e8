"""The editor of an action: every type, trying a draft, examples, history, what is brought back."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import (
    fault,
    opened,
    sample,
    store,
    stored,
    ticket,
)

pytestmark = pytest.mark.slow


def test_a_draft_is_shown_and_then_tried_without_being_saved(owner, api, desk, seen):
    api.put("/api/secrets/DESK_KEY", json={"value": "s3cret-value", "hosts": ["127.0.0.1"]})
    definition = ticket(desk)
    definition["handler"]["headers"] = {"X-Key": "{{secrets.DESK_KEY}}"}
    page = opened(owner, store(api, definition))
    page.get_by_label("Keep from the answer").fill("ticket.number")
    sample(page, "order_id").fill("A/B")

    page.get_by_role("button", name="Dry run").click()

    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text("Nothing was sent.")
    expect(panel).to_contain_text(f"POST {desk}/tickets/A%2FB")
    expect(panel).to_contain_text("‹secret DESK_KEY›")
    expect(panel).to_contain_text('"note": "A/B"')
    assert seen == []

    page.get_by_role("textbox", name="Body").press("Control+Enter")

    expect(panel).to_contain_text("HTTP 200")
    shown = page.get_by_role("tabpanel")
    expect(shown).to_contain_text('"number": 7')
    expect(shown).to_contain_text('"key": "‹secret DESK_KEY›"')
    page.get_by_role("tab", name="The model sees").click()
    expect(shown).to_contain_text('"data": 7')
    expect(shown).not_to_contain_text("number")
    assert seen == ["/tickets/A%2FB"]
    page.get_by_label("When to use it").fill("Another.")
    expect(panel).to_contain_text("The action was changed since.")


def test_what_speaks_against_a_test_is_told_where_it_is_and_nothing_is_sent(owner, api, desk, seen):
    page = opened(owner, store(api, ticket(desk)))

    page.get_by_role("button", name="Run test").click()

    expect(sample(page, "order_id")).to_have_attribute("aria-invalid", "true")
    expect(sample(page, "order_id")).to_be_focused()
    sample(page, "order_id").fill("A")
    page.get_by_label("Time limit in seconds").fill("900")
    page.get_by_role("button", name="Run test").click()
    expect(page.get_by_role("complementary")).to_contain_text("mend what is marked")
    expect(page.get_by_label("Time limit in seconds")).to_have_attribute("aria-invalid", "true")
    assert seen == []


def test_sample_inputs_become_an_example_and_are_there_again(owner, api, desk, tmp_path):
    page = opened(owner, store(api, ticket(desk)))
    sample(page, "order_id").fill("A-1042")

    page.get_by_role("button", name="Keep these inputs as an example").click()
    page.get_by_label("Question of example 1").fill("Open a ticket for A-1042")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("open_ticket is saved.")).to_be_visible()

    example = {"question": "Open a ticket for A-1042", "params": {"order_id": "A-1042"}}
    assert stored(tmp_path)["examples"] == [example]
    page.reload()
    expect(sample(page, "order_id")).to_have_value("A-1042")
    sample(page, "order_id").fill("other")
    page.get_by_role("button", name="Use example 1").click()
    expect(sample(page, "order_id")).to_have_value("A-1042")


def test_a_call_with_a_widget_draws_its_answer(owner, api, desk, seen, tmp_path):
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "No. ${ticket.number}"}]}
    given = {"name": "ticket_card", "template": card, "action": False}
    assert api.post("/api/widgets", json=given).is_success
    owner.goto("/actions/new")
    owner.get_by_role("radio", name="API + Widget").check()
    owner.get_by_label("Name", exact=True).fill("open ticket")
    owner.get_by_label("When to use it").fill("Opens a ticket.")
    owner.get_by_label("Method").select_option("POST")
    owner.get_by_role("textbox", name="URL").fill(desk + "/tickets")
    expect(fault(owner, "Choose a widget")).to_be_visible()
    owner.get_by_label("Widget", exact=True).select_option("ticket_card")
    owner.get_by_role("button", name="Run test").click()
    expect(owner.get_by_text("Worked")).to_be_visible()
    expect(owner.get_by_role("region", name="ticket_card")).to_contain_text("No. 7")

    owner.get_by_role("button", name="Create action").click()

    expect(owner.get_by_role("heading", name="open_ticket", level=1)).to_be_visible()
    assert stored(tmp_path)["widget"] == "ticket_card"
    assert seen == ["/tickets"]


def test_an_action_that_shows_a_widget_takes_its_inputs(owner, api, tmp_path):
    schema = {"type": "object", "properties": {"who": {"type": "string"}}, "required": ["who"]}
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Hello ${who}"}]}
    given = {"name": "greeting", "template": card, "dataSchema": schema, "action": False}
    assert api.post("/api/widgets", json=given).is_success
    owner.goto("/actions/new")
    owner.get_by_role("radio", name="Widget only").check()
    owner.get_by_label("Name", exact=True).fill("greet")
    owner.get_by_label("When to use it").fill("Greets somebody.")
    owner.get_by_label("Widget", exact=True).select_option("greeting")
    owner.get_by_role("button", name="Take the widget’s inputs").click()
    sample(owner, "who").fill("Ada")
    owner.get_by_role("button", name="Run test").click()
    expect(owner.get_by_role("region", name="greeting")).to_contain_text("Hello Ada")

    owner.get_by_role("button", name="Create action").click()

    expect(owner.get_by_role("heading", name="greet", level=1)).to_be_visible()
    assert (stored(tmp_path)["widget"], stored(tmp_path)["handler"]["type"]) == (
        "greeting",
        "widget",
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("console.log('at', 'x'); return { sum: 1 }", ["Worked", "log at x", '"sum": 1']),
        ("deftly.send('hi'); document.body.x.y", ["Failed", "used deftly.send(hi)", "TypeError"]),
        ("for (;;) await null", ["Failed", "did not end within 1 s"]),
        ("return fetch('/api/session')", ["Failed", "TypeError"]),
    ],
)
def test_client_code_is_tried_in_a_sandbox_and_stored_by_an_owner(
    browser, server, tmp_path, code, told
):
    with browser.new_context(base_url=server.url) as context:
        # What the sandbox's policy forbids the code is told on the console.
        owner = context.new_page()
        owner.goto(f"/login#{server.login_token}")
        expect(owner.get_by_role("navigation")).to_be_visible()
        owner.goto("/actions/new")
        owner.get_by_role("radio", name="Run code (Client)").check()
        owner.get_by_label("Name", exact=True).fill("do it")
        owner.get_by_label("When to use it").fill("Does it.")
        owner.get_by_role("textbox", name="JavaScript").fill(code)
        owner.get_by_label("Time limit in seconds").fill("1")
        owner.get_by_role("checkbox", name="Hand what it returns to the agent").check()
        owner.get_by_role("button", name="Run test").click()
        for text in told:
            expect(owner.get_by_role("complementary")).to_contain_text(text)

        owner.get_by_role("button", name="Create action").click()

        expect(owner.get_by_role("heading", name="do_it", level=1)).to_be_visible()
        assert stored(tmp_path)["handler"]["code"] == code
        assert stored(tmp_path)["handler"]["returns"] is True


def test_a_deleted_action_comes_back_with_all_it_said(owner, api, desk, tmp_path):
    definition = ticket(desk, similes=["help"], executionMode="auto")
    page = opened(owner, store(api, definition))
    before = stored(tmp_path)
    page.get_by_role("button", name="More for this action").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("button", name="Delete action").click()
    expect(page.get_by_text("open_ticket is deleted.")).to_be_visible()
    assert not list((tmp_path / "actions").glob("*.y*ml"))

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("link", name="open_ticket")).to_be_visible()
    expect(page.get_by_text("open_ticket is back")).to_be_visible()
    identity = {"id", "version", "createdAt", "updatedAt"}
    after = stored(tmp_path)
    assert before["handler"].items() <= after["handler"].items()
    for name in before.keys() - identity - {"handler", "parameters"}:
        assert after[name] == before[name]


def test_history_shows_which_lines_changed(owner, api, desk):
    action_id = store(api, ticket(desk, description="One.\nTwo.\nThree."))
    api.put(f"/api/custom-actions/{action_id}", json={"description": "One.\n2.\nThree."})
    page = opened(owner, action_id)

    page.get_by_role("button", name="History").click()

    changes = page.get_by_role("dialog").get_by_role("definition")
    expect(changes).to_have_text("One.Before: Two.Then: 2.Three.")
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_label("When to use it")).to_have_value("One.\nTwo.\nThree.")
