"""Whoever guesses waits; whoever knows does not, or not for long."""

import asyncio
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.rest.test_users import OTHER, add, sign_in, try_to_sign_in
from tests.world import running_world

PROXY: dict[str, Any] = {"trusted_proxies": ("127.0.0.1",)}


async def test_a_sixth_guess_waits_and_the_link_still_signs_in(api):
    await add(api)
    guesses = [(await try_to_sign_in(api, password=OTHER)).status_code for _ in range(5)]

    refused = await try_to_sign_in(api)

    assert guesses == [401] * 5
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert "deftly login-link" in refused.json()["error"]
    token = (await api.deftly.login_link()).partition("#")[2]
    assert (await api.with_headers({}).post("/api/session", {"token": token})).status_code == 200
    api.clock.forward(60)
    await sign_in(api)


async def test_guesses_at_nobody_are_limited_alike(api):
    answers = [(await try_to_sign_in(api, "nobody@example.com")).status_code for _ in range(7)]

    assert answers == [401] * 5 + [429] * 2


async def test_guesses_made_at_once_do_not_slip_through(api):
    await add(api)

    answers = await asyncio.gather(*(try_to_sign_in(api, password=OTHER) for _ in range(40)))

    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 35


async def test_the_present_password_cannot_be_guessed_with_a_stolen_session(api):
    await add(api)
    browser = await sign_in(api)
    given = {"present": OTHER, "password": "a third long password"}

    answers = [await browser.put("/api/session/password", given) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [400] * 5 + [429]


async def test_behind_a_proxy_each_visitor_waits_for_themselves(folder):
    async with running_world(folder, **PROXY) as api:
        await add(api)
        for _ in range(6):
            stranger = await try_to_sign_in(
                api, password=OTHER, **{"x-forwarded-for": "198.51.100.7"}
            )
        assert stranger.status_code == 429

        ada = await try_to_sign_in(api, **{"x-forwarded-for": "203.0.113.5"})

    assert ada.status_code == 200


@pytest.mark.parametrize("spoofed", ["10.0.0.{n}", "10.0.0.{n}, 198.51.100.7"])
async def test_an_address_a_visitor_made_up_is_not_believed(folder, spoofed):
    proxies: dict[str, Any] = {} if "," not in spoofed else PROXY
    async with running_world(folder, **proxies) as api:
        await add(api)
        for number in range(6):
            forwarded = {"x-forwarded-for": spoofed.format(n=number)}
            answer = await try_to_sign_in(api, password=OTHER, **forwarded)

    assert answer.status_code == 429


async def test_an_unknown_address_takes_as_long_as_a_known_one(api, monkeypatch):
    """Counted in digests: times on a busy machine tell nothing."""
    await add(api)
    made: list[tuple[int, ...]] = []

    class Counted:
        def __init__(self, **costs):
            self.real = Argon2id(**costs)
            made.append((costs["memory_cost"], costs["iterations"], costs["lanes"]))

        def derive_phc_encoded(self, password):
            return self.real.derive_phc_encoded(password)

        @staticmethod
        def verify_phc_encoded(password, stored):
            found = dict(one.split("=") for one in stored.split("$")[3].split(","))
            made.append(tuple(int(found[name]) for name in "mtp"))
            Argon2id.verify_phc_encoded(password, stored)

    monkeypatch.setattr("deftly.store.passwords.Argon2id", Counted)
    for email in ("ada@example.com", "nobody@example.com"):
        await try_to_sign_in(api, email, OTHER)

    assert made == [(19 * 1024, 2, 1)] * 2
