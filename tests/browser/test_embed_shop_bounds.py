"""What pages may and may not do with the shop's assistant, and who its visitors are."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from deftly.demo.directory import ASSISTANT
from tests.agent.provider_server import calls, words
from tests.browser.storefront import CANCEL, ORDER

pytestmark = pytest.mark.slow

SHOWN_MS = 400
# When the button that confirms came, and when it could first be pressed.
WATCHED = """() => {
  window.watched = {};
  new MutationObserver(() => {
    const all = [...document.querySelectorAll("button")];
    const button = all.find((one) => /Confirm/.test(one.textContent));
    if (!button) return;
    window.watched.shown ??= performance.now();
    if (!button.disabled) window.watched.armed ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
}"""
COVER = """() => {
  const cover = document.createElement("div");
  cover.id = "cover";
  Object.assign(cover.style, { position: "fixed", inset: 0, zIndex: 2147483647,
    background: "#fff", opacity: 0.01, pointerEvents: "none" });
  document.body.append(cover);
}"""


@contextmanager
def hosting(files: Mapping[str, tuple[str, str]], policy: str = "") -> Iterator[str]:
    """Serve pages, each a type and a text, at an origin of their own."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = files.get(self.path, ("text/plain", ""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page_with(tag: str, head: str = "") -> dict[str, tuple[str, str]]:
    text = f'<!doctype html><html lang="en"><title>Host</title>{head}{tag}<h1>Host</h1>'
    return {"/": ("text/html", text)}


def embedded(front) -> str:
    return f'<script src="{front.server.url}/embed.js" data-agent="{front.key}" defer></script>'


def test_a_page_that_is_not_listed_gets_a_sentence_and_no_chat(front):
    with hosting(page_with(embedded(front))) as origin:
        context = front.browser.new_context()
        page = context.new_page()
        with page.expect_event("pageerror") as told:
            page.goto(origin)

        assert "allowedOrigins" in str(told.value)
        assert origin in str(told.value)
        expect(page.get_by_role("heading", name="Host")).to_be_visible()
        assert page.locator("deftly-chat").count() == 0
        assert [frame.url for frame in page.frames] == [f"{origin}/"]
        assert "dv1." not in json.dumps(page.evaluate("({...localStorage})"))
        context.close()


def test_a_page_that_is_not_listed_cannot_show_the_frame_either(front):
    frame = f'<iframe src="{front.server.url}/embed/frame?agent={front.key}"></iframe>'
    with hosting(page_with(frame)) as origin:
        context = front.browser.new_context()
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text))
        page.goto(origin)

        assert any("frame-ancestors" in text for text in said), said
        assert all(shown.url.startswith(("chrome-error:", origin)) for shown in page.frames)
        context.close()


def test_a_page_with_a_strict_policy_has_the_whole_chat(front):
    deftly = front.server.url
    policy = (
        f"default-src 'none'; script-src {deftly}; frame-src {deftly}; connect-src {deftly}; "
        "style-src 'self'"
    )
    front.told("POST", "/api/custom-actions", {
        "name": "set title", "description": "Gives the page a title.",
        "parameters": [{"name": "title", "required": True}],
        "handler": {"type": "client", "code": "document.title = args.title;"},
        "executionMode": "auto", "acknowledgeWrites": True,
    })  # fmt: skip
    front.scripted(calls(ORDER), calls(("set_title", {"title": "</script>"})), words("Done."))
    with hosting(page_with(embedded(front)), policy) as origin:
        front.told("PUT", f"/api/agents/{ASSISTANT}", {"allowedOrigins": [origin]})
        visitor = front.visit(origin)
        visitor.open()
        visitor.ask("Where is A-1042?")

        expect(visitor.cards).to_contain_text("JD014600003")
        expect(visitor.log).to_contain_text("Done.")
        expect(visitor.page).to_have_title("</script>")
        # The page's policy let our styles through: the panel is where they put it.
        panel = visitor.page.locator("deftly-chat .panel")
        assert panel.evaluate("panel => getComputedStyle(panel).position") == "fixed"


def my_orders(front):
    """Store an action that asks for the orders of whoever is signed in."""
    front.told("POST", "/api/custom-actions", {
        "name": "my orders", "description": "Lists the orders of whoever is signed in.",
        "handler": {"type": "http", "url": front.shop.url + "/orders?email={{user.id}}"},
        "executionMode": "auto",
    })  # fmt: skip


def identify(front, visitor, user, secret):
    signature = hmac.new(secret.encode(), user.encode(), hashlib.sha256).hexdigest()
    return visitor.page.evaluate(
        "(identity) => deftly.identify(identity).catch((fault) => fault.message)",
        {"user_id": user, "user_hash": signature},
    )


def test_a_signed_user_reaches_the_request_and_nobody_else_does(front):
    my_orders(front)
    secret = front.told("GET", f"/api/agents/{ASSISTANT}/identity-secret")["secret"]
    own = calls(("my_orders", {}))
    front.scripted(own, words("I know nobody."), own, words("These are yours."))
    visitor = front.visit()
    assert "user_hash" in identify(front, visitor, "ana@example.com", "a guess")
    visitor.open()
    visitor.ask("What have I ordered?")
    expect(visitor.log).to_contain_text("I know nobody.")
    assert "email_missing" in front.provider.asked[-1].body.decode()

    assert identify(front, visitor, "ana@example.com", secret) is True
    visitor.ask("And now?")

    expect(visitor.log).to_contain_text("These are yours.")
    assert "JD014600003" in front.provider.asked[-1].body.decode()


def test_confirm_cannot_be_pressed_before_it_was_in_sight_for_a_while(front):
    front.scripted(calls(CANCEL), words("It is called off."))
    visitor = front.visit()
    visitor.open()
    frame = next(one for one in visitor.page.frames if "/embed/frame" in one.url)
    frame.evaluate(WATCHED)

    visitor.ask("Cancel A-1043")
    visitor.asked("cancel_order").get_by_role("button", name="Confirm").click()

    expect(visitor.log).to_contain_text("It is called off.")
    watched = frame.evaluate("window.watched")
    assert watched["armed"] - watched["shown"] >= SHOWN_MS


def test_what_lies_over_the_chat_keeps_confirm_from_being_pressed(front):
    front.scripted(calls(CANCEL), words("It is called off."))
    visitor = front.visit()
    visitor.open()
    visitor.page.evaluate(COVER)

    visitor.ask("Cancel A-1043")
    question = visitor.asked("cancel_order")
    confirm = question.get_by_role("button", name="Confirm")
    expect(confirm).to_be_visible()
    visitor.page.wait_for_timeout(3 * SHOWN_MS)
    expect(confirm).to_be_disabled()

    visitor.page.evaluate("document.querySelector('#cover').remove()")
    expect(confirm).to_be_enabled()
    confirm.click()
    expect(visitor.log).to_contain_text("It is called off.")
