"""What a command asks for and no action can do is refused with a sentence, or told."""

import pytest

from deftly.catalog.porting.curl.reading import COMMAND_LIMIT

REFUSED = {
    "": "curl must be the text",
    "wget https://a.example": "wget is no cURL command",
    "curl": "no URL",
    "curl -X POST": "no URL",
    "curl https://a.example https://b.example": "2 URLs",
    "curl 'https://a.example/{x,y}'": "stands for several requests",
    "curl 'https://a.example/[1-3]'": "stands for several requests",
    "curl https://a.example --next https://b.example": "--next makes several",
    "curl -F file=@x https://a.example": "multipart",
    "curl -T x https://a.example": "sends a file",
    "curl -d @body.json https://a.example": "@body.json is read from a file",
    "curl --data-binary @- https://a.example": "@- is read from a file",
    "curl --data-urlencode name@x https://a.example": "is read from a file",
    "curl -H @headers https://a.example": "reads headers from a file",
    "curl -b jar.txt https://a.example": "reads cookies from a file",
    "curl -K conf https://a.example": "options from a file",
    "curl -X GET -d a=1 https://a.example": "sends a body with GET",
    "curl -X OPTIONS https://a.example": "method must be one of",
    "curl --digest -u a:b https://a.example": "--digest",
    "curl -E cert.pem https://a.example": "client certificate",
    "curl --unix-socket /run/x http://localhost/": "web addresses",
    "curl ftp://a.example/x": "no web address",
    "curl file:///etc/passwd": "no web address",
    "curl https://a.example?a=1&b=2": "put quotes around the URL",
    "curl 'https://a.example": "never closed",
    'curl "https://a.example': "never closed",
    "curl $'https://a.example": "never closed",
    'curl ^"https://a.example': "never closed",
    "curl https://$HOST/x": "write the host out",
    "curl $BASE/x": "write the host out",
    'curl "https://a.example/$(date)"': "command of its own",
    "curl https://a.example/`date`": "command of its own",
    "curl https://a.example/${A:-b}": "worked out by a shell",
    "curl https://a.example < body": "standard input",
    "curl --no-such-option https://a.example": "no option of curl",
    "curl -Ω https://a.example": "no option of curl",
    "curl https://a.example -H": "has no value",
    "curl https://a.example -d '{{name'": "never closed",
    "curl $'\\xff' https://a.example": "not UTF-8",
    "curl 'https://a b.example/'": "",
    "curl https://a.example -H 'X-A: é'": "visible ASCII",
    "curl 'https://:80/'": "",
    "x" * (COMMAND_LIMIT + 1): "shorten",
}


@pytest.mark.parametrize(("command", "told"), REFUSED.items(), ids=[one[:40] for one in REFUSED])
async def test_a_command_that_no_action_can_carry_out_is_refused(api, command, told):
    answer = await api.post("/api/custom-actions/import", {"curl": command, "save": True})

    assert answer.status_code == 400, answer.text
    assert told in answer.json()["error"]
    assert (await api.get("/api/custom-actions")).json()["actions"] == []


WARNED = {
    "curl -k https://a.example": "certificates are always checked",
    "curl -L -d a=1 https://a.example": "redirects of a POST are not followed",
    "curl -x proxy:3128 https://a.example": "straight to the address",
    "curl https://a.example | jq .": "Left out what follows the command: | jq .",
    "curl a.example/x": "curl takes http://",
    "curl https://a.example/$ID": "$ID of the shell is the parameter id now",
    "curl https://a.example -H 'Host: b.example'": "the URL's own host is sent",
    "curl -u me https://a.example": "base64 of user:password",
    "curl https://a.example/botxx/sk_live_abcdefghijklmnop1234": "seems to hold a credential",
}


@pytest.mark.parametrize(("command", "told"), WARNED.items())
async def test_what_means_something_else_here_is_told(api, command, told):
    answer = await api.post("/api/custom-actions/import", {"curl": command})

    (draft,) = answer.json()["drafts"]
    assert any(told in one["message"] for one in draft["warnings"]), draft["warnings"]


@pytest.mark.parametrize(
    "command", ["curl -s -S --compressed https://a.example.com/x", "curl -L x.y/"]
)
async def test_what_means_nothing_here_is_left_out_in_silence(api, command):
    answer = await api.post("/api/custom-actions/import", {"curl": command})

    (draft,) = answer.json()["drafts"]
    assert [one for one in draft["warnings"] if "http://" not in one["message"]] == []


CREDENTIALS = {
    "curl -H 'Authorization: Bearer hunter2hunter2' https://a.example": "hunter2hunter2",
    "curl -u me:hunter2hunter2 https://a.example": "bWU6aHVudGVyMmh1bnRlcjI=",
    "curl https://me:hunter2@a.example/": "hunter2",
    "curl -b sid=hunter2hunter2 https://a.example": "hunter2hunter2",
    "curl 'https://a.example/?access_token=hunter2'": "hunter2",
    "curl 'https://a.example/?key=AbCdEf0123456789xyz'": "AbCdEf0123456789xyz",
    'curl https://a.example --json \'{"a": [{"clientSecret": "hunter2"}]}\'': "hunter2",
    "curl https://a.example -d 'user=me&password=hunter2'": "hunter2",
    "curl https://a.example -H 'X-Anything: ghp_0123456789abcdefghijABCDEFGHIJ'": "ghp_",
    'curl https://a.example --json \'{"a": "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0"}\'': "eyJzdWIiOi",
}


@pytest.mark.parametrize(("command", "value"), CREDENTIALS.items())
@pytest.mark.parametrize("save", [False, True])
async def test_a_credential_is_a_secret_and_never_comes_back(api, command, value, save):
    answer = await api.post("/api/custom-actions/import", {"curl": command, "save": save})

    assert answer.status_code == 200, answer.text
    assert "{{secrets." in answer.text
    assert value not in answer.text
    listed = await api.get("/api/secrets")
    assert [one["hosts"] for one in listed.json()["secrets"]] == ([["a.example"]] if save else [])
    exported = await api.get("/api/custom-actions/export")
    assert value not in exported.text


async def test_what_only_looks_like_a_credential_stays(api):
    command = (
        "curl 'https://a.example/?page_token=abc&key=name&token_count=3' "
        '--json \'{"max_tokens": 5, "keyboard": "us", "next_token": "x"}\''
    )
    answer = await api.post("/api/custom-actions/import", {"curl": command})

    assert "secrets" not in answer.text
