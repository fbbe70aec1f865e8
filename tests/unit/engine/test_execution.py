"""How a call ends that breaks after it was given secrets."""

import structlog

from deftly.domain.run import ConsoleLine, RunEvent
from deftly.engine.execution import Executor
from deftly.errors import EgressFailed
from deftly.handlers.handler import HandlerResult
from deftly.values import JsonObject
from tests.world import HandClock

VALUE = "s3cret/value+1"


class Breaking:
    """A prepared call that quotes a secret when it fails."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault
        self.shown: JsonObject = {}
        self.method, self.host = "GET", "api.example.com"
        self.revealed: dict[str, str] = {}
        self.received: JsonObject | None = None
        self.console: list[ConsoleLine] = []

    async def execute(self) -> HandlerResult:
        self.revealed["KEY"] = VALUE
        raise self.fault


async def ending_of(fault: Exception):
    with structlog.testing.capture_logs() as lines:
        ending = await Executor(HandClock()).execute(lambda: Breaking(fault))
    return ending, repr(lines)


async def test_an_error_that_quotes_a_secret_is_told_and_logged_without_it():
    fault = EgressFailed("bad_response", f"no {VALUE}", internal=f"sent {VALUE}")

    ending, logged = await ending_of(fault)

    assert ending.event is RunEvent.FAILED
    assert (ending.error.code, ending.error.message) == ("bad_response", "no ‹secret KEY›")
    assert VALUE not in logged
    assert "sent ‹secret KEY›" in logged


async def test_a_bug_that_quotes_a_secret_is_logged_without_it():
    ending, logged = await ending_of(ValueError(f"cannot use {VALUE}"))

    assert VALUE not in logged + ending.error.message
    assert "ValueError: cannot use ‹secret KEY›" in logged
