"""The playground's frame for client code: it runs, it answers, and it reaches nothing of ours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from deftly.domain.client_call import script_of
from deftly.values import sha256_hex
from tests.live import Server

PICTURE = """return await new Promise((ok, no) => {
  const picture = new Image();
  picture.onload = ok;
  picture.onerror = () => no(new Error("no"));
  picture.src = "/docs/pages.css";
})"""
HOST_PAGE = """
<!doctype html><iframe src="{server}/embed/sandbox"></iframe><script>
  window.got = [];
  addEventListener("message", ({{data, origin}}) => got.push({{...data, origin}}));
</script>
"""
ASK = """async (asked) => {
  const frame = document.querySelector("iframe").contentWindow;
  while (!got.some((one) => one.type === "sandbox.ready")) await new Promise(requestAnimationFrame);
  const before = got.length;
  frame.postMessage({deftly: 1, type: "sandbox.run", id: "1", ...asked}, "*");
  while (!got.slice(before).some((one) => one.type === "sandbox.ended")) {
    await new Promise(requestAnimationFrame);
  }
  return got.slice(before);
}"""


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of our own with the frame in it; the complaints of the frame's policy are wanted."""
    context = browser.new_context(base_url=server.url)
    context.add_cookies([{"name": "deftly_session", "value": "secret", "url": server.url}])
    page = context.new_page()
    page.route("**/host-page", lambda route: route.fulfill(
        body=HOST_PAGE.format(server=server.url), content_type="text/html"
    ))  # fmt: skip
    page.goto("/host-page")
    yield page
    context.close()


def run(desk: Page, code: str, args: object = None, **more: object) -> dict[str, object]:
    """Return how code ended."""
    told = desk.evaluate(ASK, {"code": code, "args": args or {}, **more})
    ended: dict[str, object] = told[-1]
    assert ended["origin"] == "null"
    assert ended["id"] == "1"
    return ended


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("return args.a + 1", 3),
        ("const wait = await Promise.resolve(args); return wait", {"a": 2}),
        ("", None),
        ("return undefined // nothing", None),
        (
            "return {when: new Date(0), f() {}, n: NaN}",
            {"when": "1970-01-01T00:00:00.000Z", "n": None},
        ),
        ("return deftly === bookbag && deftly === window.deftly", True),
    ],
)
def test_it_returns_what_the_code_returns(desk, code, value):
    ended = run(desk, code, {"a": 2})

    assert (ended["ok"], ended["result"]) == (True, value)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("throw new TypeError('no cart')", "TypeError: no cart"),
        ("throw 5", "5"),
        ("return cart", "ReferenceError"),
        ("return (", "SyntaxError"),
        ("const a = []; a.push(a); return a", "TypeError"),
        ("return 10n", "TypeError"),
        ("await new Promise(() => {})", "longer than 0.2 s"),
    ],
)
def test_it_tells_what_went_wrong(desk, code, error):
    ended = run(desk, code, timeoutS=0.2)

    assert ended["ok"] is False
    assert error in str(ended["error"])


@pytest.mark.parametrize(
    "code",
    [
        "return (await fetch('/api/session')).status",
        "return (await fetch('/api/session', {mode: 'no-cors'})).type",
        "return document.cookie",
        "return localStorage.length",
        "return parent.document.title",
        "return top.location.href",
        "return await import('/embed.js')",
        PICTURE,
    ],
)
def test_it_reaches_nothing_of_ours(desk, code):
    ended = run(desk, code, timeoutS=3)

    assert ended["ok"] is False, ended
    assert desk.url.endswith("/host-page")


def test_the_very_script_of_a_page_runs_in_it(desk):
    code = "return args.__proto__ === undefined ? 'clean' : args.text"
    digest = sha256_hex(code)
    given = {
        "script": script_of(digest, code),
        "sha256": digest,
        "args": {"text": "</script>\u2028"},
    }

    (ended,) = desk.evaluate(ASK, given)
    assert (ended["ok"], ended["result"]) == (True, "</script>\u2028")


def test_the_use_of_the_page_s_object_is_told(desk):
    code = "deftly.open(); deftly.on('message', () => 1); deftly.send('Hello', {n: 1}); return 1"
    told = desk.evaluate(ASK, {"code": code, "args": {}})

    used = [(one["name"], one["given"]) for one in told if one["type"] == "sandbox.used"]
    assert used == [("open", []), ("on", ["message", "function"]), ("send", ["Hello", {"n": 1}])]


def test_a_page_of_another_site_gets_no_frame(desk, server):
    desk.route("http://localhost:8999/**", lambda route: route.fulfill(
        body=HOST_PAGE.format(server=server.url), content_type="text/html"
    ))  # fmt: skip
    desk.goto("http://localhost:8999/", wait_until="load")

    (frame,) = desk.main_frame.child_frames
    assert frame.url.startswith("chrome-error:")
    assert desk.evaluate("got") == []
