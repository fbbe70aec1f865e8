"""Things that go wrong around the server: each has its answer, and the server goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.world import make_action, running_world, until

ACTIONS = "/api/custom-actions"
ORDER = {"order_id": "A"}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the database as another process would."""
    with closing(sqlite3.connect(folder / "deftly.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def test_a_locked_database_sends_nothing_and_is_got_over(api, folder, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    await api.create(
        name="ask", url=upstream.url("/{{order_id}}"), method="POST", executionMode="confirm"
    )
    confirmation = await api.hold("ask", ORDER)

    with locked(folder):
        call = await api.call("get_order", ORDER)
        confirm = await api.confirm(confirmation)

    for answer in (call, confirm):
        assert answer.status_code == 503
        assert answer.json()["code"] == "store_unavailable"
    assert upstream.seen == 0

    async def confirmed() -> bool:
        again = await api.confirm(confirmation)
        return bool(again.status_code == 200 and again.json()["status"] == "succeeded")

    await until(confirmed)
    assert (await api.call("get_order", ORDER)).json()["status"] == "succeeded"
    assert upstream.seen == 2


class Names:
    """A name server of somebody else."""

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        return ("10.0.0.7",)


async def test_a_name_that_means_a_private_address_is_refused_and_recorded(folder):
    from deftly.app import build_asgi, open_deftly
    from deftly.domain.access import Scope
    from deftly.settings import load_settings
    from tests.world import Api, HandClock

    settings = load_settings({"dir": folder, "shutdown_grace_s": 1})
    clock = HandClock()
    async with open_deftly(settings, clock=clock, resolver=Names()) as deftly:
        transport = httpx2.ASGITransport(build_asgi(deftly), raise_app_exceptions=False)
        api = await Api(deftly, transport, clock, {}).with_scopes(*Scope)
        await api.create(url="https://rebinding.example.com/{{order_id}}")
        outcome = (await api.call("get_order", ORDER)).json()
        run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]

    assert outcome["status"] == run["status"] == "failed"
    assert outcome["error"]["code"] == run["error"]["code"]
    assert outcome["error"]["code"] not in {"internal_error", "error"}


async def test_a_redirect_to_metadata_is_refused_and_recorded(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.answers(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    outcome = (await api.call("get_order", ORDER)).json()

    run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]
    assert (outcome["status"], run["status"]) == ("failed", "failed")
    assert run["error"] == outcome["error"]
    assert (await api.get("/health/ready")).status_code == 200


async def test_an_answer_of_ten_megabytes_is_refused_and_recorded(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.answers(b"x" * 10_000_000)

    outcome = (await api.call("get_order", ORDER)).json()

    assert (outcome["status"], outcome["error"]["code"]) == ("failed", "too_large")
    upstream.answers({"ok": True})
    assert (await api.call("get_order", ORDER)).json()["status"] == "succeeded"


REFUSED = [
    ({"url": "https://api.example.com/{{order_id"}, "handler.url"),
    ({"inputSchema": {"type": "object", "$ref": "https://example.com/a.json"}}, "inputSchema"),
]


@pytest.mark.parametrize(("fields", "path"), REFUSED, ids=str)
async def test_what_can_never_work_is_refused_naming_the_field(api, fields, path):
    answer = await api.post(ACTIONS, make_action(**fields))

    assert answer.status_code == 400
    assert any(one["path"].startswith(path) for one in answer.json()["details"])


MALFORMED = [
    b'{"name": NaN}',
    b'{"name": "\\ud800"}',
    b"[" * 500_000 + b"]" * 500_000,
    b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
]


@pytest.mark.parametrize("body", MALFORMED, ids=range(len(MALFORMED)))
async def test_what_is_no_json_is_refused_and_the_server_goes_on(api, body):
    assert (await api.post(ACTIONS, body)).status_code == 400
    assert (await api.post("/api/tools/get_order/call", body)).status_code in {400, 404}
    assert (await api.get("/health/ready")).status_code == 200


async def test_a_file_that_cannot_be_written_is_told_as_read_only(folder):
    import os

    if os.geteuid() == 0:
        pytest.skip("rights mean nothing to root; tests/unit/store has the case")
    async with running_world(folder) as api:
        action = await api.create()
        (folder / "actions").chmod(0o555)
        answer = await api.put(f"{ACTIONS}/{action['id']}", {"description": "New."})
        assert (answer.status_code, answer.json()["code"]) == (409, "read_only")
