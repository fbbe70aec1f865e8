"""A pasted command makes the request that curl itself makes."""

import asyncio
import json
import os
import re
import shutil
from urllib.parse import parse_qsl

import pytest

from tests.world import Seen

CURL = shutil.which("curl")
# What each client says of itself and of the connection, and never what is asked for.
THEIR_OWN = {"host", "user-agent", "accept", "accept-encoding", "content-length", "connection"}
VARIABLES = {"ORDER_ID": "A 1/0", "API_TOKEN": "tok-12345678", "NOTE": 'say "hi" & bye'}

COMMANDS = {
    "plain": "curl URL/orders/A-1042",
    "no path": "curl URL",
    "query": "curl 'URL/search?q=a%20b&tag[]=x&empty=&flag'",
    "escaped glob": r"curl 'URL/search?tag\[\]=x&{one}=1'",
    "dots and fragment": "curl URL/a/../b/./c#part",
    "encoded dots": "curl --path-as-is 'URL/a/%7Eb?x=%2F'",
    "method alone": "curl -X DELETE URL/orders/7",
    "glued method": "curl -sSLXPUT URL/orders/7 -d state=open",
    "long method": 'curl --request PATCH --url URL/orders/7 --json \'{"state": "open"}\'',
    "head": "curl -I URL/orders",
    "form": "curl URL/login -d user=me -d 'note=a b&c=d'",
    "form with odd characters": "curl URL/f --data-raw '@not a file' -d $'x=1%zz\\n2'",
    "urlencoded": "curl URL/f --data-urlencode 'q=a b&c/é~' --data-urlencode '=x y' -d z",
    "data in the query": "curl -G 'URL/search?a=1' -d b=2 --data-urlencode 'c=d e'",
    "url query": "curl URL/search --url-query 'q=x y' -d body=1",
    "json": 'curl --json \'{"a": [1, 2.5, null, true], "ü": "😀"}\' URL/x',
    "json in pieces": "curl URL/x --json '{\"a\":' --json '1}'",
    "json with its type": (
        "curl -X POST URL/x -H 'Content-Type: application/json' "
        '--data-binary \'{"text": "a\\nb", "n": 12345678901234567890}\''
    ),
    "vendor json": "curl URL/x -H 'content-type: application/vnd.api+json' -d '{\"data\": {}}'",
    "continued lines": "curl URL/x \\\n  -H 'X-One: 1' \\\n  -H \"X-Two: two words\" \\\n  -d a=1",
    "ansi quotes": "curl URL/x -H 'Content-Type: text/plain' -d $'it\\'s \\u0021 \\x41\\tb'",
    "text": "curl URL/x -H 'Content-Type: text/plain' -d 'line one\nline two'",
    "xml": "curl URL/x -H 'Content-Type: application/xml' -d '<a b=\"1\">é</a>'",
    "user": "curl -u 'me:pass:wörd' URL/x",
    "user in the url": "curl http://me:p%40ss@HOST/x",
    "bearer": "curl -H 'Authorization: Bearer abc.def-123' URL/x",
    "oauth2": "curl --oauth2-bearer abc.def-123 URL/x",
    "api key": "curl 'URL/x?api_key=12345678&page=2' -H 'X-Api-Key: 87654321'",
    "cookies": "curl -b 'session=abcdefgh; theme=dark' URL/x",
    "password in json": 'curl --json \'{"user": "me", "password": "s3cret p4ss"}\' URL/login',
    "password in a form": "curl URL/login -d 'user=me&password=s3cret%26pass'",
    "headers": "curl URL/x -A agent/1 -e http://r.example/ -r 0-99 -H 'X-Empty;' -H 'Accept:'",
    "headers of all spellings": "curl URL/x -H 'X-A:1' -H 'x-b:  2 ' -H 'X-C: a: b'",
    "variables": (
        'curl "URL/orders/x-${NOTE_ID}1?n=1" -H "Authorization: Bearer $API_TOKEN" '
        '--json "{\\"note\\": \\"ok\\"}"'
    ),
    "pipe and redirect": "curl -s URL/x 2>/dev/null | cat > /dev/null",
    "abbreviated": "curl --silen --inclu URL/x",
    "comment": "# get it\ncurl URL/x # and that is all",
    "browser": (
        "curl 'URL/graphql?op=List' \\\n"
        "  -H 'accept: application/json, text/plain, */*' \\\n"
        "  -H 'accept-language: en-US,en;q=0.9' \\\n"
        "  -H 'content-type: application/json' \\\n"
        "  -b 'sid=s%3Aabc.def; consent=1' \\\n"
        "  -H 'origin: https://shop.example' -H 'priority: u=1, i' \\\n"
        '  -H \'sec-ch-ua: "Chromium";v="130", "Not?A_Brand";v="99"\' \\\n'
        "  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \\\n"
        '  --data-raw $\'{"query":"{ orders { id } }","variables":{"q":"it\\\'s"}}\' \\\n'
        "  --compressed --insecure"
    ),
}


async def by_curl(command, upstream):
    """Return the request that the real program makes."""
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-c",
        command,
        env={**os.environ, **VARIABLES, "NOTE_ID": "", "NO_PROXY": "*"},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert upstream.requests, said.decode()
    return upstream.requests.pop()


async def imported(api, command):
    answer = await api.post("/api/custom-actions/import", {"curl": command, "save": True})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["refused"] == [], told
    return told["created"][0]["action"]


def said_by(seen: Seen) -> tuple[str, str, list[tuple[str, str]], dict[str, str], object]:
    path, _, query = seen.path.partition("?")
    path = re.sub(r"%[0-9a-f]{2}", lambda one: one[0].upper(), path)
    kind = seen.headers.get("content-type", "").partition(";")[0]
    body: object = seen.body
    if kind == "application/x-www-form-urlencoded":
        body = parse_qsl(seen.body.decode(), keep_blank_values=True)
    elif kind.endswith("json"):
        body = json.loads(seen.body)
    headers = {name: text for name, text in seen.headers.items() if name not in THEIR_OWN}
    return seen.method, path, parse_qsl(query, keep_blank_values=True), headers, body


@pytest.mark.skipif(CURL is None, reason="curl is not installed")
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
async def test_the_imported_action_sends_what_curl_sends(api, upstream, command):
    command = command.replace("URL", upstream.url("")).replace("HOST", f"127.0.0.1:{upstream.port}")
    theirs = await by_curl(command, upstream)

    action = await imported(api, command)
    if "$API_TOKEN" in command:
        await set_secret(api, upstream, "API_TOKEN", VARIABLES["API_TOKEN"])
    params = {"note_id": ""} if "NOTE_ID" in command else {}
    tested = await api.post(f"/api/custom-actions/{action['id']}/test", {"params": params})

    assert tested.json()["ok"], tested.text
    ours = upstream.requests.pop()
    assert said_by(ours) == said_by(theirs)
    if "accept" in theirs.headers and theirs.headers["accept"] != "*/*":
        assert ours.headers["accept"] == theirs.headers["accept"]


async def set_secret(api, upstream, name, value):
    given = {"value": value, "hosts": [f"127.0.0.1:{upstream.port}"]}
    stored = await api.put(f"/api/secrets/{name}", given)
    assert stored.status_code == 200, stored.text


async def test_json_that_curl_would_call_a_form_is_sent_as_json(api, upstream):
    action = await imported(api, f"curl {upstream.url('/x')} -d '{{\"a\": 1}}'")

    await api.post(f"/api/custom-actions/{action['id']}/test", {})

    seen = upstream.requests.pop()
    assert seen.headers["content-type"] == "application/json"
    assert json.loads(seen.body) == {"a": 1}


async def test_a_variable_of_the_shell_becomes_a_parameter(api, upstream):
    command = f'curl "{upstream.url("/o/")}$ORDER_ID?n=$NOTE" -d "{{\\"id\\": \\"$ORDER_ID\\"}}"'
    action = await imported(api, command)
    assert [one["name"] for one in action["parameters"]] == ["order_id", "note"]

    params = {"order_id": VARIABLES["ORDER_ID"], "note": VARIABLES["NOTE"]}
    await api.post(f"/api/custom-actions/{action['id']}/test", {"params": params})

    seen = upstream.requests.pop()
    assert seen.path == "/o/A%201%2F0?n=say%20%22hi%22%20%26%20bye"
    assert json.loads(seen.body) == {"id": "A 1/0"}


OLD_WINDOWS = (
    'curl "URL/x?a=1&b=2" ^\n  -H "content-type: application/json" ^\n'
    '  -H "sec-ch-ua: ""Chromium"";v=""130""" ^\n'
    '  --data-raw "{""name"":""50% & more"",""n"":1}" --compressed'
)
WINDOWS = (
    'curl ^"URL/x?a=1^&b=2^" ^\r\n'
    '  -H ^"content-type: application/json^" ^\r\n'
    '  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"130^\\^"^" ^\r\n'
    '  --data-raw ^"^{^\\^"name^\\^":^\\^"50^% ^& more^\\^",^\\^"n^\\^":1^}^"'
)


@pytest.mark.parametrize("command", [WINDOWS, OLD_WINDOWS])
async def test_a_command_of_the_windows_prompt_is_read_as_there(api, upstream, command):
    action = await imported(api, command.replace("URL", upstream.url("")))

    await api.post(f"/api/custom-actions/{action['id']}/test", {})

    seen = upstream.requests.pop()
    assert (seen.method, seen.path) == ("POST", "/x?a=1&b=2")
    assert seen.headers["sec-ch-ua"] == '"Chromium";v="130"'
    assert json.loads(seen.body) == {"name": "50% & more", "n": 1}
