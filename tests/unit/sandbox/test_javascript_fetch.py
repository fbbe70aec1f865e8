"""``fetch`` in a code action: a real Response, the guard in front, secrets put in behind it."""

import base64
import gzip
import json

import pytest
import pytest_asyncio

from deftly.domain.handler import CodeHandler
from deftly.errors import CodeFailed, LimitExceeded
from deftly.handlers.code import compile_code
from tests.coding import HOST, coding, ended
from tests.unit.egress.doubles import reply
from tests.world import until

pytestmark = pytest.mark.asyncio(loop_scope="module")
URL = f"https://{HOST}"
MIB = 1024 * 1024
SECRET = "sk-live-0123456789"


ANSWERS = {
    b"/empty": reply(status="204 No Content"),
    b"/missing": reply(b"no such thing", "404 Not Found"),
    b"/zipped": reply(gzip.compress(b'{"zipped": 1}'), Content_Encoding="gzip"),
    b"/b": reply(b"got it"),
    b"/binary": reply(bytes(range(256)), Content_Type="application/octet-stream"),
    b"/mib": reply(b"x" * MIB),
    b"/moved": reply(status="302 Found", Location=f"{URL}/there"),
    b"/away": reply(status="302 Found", Location="https://elsewhere.example.com/"),
    b"/odd": reply(b"{}", X_Odd="café", Set_Cookie="a=1"),
}


def answer(request: bytes) -> bytes:
    """Answer by the path; anything else is told what it sent."""
    head, _, body = request.partition(b"\r\n\r\n")
    told = {"head": head.decode(), "body": base64.b64encode(body).decode()}
    echo = reply(json.dumps(told).encode(), Content_Type="application/json")
    return ANSWERS.get(head.split(b" ")[1], echo)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def world(tmp_path_factory):
    async with coding(tmp_path_factory.mktemp("coding"), answer=answer) as opened:
        opened.secrets = {"KEY": SECRET, "KEY2": "other-4567", "TWO-WORDS": "w-8901234"}
        yield opened


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("(await fetch(url + '/zipped')).json()", {"zipped": 1}),
        ("(await fetch(new URL(url + '/zipped'))).json()", {"zipped": 1}),
        ("(await fetch(new Request(url + '/zipped'))).json()", {"zipped": 1}),
        ("(await fetch(url + '/empty')).status", 204),
        ("(await fetch(url + '/missing')).ok", False),
        ("(await fetch(url + '/missing')).text()", "no such thing"),
        ("(await fetch(url + '/zipped', {method: 'HEAD'})).text()", ""),
        ("[...new Uint8Array(await (await fetch(url + '/binary')).arrayBuffer())]", [*range(256)]),
        ("(await (await fetch(url + '/binary')).blob()).size", 256),
        ("(await fetch(url + '/binary')).headers.get('content-type')", "application/octet-stream"),
        ("(await fetch(url + '/odd')).headers.get('x-odd')", "café"),
        ("(await fetch(url + '/odd')).headers.getSetCookie()", ["a=1"]),
        ("(await (await fetch(url, {headers: PACKED})).json()).head.match(/x-br|gzip/)[0]", "gzip"),
        ("(await fetch(url + '/x#part')).url", f"{URL}/x"),
        ("(await fetch(url + '/moved')).url", f"{URL}/there"),
        ("(await fetch(url + '/moved')).redirected", True),
        ("(await fetch(url + '/moved')).clone().url", f"{URL}/there"),
        ("(await fetch(url + '/x')).redirected", False),
        ("(await fetch(url + '/x')) instanceof Response", True),
        ("(await Promise.all([1, 2].map(() => fetch(url)))).map((r) => r.ok)", [True] * 2),
        ("(await fetch(url + '/mib')).text().then((t) => t.length)", MIB),
    ],
)  # fmt: skip
async def test_fetch_returns_a_real_response(world, code, value):
    packed = "PACKED = {'Accept-Encoding': 'x-br'}"
    ran = await world.run(f"const url = '{URL}', {packed}; return await ({code})")
    assert ran.fault is None
    assert ran.value == value


@pytest.mark.parametrize(
    ("body", "arrives", "kind"),
    [
        ("'plain é'", "plain é".encode(), "text/plain;charset=UTF-8"),
        ("JSON.stringify({a: 1})", b'{"a":1}', "text/plain;charset=UTF-8"),
        ("new URLSearchParams({q: 'a b'})", b"q=a+b", "application/x-www-form-urlencoded"),
        ("new Uint8Array([0, 255, 10])", b"\0\xff\n", None),
        ("new Blob(['b'], {type: 'x/y'})", b"b", "x/y"),
        ("new Blob(['streamed']).stream()", b"streamed", None),
        ("''", b"", "text/plain;charset=UTF-8"),
    ],
)
async def test_every_kind_of_body_is_sent(world, body, arrives, kind):
    ran = await world.run(
        f"return (await fetch('{URL}/', {{method: 'post', body: {body}, duplex: 'half'}})).json()"
    )
    assert isinstance(ran.value, dict), ran.fault
    assert base64.b64decode(ran.value["body"]) == arrives
    head = str(ran.value["head"]).lower()
    assert head.startswith("post / http/1.1")
    assert f"content-length: {len(arrives)}" in head
    assert (f"content-type: {kind}".lower() in head) if kind else ("content-type" not in head)


async def test_a_form_is_sent_as_multipart(world):
    ran = await world.run(
        "const form = new FormData(); form.append('f', new Blob(['x']), 'n');"
        f"return (await fetch('{URL}/', {{method: 'POST', body: form}})).json()"
    )
    assert isinstance(ran.value, dict), ran.fault
    assert 'name="f"; filename="n"' in base64.b64decode(ran.value["body"]).decode()
    assert "multipart/form-data; boundary=" in str(ran.value["head"])


@pytest.mark.parametrize(
    "header", ["Host", "Content-Length", "Transfer-Encoding", "Connection", "TE", "Upgrade"]
)
async def test_headers_that_frame_a_message_are_refused(world, header):
    seen = world.upstream.connections, len(world.upstream.requests)
    ran = await world.run(f"await fetch('{URL}/', {{headers: {{'{header}': 'x'}}}})")
    assert ran.fault is not None
    assert "is written by the sender alone; remove it (line 1)" in ran.fault.message
    assert (world.upstream.connections, len(world.upstream.requests)) == seen


async def test_a_refusal_can_be_caught_and_tells_no_address(world):
    ran = await world.run(
        "try { await fetch('https://intern.example.com/') }catch (e) { return [e.name, e.message] }"
    )
    assert isinstance(ran.value, list)
    assert ran.value[0] == "TypeError"
    assert "not public" in str(ran.value[1])
    assert "10.0.0.1" not in ran.text


async def test_an_aborted_fetch_rejects_at_once(world):
    ran = await world.run(
        "const control = new AbortController();"
        f"const sent = fetch('{URL}/', {{signal: control.signal}}); control.abort();"
        "try { await sent } catch (e) { return e.name }"
    )
    assert ran.value == "AbortError"


async def test_the_way_out_is_counted_in_the_result(world):
    ran = await world.run(
        f"await fetch('{URL}/mib');await fetch('{URL}/', {{method: 'POST', body: 'x'.repeat(500)}})"
    )
    assert ran.result is not None
    assert ran.result.sent_bytes == 500
    assert ran.result.received_bytes > MIB


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("for (let i = 0; i < 30; i++) await fetch(url)", "A run may fetch 20 times (line 1)"),
        ("await fetch(url, {method: 'PUT', body: 'x'.repeat(2e7)})", "of a fetch may be 2 MiB"),
        ("await fetch(url, {headers: {a: 'x'.repeat(1e4)}})", "The header a is longer than 8 KiB"),
        ("for (let i = 0; i < 12; i++) await fetch(url + 'mib')", "10 MiB together"),
        (
            "const p = {method: 'PUT', body: 'x'.repeat(1e6)}; for (;;) await fetch(url + 'b', p)",
            "10 MiB together",
        ),
    ],
)  # fmt: skip
async def test_fetches_over_a_limit_end_the_run_with_its_name(world, code, message):
    ran = await world.run(f"const url = '{URL}/'; {code}")
    assert isinstance(ran.fault, LimitExceeded)
    assert message in ran.fault.message


async def test_a_limit_that_the_code_catches_is_its_own_affair(world):
    ran = await world.run(
        f"let n = 0; try {{ for (;;) {{ await fetch('{URL}/'); n += 1 }} }} catch {{ return n }}"
    )
    assert ran.value == 20


async def test_a_fetch_nobody_waited_for_is_dropped_with_the_run(tmp_path):
    def never(request: bytes) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"

    async with coding(tmp_path, answer=never) as world:
        ran = await world.run(f"fetch('{URL}/'); return 'sent'")
        assert ran.value == "sent"
        await until(lambda: all(task.done() for task in world.upstream.running))


# ----------------------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    ("headers", "arrives"),
    [
        ("{Authorization: `Bearer ${secrets.KEY}`}", f"authorization: bearer {SECRET}"),
        ("{'X-A': secrets.KEY, 'X-B': secrets.KEY2}", f"x-a: {SECRET}\r\nx-b: other-4567"),
        ('{"X-A": secrets["TWO-WORDS"]}', "x-a: w-8901234"),
        (
            "{Authorization: 'Basic ' + btoa('me:' + secrets.KEY)}",
            f"authorization: basic {base64.b64encode(f'me:{SECRET}'.encode()).decode()}".lower(),
        ),
        ("{Authorization: 'Basic bWU6eW91'}", "authorization: basic bwu6ew91"),
    ],
)
async def test_a_secret_is_put_into_a_header_on_the_way_out(world, headers, arrives):
    prepared = world.prepare(f"return (await fetch('{URL}/', {{headers: {headers}}})).json()")
    ran = await ended(prepared)
    assert arrives in world.upstream.heads[-1].lower()
    sent = {name for name, value in world.secrets.items() if value in str(ran.value)}
    assert sent <= set(prepared.revealed)


@pytest.mark.parametrize(
    "request_of",
    [
        "fetch('{url}/?k=' + secrets.KEY)",
        "fetch('{url}/' + secrets.KEY)",
        "fetch('{url}/', {{method: 'POST', body: secrets.KEY}})",
        "fetch('{url}/', {{method: 'POST', body: JSON.stringify({{a: secrets.KEY}})}})",
        "fetch('{url}/', {{headers: {{[secrets.KEY]: 'x'}}}})",
    ],
)
async def test_a_secret_anywhere_else_is_refused_before_anything_is_sent(world, request_of):
    before = len(world.upstream.requests)
    prepared = world.prepare(f"await {request_of.format(url=URL)}")
    ran = await ended(prepared)
    assert isinstance(ran.fault, CodeFailed)
    assert "secrets.KEY can stand in the value of a header alone" in ran.fault.message
    assert len(world.upstream.requests) == before
    assert not prepared.revealed


async def test_the_code_never_holds_a_value(world):
    ran = await world.run(
        "console.log(secrets.KEY, {...secrets}); return secrets.KEY + secrets.KEY2"
    )
    assert SECRET not in ran.text
    assert "other-4567" not in ran.text


@pytest.mark.parametrize(
    "value",
    ["`Bearer ${secrets.KEY}`", "`Basic ${btoa(`me:${secrets.KEY}`)}`", "secrets.KEY.repeat(2)"],
)
async def test_a_server_that_sends_a_secret_back_does_not_give_it_to_the_code(world, value):
    before = len(world.upstream.heads)
    ran = await world.run(
        f"const answer = await fetch('{URL}/', {{headers: {{authorization: {value}}}}});"
        "const said = (await answer.json()).head;"
        "return [said.includes(secrets.KEY), [...said].reverse().join('')]"
    )
    assert ran.fault is None
    assert isinstance(ran.value, list)
    said = str(ran.value[1])[::-1].lower()
    sent = world.upstream.heads[before].lower()
    assert SECRET in sent or base64.b64encode(f"me:{SECRET}".encode()).decode().lower() in sent
    assert SECRET not in said
    assert base64.b64encode(SECRET[2:].encode()).decode().lower()[:12] not in said
    assert base64.b64encode(f"me:{SECRET}".encode()).decode().lower() not in said
    assert ran.value[0] is True


async def test_people_and_agents_see_the_name_of_a_secret_and_not_what_stands_for_it(world):
    ran = await world.run("console.log('key', secrets.KEY); return {key: [secrets.KEY]}")

    assert ran.value == {"key": ["‹secret KEY›"]}
    assert [line.text for line in ran.console] == ["key ‹secret KEY›"]


async def test_a_secret_is_asked_for_behind_the_guard_and_is_never_bound_by_code(world):
    world.asked.clear()
    await world.run(f"await fetch('{URL}/', {{headers: {{a: secrets.KEY}}}})")
    await world.run("await fetch('https://intern.example.com/', {headers: {a: secrets.KEY}})")
    assert world.asked == [("KEY", f"{HOST}:443", False)]


async def test_a_secret_that_is_not_there_rejects_the_fetch(world):
    ran = await world.run(f"await fetch('{URL}/', {{headers: {{a: secrets.NOPE}}}})")
    assert isinstance(ran.fault, CodeFailed)
    assert ran.fault.message == "TypeError: There is no secret NOPE (line 1)"


async def test_secrets_stay_behind_when_an_answer_leads_elsewhere(world):
    before = len(world.upstream.requests)
    await world.run(f"await fetch('{URL}/away', {{headers: {{a: secrets.KEY}}}})")
    assert [SECRET in one for one in world.upstream.heads[before:]] == [True]


async def test_names_are_read_off_the_code(world):
    code = "secrets.A; secrets . B; secrets?.C; secrets['D-1']; secrets[\"E\"]; secrets?.[`F`]; x"
    handler = CodeHandler(type="code", code=code + "; mysecrets.G; secrets.length")
    plan = compile_code(handler, world.tools)
    assert plan.secrets == {"A", "B", "C", "D-1", "E", "F", "length"}
