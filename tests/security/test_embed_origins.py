"""Only pages whose origin an agent lists, letter by letter, may embed it."""

import pytest

from tests.visiting import SHOP, as_visitor, ask_in, built_embed, embed_agent, enter
from tests.world import BASE_URL, running_world

LOOK_ALIKES = [
    "https://shop.example.com.evil.test",
    "https://evil.test/https://shop.example.com",
    "https://evilshop.example.com",
    "https://shop.example.com@evil.test",
    "https://user:word@shop.example.com",
    "https://shop-example.com",
    "https://shopxexample.com",
    "https://sub.shop.example.com",
    "https://example.com",
    "https://*.example.com",
    "https://*",
    "*",
    "http://shop.example.com",
    "ws://shop.example.com",
    "file://shop.example.com",
    "https://shop.example.com:8443",
    "https://shop.example.com:443",
    "https://shop.example.com:",
    "https://shop.example.com.",
    "https://shop.example.com/",
    "https://shop.example.com/page",
    "https://shop.example.com?x",
    "https://shop.example.com#x",
    "https://shop.example.com\t",
    "https:// shop.example.com",
    "https://SHOP.example.com",
    "HTTPS://shop.example.com",
    "https:\\\\shop.example.com",
    "//shop.example.com",
    "shop.example.com",
    "https://shöp.example.com",
    "https://xn--shp-sna.example.com",
    "https://\u0455hop.example.com",  # a letter that only looks like an s
    "https://shop。example.com",
    "https://shop.example.com%00",
    "https://shop.example.com https://evil.test",
    "https://shop.example.com, https://evil.test",
    "https://shop.example.com,https://shop.example.com",
    "null",
    "undefined",
    "",
]


@pytest.fixture
async def agent(api):
    return await embed_agent(api, SHOP, "https://other.example.com")


@pytest.fixture(autouse=True)
def built(tmp_path):
    with built_embed(tmp_path):
        yield


def spelled(origin: str) -> bytes:
    return origin.encode("utf-8")


@pytest.mark.parametrize("origin", LOOK_ALIKES)
async def test_a_look_alike_is_refused_and_told_what_to_add(api, agent, origin):
    page = api.with_headers({})
    answer = await page.post(
        "/api/embed/session",
        {"publishableKey": agent["publishableKey"]},
        headers=[(b"origin", spelled(origin))],
    )

    assert answer.status_code == 403
    assert "allowedOrigins" in answer.json()["error"]
    assert "token" not in answer.json()
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origins", [[], [SHOP, SHOP], [SHOP, "https://evil.test"]], ids=str)
async def test_a_page_names_its_origin_once(api, agent, origins):
    answer = await api.with_headers({}).post(
        "/api/embed/session",
        {"publishableKey": agent["publishableKey"]},
        headers=[(b"origin", spelled(origin)) for origin in origins],
    )

    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


async def test_a_page_that_is_listed_gets_in_and_may_read_the_answer(api, agent):
    answer = await ask_in(api, agent)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert "origin" in answer.headers["vary"].lower()
    assert "access-control-allow-credentials" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", ["https://third.example.com", None, "null"])
async def test_every_answer_varies_with_the_origin(api, agent, origin):
    answer = await ask_in(api, agent, origin)

    assert "origin" in answer.headers["vary"].lower()


async def test_a_page_of_one_agent_may_not_embed_another(api, agent):
    other = await embed_agent(api, "https://third.example.com", name="back-office")

    answer = await ask_in(api, other, SHOP)

    assert answer.status_code == 403


async def test_an_agent_without_pages_is_embedded_nowhere(api):
    (agent,) = (await api.get("/api/agents")).json()["agents"]

    for origin in (SHOP, BASE_URL, "null"):
        assert (await ask_in(api, agent, origin)).status_code == 403


async def test_the_operator_s_own_pages_are_not_the_agent_s(folder):
    """Those the setting names call with a key; that makes them no host of an agent."""
    async with running_world(folder, allowed_origins=("https://tools.example.com",)) as api:
        agent = await embed_agent(api)

        assert (await ask_in(api, agent, "https://tools.example.com")).status_code == 403


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [("", BASE_URL), ("https://deftly.example.com", "https://deftly.example.com")],
)
async def test_a_page_on_our_own_origin_is_embedded_like_any_other(folder, public_url, origin):
    async with running_world(folder, public_url=public_url) as api:
        agent = await embed_agent(api, origin)

        session = await enter(api, agent, origin)
        own = as_visitor(api, session)
        listed = await own.get("/api/conversations", headers={"origin": origin})

        assert listed.status_code == 200
        frame = await own.get(f"/embed/frame?agent={agent['publishableKey']}")
        assert f"frame-ancestors {origin}" in frame.headers["content-security-policy"]


PREFLIGHT = {"access-control-request-method": "POST"}


async def test_a_browser_is_told_beforehand_which_pages_may_ask(api, agent):
    def preflight(origin: str):
        headers = {"origin": origin, **PREFLIGHT}
        return api.with_headers(headers).request("OPTIONS", "/api/embed/session")

    listed, foreign = await preflight(SHOP), await preflight("https://evil.test")

    assert listed.status_code == 204
    assert listed.headers["access-control-allow-origin"] == SHOP
    assert listed.headers["access-control-allow-headers"] == "content-type"
    assert "authorization" not in listed.headers["access-control-allow-headers"]
    assert foreign.status_code != 204
    assert "access-control-allow-origin" not in foreign.headers
    assert "origin" in foreign.headers["vary"].lower()


ELSEWHERE = ["/api/conversations", "/api/tools", "/api/agents", "/api/chat/front-desk", "/"]


@pytest.mark.parametrize("path", ELSEWHERE)
async def test_nothing_else_is_open_to_a_host_page(api, agent, path):
    visitor = as_visitor(api, await enter(api, agent))

    answer = await visitor.get(path, headers={"origin": SHOP})
    preflight = await visitor.request("OPTIONS", path, headers={"origin": SHOP, **PREFLIGHT})

    assert (answer.status_code, preflight.status_code) == (403, 403)
    assert answer.json()["code"] == "foreign_origin"
    assert "access-control-allow-origin" not in answer.headers


async def test_a_token_is_no_good_on_another_page_that_may_call(folder):
    tools = "https://tools.example.com"
    async with running_world(folder, allowed_origins=(tools, SHOP)) as api:
        session = await enter(api, await embed_agent(api))
        visitor = as_visitor(api, session)

        assert (await visitor.get("/api/conversations")).status_code == 200
        at_home = await visitor.get("/api/conversations", headers={"origin": SHOP})
        framed = await visitor.get("/api/conversations", headers={"origin": BASE_URL})
        elsewhere = await visitor.get("/api/conversations", headers={"origin": tools})

    assert (at_home.status_code, framed.status_code, elsewhere.status_code) == (200, 200, 401)


@pytest.mark.parametrize(
    "change",
    [
        {"allowedOrigins": ["https://other.example.com"]},
        {"allowedOrigins": []},
        {"enabled": False},
    ],
    ids=str,
)
async def test_who_may_embed_no_more_is_out_at_once(api, agent, change):
    visitor = as_visitor(api, await enter(api, agent))
    assert (await visitor.get("/api/conversations")).status_code == 200

    await api.put(f"/api/agents/{agent['name']}", change)

    answer = await visitor.get("/api/conversations")
    assert answer.status_code == 401
    assert (await ask_in(api, agent)).status_code in {403, 404}


async def test_the_frame_names_the_pages_that_may_show_it(api, agent):
    frame = await api.with_headers({}).get(f"/embed/frame?agent={agent['publishableKey']}")

    policy = frame.headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors {SHOP} https://other.example.com")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "x-frame-options" not in frame.headers
    assert frame.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in frame.headers


async def test_the_frame_of_an_agent_without_pages_is_shown_nowhere(api):
    (agent,) = (await api.get("/api/agents")).json()["agents"]

    frame = await api.with_headers({}).get(f"/embed/frame?agent={agent['publishableKey']}")

    assert "frame-ancestors 'none'" in frame.headers["content-security-policy"]
    assert frame.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("query", ["", "?agent=", "?agent=pk_unknown_unknown", "?agent=front-desk"])
async def test_there_is_no_frame_for_nobody(api, agent, query):
    frame = await api.with_headers({}).get(f"/embed/frame{query}")

    assert frame.status_code in {400, 404}
    assert "frame-ancestors 'none'" in frame.headers["content-security-policy"]
    assert frame.headers["x-frame-options"] == "DENY"
    assert agent["name"] not in frame.text
