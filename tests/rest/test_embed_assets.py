"""The loader, the frame and its files come as host pages need them."""

import pytest

from tests.visiting import SHOP, built_embed, embed_agent

FIVE_MINUTES = "public, max-age=300"


@pytest.fixture
def built(tmp_path):
    with built_embed(tmp_path):
        yield tmp_path / "assets/embed"


@pytest.fixture
async def agent(api):
    return await embed_agent(api)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("headers", [{}, {"origin": SHOP}, {"origin": "https://evil.test"}])
async def test_any_page_may_include_the_loader(api, agent, headers):
    answer = await api.with_headers(headers).get("/embed.js")

    assert answer.status_code == 200
    assert answer.text == "'the loader';\n"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == FIVE_MINUTES
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    shared = headers.get("origin") == SHOP
    assert ("access-control-allow-origin" in answer.headers) == shared
    assert "origin" in ", ".join(answer.headers.get_list("vary"))


@pytest.mark.usefixtures("agent")
async def test_the_loader_is_sent_again_only_when_it_has_changed(api, built):
    page = api.with_headers({})
    first = await page.get("/embed.js")
    tag = first.headers["etag"]

    same = await page.get("/embed.js", headers={"if-none-match": tag})
    (built / "embed.js").write_text("'another';\n")
    changed = await page.get("/embed.js", headers={"if-none-match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["cross-origin-resource-policy"] == "cross-origin"
    assert (changed.status_code, changed.text) == (200, "'another';\n")


async def test_files_of_the_chat_are_kept_for_ever_and_are_for_our_own_frame(api, built):
    answer = await api.with_headers({}).get("/embed/assets/chat-1a2b.js")

    assert answer.text == (built / "assets/chat-1a2b.js").read_text()
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "name", ["nothing.js", "..%2fframe.html", "%2e%2e/embed.js", ".hidden.js", "chat-1a2b.js.gz"]
)
async def test_nothing_but_built_files_is_served(api, name):
    assert (await api.with_headers({}).get(f"/embed/assets/{name}")).status_code == 404


@pytest.mark.parametrize("path", ["/embed.js", "/embed/frame?agent={key}"])
async def test_what_is_not_built_says_so(api, agent, path, tmp_path):
    with built_embed(tmp_path):
        for file in ("embed.js", "frame.html"):
            (tmp_path / "assets/embed" / file).unlink()
        answer = await api.with_headers({}).get(path.format(key=agent["publishableKey"]))

    assert answer.status_code == 503
    assert "make install" in answer.text


@pytest.mark.usefixtures("built")
async def test_the_frame_is_a_page_of_its_own_that_runs_no_text(api, agent):
    answer = await api.with_headers({}).get(f"/embed/frame?agent={agent['publishableKey']}")

    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["form-action"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)
    assert answer.headers["cache-control"] == "no-cache"
    assert agent["name"] not in answer.text


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/", "/login", "/docs", "/api/agents", "/health/live"])
async def test_nothing_but_the_frame_may_be_framed(api, path):
    answer = await api.get(path)

    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
