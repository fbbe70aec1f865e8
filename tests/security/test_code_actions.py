"""Code actions through the doors: tried, called, confirmed, and redacted where they are kept."""

import pytest

SECRET = "sk-live-0123456789"
ECHO = """
const answer = await fetch(params.url, {headers: {authorization: `Bearer ${secrets.SHOP_KEY}`}});
const {headers} = await answer.json();
console.log("sent", headers.authorization);
return headers.authorization;
"""


def handler_of(code: str, **more: object) -> dict[str, object]:
    return {"type": "code", "code": code, **more}


async def created(api, code: str, **more: object) -> str:
    parameters = [{"name": "url", "description": "Where to"}]
    given = {"name": "my code", "handler": handler_of(code), "parameters": parameters}
    action = await api.create(**{**given, **more})
    return str(action["id"])


async def tried(api, action_id: str, **params: object):
    answer = await api.post(f"/api/custom-actions/{action_id}/test", {"params": params})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_test_shows_the_result_and_the_console(api):
    action_id = await created(api, "console.warn('careful'); return {url: params.url}")
    told = await tried(api, action_id, url="https://x.example/")
    assert told["ok"] is True
    assert told["result"] == {"url": "https://x.example/"}
    assert told["console"] == [{"level": "warn", "text": "careful"}]


async def test_a_failed_test_names_the_line_and_keeps_the_console(api):
    action_id = await created(api, "console.log('before');\nparams.nope()")
    told = await tried(api, action_id)
    assert told["ok"] is False
    assert told["code"] == "code_failed"
    assert told["error"] == "TypeError: params.nope is not a function (line 2)"
    assert told["console"] == [{"level": "log", "text": "before"}]


async def test_code_asks_before_it_runs_and_runs_once(api, upstream):
    await created(api, f"return (await fetch('{upstream.url()}')).status", executionMode="confirm")
    held = await api.hold("my_code")
    assert upstream.seen == 0
    first, second = await api.confirm(held), await api.confirm(held)
    assert first.json()["result"] == second.json()["result"] == 200
    assert upstream.seen == 1


async def test_a_confirmed_run_is_not_led_to_another_host(api, upstream):
    upstream.answers({}, status=302, location="https://elsewhere.example.com/")
    await created(api, f"return (await fetch('{upstream.url()}')).status", executionMode="confirm")
    told = (await api.confirm(await api.hold("my_code"))).json()
    assert told["status"] == "failed"
    assert "another host, which was not confirmed" in told["error"]["message"]


@pytest.mark.parametrize("ending", ["", "throw new Error(headers.authorization)"])
async def test_a_secret_that_comes_back_is_hidden_everywhere(api, upstream, ending):
    upstream.echo = True
    hosts = [f"127.0.0.1:{upstream.port}"]
    answer = await api.put("/api/secrets/SHOP_KEY", {"value": SECRET, "hosts": hosts})
    assert answer.status_code == 200, answer.text
    await created(api, ECHO.replace("return", f"{ending}; return"), executionMode="auto")
    told = await api.call("my_code", {"url": upstream.url()})
    assert upstream.requests[-1].headers["authorization"] == f"Bearer {SECRET}"
    run = await api.get(f"/api/runs/{told.json()['runId']}")
    assert "SHOP_KEY" in run.text
    assert SECRET not in told.text + run.text


async def test_an_unbound_secret_is_not_bound_by_where_code_sends_it(api, upstream):
    await api.put("/api/secrets/SHOP_KEY", {"value": SECRET})
    await created(api, ECHO)
    told = (await api.call("my_code", {"url": upstream.url()})).json()
    assert told["status"] == "failed"
    assert "deftly secrets set SHOP_KEY --host" in told["error"]["message"]
    assert upstream.seen == 0


async def test_a_run_is_refused_what_the_guard_refuses(api):
    await created(api, "return await (await fetch(params.url)).text()")
    for url in ("http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/"):
        told = (await api.call("my_code", {"url": url})).json()
        assert told["status"] == "failed"
        assert told["error"]["code"] == "code_failed"
