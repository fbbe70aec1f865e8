"""The answer of an HTTP action, as the agent gets it."""

import codecs
from dataclasses import dataclass
from email.message import Message
from typing import Final, Self, cast

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from deftly.egress.message import InboundResponse
from deftly.errors import InvalidDefinition, Problem, ResultUnusable
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json, parse_json

MODEL_TEXT_LIMIT: Final = 20_000
"""Characters of one answer that reach a model."""

_SUCCESS: Final = range(200, 300)


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
            message = f"{path} is not a JMESPath expression: {str(fault).splitlines()[0]}."
            raise InvalidDefinition(message, details=[Problem(path, message)]) from None

    def pick(self, data: JsonValue) -> JsonValue:
        """Return the part the path names, ``null`` where there is none.

        Raises:
            ResultUnusable: The answer has another shape than the path's functions need.
        """
        try:
            return cast("JsonValue", self.expression.search(data))
        except JMESPathError as fault:
            message = f"handler.resultPath does not fit the answer: {str(fault).splitlines()[0]}."
            raise ResultUnusable(message) from None


def shape_answer(response: InboundResponse, result_path: ResultPath | None) -> JsonObject:
    """Return ``{http_status, ok, data}``, and ``truncated`` where the data was cut.

    Data is the parsed JSON, or the text of an answer that is none. JSON that is longer
    than a model should read is cut as text, too.
    """
    ok = response.status in _SUCCESS
    data, is_json = _read(response)
    if is_json and ok and result_path is not None:
        data = result_path.pick(data)
    text = _long_text(data, len(response.body))
    shaped: JsonObject = {"http_status": response.status, "ok": ok, "data": data}
    if text is not None:
        shaped["data"] = text[:MODEL_TEXT_LIMIT]
        shaped["truncated"] = True
    return shaped


def _read(response: InboundResponse) -> tuple[JsonValue, bool]:
    if not response.body:
        return "", False
    try:
        return parse_json(response.body.removeprefix(codecs.BOM_UTF8)), True
    except NotJsonError:
        return response.body.decode(_charset(response), errors="replace"), False


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
