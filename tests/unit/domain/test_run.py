"""A run changes by its table and in no other way."""

from itertools import product

import pytest

from deftly.domain.run import CLOSED, TRANSITIONS, RunEvent, Status, advance, origin_of

PAIRS = list(product(Status, RunEvent))


@pytest.mark.parametrize(("status", "event"), PAIRS, ids=lambda one: one.value)
def test_what_the_table_lacks_is_refused(status: Status, event: RunEvent) -> None:
    follows = TRANSITIONS.get(status, {}).get(event)

    if follows is None:
        with pytest.raises(ValueError, match=f"a run that is {status.value}"):
            advance(status, event)
    else:
        assert advance(status, event) is follows


def test_every_event_starts_from_one_status() -> None:
    assert {event: origin_of(event) for event in RunEvent} == {
        RunEvent.CONFIRMED: Status.CONFIRM_REQUIRED,
        RunEvent.DENIED: Status.CONFIRM_REQUIRED,
        RunEvent.EXPIRED: Status.CONFIRM_REQUIRED,
        RunEvent.VOIDED: Status.CONFIRM_REQUIRED,
        RunEvent.SUCCEEDED: Status.RUNNING,
        RunEvent.FAILED: Status.RUNNING,
        RunEvent.LOST: Status.RUNNING,
    }


def test_nothing_leads_out_of_a_closed_run() -> None:
    assert {
        Status.SUCCEEDED,
        Status.FAILED,
        Status.DENIED,
        Status.EXPIRED,
        Status.VOID,
        Status.UNKNOWN,
    } == CLOSED
