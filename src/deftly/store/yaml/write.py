"""Composing a definition's file: as its author left it where possible, and always true.

Every text is read back by the reader that will read it later. The first that says exactly
what it shall say is taken; the last way of writing is plain enough that nothing can differ.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from deftly.errors import InvalidDefinition
from deftly.store.yaml.edit import NotEditableError, edit_text
from deftly.store.yaml.fault import YamlFault
from deftly.store.yaml.node import LIMIT_BYTES, LIMIT_DEPTH
from deftly.store.yaml.read import decode, read_object, read_tree
from deftly.store.yaml.text import flow_text, object_text
from deftly.values import JsonObject, NotJsonError, canonical_json, depth_of

_MARK: Final = "\ufeff"
_TOO_MUCH: Final = (
    "The definition does not fit a file of at most 1 MiB and "
    f"{LIMIT_DEPTH} levels of nesting. Shorten it."
)


def compose(definition: JsonObject, original: bytes | None = None) -> bytes:
    """Return the bytes of a file that says the definition.

    Args:
        definition: What the file shall say.
        original: What the file holds now. Its comments, order and quotes are kept; one that
            cannot be read is written anew.

    Raises:
        InvalidDefinition: It is no JSON, or too large or too deeply nested for a file.
    """
    wanted = _checked(definition)
    for text in _ways(definition, original):
        data = text.encode()
        if _says(data, wanted):
            return data
    raise InvalidDefinition(_TOO_MUCH)


def _checked(definition: JsonObject) -> bytes:
    if depth_of(definition) > LIMIT_DEPTH:
        raise InvalidDefinition(_TOO_MUCH)
    try:
        wanted = canonical_json(definition)
    except NotJsonError as error:
        message = f"The definition is not JSON: {error}. Remove or correct that value."
        raise InvalidDefinition(message) from None
    if len(wanted) > LIMIT_BYTES:
        raise InvalidDefinition(_TOO_MUCH)
    return wanted


def _ways(definition: JsonObject, original: bytes | None) -> Iterator[str]:
    if original is not None:
        yield from _edits(definition, original)
    yield object_text(definition)
    yield f"{flow_text(definition)}\n"


def _edits(definition: JsonObject, original: bytes) -> Iterator[str]:
    try:
        text = decode(original)
        mark = _MARK if text.startswith(_MARK) else ""
        line_break = "\r\n" if "\r\n" in text else "\n"
        text = text.removeprefix(_MARK).replace("\r\n", "\n")
        root = read_tree(text)
    except YamlFault:
        return
    for expand_aliases in (False, True):
        with suppress(NotEditableError):
            edited = edit_text(text, root, definition, expand_aliases=expand_aliases)
            yield mark + edited.replace("\n", line_break)


def _says(data: bytes, wanted: bytes) -> bool:
    try:
        return canonical_json(read_object(data)) == wanted
    except YamlFault:
        return False
