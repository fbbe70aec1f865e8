"""What visitors are told of a conversation: not which model answers, how it is set up, its cost.

Nor what an action runs; that is kept from callers with ``run`` alone as well.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import structlog

from deftly.domain.access import Principal
from deftly.domain.conversation import Kind, WrittenEntry
from deftly.domain.summary import without_program
from deftly.errors import ModelUnavailable
from deftly.values import JsonObject, JsonValue

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
    data = dict(entry.data)
    match entry.kind:
        case Kind.TURN_FINISHED:
            waiting = data.get("waiting")
            data["waiting"] = questions_for(caller, waiting if isinstance(waiting, list) else ())
        case Kind.CONFIRMATION_ASKED:
            data = _question_for(caller, data)
        case Kind.TURN_FAILED:
            pass
        case _:
            return entry
    if caller.visitor is not None:
        data.pop("usage", None)
        if data.get("code") == ModelUnavailable.code:
            data["message"] = _NO_ANSWER
    return replace(entry, data=data)


def questions_for(caller: Principal, questions: Iterable[JsonValue]) -> list[JsonValue]:
    """Return questions that wait as this caller may see them."""
    return [_question_for(caller, one) for one in questions if isinstance(one, dict)]


def _question_for(caller: Principal, question: JsonObject) -> JsonObject:
    summary = question.get("summary")
    if caller.sees_programs or not isinstance(summary, dict):
        return question
    return {**question, "summary": without_program(summary)}
