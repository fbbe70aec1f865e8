"""People who sign in with a password: who they are, what they may, and what ends it."""

import pytest

from deftly.domain.access import Scope

PASSWORD = "correct horse battery"
OTHER = "another long password"
ADA = {"email": "ada@example.com", "name": "Ada", "role": "editor", "password": PASSWORD}


async def add(api, **fields):
    answer = await api.post("/api/users", {**ADA, **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()["user"]


async def try_to_sign_in(api, email="ada@example.com", password=PASSWORD, **headers):
    given = {"email": email, "password": password}
    return await api.with_headers(headers).post("/api/session", given)


async def sign_in(api, email="ada@example.com", password=PASSWORD):
    answer = await try_to_sign_in(api, email, password)
    assert answer.status_code == 200, answer.text
    return api.with_headers({"cookie": answer.headers["set-cookie"].partition(";")[0]})


async def change(api, user, **fields):
    return await api.put(f"/api/users/{user['id']}", fields)


async def test_a_user_signs_in_and_is_told_who_they_are(api):
    user = await add(api)
    browser = await sign_in(api, " ADA@example.com ")

    who = (await browser.get("/api/session")).json()["principal"]

    assert who == {
        "id": f"user:{user['id']}",
        "name": "Ada",
        "email": "ada@example.com",
        "role": "editor",
        "scopes": ["confirm", "manage", "read", "run"],
    }
    (listed,) = (await api.get("/api/users")).json()["users"]
    assert listed["signedInAt"]
    assert "password" not in listed


async def test_a_cookie_of_a_password_is_as_strict_as_that_of_a_link(api):
    await add(api)

    cookie = (await try_to_sign_in(api)).headers["set-cookie"]

    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/"))


async def test_the_local_owner_is_told_of_as_one(api):
    token = (await api.deftly.login_link()).partition("#")[2]
    answer = await api.with_headers({}).post("/api/session", {"token": token})

    who = answer.json()["principal"]
    assert (who["id"], who["role"]) == ("local", "owner")
    assert "role" not in (await api.get("/api/session")).json()["principal"]


ALLOWED = {
    "viewer": {Scope.READ},
    "editor": {Scope.READ, Scope.RUN, Scope.CONFIRM, Scope.MANAGE},
    "owner": set(Scope),
}
DOORS = {
    Scope.READ: ("GET", "/api/runs"),
    Scope.RUN: ("GET", "/api/tools"),
    Scope.CONFIRM: ("POST", "/api/confirmations/none/deny"),
    Scope.MANAGE: ("GET", "/api/secrets"),
    Scope.OWN: ("GET", "/api/users"),
}


@pytest.mark.parametrize("role", ALLOWED)
async def test_a_role_opens_the_doors_of_its_scopes(api, role):
    await add(api, role=role)
    browser = await sign_in(api)

    opened = set()
    for scope, (method, path) in DOORS.items():
        answer = await browser.request(method, path, content=b'{"token": "x"}')
        assert answer.status_code in {200, 403, 404}
        if answer.status_code != 403:
            opened.add(scope)

    assert opened == ALLOWED[role]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.com", OTHER),
        ("ada@example.com", PASSWORD + " "),
        ("ada@example.com", "p" * 100_000),
        ("bob@example.com", PASSWORD),
        ("off@example.com", PASSWORD),
        ("new@example.com", PASSWORD),
    ],
)
async def test_whatever_is_wrong_is_told_in_the_same_words(api, email, password):
    await add(api)
    off = await add(api, email="off@example.com")
    await change(api, off, disabled=True)
    await api.post("/api/users", {"email": "new@example.com", "role": "viewer"})

    answer = await try_to_sign_in(api, email, password)

    assert answer.status_code == 401
    assert answer.json()["error"] == "The e-mail address or the password is wrong."
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"email": "ada@example.com"},
        {"password": PASSWORD},
        {"email": "ada", "password": PASSWORD},
        {"email": 1, "password": PASSWORD},
        {"email": "ada@example.com", "password": 1},
        {"email": "ada@example.com", "password": PASSWORD, "role": "owner"},
        {"email": "ada@example.com", "password": PASSWORD, "token": "x"},
    ],
    ids=str,
)
async def test_a_sign_in_of_no_sense_is_refused(api, given):
    assert (await api.with_headers({}).post("/api/session", given)).status_code == 400


WRONG = [
    ({"email": "ada"}, "email"),
    ({"email": ""}, "email"),
    ({"email": None}, "email"),
    ({"name": " "}, "name"),
    ({"name": "n" * 101}, "name"),
    ({"name": 1}, "name"),
    ({"role": "root"}, "role"),
    ({"role": ""}, "role"),
    ({"role": ["owner"]}, "role"),
    ({"password": "short"}, "password"),
    ({"password": "p" * 201}, "password"),
    ({"password": "aaaaaaaaaaaaaaaa"}, "password"),
    ({"password": "Ada@Example.com", "email": "ada@example.com"}, "password"),
    ({"password": 123456789012}, "password"),
    ({"scopes": ["own"]}, "scopes"),
    ({"disabled": True}, "disabled"),
]


@pytest.mark.parametrize(("fields", "path"), WRONG, ids=str)
async def test_a_user_of_no_sense_is_refused_at_the_field(api, fields, path):
    answer = await api.post("/api/users", {**ADA, **fields})

    assert answer.status_code == 400
    assert [one["path"] for one in answer.json()["details"]] == [path]
    assert answer.json()["error"].endswith(".")
    assert (await api.get("/api/users")).json() == {"users": []}


async def test_an_address_is_somebody_s_once(api):
    await add(api)

    answer = await api.post("/api/users", {**ADA, "email": "ADA@example.com"})

    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"role": "root"}, "role"),
        ({"disabled": "yes"}, "disabled"),
        ({"name": ""}, "name"),
        ({"email": "b@c.de"}, "email"),
        ({"password": PASSWORD}, "password"),
    ],
    ids=str,
)
async def test_a_change_of_no_sense_is_refused(api, fields, path):
    user = await add(api, password=None)

    answer = await change(api, user, **fields)

    assert answer.status_code == 400
    assert [one["path"] for one in answer.json()["details"]] == [path]


async def test_a_new_role_holds_for_open_sessions_at_once(api):
    user = await add(api, role="owner")
    await add(api, email="second@example.com", role="owner")
    browser = await sign_in(api)
    assert (await browser.get("/api/users")).status_code == 200

    await change(api, user, role="viewer")

    assert (await browser.get("/api/users")).status_code == 403
    assert (await browser.get("/api/runs")).status_code == 200
    assert (await browser.get("/api/session")).json()["principal"]["scopes"] == ["read"]


ENDS = {
    "disabled": lambda api, path: api.put(path, {"disabled": True}),
    "deleted": lambda api, path: api.request("DELETE", path),
    "password": lambda api, path: api.put(f"{path}/password", {"password": OTHER}),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_whoever_may_no_more_is_out_at_once(api, end):
    user = await add(api)
    browser = await sign_in(api)

    assert (await end(api, f"/api/users/{user['id']}")).status_code == 200

    assert (await browser.get("/api/session")).status_code == 401
    assert (await try_to_sign_in(api)).status_code == 401


async def test_the_last_owner_stays_and_the_link_is_no_owner_in_their_place(api):
    user = await add(api, role="owner")
    token = (await api.deftly.login_link()).partition("#")[2]
    assert (await api.with_headers({}).post("/api/session", {"token": token})).status_code == 200

    demoted = await change(api, user, role="editor")
    disabled = await change(api, user, disabled=True)
    deleted = await api.request("DELETE", f"/api/users/{user['id']}")

    for answer in (demoted, disabled, deleted):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
    assert (await (await sign_in(api)).get("/api/users")).status_code == 200


async def test_a_user_changes_their_own_password_with_the_present_one(api):
    user = await add(api, role="owner")
    mine, elsewhere = [await sign_in(api) for _ in range(2)]
    given = {"present": PASSWORD, "password": OTHER}

    past_it = await mine.put(f"/api/users/{user['id']}/password", {"password": OTHER})
    wrong = await mine.put("/api/session/password", {**given, "present": OTHER})
    short = await mine.put("/api/session/password", {**given, "password": "short"})
    done = await mine.put("/api/session/password", given)

    assert past_it.status_code == 400
    assert [wrong.json()["details"][0]["path"], short.json()["details"][0]["path"]] == [
        "present",
        "password",
    ]
    assert done.json() == {"ok": True}
    assert (await mine.get("/api/session")).status_code == 200
    assert (await elsewhere.get("/api/session")).status_code == 401
    assert (await try_to_sign_in(api)).status_code == 401
    await sign_in(api, password=OTHER)


async def test_only_users_have_a_password_to_change(api):
    answer = await api.put("/api/session/password", {"present": PASSWORD, "password": OTHER})

    assert answer.status_code == 403
