"""Cards and client calls in the playground: drawn, pressed, run in the sandbox, kept."""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.agent.browser_kit import ARGUMENTS, CALL, TOOL, client_action
from tests.agent.chat_kit import MODEL
from tests.agent.provider_server import Provider, calls, words
from tests.browser.desk import programs_of
from tests.browser.test_playground import ask
from tests.browser.test_playground_models import provider_beside
from tests.live import Server, running_server

SHOW = calls(("contact_card", {"about": "Order A-1042"}))
CONTACT = {
    "name": "contact_card",
    "title": "Contact",
    "template": {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": "About ${about}"},
            {"type": "Input.Text", "id": "email", "label": "Email"},
        ],
        "actions": [
            {
                "type": "Action.Submit",
                "title": "Keep it",
                "data": {"deftly": {"type": "save", "arguments": {"about": "${about}"}}},
            },
            {
                "type": "Action.Submit",
                "title": "Say it",
                "data": {"deftly": {"type": "message", "text": "Write to me about ${about}."}},
            },
            {
                "type": "Action.Submit",
                "title": "Cart",
                "data": {"deftly": {"type": "action", "action": TOOL, "arguments": {"sku": "B-2"}}},
            },
        ],
    },
    "exampleData": {"about": "anything"},
    "dataSchema": {
        "type": "object",
        "properties": {"about": {"type": "string"}},
        "required": ["about"],
    },
}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_beside() as provider:
        yield provider


@pytest.fixture
def server(tmp_path, provider) -> Iterator[Server]:
    with running_server(tmp_path, model=MODEL, model_base_url=provider.url) as running:
        yield running


@pytest.fixture
def api(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    with programs_of(owner, server.url) as client:
        yield client


@pytest.fixture
def playground(owner: Page, api: httpx2.Client) -> Page:
    assert api.post("/api/widgets", json=CONTACT).is_success
    owner.goto("/playground")
    expect(owner.get_by_role("heading", name="Playground")).to_be_visible()
    return owner


@pytest.fixture
def shown(playground: Page, provider: Provider) -> Page:
    """The playground with a card in its conversation."""
    provider.replies[:] = [SHOW, words("There you are."), words("I will.")]
    ask(playground, "I want to be called back")
    expect(playground.get_by_text("There you are.")).to_be_visible()
    return playground


def card(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("region", name="contact_card")


def press(page: Page, button: str) -> None:
    card(page).get_by_role("button", name=button).click()


def traced(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Trace")


def store_client(api: httpx2.Client, code: str, **handler: object) -> None:
    answer = api.post("/api/custom-actions", json=client_action(code=code, **handler))
    assert answer.status_code == 200, answer.text


def test_a_card_stands_in_the_conversation_and_after_a_reload(shown):
    expect(card(shown)).to_contain_text("About Order A-1042")
    expect(card(shown).get_by_label("Email")).to_be_visible()

    shown.reload()

    expect(card(shown)).to_contain_text("About Order A-1042")
    expect(card(shown)).to_have_count(1)
    expect(traced(shown)).to_contain_text("Guard")


def test_a_button_that_saves_keeps_a_submission(shown, api):
    card(shown).get_by_label("Email").fill("ada@example.com")
    # What the server tells of the conversation again does not take away what is typed.
    with shown.expect_response(lambda one: "/api/runs?" in one.url):
        (told,) = api.get("/api/conversations").json()["conversations"]
        api.put(f"/api/conversations/{told['id']}", json={"title": "Renamed"})
    expect(card(shown).get_by_label("Email")).to_have_value("ada@example.com")
    press(shown, "Keep it")
    expect(shown.get_by_text("Kept. It is among the widget’s submissions.")).to_be_visible()

    shown.goto("/widgets/contact_card")
    shown.get_by_role("button", name="Submissions").click()

    row = shown.get_by_role("row").filter(has_text="ada@example.com")
    expect(row).to_contain_text("Order A-1042")
    with shown.expect_download() as coming:
        shown.get_by_role("link", name="Download CSV").click()
    assert coming.value.suggested_filename == "contact_card.csv"
    assert "ada@example.com" in coming.value.path().read_text()


def test_a_button_that_speaks_goes_on_with_the_conversation(shown):
    press(shown, "Say it")

    log = shown.get_by_role("log")
    expect(log).to_contain_text("Write to me about Order A-1042.")
    expect(log).to_contain_text("I will.")


def test_a_button_that_calls_asks_where_the_action_asks(shown, api):
    store_client(api, "return 1", returns=True, mode="confirm")
    press(shown, "Cart")

    question = shown.get_by_role("region", name=f"Confirm {TOOL}?")
    expect(question).to_contain_text("B-2")
    question.get_by_role("button", name="Confirm").click()

    expect(shown.get_by_role("log")).to_contain_text("I will.")
    expect(traced(shown)).to_contain_text("In the sandbox")


def test_client_code_runs_in_the_sandbox_and_its_result_goes_back(playground, api, provider):
    code = """
    console.log("adding", args.sku);
    deftly.open();
    let outside = "reached";
    try { parent.document.title } catch { outside = "nothing" }
    return { items: args.quantity, outside };
    """
    store_client(api, code, returns=True)
    provider.replies[:] = [calls(CALL), words("Two are in your cart.")]

    ask(playground, "Add two")

    expect(playground.get_by_role("log")).to_contain_text("Two are in your cart.")
    trace = traced(playground)
    expect(trace).to_contain_text("In the sandbox")
    expect(trace).to_contain_text("On your site it runs in the visitor’s page.")
    expect(trace).to_contain_text(f"log adding {ARGUMENTS['sku']}")
    expect(trace).to_contain_text("used deftly.open()")
    (run,) = api.get("/api/runs").json()["runs"]
    assert (run["status"], run["result"]) == ("succeeded", {"items": 2, "outside": "nothing"})
    assert playground.locator("iframe").count() == 0


def test_client_code_that_throws_fails_its_run_and_is_told(playground, api, provider):
    store_client(api, "throw new Error('no cart here')", returns=True)
    provider.replies[:] = [calls(CALL), words("That did not work.")]

    ask(playground, "Add two")

    expect(playground.get_by_role("log")).to_contain_text("That did not work.")
    expect(traced(playground)).to_contain_text("no cart here")
    expect(traced(playground).get_by_text("failed").first).to_be_visible()
    (run,) = api.get("/api/runs").json()["runs"]
    assert run["error"]["code"] == "client_failed"


def test_one_of_two_tabs_makes_a_call(playground, api, provider):
    store_client(api, "return 1", returns=True, mode="confirm")
    provider.replies[:] = [calls(CALL), words("It is in.")]
    ask(playground, "Add two")
    question = playground.get_by_role("region", name=f"Confirm {TOOL}?")
    expect(question).to_be_visible()
    other = playground.context.new_page()
    other.goto(playground.url)
    expect(other.get_by_role("region", name=f"Confirm {TOOL}?")).to_be_visible()

    question.get_by_role("button", name="Confirm").click()

    for page in (playground, other):
        expect(page.get_by_role("log")).to_contain_text("It is in.")
    (run,) = api.get("/api/runs").json()["runs"]
    assert (run["status"], run["result"]) == ("succeeded", 1)
    marks = [traced(page).get_by_text("In the sandbox").count() for page in (playground, other)]
    assert sorted(marks) == [0, 1]
