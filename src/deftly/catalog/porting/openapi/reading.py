"""Reading somebody's JSON or YAML of up to 64 MiB without stopping everybody else.

A document is read in a worker thread. What is written in C keeps the interpreter's lock until
it is done (for 13 MB, measured: reading 150 ms, freeing 45, collecting garbage 150), so each
object passes a function of ours, which lets the event loop have its turn; a text is looked at in
slices; a document is taken apart piece by piece; and nothing is collected meanwhile. Aliases of
YAML are shared, never copied.
"""

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

import orjson
import yaml

from deftly.catalog.porting.openapi.slices import (
    decoded,
    has_half_character,
    members_in,
    read_around,
)
from deftly.errors import InvalidRequest
from deftly.store.yaml.scalar import NotANumberError, resolve_plain
from deftly.values import JsonObject, JsonValue

TEXT_LIMIT: Final = 64 * 1024 * 1024
_DEPTH_LIMIT: Final = 200
_LARGE_BYTES: Final = 1024 * 1024
_FEW_MEMBERS: Final = 10_000
_QUOTED: Final = 200
# Merged members are copied: a chain of merges would grow with the square of its length.
_MERGED_MAX: Final = 1_000_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Open: TypeAlias = tuple[JsonObject | list[JsonValue], "str | None"]


def read_text(text: str) -> JsonValue:
    """Return the value of a JSON or YAML text.

    Raises:
        InvalidRequest: It is neither, or too long.
    """
    if len(text) > TEXT_LIMIT:
        raise InvalidRequest("The document is over 64 MiB; cut it down to the paths you need.")
    start = text.removeprefix("\ufeff").lstrip()
    return read_json(start) if start[:1] in {"{", "["} else read_yaml(start)


def read_body(raw: bytes) -> JsonValue:
    """Return the value of a JSON text whose bulk may be one string.

    Raises:
        InvalidRequest: It is not JSON.
    """
    try:
        if len(raw) > _LARGE_BYTES and members_in(raw) < _FEW_MEMBERS:
            return read_around(raw, "openapi")
        return read_json(decoded(raw))
    except orjson.JSONDecodeError as fault:
        raise InvalidRequest(f"The document is no JSON: {fault}.") from None
    except UnicodeDecodeError:
        raise InvalidRequest("The body is not UTF-8 text.") from None


def read_json(text: str) -> JsonValue:
    """Return the value of a JSON text.

    Raises:
        InvalidRequest: It is not JSON.
    """
    try:
        value: JsonValue = json.loads(
            text, object_pairs_hook=_members, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise InvalidRequest("The document is nested too deeply; flatten it.") from None
    except ValueError as fault:
        raise InvalidRequest(f"The document is no JSON: {fault}.") from None
    if has_half_character(text):
        _mend_halves(value)
    return value


def _mend_halves(root: JsonValue) -> None:
    """Put a mark in the place of each lone surrogate, which ``json`` lets pass as an escape."""
    pending = [root]
    while pending:
        match pending.pop():
            case dict(members):
                for name, one in [*members.items()]:
                    pending.append(one)
                    mended = _mended(name)
                    if mended != name:
                        del members[name]
                    members[mended] = _mended(one) if isinstance(one, str) else one
            case list(items):
                pending += items
                items[:] = [_mended(one) if isinstance(one, str) else one for one in items]
            case _:
                pass


def _mended(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _members(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    return dict(pairs)


def _refuse_constant(name: str) -> JsonValue:
    raise ValueError(f"{name} is not a JSON value")


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave garbage of circles where it is during the block; documents have no circles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def take_apart(root: JsonObject) -> None:
    """Free a document piece by piece; it is empty afterwards."""
    for part in [root.pop(name) for name in list(root)]:
        for inner in [part.pop(name) for name in list(part)] if isinstance(part, dict) else ():
            while isinstance(inner, dict) and inner:
                inner.popitem()


def read_yaml(text: str) -> JsonValue:
    """Return the value of a YAML text, as JSON has it: a key such as ``200`` is text.

    Raises:
        InvalidRequest: It is not YAML, or nested too deeply.
    """
    try:
        loader = _Loader(text)
    except yaml.YAMLError as fault:
        raise _no_yaml(fault) from None
    try:
        return _Builder(loader).build()
    except yaml.YAMLError as fault:
        raise _no_yaml(fault) from None
    finally:
        loader.dispose()


def _no_yaml(fault: yaml.YAMLError) -> InvalidRequest:
    said = " ".join(str(fault).split())[:_QUOTED]
    return InvalidRequest(f"The document is no YAML: {said}.")


class _Builder:
    """Builds the first document of a text from the parser's events, without recursion."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self._next: Callable[[], yaml.Event | None] = loader.get_event
        self._anchors: dict[str, JsonValue] = {}
        self._open: list[_Open] = []
        self._names: list[str | None] = []
        self._root: JsonValue = None
        self._merged = 0

    def build(self) -> JsonValue:
        while True:
            event = self._next()
            match event:
                case yaml.DocumentEndEvent() | yaml.StreamEndEvent() | None:
                    return self._root
                case yaml.MappingStartEvent():
                    self._begin({}, event.anchor)
                case yaml.SequenceStartEvent():
                    self._begin([], event.anchor)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._end()
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.AliasEvent():
                    self._put(self._anchors.get(event.anchor or ""))
                case _:
                    pass

    def _begin(self, container: JsonObject | list[JsonValue], anchor: str | None) -> None:
        if len(self._open) >= _DEPTH_LIMIT:
            raise InvalidRequest("The document is nested too deeply; flatten it.")
        if self._open and isinstance(self._open[-1][0], dict) and self._names[-1] is None:
            raise InvalidRequest("The document has a key that is no text; put quotes around it.")
        self._open.append((container, anchor))
        self._names.append(None)

    def _end(self) -> None:
        container, anchor = self._open.pop()
        self._names.pop()
        if anchor is not None:  # complete: an alias inside it would be a circle
            self._anchors[anchor] = container
        self._put(container)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value: JsonValue = event.value
        is_key = self._open and isinstance(self._open[-1][0], dict) and self._names[-1] is None
        if not is_key and event.tag is None and event.implicit[0]:
            try:
                value = resolve_plain(event.value)
            except NotANumberError:
                value = event.value
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        self._put(value)

    def _put(self, value: JsonValue) -> None:
        if not self._open:
            self._root = value
            return
        container = self._open[-1][0]
        if isinstance(container, list):
            container.append(value)
        elif self._names[-1] is None:
            self._names[-1] = value if isinstance(value, str) else json.dumps(value)
        else:
            self._member(container, self._names[-1], value)
            self._names[-1] = None

    def _member(self, container: JsonObject, name: str, value: JsonValue) -> None:
        if name == "<<" and isinstance(value, dict):  # YAML 1.1's merge
            self._merged += len(value)
            if self._merged > _MERGED_MAX:
                raise InvalidRequest("The document merges (<<) too much; write it out as JSON.")
            container.update({key: one for key, one in value.items() if key not in container})
        else:
            container[name] = value
