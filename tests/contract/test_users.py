"""Users: unique, never without an owner, and out as soon as they may not be in."""

import asyncio

import pytest

from deftly.domain.access import ROLES, Role
from deftly.errors import EmailTaken, InvalidRequest, LastOwner, NotFound
from deftly.store.users import UserChange
from tests.contract.kit import HandClock, Store

DIGEST = "argon2id$a"
DAY_S = 24 * 3600


async def add(store: Store, name: str, role: Role = Role.EDITOR, digest: str | None = DIGEST):
    return await store.users.create(f"{name}@example.com", name, role, digest)


async def session_of(store: Store, user) -> str:
    session = await store.sessions.open(user.id, DIGEST)
    assert session is not None
    return session


@pytest.mark.parametrize(
    "given",
    ["ADA@Example.COM", "  ada@example.com\n", "\uff41d\uff41@example.com", "ada@EXAMPLE.com"],
)
async def test_an_address_has_one_spelling(store: Store, other: Store, given):
    user = await store.users.create(given, " Ada ", Role.VIEWER, None)

    assert (user.email, user.name, user.has_password) == ("ada@example.com", "Ada", False)
    with pytest.raises(EmailTaken) as refusal:
        await other.users.create("ada@example.com", "Another", Role.VIEWER, None)
    assert [problem.path for problem in refusal.value.details] == ["email"]
    assert await other.users.list() == (user,)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "ada",
        "@example.com",
        "ada@",
        "a@b@c",
        "a b@c.de",
        "a\u200bb@c.de",
        "a\x00@c.de",
        "ada@.example.com",
        "ada@example.com.",
        f"{'a' * 65}@c.de",
        f"a@{'b' * 260}.de",
    ],
)
async def test_what_is_no_address_is_refused(store: Store, given):
    with pytest.raises(InvalidRequest) as refusal:
        await store.users.create(given, "Ada", Role.VIEWER, None)
    assert [problem.path for problem in refusal.value.details] == ["email"]


@pytest.mark.parametrize("name", ["", "  ", "n" * 101, "a\nb", "a\u202eb"])
async def test_a_user_needs_a_name_that_can_be_shown(store: Store, name):
    with pytest.raises(InvalidRequest):
        await store.users.create("ada@example.com", name, Role.VIEWER, None)


async def test_of_racing_users_one_gets_the_address(store: Store, other: Store):
    made = await asyncio.gather(
        *(
            (store, other)[n % 2].users.create("a@b.de", f"n{n}", Role.OWNER, None)
            for n in range(8)
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(one, EmailTaken) for one in made) == 7


async def test_a_session_carries_its_user_and_the_rights_of_the_moment(store: Store, other: Store):
    user = await add(store, "ada", Role.EDITOR)
    session = await session_of(store, user)

    principal = await other.sessions.find(session)
    assert principal is not None
    assert (principal.id, principal.user_id, principal.name) == (f"user:{user.id}", user.id, "ada")
    assert principal.scopes == ROLES[Role.EDITOR]

    await store.users.change(user.id, UserChange(role=Role.VIEWER, name="Ada L."))

    principal = await other.sessions.find(session)
    assert principal is not None
    assert (principal.name, principal.scopes) == ("Ada L.", ROLES[Role.VIEWER])


async def disable(store: Store, user) -> None:
    await store.users.change(user.id, UserChange(disabled=True))


async def disable_and_enable(store: Store, user) -> None:
    await disable(store, user)
    await store.users.change(user.id, UserChange(disabled=False))


async def delete(store: Store, user) -> None:
    await store.users.delete(user.id)


async def set_password(store: Store, user) -> None:
    assert await store.users.set_password(user.id, "argon2id$b")


async def accept(store: Store, user) -> None:
    _, token = await store.users.invite(user.id)
    assert await store.users.accept(token, "argon2id$b")


@pytest.mark.parametrize("end", [disable, disable_and_enable, delete, set_password, accept])
async def test_a_session_ends_with_the_rights_of_its_user(store: Store, other: Store, end):
    ada, bob = [await add(store, name) for name in ("ada", "bob")]
    session, bobs = [await session_of(store, one) for one in (ada, bob)]
    owners = await store.sessions.redeem(await store.sessions.create_login_token())
    assert owners is not None
    assert await other.sessions.find(session)

    await end(store, ada)

    assert await other.sessions.find(session) is None
    assert await store.sessions.find(session) is None
    assert await other.sessions.find(bobs)
    assert await other.sessions.find(owners)


async def test_the_session_that_changes_a_password_stays(store: Store):
    user = await add(store, "ada")
    mine, elsewhere = [await session_of(store, user) for _ in range(2)]

    assert await store.users.set_password(user.id, "argon2id$b", present=DIGEST, keep=mine)

    assert await store.sessions.find(mine)
    assert await store.sessions.find(elsewhere) is None
    assert not await store.users.set_password(user.id, "argon2id$c", present=DIGEST, keep=mine)
    assert (await store.users.get(user.id)).password == "argon2id$b"


async def test_no_session_opens_for_whom_may_not_or_with_an_older_password(store: Store):
    user = await add(store, "ada")
    invited = await add(store, "bob", digest=None)

    assert await store.sessions.open(user.id, "argon2id$older") is None
    assert await store.sessions.open(invited.id, DIGEST) is None
    await disable(store, user)
    assert await store.sessions.open(user.id, DIGEST) is None
    assert await store.sessions.open("nobody", DIGEST) is None


async def test_the_last_sign_in_is_known(store: Store):
    user = await add(store, "ada")
    await session_of(store, user)

    assert (await store.users.list())[0].signed_in_at == "2026-01-01T12:00:00.000Z"


OUTS = {
    "demoted": lambda store, user: store.users.change(user.id, UserChange(role=Role.EDITOR)),
    "disabled": lambda store, user: store.users.change(user.id, UserChange(disabled=True)),
    "deleted": lambda store, user: store.users.delete(user.id),
}


@pytest.mark.parametrize("out", OUTS.values(), ids=OUTS)
async def test_the_last_owner_who_can_sign_in_stays(store: Store, out):
    ada = await add(store, "ada", Role.OWNER)
    bob = await add(store, "bob", Role.OWNER, digest=None)
    eve = await add(store, "eve", Role.OWNER)
    await disable(store, eve)
    await add(store, "kim", Role.EDITOR)

    with pytest.raises(LastOwner):
        await out(store, ada)
    await store.users.change(ada.id, UserChange(name="Ada", role=Role.OWNER, disabled=False))
    await store.users.set_password(bob.id, DIGEST)
    await out(store, ada)
    with pytest.raises(LastOwner):
        await out(store, bob)


@pytest.mark.parametrize("out", OUTS.values(), ids=OUTS)
async def test_of_two_owners_that_go_at_once_one_stays(store: Store, other: Store, out):
    ada, bob = [await add(store, name, Role.OWNER) for name in ("ada", "bob")]

    done = await asyncio.gather(out(store, ada), out(other, bob), return_exceptions=True)

    assert sum(isinstance(one, LastOwner) for one in done) == 1


async def test_an_invitation_sets_one_password(store: Store, other: Store):
    user = await add(store, "ada", digest=None)
    _, first = await store.users.invite(user.id)
    told, token = await store.users.invite(user.id)

    assert told.invited_until == "2026-01-08T12:00:00.000Z"
    assert await other.users.invited(first) is None
    assert await other.users.invited(token) == told
    accepted = await asyncio.gather(
        *((store, other)[n % 2].users.accept(token, f"argon2id${n}") for n in range(6))
    )

    (got,) = [one for one in accepted if one is not None]
    assert (got.id, got.has_password, got.invited_until) == (user.id, True, None)
    assert await store.users.invited(token) is None


async def test_an_invitation_grows_old_and_ends_with_the_right_to_sign_in(
    store: Store, clock: HandClock
):
    ada, bob, eve = [await add(store, name) for name in ("ada", "bob", "eve")]
    tokens = [(await store.users.invite(one.id))[1] for one in (ada, bob, eve)]
    await disable(store, ada)
    await delete(store, bob)
    assert [await store.users.accept(token, "x") for token in tokens[:2]] == [None, None]

    clock.pass_s(7 * DAY_S)
    assert await store.users.accept(tokens[2], "x") is None
    clock.move_back_s(DAY_S)
    assert await store.users.accept(tokens[2], "x") is None


async def test_whoever_is_not_there_cannot_be_changed(store: Store):
    for attempt in (
        store.users.get("nobody"),
        store.users.change("nobody", UserChange(name="x")),
        store.users.set_password("nobody", DIGEST),
        store.users.invite("nobody"),
        store.users.delete("nobody"),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await store.users.by_email("nobody@example.com") is None


async def test_other_processes_hear_of_a_change_and_of_no_address(store: Store, other: Store):
    before = await other.changes.latest()
    user = await add(store, "ada")
    await disable(store, user)
    await delete(store, user)

    events = []
    async with asyncio.timeout(5):
        async for event in other.changes.follow(before):
            events.append((event.kind.value, event.subject, event.data))
            if len(events) == 3:
                break
    assert events == [("user.changed", user.id, {})] * 2 + [
        ("user.changed", user.id, {"deleted": True})
    ]
