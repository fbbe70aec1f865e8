"""Visitors who wrote something are known in every process, as whom they were verified."""

from dataclasses import replace

from deftly.domain.visitor import RESUME_LIFETIME_S, Visitor
from deftly.store.visitors import SqliteVisitors
from tests.contract.kit import Store

SHOP = "https://shop.example.com"
ADA = Visitor("v-1", "a-1", SHOP, {"id": "ada", "plan": "gold"}, {"title": "Cart", "items": 2})
STRANGER = Visitor("v-2", "a-1", SHOP)


async def test_a_visitor_is_there_as_last_noted(store: Store, other: Store):
    visitors = SqliteVisitors(store.database)
    await visitors.note(ADA, "n-1")
    await visitors.note(STRANGER, "n-1")
    moved = replace(ADA, page={"title": "Checkout"})
    await visitors.note(moved, "n-1")

    there = SqliteVisitors(other.database)
    assert await there.get("v-1") == moved
    assert await there.get("v-2") == STRANGER
    assert await there.get("v-3") is None


async def test_a_user_is_found_at_their_agent_and_page_alone(store: Store):
    visitors = SqliteVisitors(store.database)
    await visitors.note(ADA, "n-1")
    await visitors.note(STRANGER, "n-1")

    assert await visitors.of_user("a-1", SHOP, "ada") == ADA
    for elsewhere in (("a-2", SHOP, "ada"), ("a-1", f"{SHOP}:1", "ada"), ("a-1", SHOP, "bob")):
        assert await visitors.of_user(*elsewhere) is None


async def test_of_two_visitors_of_one_user_the_last_one_is_found(store: Store, clock):
    visitors = SqliteVisitors(store.database)
    await visitors.note(replace(ADA, id="v-9"), "n-1")
    clock.pass_s(1)
    await visitors.note(ADA, "n-1")

    found = await visitors.of_user("a-1", SHOP, "ada")

    assert found is not None
    assert found.id == "v-1"


async def test_an_older_tab_does_not_undo_who_somebody_is(store: Store):
    visitors = SqliteVisitors(store.database)
    await visitors.note(ADA, "n-1")

    await visitors.note(replace(ADA, user=None, page=None), "n-1")

    assert await visitors.get("v-1") == replace(ADA, page=None)


async def test_who_has_not_written_for_a_month_is_forgotten(store: Store, clock):
    visitors = SqliteVisitors(store.database)
    await visitors.note(ADA, "n-1")
    clock.pass_s(RESUME_LIFETIME_S)
    await visitors.note(STRANGER, "n-1")
    await visitors.forget_old()
    assert await visitors.get("v-1") == ADA

    clock.pass_s(1)
    await visitors.forget_old()

    assert await visitors.get("v-1") is None
    assert await visitors.get("v-2") == STRANGER
