"""Who may call what: every route of the table, every missing scope, every way to say who calls."""

import re

import pytest

from deftly.domain.access import Scope
from deftly.rest.route import Access
from deftly.rest.routes import ROUTES
from tests.world import BASE_URL, running_world

CLOSED = [route for route in ROUTES if route.scope is not Access.ANYONE]
SCOPED = [route for route in CLOSED if isinstance(route.scope, Scope)]
SOMEWHERE = "5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10"


def path_of(route) -> str:
    return re.sub(r"\{\w+\}", SOMEWHERE, route.path)


def name_of(route) -> str:
    return f"{route.method} {route.path}"


@pytest.mark.parametrize("route", CLOSED, ids=name_of)
async def test_nobody_is_let_in_without_a_key(api, route):
    answer = await api.with_headers({}).request(route.method, path_of(route))

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize("route", SCOPED, ids=name_of)
async def test_all_other_scopes_together_are_not_enough(api, route):
    caller = await api.with_scopes(*(scope for scope in Scope if scope is not route.scope))

    answer = await caller.request(route.method, path_of(route), content=b"{}")

    assert answer.status_code == 403
    assert f"scope {route.scope}," in answer.json()["error"]


ENDLESS = {"/api/events"}


@pytest.mark.parametrize(
    "route", [route for route in SCOPED if route.path not in ENDLESS], ids=name_of
)
async def test_the_scope_of_the_table_is_enough(api, route):
    caller = await api.with_scopes(route.scope)

    answer = await caller.request(route.method, path_of(route), content=b"{}")

    assert answer.status_code not in {401, 403, 405, 500}, answer.text


REFUSED = [
    {},
    {"authorization": "Bearer dk_unknown"},
    {"authorization": "Bearer"},
    {"authorization": "Bearer "},
    {"authorization": "Basic dXNlcjpwYXNz"},
    {"authorization": "dk_unknown"},
    {"x-api-key": "dk_unknown"},
    {"x-api-key": ""},
    {"cookie": "deftly_session=unknown"},
    {"cookie": "deftly_session="},
    {"cookie": "other=1; ;;="},
]


@pytest.mark.parametrize("headers", REFUSED, ids=str)
async def test_a_wrong_credential_is_refused(api, headers):
    answer = await api.with_headers(headers).get("/api/tools")

    assert answer.status_code == 401


async def test_a_key_may_come_in_either_header(api):
    _, key = await api.deftly.stores.keys.create("mine", [Scope.RUN])

    for headers in ({"authorization": f"Bearer {key}"}, {"authorization": f"bearer {key}"}):
        assert (await api.with_headers(headers).get("/api/tools")).status_code == 200
    assert (await api.with_headers({"x-api-key": key}).get("/api/tools")).status_code == 200


async def test_a_key_is_told_once_and_refused_once_it_is_deleted(api):
    made = (await api.post("/api/keys", {"name": "agent", "scopes": ["run"]})).json()
    agent = api.with_headers({"x-api-key": made["secret"]})
    assert (await agent.get("/api/tools")).status_code == 200

    listed = await api.get("/api/keys")
    deleted = await api.request("DELETE", f"/api/keys/{made['key']['id']}")

    assert made["secret"] not in listed.text
    assert made["key"]["id"] in listed.text
    assert deleted.json() == {"ok": True}
    assert (await agent.get("/api/tools")).status_code == 401


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "a"},
        {"name": "", "scopes": ["run"]},
        {"name": "a", "scopes": []},
        {"name": "a", "scopes": ["root"]},
        {"name": "a", "scopes": "run"},
        {"name": "a", "scopes": [1]},
        {"name": "a", "scopes": ["run"], "extra": 1},
        {"name": "x" * 101, "scopes": ["run"]},
    ],
    ids=str,
)
async def test_a_key_that_makes_no_sense_is_refused(api, given):
    answer = await api.post("/api/keys", given)

    assert answer.status_code == 400
    assert answer.json()["error"]


async def log_in(api, token: str):
    return await api.with_headers({}).post("/api/session", {"token": token})


async def test_a_login_link_opens_one_session(api):
    link = await api.deftly.login_link()
    token = link.partition("#")[2]
    assert link.startswith(f"{BASE_URL}/login#")

    first = await log_in(api, token)
    second = await log_in(api, token)

    assert first.status_code == 200
    assert second.status_code == 401
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


async def test_a_session_lasts_until_it_is_ended(api):
    opened = await log_in(api, (await api.deftly.login_link()).partition("#")[2])
    browser = api.with_headers({"cookie": opened.headers["set-cookie"].partition(";")[0]})

    who = await browser.get("/api/session")
    ended = await browser.request("DELETE", "/api/session")

    assert who.json()["principal"]["id"] == "local"
    assert "Max-Age=0" in ended.headers["set-cookie"]
    assert (await browser.get("/api/session")).status_code == 401


async def test_a_login_token_grows_old(api):
    token = (await api.deftly.login_link()).partition("#")[2]
    api.clock.forward(601)

    assert (await log_in(api, token)).status_code == 401


@pytest.mark.parametrize("given", [{}, {"token": ""}, {"token": 1}, {"token": "a", "more": 1}])
async def test_a_login_needs_a_token_and_nothing_else(api, given):
    assert (await log_in(api, "x")).status_code == 401
    assert (await api.with_headers({}).post("/api/session", given)).status_code == 400


async def test_the_cookie_is_for_https_alone_where_people_come_by_https(folder):
    async with running_world(folder, trusted_proxies=("127.0.0.1",)) as api:
        token = (await api.deftly.login_link()).partition("#")[2]
        proxied = api.with_headers({"x-forwarded-proto": "https"})

        answer = await proxied.post("/api/session", {"token": token})

    assert "; Secure" in answer.headers["set-cookie"]


async def test_without_authentication_everybody_is_the_local_owner(folder):
    async with running_world(folder, no_auth=True) as api:
        answer = await api.with_headers({}).get("/api/session")

    assert answer.json()["principal"]["id"] == "local"
    assert "own" in answer.json()["principal"]["scopes"]


async def test_hosts_of_a_secret_are_the_owner_s_to_decide(api):
    manager = await api.with_scopes(Scope.MANAGE)

    plain = await manager.put("/api/secrets/SHOP_KEY", {"value": "s3cret-value"})
    bound = await manager.put(
        "/api/secrets/SHOP_KEY", {"value": "s3cret-value", "hosts": ["api.example.com"]}
    )
    owned = await api.put(
        "/api/secrets/SHOP_KEY", {"value": "s3cret-value", "hosts": ["api.example.com"]}
    )

    assert (plain.status_code, bound.status_code, owned.status_code) == (200, 403, 200)
    assert "own" in bound.json()["error"]


ELSEWHERE = [
    {"host": "evil.example.com"},
    {"host": "127.0.0.1:8484.evil.com"},
    {"host": "127.0.0.1:9999"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
async def test_another_host_is_misdirected(api, headers):
    answer = await api.get("/api/tools", headers=headers)
    call = await api.call("anything")
    misdirected = await api.post("/api/tools/anything/call", {}, headers=headers)

    assert (answer.status_code, call.status_code, misdirected.status_code) == (421, 404, 421)


async def test_health_is_told_to_any_host_and_anybody(api):
    stranger = api.with_headers({"host": "10.1.2.3"})

    assert (await stranger.get("/health/live")).json() == {"status": "ok"}
    ready = (await stranger.get("/health/ready")).json()
    assert (ready["status"], ready["warnings"]) == ("ready", [])
    assert [one["handler"] for one in ready["isolation"]] == ["code", "shell"]
    assert "/" not in "".join(one["message"] for one in ready["isolation"])


FOREIGN = [
    {"origin": "https://evil.example.com"},
    {"origin": "null"},
    {"origin": "http://localhost:3000"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_foreign_page_changes_nothing_even_without_authentication(folder, headers):
    async with running_world(folder, no_auth=True) as api:
        form = {"content-type": "text/plain", **headers}

        answer = await api.with_headers({}).post(
            "/api/keys", {"name": "x", "scopes": ["own"]}, headers=form
        )

        assert answer.status_code == 403
        assert answer.json()["code"] == "foreign_origin"
        assert len(await api.deftly.stores.keys.list()) == 1


async def test_an_allowed_origin_may_call_from_a_browser(folder):
    shop = "https://shop.example.com"
    async with running_world(folder, allowed_origins=(shop,)) as api:
        asked = await api.with_headers({}).request(
            "OPTIONS",
            "/api/tools",
            headers={"origin": shop, "access-control-request-method": "GET"},
        )
        answer = await api.get("/api/tools", headers={"origin": shop})
        other = await api.get("/api/tools", headers={"origin": "https://other.example.com"})

    assert asked.status_code == 204
    assert "authorization" in asked.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == shop
    assert "access-control-allow-credentials" not in answer.headers
    assert other.status_code == 403
    assert "access-control-allow-origin" not in other.headers


ALWAYS = ("x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy")


@pytest.mark.parametrize("path", ["/api/tools", "/docs", "/nothing", "/api/tools/a/call", "/login"])
async def test_every_answer_is_hardened(api, path):
    answer = await api.get(path)

    assert [name for name in ALWAYS if name not in answer.headers] == []
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert len(answer.headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize("path", ["/docs", "/login"])
async def test_pages_load_nothing_from_elsewhere(api, path):
    page = await api.get(path)
    parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert "text/html" in page.headers["content-type"]
    for part in parts:
        assert part.startswith("/")
        assert (await api.get(part)).status_code == 200
    assert "//" not in page.text.replace("<!doctype", "")
