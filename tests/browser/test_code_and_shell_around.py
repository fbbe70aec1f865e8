"""Code and commands on the other pages: where they run, their runs, brought along, proposed."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.agent.chat_kit import MODEL
from tests.agent.provider_server import Provider, calls, words
from tests.browser.desk import opened, programs_of, store, stored
from tests.browser.given import dropped
from tests.browser.test_code_and_shell import action
from tests.browser.test_playground import ask
from tests.browser.test_playground_models import provider_beside
from tests.live import Server, running_server
from tests.rest.test_generate import proposes

pytestmark = pytest.mark.slow

CODE = "console.log('price of', params.sku);\nreturn { price: 12 };"
COMMAND = "echo found {{sku}}; exit 4"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_beside() as provider:
        yield provider


@pytest.fixture
def settings(provider) -> dict[str, object]:
    return {"shell": True, "model": MODEL, "model_base_url": provider.url}


@pytest.fixture
def server(tmp_path, settings) -> Iterator[Server]:
    with running_server(tmp_path, **settings) as running:
        yield running


@pytest.fixture
def api(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    with programs_of(owner, server.url) as client:
        yield client


def test_settings_tell_what_keeps_code_and_commands_in_bounds(owner):
    owner.goto("/settings")

    for kind in ("Code actions", "Shell actions"):
        row = owner.get_by_role("listitem").filter(has_text=kind)
        expect(row).to_contain_text("bubblewrap")


class TestShellIsOff:
    @pytest.fixture
    def settings(self):
        return {}

    def test_it_is_told_where_one_writes_and_where_one_operates(self, owner, api):
        identity = store(api, action("shell", "date"))
        owner.goto("/settings")
        row = owner.get_by_role("listitem").filter(has_text="Shell actions")
        expect(row).to_contain_text("shell: true in deftly.yaml")

        page = opened(owner, identity)
        expect(page.get_by_text("calls are refused until then")).to_be_visible()
        page.get_by_role("button", name="Run test").click()
        panel = page.get_by_role("complementary")
        expect(panel.get_by_role("alert")).to_contain_text("shell: true in deftly.yaml")
        page.goto("/actions")
        expect(page.get_by_role("row", name="try_it")).to_contain_text("off here")


def test_runs_keep_the_console_and_the_output(owner, api):
    for kind, text in (("code", CODE), ("shell", COMMAND)):
        definition = action(kind, text, "sku") | {"name": f"by {kind}"}
        answer = api.post(f"/api/custom-actions/{store(api, definition)}/test",
                          json={"params": {"sku": "A-1"}})  # fmt: skip
        assert answer.status_code == 200, answer.text
    owner.goto("/runs")

    owner.get_by_role("row", name="by_code").click()
    expect(owner.get_by_role("list", name="Console")).to_contain_text("price of A-1")
    owner.goto("/runs")
    expect(owner.get_by_role("row", name="by_shell")).to_contain_text("exit code 4")
    owner.get_by_role("row", name="by_shell").click()

    expect(owner.get_by_text("found A-1")).to_be_visible()
    expect(owner.get_by_role("heading", name="Output", exact=True)).to_be_visible()


def test_a_call_of_code_is_traced_with_its_console(owner, api, provider):
    store(api, action("code", CODE, "sku") | {"executionMode": "auto"})
    provider.replies[:] = [calls(("try_it", {"sku": "A-1"})), words("It costs 12.")]
    owner.goto("/playground")

    ask(owner, "What is the price of A-1?")

    expect(owner.get_by_role("log")).to_contain_text("It costs 12.")
    trace = owner.get_by_role("complementary", name="Trace")
    expect(trace).to_contain_text("It runs in the JavaScript sandbox.")
    expect(trace.get_by_role("list", name="Console")).to_contain_text("price of A-1")


def test_a_question_shows_the_command_or_says_what_the_code_is(owner, api, provider):
    store(api, action("shell", "echo one\necho {{sku}}\u202e", "sku") | {"name": "say it"})
    store(api, action("code", CODE, "sku") | {"name": "get price"})
    for tool in ("say_it", "get_price"):
        given = {"arguments": {"sku": "A-1"}}
        assert api.post(f"/api/tools/{tool}/call", json=given).is_success
    provider.replies[:] = [calls(("say_it", {"sku": "A-2"})), words("Said.")]

    owner.goto("/confirmations")
    said = owner.get_by_role("region", name="Confirm say_it?")
    expect(said).to_contain_text("Runs this command, with a value for each {{…}}.")
    expect(said.locator("pre")).to_have_text("echo one⏎\necho {{sku}}⟨U+202E⟩")
    priced = owner.get_by_role("region", name="Confirm get_price?")
    expect(priced).to_contain_text("Runs JavaScript of 2 lines. It may send requests.")

    owner.goto("/playground")
    ask(owner, "Say A-2")
    asked = owner.get_by_role("region", name="Confirm say_it?")
    expect(asked.locator("pre")).to_contain_text("echo {{sku}}⟨U+202E⟩")
    expect(asked).to_contain_text("A-2")


def test_both_kinds_go_out_and_come_in_again_unchanged(owner, api, tmp_path):
    given = {
        "code": action("code", CODE, "sku"),
        "shell": action("shell", COMMAND, "sku", allowOptions=["sku"]),
    }
    names = {name: store(api, one | {"name": name}) for name, one in given.items()}
    owner.goto("/actions/import?from=file")
    with owner.expect_download() as taken:
        owner.get_by_role("link", name="Export all").click()
    text = Path(taken.value.path()).read_text()
    before = {one["name"]: one["handler"] for one in json.loads(text)["actions"]}
    for identity in names.values():
        assert api.delete(f"/api/custom-actions/{identity}").is_success

    dropped(owner, "actions.json", text)
    row = owner.get_by_role("row", name="code")
    row.click()
    expect(owner.get_by_role("dialog")).to_contain_text("return { price: 12 };")
    owner.get_by_role("button", name="Done").click()
    owner.get_by_role("button", name="Save 2 actions").click()

    expect(owner.get_by_text("2 actions added")).to_be_visible()
    told = api.get("/api/custom-actions/export").json()["actions"]
    assert {one["name"]: one["handler"] for one in told} == before


@pytest.mark.parametrize(
    ("handler", "field", "shown"),
    [
        ({"type": "code", "code": CODE}, "JavaScript", "return { price: 12 };"),
        ({"type": "shell", "command": "ls {{sku}}"}, "Command", "ls {{sku}}"),
    ],
)
def test_a_proposal_of_a_model_opens_in_the_editor_of_its_kind(
    owner, provider, tmp_path, handler, field, shown
):
    sku = {"name": "sku", "description": "Such as P-1", "required": True}
    provider.replies[:] = [proposes({"name": "get price", "parameters": [sku]}, **handler)]
    owner.goto("/actions/import?from=words")
    owner.get_by_label("What should it do?").fill("The price of a product, out of our files.")

    owner.get_by_role("button", name="Make a draft").click()

    expect(owner.get_by_role("textbox", name=field)).to_contain_text(shown)
    expect(owner.get_by_role("radio", name="Ask first")).to_be_checked()
    expect(owner.get_by_label("Name of input 1")).to_have_value("sku")
    assert not list(tmp_path.glob("actions/*.y*ml"))
    owner.get_by_role("button", name="Create action").click()
    expect(owner.get_by_role("heading", name="get_price", level=1)).to_be_visible()
    assert stored(tmp_path)["handler"]["type"] == handler["type"]
