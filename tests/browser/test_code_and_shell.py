"""Code and commands in the editor: begun, tried in the sandbox, mended, and stored."""

import re
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import fault, opened, programs_of, running_desk, sample, store, stored
from tests.live import Server, running_server

pytestmark = pytest.mark.slow


@pytest.fixture
def desk() -> Iterator[str]:
    with running_desk([]) as url:
        yield url


@pytest.fixture
def server(tmp_path, desk) -> Iterator[Server]:
    settings = {"shell": True, "egress_allow": [desk.removeprefix("http://")]}
    with running_server(tmp_path, **settings) as running:
        yield running


@pytest.fixture
def api(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    with programs_of(owner, server.url) as client:
        yield client


def action(kind: str, text: str, *inputs: str, **handler: object) -> dict[str, object]:
    """Return a definition that runs a text."""
    named = {"code": "code", "shell": "command"}[kind]
    return {
        "name": "try it",
        "description": "Tries it.",
        "parameters": [{"name": name, "required": True} for name in inputs],
        "handler": {"type": kind, named: text, **handler},
    }


def begin(page: Page, kind: str) -> Page:
    page.goto("/actions/new")
    page.get_by_role("radio", name=kind, exact=True).check()
    page.get_by_label("Name", exact=True).fill("try it")
    page.get_by_label("When to use it").fill("Tries it.")
    return page


def rewrite(editor: Locator, text: str) -> None:
    editor.press("Control+a")
    # Chromium styles several lines that take the place of several others, which the policy forbids.
    editor.press("Delete")
    editor.page.keyboard.insert_text(text)


def run(page: Page) -> Locator:
    """Run the test and return the panel it is told in."""
    page.get_by_role("button", name="Run test").click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_text(re.compile("^(Worked|Failed)$"))).to_be_visible()
    return panel


def test_code_begins_with_a_sample_that_runs_and_is_stored(owner, tmp_path):
    page = begin(owner, "Code")
    expect(page.get_by_text("Runs in")).to_be_visible()
    page.get_by_role("button", name="Begin with a sample").click()
    sample(page, "date").fill("2000-01-01")

    panel = run(page)

    expect(panel).to_contain_text("Worked")
    expect(panel.get_by_role("tabpanel")).to_contain_text('"weekday": "Saturday"')
    expect(panel.get_by_role("list", name="Console")).to_contain_text("counted from")
    page.get_by_role("button", name="Create action").click()
    expect(page.get_by_role("heading", name="try_it", level=1)).to_be_visible()
    kept = stored(tmp_path)
    assert kept["handler"]["type"] == "code"
    assert "params.date" in kept["handler"]["code"]
    assert [one["name"] for one in kept["parameters"]] == ["date"]


def test_the_line_that_failed_is_marked_until_it_is_changed(owner, api):
    code = "console.warn('about to');\nconst price = params.price;\nprice.round();"
    page = opened(owner, store(api, action("code", code, "price")))
    sample(page, "price").fill("12")

    panel = run(page)

    marked = page.locator(".cm-fault")
    expect(marked).to_have_text("price.round();")
    told = page.get_by_role("status").filter(has_text="The test stopped at line 3: TypeError")
    expect(told).to_be_visible()
    expect(panel.get_by_role("list", name="Console")).to_contain_text("about to")
    editor = page.get_by_role("textbox", name="JavaScript")
    rewrite(editor, "return params.price.length;")
    expect(marked).to_have_count(0)
    expect(run(page).get_by_role("tabpanel")).to_contain_text("2")


def test_code_asks_an_api_with_a_secret_it_never_sees(owner, api, desk):
    api.put("/api/secrets/DESK_KEY", json={"value": "s3cret-value", "hosts": ["127.0.0.1"]})
    code = (
        f"const asked = await fetch('{desk}/tickets/' + params.order_id, "
        "{ method: 'POST', headers: { 'X-Key': secrets.DESK_KEY } });\n"
        "const told = await asked.json();\nconsole.log(told.key);\n"
        "return { number: told.ticket.number, seen: String(secrets.DESK_KEY) };"
    )
    page = opened(owner, store(api, action("code", code, "order_id")))
    sample(page, "order_id").fill("A-1042")

    panel = run(page)

    expect(panel.get_by_role("tabpanel")).to_contain_text('"number": 7')
    expect(panel.get_by_role("list", name="Console")).to_contain_text("‹secret DESK_KEY›")
    expect(panel).not_to_contain_text("s3cret-value")
    page.get_by_role("tab", name="What went in").click()
    expect(panel.get_by_role("tabpanel")).to_contain_text('"order_id": "A-1042"')


def test_code_that_does_not_compile_is_told_at_its_line_and_not_stored(owner, tmp_path):
    page = begin(owner, "Code")
    editor = page.get_by_role("textbox", name="JavaScript")
    create = page.get_by_role("button", name="Create action")
    marked = page.locator(".cm-fault")

    # The second refusal says the same as the first.
    for last in ("return b;", "return a;"):
        rewrite(editor, f"const a = 1;\nconst b = ;\n{last}")
        expect(marked).to_have_count(0)
        create.click()
        expect(marked).to_have_text("const b = ;", timeout=30_000)
        expect(fault(page, "line 2, column 11: SyntaxError: Unexpected token ';'")).to_be_visible()
        expect(editor).to_have_attribute("aria-invalid", "true")
        expect(editor).to_be_focused()
    assert not list(tmp_path.glob("actions/*.y*ml"))

    rewrite(editor, "return 2;")
    expect(marked).to_have_count(0)
    create.click()
    expect(page.get_by_role("heading", name="try_it", level=1)).to_be_visible()
    assert stored(tmp_path)["handler"]["code"] == "return 2;"


def test_what_code_can_use_is_offered_and_what_it_lacks_is_told(owner, api):
    api.put("/api/secrets/DESK_KEY", json={"value": "s3cret-value"})
    page = begin(owner, "Code")
    editor = page.get_by_role("textbox", name="JavaScript")
    rewrite(editor, "return params.town + secrets.OTHER;")

    lacks = "There is no secret OTHER yet; calls fail until it is stored."
    expect(page.get_by_text(lacks, exact=True)).to_be_visible()
    page.get_by_role("button", name="Add town").click()
    expect(page.get_by_label("Name of input 1")).to_have_value("town")
    editor.press("Control+End")
    page.keyboard.type("\nparams.t", delay=20)
    page.get_by_role("option", name="town").click()
    page.keyboard.type(" + secrets.", delay=20)
    page.get_by_role("option", name="DESK_KEY").click()

    expect(editor).to_contain_text("params.town + secrets.DESK_KEY")


def test_a_command_is_tried_with_a_value_that_tries_to_be_more(owner, tmp_path):
    page = begin(owner, "Shell")
    page.get_by_role("button", name="Begin with a sample").click()
    sample(page, "text").fill("two; echo $(id)")

    panel = run(page)

    expect(panel).to_contain_text("exit code 0")
    expect(panel.get_by_role("tabpanel").locator("pre")).to_have_text("3")
    page.get_by_role("tab", name="What went in").click()
    expect(panel.get_by_role("tabpanel")).to_contain_text("{{text}} | wc -w")
    page.get_by_role("button", name="Create action").click()
    expect(page.get_by_role("heading", name="try_it", level=1)).to_be_visible()
    assert "{{text}} | wc -w" in stored(tmp_path)["handler"]["command"]


def test_what_a_command_prints_and_how_it_ends_is_told(owner, api):
    command = "echo out; echo wrong >&2; exit 3"
    page = opened(owner, store(api, action("shell", command)))

    panel = run(page)

    expect(panel).to_contain_text("exit code 3")
    shown = panel.get_by_role("tabpanel")
    expect(shown.get_by_role("heading")).to_have_text(["Standard output", "Standard error"])
    expect(shown.locator("pre")).to_have_text(["out", "wrong"])
    rewrite(page.get_by_role("textbox", name="Command"), "yes | head -c 200000")
    expect(panel).to_contain_text("The action was changed since.")
    run(page)
    expect(shown).to_contain_text("Cut at 64 KiB")
    rewrite(page.get_by_role("textbox", name="Command"), "true")
    run(page)
    expect(shown).to_have_text("It printed nothing.")


def test_a_command_that_cannot_be_safe_is_told_where_it_stands(owner, tmp_path):
    page = begin(owner, "Shell")
    editor = page.get_by_role("textbox", name="Command")
    rewrite(editor, "printf '%s' 'all of {{text}}'")
    expect(fault(page, "{{text}} stands in single quotes")).to_be_visible()
    expect(editor).to_have_attribute("aria-invalid", "true")

    rewrite(editor, "date\neval {{text}}")
    expect(editor).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Create action").click()

    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".cm-fault")).to_have_text("eval {{text}}")
    assert not list(tmp_path.glob("actions/*.y*ml"))


def test_a_value_like_an_option_is_refused_until_its_owner_allows_it(owner, api, tmp_path):
    page = opened(owner, store(api, action("shell", "printf '[%s]' {{word}}", "word")))
    sample(page, "word").fill("-n")
    page.get_by_role("button", name="Run test").click()
    panel = page.get_by_role("complementary")
    expect(sample(page, "word")).to_have_attribute("aria-invalid", "true")

    page.get_by_role("group", name="Values that may begin").get_by_label("word").check()
    run(page)

    expect(panel.get_by_role("tabpanel").locator("pre")).to_have_text("[-n]")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("try_it is saved.")).to_be_visible()
    assert stored(tmp_path)["handler"]["allowOptions"] == ["word"]


def test_a_command_runs_unasked_only_if_an_owner_says_so(owner, api, tmp_path):
    page = opened(owner, store(api, action("shell", "date")))
    page.get_by_role("radio", name="Run at once").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="without asking")).to_be_visible()

    page.get_by_label("I accept that the model runs it without asking").check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("try_it is saved.")).to_be_visible()
    kept = stored(tmp_path)
    assert (kept["executionMode"], kept["acknowledgeWrites"]) == ("auto", True)
