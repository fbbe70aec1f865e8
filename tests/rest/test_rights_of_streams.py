"""A stream that is open ends with the rights of whoever follows it."""

import asyncio

import httpx2
import pytest

from tests.live import running_remote

PERSON = {"email": "ada@example.com", "role": "viewer", "password": "correct horse battery"}


async def change_role(owner, user_id):
    return await owner.put(f"/api/users/{user_id}", json={"name": "Ada", "role": "editor"})


async def disable(owner, user_id):
    return await owner.put(f"/api/users/{user_id}", json={"disabled": True})


async def remove(owner, user_id):
    return await owner.delete(f"/api/users/{user_id}")


@pytest.mark.parametrize(("end", "ends"), [(disable, True), (remove, True), (change_role, False)])
async def test_a_stream_of_events_ends_with_its_user(folder, end, ends):
    async with (
        running_remote(folder, no_auth=False) as (server, _),
        httpx2.AsyncClient(base_url=server.url, timeout=10) as owner,
        httpx2.AsyncClient(base_url=server.url, timeout=10) as ada,
    ):
        await owner.post("/api/session", json={"token": server.login_token})
        user = (await owner.post("/api/users", json=PERSON)).json()["user"]
        signed_in = {"email": PERSON["email"], "password": PERSON["password"]}
        await ada.post("/api/session", json=signed_in)
        async with ada.stream("GET", "/api/events") as stream:
            lines = stream.aiter_lines()
            assert (await anext(lines)).startswith(":")
            assert (await end(owner, user["id"])).status_code == 200
            if not ends:
                await owner.post("/api/keys", json={"name": "later", "scopes": ["run"]})
            async with asyncio.timeout(5):
                seen = [line async for line in _until_key(lines)]
    assert ("event: key.changed" in seen) is not ends


async def _until_key(lines):
    async for line in lines:
        yield line
        if line == "event: key.changed":
            return
