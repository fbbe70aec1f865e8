"""What is told about a finished call: a sentence, a few lines, a short table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from deftly.agent.models import spoken, wording
from deftly.agent.models.tables import describe, one_line
from deftly.agent.models.toolcard import ToolCard
from deftly.handlers.widget import SEES
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

_NO_MORE_THAN: Final = 1500
_MARKUP_CHARACTERS: Final = 20

_UNFINISHED: Final[Mapping[str, str]] = {
    "confirm_required": "Before I {purpose}, you have to confirm it; nothing has been sent yet.",
    "waiting": "Before I {purpose}, you have to confirm it; nothing has been sent yet.",
    "running": "The request to {purpose} is still running; I do not know its outcome yet.",
    "denied": "You said no, so I did not {purpose}. Nothing was sent.",
    "expired": "The question whether to {purpose} has expired. Nothing was sent.",
    "void": "The action was changed meanwhile, so I did not {purpose}. Nothing was sent.",
    "interrupted": "The request to {purpose} was interrupted before it was answered.",
    "unknown": "I cannot tell whether the request to {purpose} went through. Please check"
    " before you try it again.",
}
# What the model is told in words instead of a status; a person is told it in other words.
_SENTENCES: Final = tuple(
    (status, re.compile(pattern, re.IGNORECASE))
    for status, pattern in (
        ("waiting", r"waiting for the person|has not answered yet"),
        ("denied", r"\b(?:person|user) (?:declined|denied|refused)"),
        ("expired", r"nobody confirmed in time"),
        ("void", r"action was changed meanwhile"),
        ("unknown", r"nobody knows if it took effect"),
        ("running", r"call is still under way"),
    )
)
_HTTP_FAULTS: Final[Mapping[int, str]] = {
    400: "the service did not accept the request",
    401: "the service did not accept our credentials",
    403: "the service does not allow it",
    404: "the service does not know it",
    409: "the service says it is not possible as things are",
    422: "the service did not accept the values",
    429: "the service gets too many requests at the moment",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A call and what came of it.

    Attributes:
        content: What the engine gave back: a result, a status, or a sentence.
        outcome: ``success``, or why there is no result: ``failed``, ``denied``, …
    """

    tool: ToolCard
    arguments: JsonObject
    content: JsonValue
    outcome: str = "success"


def reply_to(done: Done) -> str:
    """Return what the person is told about one call."""
    status = _status_of(done)
    if status in _UNFINISHED:
        return _UNFINISHED[status].format(purpose=spoken.purpose_of(done.tool))
    if status == "failed":
        return f"I could not {spoken.purpose_of(done.tool)}: {_fault(done.content)}."
    text = _success(done)
    return text if len(text) <= _NO_MORE_THAN else text[:_NO_MORE_THAN].rstrip() + " …"


def failed(done: Done) -> bool:
    """Say whether there is nothing to build on: it failed, was refused, or waits for somebody."""
    return _status_of(done) != "succeeded"


def _status_of(done: Done) -> str:
    if isinstance(done.content, str):
        told = (status for status, pattern in _SENTENCES if pattern.search(done.content))
        plain = "succeeded" if done.outcome == "success" else done.outcome
        status = next(told, plain)
    else:
        status = done.outcome if done.outcome != "success" else _status_in(done.content)
    return "failed" if status == "retried" else status


def _status_in(content: JsonValue) -> str:
    match content:
        case {"http_status": int(), "ok": bool(ok)}:
            return "succeeded" if ok else "failed"
        case {"exit_code": int(code)}:
            return "succeeded" if code == 0 else "failed"
        case {"ok": False} | {"error": dict() | str()}:
            return "failed"
        case {"status": str(status)} if status in {*_UNFINISHED, "failed"}:
            return status
        case _:
            return "succeeded"


def _fault(content: JsonValue) -> str:
    match content:
        case str(text):
            return one_line(text).rstrip(".") or "no reason was given"
        case {"http_status": int(code), "data": data}:
            reason = "the service failed" if code >= 500 else "the service refused it"  # noqa: PLR2004
            said = _said(data)
            reason = f"{_HTTP_FAULTS.get(code, reason)} (HTTP {code})"
            return f"{reason}: {said}" if said else reason
        case {"exit_code": int(code), "stderr": stderr}:
            said = _said(stderr)
            return f"the command ended with code {code}" + (f": {said}" if said else "")
        case _:
            return _said(content) or "no reason was given"


def _said(value: JsonValue) -> str:
    """Return the sentence an error body holds, empty if there is none."""
    match value:
        case str(text) if _is_page(text):
            return ""
        case str(text):
            return one_line(text).rstrip(".")
        case dict():
            for name in ("message", "error", "detail", "title", "reason", "code"):
                if said := _said(value.get(name)):
                    return said
        case _:
            pass
    return ""


def _success(done: Done) -> str:
    opening = f"Done: {spoken.purpose_of(done.tool)}." if wording.acts(done.tool.name) else ""
    match done.content:
        case {"shown": str(sees)} | str(sees) if sees.startswith(SEES):
            return f"{opening} {_seen(done)}".strip()
        case {"http_status": int(), "data": data}:
            pass
        case {"exit_code": int(), "stdout": data}:
            pass
        case data:
            pass
    data, note = _readable(data)
    subject = _subject(done)
    told = "\n\n".join(filter(None, (describe(data, subject), note)))
    if not told:
        return opening or "It worked; there is nothing to show."
    return f"{opening}\n\n{told}" if opening else told


def _seen(done: Done) -> str:
    """Return a line about a card; whoever sees it need not read it once more."""
    subject = _subject(done)
    match done.content:
        case {"data": {"status": str(status)}} if subject:
            return f"Here is {subject}: {one_line(status)}."
        case dict() if not subject and not wording.acts(done.tool.name):
            return "Here is what I found."
        case _:
            return f"Here is {subject}." if subject else "Here it is."


def _readable(data: JsonValue) -> tuple[JsonValue, str]:
    """Return what can be told of the data, and a note where it is not all of it.

    A text may be JSON that was cut off, or a page made for browsers.
    """
    if not isinstance(data, str):
        return data, ""
    if _is_page(data):
        return None, "The answer is a page for browsers; there is nothing in it that I can tell."
    if not data.lstrip().startswith(("[{", '{"')):
        return data, ""
    end = data.rfind("},")
    try:
        whole = parse_json(f"{data[: end + 1]}]") if end > 0 else None
    except NotJsonError:
        whole = None
    return whole, "The answer was too long to be read to its end."


def _is_page(text: str) -> bool:
    return text.lstrip()[:_MARKUP_CHARACTERS].lower().startswith(("<!doctype", "<html", "<?xml"))


def _subject(done: Done) -> str:
    """Return what the call was about, such as ``Order A-1042``; empty if it named nothing."""
    for name, value in done.arguments.items():
        parts = wording.words(name)
        if len(parts) > 1 and parts[-1] in {"id", "number", "code"} and isinstance(value, str):
            return one_line(f"{' '.join(parts[:-1]).capitalize()} {value}")
    return ""
