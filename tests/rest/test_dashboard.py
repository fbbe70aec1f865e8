"""The dashboard's files are served as browsers want them, and change nothing of the API."""

import gzip
import json
import re
from pathlib import Path

import pytest

from deftly.rest import dashboard, packaged
from deftly.rest.openapi import describe

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DOCUMENT = Path(__file__).parents[2] / "web/protocol/openapi.json"


@pytest.fixture
def built():
    if not dashboard.is_built():
        pytest.skip("the dashboard is not built; 'make install' builds it")


@pytest.fixture
def unbuilt(tmp_path, monkeypatch):
    monkeypatch.setattr(packaged, "files", lambda _: tmp_path)


async def assets(api) -> list[str]:
    page = await api.get("/")
    return re.findall(r'(?:src|href)="([^"]+)"', page.text)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/", "/login", "/keys", "/actions/7/edit", "/api-keys"])
async def test_a_browser_gets_the_page_at_every_path_of_its_own(api, path):
    answer = await api.get(path, headers=BROWSER)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


@pytest.mark.parametrize("path", ["/api", "/api/nothing", "/health/x", "/docs/x", "/assets/x.js"])
async def test_a_browser_gets_no_page_where_programs_ask(api, path):
    answer = await api.get(path, headers=BROWSER)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_is_written_to_a_page(api, method):
    answer = await api.request(method, "/keys", headers=BROWSER)

    assert answer.status_code == 404


@pytest.mark.usefixtures("built")
async def test_assets_are_kept_forever_and_sent_compressed_where_that_is_understood(api):
    names = await assets(api)

    assert names
    for name in names:
        plain = await api.get(name, headers={"accept-encoding": "identity"})
        zipped = await api.get(name, headers={"accept-encoding": "br, gzip"})
        assert "immutable" in plain.headers["cache-control"]
        assert "content-encoding" not in plain.headers
        assert zipped.headers["content-encoding"] == "gzip"
        assert zipped.headers["vary"] == "accept-encoding"
        assert zipped.content == plain.content
        assert int(zipped.headers["content-length"]) < len(plain.content)


@pytest.mark.parametrize(
    "name",
    ["index.html", "../index.html", "..%2Findex.html", ".hidden.js", "sources.sha256", "a.js.gz"],
)
async def test_nothing_but_assets_is_served_as_one(api, name):
    answer = await api.get(f"/assets/{name}")

    assert answer.status_code == 404


@pytest.mark.usefixtures("built")
async def test_the_first_load_is_small(api):
    folder = Path(dashboard.__file__).parent / "assets/dashboard"
    page = await api.get("/")
    parts = [folder / name.lstrip("/") for name in await assets(api)]

    sent = [gzip.compress(part.read_bytes()) for part in parts]
    assert len(page.content) + sum(map(len, sent)) < 60_000


@pytest.mark.usefixtures("unbuilt")
@pytest.mark.parametrize("path", ["/", "/keys"])
async def test_a_checkout_without_it_says_how_to_build_it(api, path):
    answer = await api.get(path, headers=BROWSER)

    assert answer.status_code == 503
    assert "make install" in answer.text
    assert (await api.get("/api/keys")).status_code == 200


def test_the_types_of_the_front_end_are_those_of_the_routes():
    assert json.loads(DOCUMENT.read_text()) == describe(), "scripts/protocol writes them"
