"""The server as a process: it says when it answers, streams, and ends cleanly."""

import asyncio
import socket
import time
from contextlib import asynccontextmanager

import httpx2
import pytest

from tests.live import launch, running_server

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("started_from_scratch")]


@asynccontextmanager
async def client(server, **headers: str):
    async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=10) as http:
        yield http


async def lines_of(response, wanted: int) -> list[str]:
    """Return the next data-carrying events as (id, event) texts."""
    found: list[str] = []
    async for line in response.aiter_lines():
        if line.startswith(("id:", "event:")):
            found.append(line)
        if len(found) == wanted:
            break
    return found


def test_it_says_where_it_answers_and_ends_with_zero(folder):
    with running_server(folder) as server:
        assert server.first_line == f"listening on {server.url}\n"
        assert httpx2.get(f"{server.url}/health/live").json() == {"status": "ok"}

        assert server.stop() == 0
        assert server.rest_of_output() == ""


async def test_the_link_it_prints_logs_in_once(folder):
    with running_server(folder) as server:
        async with client(server) as http:
            first = await http.post("/api/session", json={"token": server.login_token})
            again = await http.post("/api/session", json={"token": server.login_token})
            who = await http.get("/api/session")

    assert (first.status_code, again.status_code) == (200, 401)
    assert who.json()["principal"]["id"] == "local"


def test_a_port_in_use_is_named_and_nothing_starts(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        server = launch(folder, port=port)

    text = "".join(server.errors)
    assert server.process.returncode == 1
    assert str(port) in text
    assert "--port" in text
    assert "Traceback" not in text


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "file").touch()

    server = launch(tmp_path / "file")

    assert server.process.returncode == 1
    assert "dir" in "".join(server.errors)
    assert "Traceback" not in "".join(server.errors)


async def test_an_action_cannot_reach_the_server_itself(folder):
    with running_server(folder, no_auth=True) as server:
        async with client(server) as http:
            port = server.url.rpartition(":")[2]
            for index, host in enumerate(["127.0.0.1", "localhost", "[::1]"]):
                action = {
                    "name": f"self {index}",
                    "description": "Call our own API.",
                    "handler": {"type": "http", "url": f"http://{host}:{port}/api/keys"},
                    "executionMode": "auto",
                }
                await http.post("/api/custom-actions", json=action)
                outcome = (await http.post(f"/api/tools/self_{index}/call", json={})).json()
                assert outcome["error"]["code"].startswith("blocked")


async def change_something(http, index: int) -> None:
    answer = await http.put(f"/api/secrets/NAME_{index}", json={"value": "abcdef"})
    assert answer.status_code == 200


async def test_events_go_on_where_they_were_cut(folder):
    with running_server(folder, no_auth=True) as server:
        async with client(server) as http:
            async with http.stream("GET", "/api/events") as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                await change_something(http, 1)
                first = await lines_of(stream, 2)
            await change_something(http, 2)
            await change_something(http, 3)
            last = first[0].removeprefix("id:").strip()
            async with http.stream("GET", "/api/events", headers={"Last-Event-ID": last}) as stream:
                resumed = await lines_of(stream, 4)

    assert first[1] == "event: secret.changed"
    assert [int(line.removeprefix("id:")) > int(last) for line in resumed[::2]] == [True, True]


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "9" * 30])
async def test_an_event_id_that_is_none_is_refused(api, last):
    answer = await api.get("/api/events", headers={"last-event-id": last})

    assert answer.status_code == 400


async def test_a_place_that_was_never_reached_is_told_to_read_anew(folder):
    with running_server(folder, no_auth=True) as server:
        async with (
            client(server) as http,
            http.stream("GET", "/api/events", headers={"Last-Event-ID": "999999"}) as stream,
        ):
            assert await lines_of(stream, 1) == ["event: reset"]


@pytest.mark.speed
async def test_open_streams_end_soon_after_a_stop(folder):
    with running_server(folder, no_auth=True) as server:
        async with client(server) as http, http.stream("GET", "/api/events") as stream:
            await anext(stream.aiter_raw())
            started_s = time.monotonic()
            code = await asyncio.to_thread(server.stop)

    assert code == 0
    assert time.monotonic() - started_s < 2


async def test_no_credential_is_in_the_log(folder):
    with running_server(folder, log_level="debug") as server:
        async with client(server, authorization="Bearer dk_very-secret-key-0123456789") as http:
            await http.get("/api/tools")
            await http.post("/api/session", json={"token": "T" * 43})
            await http.post("/api/confirmations/x/confirm", json={"token": "U" * 43})
        server.stop()
        text = "".join(line for line in server.errors if "/login#" not in line)

    assert "very-secret-key" not in text
    assert "TTTT" not in text
    assert "UUUU" not in text
