"""A call that fails and quotes a secret: its value is in no answer, no log, no file."""

import pytest

from tests.sinks import READABLE, Reader, finish, get_echo
from tests.world import make_action

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


async def fails(reader: Reader, code: str) -> None:
    """Call and test an action whose upstream fails in a way that quotes the secret."""
    called = await reader.ask("POST", "/api/tools/echo/call", {})
    assert called.json()["status"] == "failed", called.text
    assert called.json()["error"]["code"] == code, called.text
    (action,) = (await reader.remote.get("/api/custom-actions"))["actions"]
    tested = await reader.ask("POST", f"/api/custom-actions/{action['id']}/test", {})
    assert tested.json()["code"] == code
    draft = {name: action[name] for name in ("name", "description", "handler", "executionMode")}
    again = await reader.ask("POST", "/api/custom-actions/test", {"action": draft})
    assert again.json()["code"] == code


LOCATIONS = [
    f"http://10.0.0.1/{READABLE}",
    f"http://{READABLE}.internal/",
    f"http://{READABLE}/",
    f"http://{READABLE}.example.test/?a={READABLE}",
    f"http://user:{READABLE}@example.com/",
    f"gopher://{READABLE}/",
    f"{READABLE}:x",
    f"http://exa mple/{READABLE}",
    f"http://example.com:99999/{READABLE}",
    f"http://[{READABLE}]/",
    f"//{READABLE}.local\\{READABLE}",
]


@pytest.mark.timeout(180)
async def test_a_redirect_that_quotes_the_secret_is_refused_without_it(reader, upstream, folder):
    await reader.secret("SHOP_KEY", READABLE)
    await reader.action(**get_echo(upstream))
    for location in LOCATIONS:
        upstream.answers(READABLE, status=302, Location=location)
        await fails(reader, "blocked_redirect")
    sinks = await finish(reader, folder)

    assert upstream.seen == len(LOCATIONS) * 3
    assert sinks.holding(READABLE) == []


BAD_ANSWERS = [
    f"HTTP/9.9 {READABLE}\r\n\r\n",
    f"{READABLE} is no status line\r\n\r\n",
    f"HTTP/1.1 200 OK\r\n{READABLE} no colon\r\n\r\n",
    f"HTTP/1.1 200 OK\r\nX: {READABLE}\r\nContent-Length: {READABLE}\r\n\r\n",
    f"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{READABLE}",
    f"HTTP/1.1 200 OK\r\nContent-Encoding: {READABLE}\r\nContent-Length: 2\r\n\r\nok",
    f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{READABLE}\r\n",
    f"HTTP/1.1 200 OK\r\nX: {READABLE}{'x' * 9000}\r\n\r\n",
]


async def test_an_answer_that_is_no_http_and_quotes_the_secret_is_told_without_it(
    reader, rude, folder
):
    await reader.secret("SHOP_KEY", READABLE)
    await reader.action(**get_echo(rude))
    for raw in BAD_ANSWERS:
        rude.body = raw.encode()
        await fails(reader, "bad_response")
    sinks = await finish(reader, folder)

    assert rude.seen == len(BAD_ANSWERS) * 3
    assert sinks.holding(READABLE) == []


async def test_a_server_that_is_not_there_is_told_of_without_the_secret(reader, shut, folder):
    await reader.secret("SHOP_KEY", READABLE)
    await reader.action(**get_echo(shut))
    await fails(reader, "connect_failed")
    sinks = await finish(reader, folder)

    assert sinks.holding(READABLE) == []


async def test_an_answer_that_never_comes_is_told_of_without_the_secret(reader, upstream, folder):
    await reader.secret("SHOP_KEY", READABLE)
    await reader.action(**get_echo(upstream, timeoutS=0.3))
    upstream.open.clear()
    await fails(reader, "timeout")
    sinks = await finish(reader, folder)

    assert sinks.holding(READABLE) == []


async def test_a_result_path_that_does_not_fit_quotes_no_secret(reader, upstream, folder):
    await reader.secret("SHOP_KEY", READABLE)
    definition = make_action(**get_echo(upstream))  # type: ignore[arg-type]
    definition["handler"]["resultPath"] = "abs(key)"
    answer = await reader.ask("POST", "/api/custom-actions", definition)
    assert answer.status_code == 200, answer.text
    upstream.answers({"key": READABLE})
    await fails(reader, "result_unusable")
    sinks = await finish(reader, folder)

    assert sinks.holding(READABLE) == []
