"""The answer of an HTTP action, as the agent gets it."""

import codecs
from dataclasses import dataclass
from email.message import Message
from typing import Final, Self, cast

import jmespath
from jmespath.exceptions import JMESPathError, JMESPathTypeError
from jmespath.parser import ParsedResult

from deftly.egress.message import InboundResponse
from deftly.errors import InvalidDefinition, Problem, ResultUnusable
from deftly.values import JsonObject, JsonValue, NotJsonError, depth_of, dump_json, parse_json

MODEL_TEXT_LIMIT: Final = 20_000
"""Characters of one answer that reach a model."""

_SUCCESS: Final = range(200, 300)
# Deeper JSON can be read and not be written again (orjson ends at 254).
_DEPTH_MAX: Final = 200


def bounded(result: JsonValue) -> JsonValue:
    """Return what code returned, with at most what a model should read.

    Longer text is cut, longer JSON is cut as text: ``{data, truncated}``.
    """
    text = result if isinstance(result, str) else dump_json(result).decode()
    if len(text) <= MODEL_TEXT_LIMIT:
        return result
    return {"data": text[:MODEL_TEXT_LIMIT], "truncated": True}


@dataclass(frozen=True, slots=True)
class ResultPath:
    """A compiled JMESPath: what of the answer the agent gets."""

    text: str
    expression: ParsedResult

    @classmethod
    def compile(cls, text: str | None) -> Self | None:
        """Return it compiled, nothing for nothing.

        Raises:
            InvalidDefinition: It is not JMESPath.
        """
        if text is None:
            return None
        try:
            return cls(text, jmespath.compile(text))
        except JMESPathError as fault:
            path = "handler.resultPath"
            message = f"{path} is not a JMESPath expression: {_first_words(fault)}."
            raise InvalidDefinition(message, details=[Problem(path, message)]) from None

    def pick(self, data: JsonValue) -> JsonValue:
        """Return the part the path names, ``null`` where there is none.

        Raises:
            ResultUnusable: The answer has another shape than the path's functions need, or
                what they make of it is not JSON. The message holds nothing of the answer.
        """
        try:
            picked = cast("JsonValue", self.expression.search(data))
            dump_json(picked)
        except (JMESPathError, ArithmeticError, TypeError, ValueError, RecursionError) as fault:
            message = f"handler.resultPath does not fit the answer: {_reason(fault)}."
            raise ResultUnusable(message) from None
        return picked


def _reason(fault: Exception) -> str:
    """Say what a function missed; the library's own words show the value it was given."""
    match fault:
        case JMESPathTypeError():
            expected = " or ".join(fault.expected_types)
            return f"{fault.function_name}() takes {expected} and was given {fault.actual_type}"
        case NotJsonError():
            return "its result is not JSON (a number without end, or half a character)"
        case JMESPathError():
            return _first_words(fault)
        case _:
            return "its functions cannot take these values"


def _first_words(fault: JMESPathError) -> str:
    said = str(fault).splitlines()[0]
    return said.removeprefix("Invalid jmespath expression: ").rstrip(".: ")


def shape_answer(response: InboundResponse, result_path: ResultPath | None) -> JsonObject:
    """Return ``{http_status, ok, data}``, whole: ``shorten`` cuts it.

    Data is the parsed JSON, or the text of an answer that is none.
    """
    ok = response.status in _SUCCESS
    data, is_json = _read(response)
    if is_json and ok and result_path is not None:
        data = result_path.pick(data)
    return {"http_status": response.status, "ok": ok, "data": data}


def shorten(shaped: JsonValue, *, wire_bytes: int) -> JsonValue:
    """Return the answer with at most what a model should read; ``truncated`` where it was cut.

    JSON that is longer is cut as text, too. Cut after redaction: half a secret is not found.
    """
    if not isinstance(shaped, dict):
        return shaped
    text = _long_text(shaped.get("data"), wire_bytes)
    if text is None:
        return shaped
    return {**shaped, "data": text[:MODEL_TEXT_LIMIT], "truncated": True}


def _read(response: InboundResponse) -> tuple[JsonValue, bool]:
    if not response.body:
        return "", False
    try:
        value = parse_json(response.body.removeprefix(codecs.BOM_UTF8))
    except NotJsonError:
        return _text(response), False
    brackets = response.body.count(b"[") + response.body.count(b"{")
    if brackets > _DEPTH_MAX and depth_of(value) > _DEPTH_MAX:
        return _text(response), False
    return value, True


def _text(response: InboundResponse) -> str:
    try:
        text = response.body.decode(_charset(response), errors="replace")
    except UnicodeError:  # some codecs know no replacement
        text = response.body.decode(errors="replace")
    # Some codecs (utf-7, unicode_escape) make halves of characters, which no text may hold.
    return text.encode(errors="replace").decode()


def _charset(response: InboundResponse) -> str:
    header = Message()
    header["content-type"] = response.header("content-type") or "text/plain"
    name = header.get_content_charset() or "utf-8"
    try:
        found = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    # Some codecs (base64, zlib, rot13) are not about text at all.
    return found.name if getattr(found, "_is_text_encoding", False) else "utf-8"


def _long_text(data: JsonValue, wire_bytes: int) -> str | None:
    """Return the data as text if it is over the limit; cheap for the many that are short."""
    if isinstance(data, str):
        return data if len(data) > MODEL_TEXT_LIMIT else None
    # Compact JSON may be longer than what came (escapes undone, a path that repeats), rarely.
    if wire_bytes * 2 <= MODEL_TEXT_LIMIT:
        return None
    text = dump_json(data).decode()
    return text if len(text) > MODEL_TEXT_LIMIT else None
