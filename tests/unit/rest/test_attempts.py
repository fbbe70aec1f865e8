"""Guessing is slow, and never keeps the person it is about out for long."""

import pytest

from deftly.errors import TooMany
from deftly.rest.attempts import Attempts
from tests.world import HandClock

ADA = "ada@example.com"
HOME = "203.0.113.1"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def attempts(clock):
    return Attempts(clock)


def waits(attempts: Attempts, email: str, address: str) -> int:
    """Try once and return how long to wait, 0 if it counted."""
    try:
        attempts.take(email, address)
    except TooMany as refusal:
        return refusal.retry_after_s
    return 0


def tried(attempts: Attempts, times: int, email=ADA, address=HOME) -> int:
    """Try several times and return how many counted."""
    return sum(waits(attempts, email, address) == 0 for _ in range(times))


def test_five_from_one_place_then_one_a_minute(attempts, clock):
    assert tried(attempts, 20) == 5
    assert waits(attempts, ADA, HOME) == 60

    clock.forward(59)
    assert waits(attempts, ADA, HOME) == 1
    clock.forward(1)
    assert tried(attempts, 5) == 1


def test_a_day_of_guessing_from_one_place_is_some_hundred_attempts(attempts, clock):
    counted = 0
    for _ in range(24 * 60):
        counted += tried(attempts, 3)
        clock.forward(60)

    assert counted <= 24 * 60 + 5


def test_many_names_from_one_place_are_slow_too(attempts, clock):
    assert sum(tried(attempts, 1, f"{n}@example.com") for n in range(100)) == 20
    clock.forward(10)
    assert tried(attempts, 1, "next@example.com") == 1


def test_many_places_for_one_name_are_slow_too_and_no_wait_is_over_a_minute(attempts):
    assert sum(tried(attempts, 1, ADA, f"203.0.113.{n}") for n in range(200)) == 20
    assert 0 < waits(attempts, ADA, "198.51.100.1") <= 60


def test_strangers_elsewhere_do_not_keep_a_user_out_where_they_signed_in_before(attempts, clock):
    attempts.take(ADA, HOME)
    attempts.succeeded(ADA, HOME)
    clock.forward(3600)
    tried_elsewhere = sum(tried(attempts, 1, ADA, f"198.51.100.{n}") for n in range(200))
    assert tried_elsewhere == 20

    assert waits(attempts, ADA, HOME) == 0


def test_a_right_password_forgets_the_wrong_ones_before_it(attempts):
    assert tried(attempts, 5) == 5
    attempts.succeeded(ADA, HOME)

    assert tried(attempts, 20) == 5


def test_one_s_own_account_does_not_pay_for_guesses_at_another(attempts):
    guessed = 0
    for _ in range(40):
        guessed += tried(attempts, 1, "victim@example.com")
        if tried(attempts, 1, "mallory@example.com"):
            attempts.succeeded("mallory@example.com", HOME)

    assert guessed == 5


def test_a_flood_of_names_does_not_make_the_next_one_free(attempts):
    for number in range(25_000):
        waits(attempts, f"{number}@example.com", f"{number}")

    assert tried(attempts, 9) == 5
    for number in range(25_000, 25_100):
        waits(attempts, f"{number}@example.com", f"{number}")
    assert waits(attempts, ADA, HOME) > 0
