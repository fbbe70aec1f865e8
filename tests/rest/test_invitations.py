"""A link sets one password, once, and signs in."""

import pytest

from tests.rest.test_users import OTHER, PASSWORD, add, sign_in
from tests.world import BASE_URL


async def test_an_invitation_sets_a_password_once_and_signs_in(api):
    made = (await api.post("/api/users", {"email": "new@example.com", "role": "viewer"})).json()
    url = made["invitation"]["url"]
    token = url.partition("#")[2]
    stranger = api.with_headers({})
    assert url.startswith(f"{BASE_URL}/invitation#")
    assert made["user"]["name"] == "new"
    assert token not in (await api.get("/api/users")).text

    shown = await stranger.post("/api/invitation", {"token": token})
    short = await stranger.post("/api/invitation/accept", {"token": token, "password": "short"})
    done = await stranger.post("/api/invitation/accept", {"token": token, "password": PASSWORD})
    again = await stranger.post("/api/invitation/accept", {"token": token, "password": OTHER})

    assert shown.json() == {
        "invited": {"email": "new@example.com", "name": "new", "role": "viewer"}
    }
    assert (short.status_code, again.status_code) == (400, 404)
    assert done.json()["principal"]["role"] == "viewer"
    assert "HttpOnly" in done.headers["set-cookie"]
    assert (await stranger.post("/api/invitation", {"token": token})).status_code == 404
    await sign_in(api, "new@example.com")


async def test_a_further_invitation_voids_the_first_and_replaces_a_password(api):
    user = await add(api)
    path = f"/api/users/{user['id']}/invitation"
    first, second = [(await api.post(path)).json()["invitation"]["url"] for _ in range(2)]
    browser = await sign_in(api)
    stranger = api.with_headers({})

    old = {"token": first.partition("#")[2], "password": OTHER}
    new = {"token": second.partition("#")[2], "password": OTHER}
    assert (await stranger.post("/api/invitation/accept", old)).status_code == 404
    assert (await stranger.post("/api/invitation/accept", new)).status_code == 200

    assert (await browser.get("/api/session")).status_code == 401
    await sign_in(api, password=OTHER)


@pytest.mark.parametrize("path", ["/api/invitation", "/api/invitation/accept"])
async def test_a_made_up_invitation_is_nothing(api, path):
    await add(api, password=None)
    more = {"password": PASSWORD} if path.endswith("accept") else {}

    for token in ("x", "x" * 43, "é\x00"):
        answer = await api.with_headers({}).post(path, {"token": token, **more})
        assert answer.status_code == 404
