"""What visitors are told of a conversation: not which model answers, how it is set up, its cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import structlog

from deftly.domain.access import Principal
from deftly.domain.conversation import Kind, WrittenEntry
from deftly.errors import ModelUnavailable

_log = structlog.get_logger(__name__)

_NO_ANSWER: Final = "Nobody can answer here right now; please try again later."


@contextmanager
def model_kept_from(caller: Principal) -> Iterator[None]:
    """Tell a visitor that there is no model, and the log why; others are told what to set.

    Raises:
        ModelUnavailable: There is none.
    """
    try:
        yield
    except ModelUnavailable as fault:
        if caller.visitor is None:
            raise
        _log.warning("model_unavailable", reason=fault.message, internal=fault.internal)
        raise ModelUnavailable(_NO_ANSWER) from None


def told_to(caller: Principal, entry: WrittenEntry) -> WrittenEntry:
    """Return an entry of a transcript as this caller may see it."""
    if caller.visitor is None or entry.kind not in _KEPT:
        return entry
    data = {name: one for name, one in entry.data.items() if name != "usage"}
    if data.get("code") == ModelUnavailable.code:
        data["message"] = _NO_ANSWER
    return replace(entry, data=data)


_KEPT: Final = frozenset({Kind.TURN_FINISHED, Kind.TURN_FAILED})
