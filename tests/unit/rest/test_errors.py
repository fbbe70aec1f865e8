"""Every error has its row in the table, and every refusal has one form."""

import pytest

from deftly import errors
from deftly.errors import ConfirmationClosed, DeftlyError, InvalidArguments, Problem, TooMany
from deftly.rest.errors import STATUSES, refusal_of


def leaves(kind: type[DeftlyError]) -> list[type[DeftlyError]]:
    below = [leaf for child in kind.__subclasses__() for leaf in leaves(child)]
    return below or [kind]


OURS = [leaf for leaf in leaves(DeftlyError) if leaf.__module__.startswith(errors.__name__)]


@pytest.mark.parametrize("leaf", OURS)
def test_every_leaf_has_a_row(leaf):
    assert leaf in STATUSES


def test_every_row_is_a_leaf():
    assert set(OURS) == set(STATUSES)


def test_a_refusal_says_what_and_where():
    fault = InvalidArguments("It does not fit.", details=[Problem("order_id", "Missing.")])

    assert refusal_of(fault).body == {
        "error": "It does not fit.",
        "code": "invalid_arguments",
        "details": [{"path": "order_id", "message": "Missing."}],
    }


def test_the_log_s_part_of_an_error_stays_in_the_log():
    fault = errors.StoreUnavailable("Later.", internal="/secret/path")

    assert "secret" not in refusal_of(fault).encoded().decode()


def test_waiting_times_and_closing_statuses_are_told():
    assert ("retry-after", "7") in refusal_of(TooMany("Slow.", retry_after_s=7)).headers
    closed = refusal_of(ConfirmationClosed("Denied.", status="denied")).body
    assert closed["details"] == [{"path": "status", "message": "denied"}]


def test_whoever_is_unknown_is_told_how_to_log_in():
    headers = dict(refusal_of(errors.NotAuthenticated("Who?")).headers)

    assert headers["www-authenticate"].startswith("Bearer")
