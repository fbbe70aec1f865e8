"""Ids: of the right form, never the same, and in order where an index wants it."""

import uuid

from deftly.values import RandomIds

MANY = 2_000


def test_ids_are_random_uuids():
    ids = RandomIds()
    made = {ids.new_id() for _ in range(MANY)}
    assert len(made) == MANY
    assert {uuid.UUID(one).version for one in made} == {4}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}
    assert all(str(uuid.UUID(one)) == one for one in made)


def test_ordered_ids_begin_with_the_time():
    ids = RandomIds()
    made = [ids.new_ordered_id() for _ in range(MANY)]
    assert len(set(made)) == MANY
    assert {uuid.UUID(one).version for one in made} == {7}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}
    times = [one[:13] for one in made]
    assert times == sorted(times)
