"""Keys, sessions and conversations: who calls, and whose is what."""

import asyncio
from pathlib import Path

import pytest

from deftly.domain.access import LOCAL_OWNER, Scope
from deftly.errors import InvalidRequest, NotFound
from tests.contract.kit import HandClock, Store


async def test_a_key_is_told_once_and_found_again(store: Store):
    key, plaintext = await store.keys.create(" shop bot ", {Scope.RUN, Scope.READ})

    assert plaintext.startswith("dk_")
    assert len(plaintext) == 46
    assert (key.name, key.scopes) == ("shop bot", (Scope.READ, Scope.RUN))
    assert plaintext.startswith(key.hint)
    assert plaintext not in repr(key)
    assert await store.keys.list() == (key,)
    principal = await store.keys.find(plaintext)
    assert principal is not None
    assert (principal.id, principal.name) == (f"key:{key.id}", "shop bot")
    assert principal.scopes == {Scope.READ, Scope.RUN}


async def test_whatever_is_not_a_key_finds_nobody(store: Store):
    _, plaintext = await store.keys.create("bot", {Scope.RUN})

    guesses = ["", "dk_", plaintext[:-1], plaintext + "A", plaintext.upper(), plaintext[3:]]
    guesses += [f" {plaintext}", plaintext + "\n", "dk_\ud800", "dk_%"]
    assert [await store.keys.find(guess) for guess in guesses] == [None] * len(guesses)


async def test_a_revoked_key_is_refused_at_once(store: Store):
    key, plaintext = await store.keys.create("bot", {Scope.RUN})
    assert await store.keys.find(plaintext)

    await store.keys.revoke(key.id)

    assert await store.keys.find(plaintext) is None
    assert await store.keys.list() == ()
    with pytest.raises(NotFound):
        await store.keys.revoke(key.id)


async def test_another_process_soon_refuses_a_revoked_key(store: Store, other: Store):
    key, plaintext = await store.keys.create("bot", {Scope.RUN})
    async with asyncio.timeout(1):
        while await other.keys.find(plaintext) is None:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)

    await store.keys.revoke(key.id)

    async with asyncio.timeout(1):
        while await other.keys.find(plaintext):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)


async def test_the_last_use_is_known_to_the_minute(store: Store, clock: HandClock):
    _, plaintext = await store.keys.create("bot", {Scope.RUN})
    assert (await store.keys.list())[0].last_used_at is None
    clock.pass_s(95)

    await store.keys.find(plaintext)
    await store.database.write(lambda tx: tx.now())  # whatever was queued before is committed

    assert (await store.keys.list())[0].last_used_at == "2026-01-01T12:01:00.000Z"


@pytest.mark.parametrize(
    ("name", "scopes", "field"),
    [(" ", {Scope.RUN}, "name"), ("n" * 101, {Scope.RUN}, "name"), ("bot", set(), "scopes")],
)
async def test_a_key_needs_a_name_and_a_scope(store: Store, name, scopes, field):
    with pytest.raises(InvalidRequest) as refusal:
        await store.keys.create(name, scopes)
    assert [problem.path for problem in refusal.value.details] == [field]


async def test_a_login_token_begins_one_session(store: Store, other: Store):
    token = await store.sessions.create_login_token()

    sessions = await asyncio.gather(
        *((store, other)[n % 2].sessions.redeem(token) for n in range(8))
    )

    (session,) = [session for session in sessions if session is not None]
    assert await other.sessions.find(session) == LOCAL_OWNER


async def test_a_login_token_is_good_for_ten_minutes(store: Store, clock: HandClock):
    early, late = [await store.sessions.create_login_token() for _ in range(2)]
    clock.pass_s(599)
    assert await store.sessions.redeem(early)
    clock.pass_s(1)
    assert await store.sessions.redeem(late) is None
    clock.move_back_s(3600)
    assert await store.sessions.redeem(late) is None


async def test_a_session_ends_when_it_is_told_to(store: Store, other: Store):
    session = await store.sessions.redeem(await store.sessions.create_login_token())
    assert session is not None

    await store.sessions.end(session)
    await store.sessions.end(session)

    assert await other.sessions.find(session) is None
    assert await store.sessions.find("made up") is None


async def test_a_session_ends_thirty_days_after_its_last_use(store: Store, clock: HandClock):
    session = await store.sessions.redeem(await store.sessions.create_login_token())
    assert session is not None
    day_s = 24 * 3600
    for _ in range(3):
        clock.pass_s(29 * day_s)
        assert await store.sessions.find(session) == LOCAL_OWNER
        await store.database.write(lambda tx: tx.now())
    clock.pass_s(30 * day_s)

    assert await store.sessions.find(session) is None


async def test_no_key_session_or_token_lies_in_the_file(store: Store, folder: Path):
    _, key = await store.keys.create("bot", {Scope.RUN})
    unused = await store.sessions.create_login_token()
    session = await store.sessions.redeem(await store.sessions.create_login_token())
    assert session is not None
    await store.changes.close()
    await store.database.close()
    assert not (folder / "deftly.db-wal").exists()

    data = (folder / "deftly.db").read_bytes()
    assert [text for text in (key, unused, session) if text.encode() in data] == []


async def test_a_conversation_belongs_to_its_first_principal(store: Store, other: Store):
    await store.conversations.claim("c1", "user:1")
    await store.conversations.claim("c1", "user:1")

    for process in (store, other):
        for _ in range(2):
            with pytest.raises(NotFound):
                await process.conversations.claim("c1", "user:2")
        assert await process.conversations.owner_of("c1") == "user:1"
    with pytest.raises(NotFound):
        await store.conversations.owner_of("c2")


async def test_of_racing_principals_one_gets_the_conversation(store: Store, other: Store):
    claims = await asyncio.gather(
        *((store, other)[n % 2].conversations.claim("c1", f"user:{n}") for n in range(16)),
        return_exceptions=True,
    )

    assert claims.count(None) == 1
    assert await store.conversations.owner_of("c1") == f"user:{claims.index(None)}"
