"""People: invited, signing in with a password, doing what their role lets them, and out again."""

import re

import httpx2
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PASSWORD = "correct horse battery"
OTHER = "another long password"
ACTION = {
    "name": "get order",
    "description": "Look up an order.",
    "handler": {"type": "http", "url": "https://api.example.com/orders"},
}
SCRIPT = {
    "name": "scroll up",
    "description": "Scroll the page up.",
    "handler": {"type": "client", "code": "scrollTo(0, 0)"},
}


@pytest.fixture
def api(server):
    """The local owner, as a program."""
    with httpx2.Client(base_url=server.url, timeout=20) as client:
        answer = client.post("/api/session", json={"token": server.login_token})
        assert answer.status_code == 200
        yield client


@pytest.fixture
def add(api):
    def add(name: str, role: str, password: str | None = PASSWORD) -> dict[str, str]:
        given = {"email": f"{name.lower()}@example.com", "name": name, "role": role}
        answer = api.post("/api/users", json={**given, "password": password})
        assert answer.status_code == 200, answer.text
        user: dict[str, str] = answer.json()["user"]
        return user

    return add


def sign_in(page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail").fill(f"{name}@example.com")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def users(page, add):
    """The page of users, looked at by Grace, an owner."""
    add("Grace", "owner")
    page.goto("/users")
    sign_in(page, "grace")
    expect(page.get_by_role("row", name="Grace")).to_be_visible()
    return page


def test_whoever_is_invited_sets_a_password_and_is_in(users, browser, server):
    users.get_by_role("button", name="Invite somebody").click()
    users.get_by_label("E-mail").fill("ada@example.com")
    users.get_by_label("Name").fill("Ada")
    users.get_by_role("radio", name="Viewer").check()
    users.get_by_role("button", name="Make the link").click()
    link = users.get_by_role("dialog").locator("code").inner_text()
    users.keyboard.press("Escape")
    users.get_by_role("button", name="I have copied it").click()
    expect(users.get_by_role("row", name="Ada")).to_contain_text("invited")
    assert link not in users.content()

    with browser.new_context(base_url=server.url) as context:
        ada = context.new_page()
        ada.goto(link)
        expect(ada.get_by_text("ada@example.com")).to_be_visible()
        assert "#" not in ada.url
        ada.get_by_label("New password").fill("short")
        ada.get_by_label("The same again").fill("shorter")
        ada.get_by_role("button", name="Set password").click()
        expect(ada.get_by_role("alert")).to_have_text("The two are not the same.")
        ada.get_by_label("The same again").fill("short")
        ada.get_by_role("button", name="Set password").click()
        expect(ada.get_by_role("alert")).to_contain_text("at least 12 characters")
        ada.get_by_label("New password").fill(PASSWORD)
        ada.get_by_label("The same again").fill(PASSWORD)
        ada.get_by_role("button", name="Set password").click()
        expect(ada.get_by_role("navigation")).to_contain_text("Viewer")
        ada.goto(link)
        expect(ada.get_by_role("alert")).to_contain_text("ask an owner for another")

    expect(users.get_by_role("row", name="Ada")).to_contain_text("active")


def test_a_wrong_password_is_told_and_the_typed_address_stays(page, add):
    add("Grace", "owner")
    page.goto("/keys")

    sign_in(page, "grace", OTHER)

    expect(page.get_by_role("alert")).to_contain_text("address or the password is wrong")
    expect(page.get_by_label("E-mail")).to_have_value("grace@example.com")
    sign_in(page, "grace")
    expect(page.get_by_role("heading", name="API keys", exact=True)).to_be_visible()


def test_a_viewer_is_offered_nothing_they_may_not_do(page, add, api):
    api.post("/api/custom-actions", json=ACTION)
    add("Vera", "viewer")
    page.goto("/actions")
    sign_in(page, "vera")

    navigation = page.get_by_role("navigation")
    for absent in ("API keys", "Users", "Secrets", "Playground"):
        expect(navigation.get_by_role("link", name=absent)).to_have_count(0)
    expect(page.get_by_role("switch", name="get_order is on")).to_be_disabled()
    for absent in ("New action", "Create action", "More for get_order"):
        expect(page.get_by_role("button", name=absent)).to_have_count(0)
    for path in ("/users", "/keys", "/secrets", "/playground"):
        page.goto(path)
        expect(page.get_by_text("This is not open to you")).to_be_visible()


def test_an_editor_leaves_users_keys_and_owners_code_alone(page, add, api):
    for action in (ACTION, SCRIPT):
        assert api.post("/api/custom-actions", json=action).status_code == 200
    add("Bob", "editor")
    page.goto("/actions")
    sign_in(page, "bob")

    navigation = page.get_by_role("navigation")
    expect(navigation.get_by_role("link", name="Secrets")).to_be_visible()
    for absent in ("API keys", "Users"):
        expect(navigation.get_by_role("link", name=absent)).to_have_count(0)
    expect(page.get_by_role("switch", name="get_order is on")).to_be_enabled()
    expect(page.get_by_role("switch", name="scroll_up is on")).to_be_disabled()
    page.get_by_role("link", name="scroll_up").click()
    expect(page.get_by_text("Only an owner changes")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_an_editor_tests_an_owners_command_as_it_is_stored(page, add, api):
    command = {"type": "shell", "command": "date"}
    given = {"name": "tell time", "description": "Tell the time.", "handler": command}
    stored = api.post("/api/custom-actions", json=given).json()["action"]
    add("Bob", "editor")
    page.goto(f"/actions/{stored['id']}")
    sign_in(page, "bob")
    expect(page.get_by_text("Only an owner changes")).to_be_visible()

    with page.expect_response(lambda one: one.url.endswith("/test")) as tested:
        page.get_by_role("button", name="Run test").click()

    assert tested.value.url.endswith(f"/{stored['id']}/test")
    # It is off here: the test came as far as a call would have.
    assert tested.value.json()["code"] == "handler_unavailable"
    expect(page.get_by_text("shell: true").first).to_be_visible()


def test_a_new_role_is_felt_without_a_reload(users, add, browser, server):
    add("Bob", "editor")
    with browser.new_context(base_url=server.url) as context:
        bob = context.new_page()
        bob.goto("/secrets")
        sign_in(bob, "bob")
        navigation = bob.get_by_role("navigation")
        expect(navigation.get_by_role("link", name="Secrets")).to_be_visible()

        users.get_by_label("Role of Bob").select_option("viewer")

        expect(navigation).to_contain_text("Viewer")
        expect(navigation.get_by_role("link", name="Secrets")).to_have_count(0)
        expect(bob.get_by_text("This is not open to you")).to_be_visible()
        users.get_by_role("button", name="Undo").click()
        expect(navigation.get_by_role("link", name="Secrets")).to_be_visible()


def test_who_is_disabled_is_out_at_once_and_in_again_when_enabled(users, add, browser, server):
    add("Bob", "editor")
    with browser.new_context(base_url=server.url) as context:
        bob = context.new_page()
        bob.goto("/actions")
        sign_in(bob, "bob")
        expect(bob.get_by_role("navigation")).to_be_visible()

        users.get_by_role("button", name="More for Bob").click()
        users.get_by_role("menuitem", name="Disable").click()

        expect(bob.get_by_role("heading", name="Sign in to Deftly")).to_be_visible()
        expect(users.get_by_role("row", name="Bob")).to_contain_text("disabled")
        sign_in(bob, "bob")
        expect(bob.get_by_text("address or the password is wrong")).to_be_visible()
        users.get_by_role("button", name="Undo").click()
        expect(users.get_by_role("row", name="Bob")).to_contain_text("active")
        sign_in(bob, "bob")
        expect(bob.get_by_role("navigation")).to_be_visible()


def test_a_user_is_removed_after_a_question_and_the_last_owner_is_not(users, add):
    add("Bob", "editor")
    for name in ("Bob", "Grace"):
        users.get_by_role("button", name=f"More for {name}").click()
        users.get_by_role("menuitem", name="Remove").click()
        users.get_by_role("button", name="Remove user").click()

    expect(users.get_by_text("is the last owner who can sign in")).to_be_visible()
    expect(users.get_by_role("row", name="Bob")).to_have_count(0)
    expect(users.get_by_role("row", name="Grace")).to_be_visible()


def test_a_user_changes_their_password(users, server):
    users.get_by_role("button", name="Account").click()
    users.get_by_role("menuitem", name="Change password").click()
    users.get_by_label("Present password").fill(OTHER)
    users.get_by_label("New password").fill(OTHER)
    users.get_by_label("The same again").fill(OTHER)
    users.get_by_role("dialog").get_by_role("button", name="Change password").click()
    expect(users.get_by_label("Present password")).to_have_accessible_description(
        re.compile("not your present password")
    )

    users.get_by_label("Present password").fill(PASSWORD)
    users.get_by_role("dialog").get_by_role("button", name="Change password").click()

    expect(users.get_by_text("Your password is changed")).to_be_visible()
    given = {"email": "grace@example.com", "password": OTHER}
    assert httpx2.post(f"{server.url}/api/session", json=given).status_code == 200
    expect(users.get_by_role("row", name="Grace")).to_be_visible()


def test_the_local_owner_has_no_password_to_change(owner):
    owner.get_by_role("button", name="Account").click()

    expect(owner.get_by_role("menuitem", name="Sign out")).to_be_visible()
    expect(owner.get_by_role("menuitem", name="Change password")).to_have_count(0)


def test_the_next_person_at_the_same_tab_sees_nothing_of_the_one_before(users, add):
    add("Vera", "viewer")
    users.get_by_role("button", name="Account").click()
    users.get_by_role("menuitem", name="Sign out").click()
    sign_in(users, "vera")

    expect(users.get_by_text("This is not open to you")).to_be_visible()
    assert "grace@example.com" not in users.content()


def test_users_fit_a_phone(users, add):
    add("Somebody.With.A.Name.As.Long.As.They.Come", "viewer", None)
    users.set_viewport_size({"width": 375, "height": 720})

    expect(users.get_by_role("row", name="Somebody")).to_contain_text("invited")
    assert users.evaluate("document.documentElement.scrollWidth <= innerWidth")
