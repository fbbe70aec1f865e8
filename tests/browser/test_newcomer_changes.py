"""What is saved changes: by hand in its file, by two people at once, and back to what it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import fault, opened, programs_of, store, stored, ticket
from tests.browser.newcomer import go_to, sign_in_by_link
from tests.live import Server

pytestmark = pytest.mark.slow

PASSWORD = "correct horse battery"


@pytest.fixture
def editor(page: Page, server: Server) -> Page:
    """The editor of a stored action."""
    sign_in_by_link(page, server)
    with programs_of(page, server.url) as api:
        return opened(page, store(api, ticket("https://api.example.com")))


@pytest.fixture
def ada(browser: Browser, editor: Page, server: Server) -> Iterator[Page]:
    """The same editor before somebody else, at a browser of their own."""
    person = {"name": "Ada", "email": "ada@example.com", "role": "editor", "password": PASSWORD}
    with programs_of(editor, server.url) as owner:
        assert owner.post("/api/users", json=person).status_code == 200
    context = browser.new_context()
    page = context.new_page()
    page.goto(editor.url)
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(about(page)).to_have_value("Opens a ticket.")
    yield page
    context.close()


def about(page: Page) -> Locator:
    return page.get_by_label("When to use it")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("open_ticket is saved.")).to_be_visible()


def version(page: Page, number: int) -> Locator:
    """Open the history, and return what it says of a version."""
    page.get_by_role("button", name="History").click()
    return page.get_by_role("dialog").get_by_role("listitem").filter(has_text=f"Version {number}")


def edit_file(folder: Path, before: str, after: str) -> Path:
    """Edit the action's file as in a text editor."""
    (path,) = (folder / "actions").glob("*.yaml")
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    return path


def test_an_edit_of_the_file_shows_in_the_open_editor_and_is_told(
    editor: Page, tmp_path: Path
) -> None:
    edit_file(tmp_path, "Opens a ticket.", "Written by hand.")

    expect(about(editor)).to_have_value("Written by hand.")
    expect(editor.get_by_text("you see its new version")).to_be_visible()
    expect(editor.get_by_text("Not saved")).to_have_count(0)
    about(editor).fill("Typed on.")
    save(editor)
    assert stored(tmp_path)["description"] == "Typed on."
    expect(version(editor, 2)).to_contain_text("by hand, in the file")


def test_an_edit_of_the_file_and_what_is_not_saved_come_together(
    editor: Page, tmp_path: Path
) -> None:
    editor.get_by_label("Other ways to ask").fill("file a complaint")
    edit_file(tmp_path, "Opens a ticket.", "Written by hand.  # and noted")

    expect(editor.get_by_text("Somebody changed this action while you did")).to_be_visible()
    expect(about(editor)).to_have_value("Opens a ticket.")
    editor.get_by_role("button", name="Compare").click()
    asked = editor.get_by_role("dialog")
    expect(asked).to_contain_text("Written by hand.")
    expect(asked).to_contain_text("file a complaint")
    asked.get_by_role("button", name="Decide later").click()
    expect(editor.get_by_label("Other ways to ask")).to_have_value("file a complaint")
    expect(version(editor, 2)).to_contain_text("current")
    editor.keyboard.press("Escape")
    editor.get_by_role("button", name="Compare").click()
    editor.get_by_role("button", name="Merge both").click()
    expect(about(editor)).to_have_value("Written by hand.")
    save(editor)

    assert stored(tmp_path)["description"] == "Written by hand."
    assert stored(tmp_path)["similes"] == ["file a complaint"]
    (path,) = (tmp_path / "actions").glob("*.yaml")
    assert "# and noted" in path.read_text()


def test_what_was_typed_outlives_the_file_it_was_typed_for(editor: Page, tmp_path: Path) -> None:
    about(editor).fill("Typed for nothing?")
    (path,) = (tmp_path / "actions").glob("*.yaml")
    path.unlink()

    expect(editor.get_by_text("deleted elsewhere")).to_be_visible()
    expect(about(editor)).to_have_value("Typed for nothing?")
    editor.get_by_role("button", name="Save as a new action").click()

    expect(editor.get_by_text("open_ticket is created.")).to_be_visible()
    expect(editor.get_by_text("deleted elsewhere")).to_have_count(0)
    expect(about(editor)).to_have_value("Typed for nothing?")
    assert stored(tmp_path)["description"] == "Typed for nothing?"
    go_to(editor, "Actions")
    expect(editor.get_by_role("row", name="open_ticket")).to_have_count(1)


def test_a_file_that_cannot_be_read_is_told_and_overwritten_by_nobody(
    editor: Page, tmp_path: Path
) -> None:
    path = edit_file(tmp_path, "description: Opens", "description: [Opens")
    broken = path.read_text()

    told = fault(editor, "open_ticket.yaml was changed by hand and cannot be used")
    expect(told).to_contain_text("A bracket is not closed")
    about(editor).fill("Typed meanwhile.")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(fault(editor, "nothing was changed")).to_be_visible()
    assert path.read_text() == broken

    edit_file(tmp_path, "description: [Opens", "description: Opens")
    expect(told).to_have_count(0)
    save(editor)
    assert stored(tmp_path)["description"] == "Typed meanwhile."


def test_a_change_is_seen_in_the_history_and_put_back(editor: Page, tmp_path: Path) -> None:
    about(editor).fill("Closes a ticket.")
    editor.get_by_label("Run at once").check()
    save(editor)

    newest = version(editor, 2)
    for said in ("Opens a ticket.", "Closes a ticket.", "auto", "current"):
        expect(newest).to_contain_text(said)
    editor.get_by_role("button", name="Restore version 1").click()

    expect(editor.get_by_text("Version 1 is back, as version 3.")).to_be_visible()
    expect(about(editor)).to_have_value("Opens a ticket.")
    expect(editor.get_by_label("Ask first")).to_be_checked()
    expect(editor.get_by_text("Not saved")).to_have_count(0)
    go_to(editor, "Actions")
    expect(editor.get_by_role("row", name="open_ticket")).to_contain_text("asks first")
    assert stored(tmp_path)["description"] == "Opens a ticket."


def test_what_two_people_type_at_once_comes_together(
    editor: Page, ada: Page, tmp_path: Path
) -> None:
    about(ada).fill("Ada's words.")
    editor.get_by_label("Other ways to ask").fill("file a complaint")
    save(ada)
    expect(editor.get_by_text("Somebody changed this action while you did")).to_be_visible()

    # Not waiting to be asked: the version that was seen is not the one that is there.
    editor.get_by_role("button", name="Save", exact=True).click()
    asked = editor.get_by_role("dialog")
    expect(asked).to_contain_text("Ada's words.")
    expect(asked).not_to_contain_text("Both of you changed")
    assert not stored(tmp_path).get("similes")
    asked.get_by_role("button", name="Merge both").click()
    expect(about(editor)).to_have_value("Ada's words.")
    save(editor)

    expect(ada.get_by_label("Other ways to ask")).to_have_value("file a complaint")
    assert stored(tmp_path)["description"] == "Ada's words."
    expect(version(editor, 2)).to_contain_text("Ada")


def test_of_two_changes_to_one_field_neither_goes_unseen(
    editor: Page, ada: Page, tmp_path: Path
) -> None:
    about(editor).fill("Mine.")
    about(ada).fill("Ada's.")
    save(ada)

    editor.get_by_role("button", name="Compare").click()
    asked = editor.get_by_role("dialog")
    expect(asked).to_contain_text("Both of you changed: when to use it.")
    expect(asked).to_contain_text("Ada's.")
    expect(asked).to_contain_text("Mine.")
    asked.get_by_role("button", name="Merge both").click()
    save(editor)

    assert stored(tmp_path)["description"] == "Mine."
    expect(about(ada)).to_have_value("Mine.")
    about(ada).fill("Ada's, again.")
    save(ada)
    expect(about(editor)).to_have_value("Ada's, again.")
