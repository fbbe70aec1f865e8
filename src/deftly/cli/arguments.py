"""From ``key=value`` words to arguments, converted by the action's schema."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from deftly.errors import InvalidArguments, Problem
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

_YES: Final = frozenset({"true", "yes", "on", "1"})
_NO: Final = frozenset({"false", "no", "off", "0"})


def read_arguments(words: Sequence[str], schema: JsonObject) -> JsonObject:
    """Return the arguments the words spell; ``key:=value`` gives JSON as it is.

    A key that comes several times makes a list where the schema wants one.

    Raises:
        InvalidArguments: Lists every word that cannot be read, with what to write.
    """
    properties = schema.get("properties")
    declared = properties if isinstance(properties, dict) else {}
    problems: list[Problem] = []
    arguments: JsonObject = {}
    for word in words:
        try:
            name, value = _read_word(word, declared)
        except _UnreadableError as fault:
            problems.append(Problem(word.partition("=")[0].removesuffix(":"), str(fault)))
            continue
        earlier = arguments.get(name)
        if isinstance(earlier, list) and isinstance(value, list):
            value = [*earlier, *value]
        elif name in arguments:
            problems.append(Problem(name, f"{name} is given twice."))
        arguments[name] = value
    if problems:
        raise InvalidArguments(problems[0].message, details=problems)
    return arguments


class _UnreadableError(ValueError):
    """A word does not spell an argument."""


def _read_word(word: str, declared: JsonObject) -> tuple[str, JsonValue]:
    name, equals, text = word.partition("=")
    is_json = name.endswith(":")
    name = name.removesuffix(":")
    if not equals or not name:
        raise _UnreadableError(f"{word!r} is no argument; write name=value.")
    if name not in declared:
        raise _UnreadableError(_unknown(name, list(declared)))
    schema = declared[name]
    if is_json:
        return name, _json(name, text)
    return name, _convert(name, text, schema if isinstance(schema, dict) else {})


def _unknown(name: str, declared: Sequence[str]) -> str:
    if not declared:
        return f"There is no parameter {name}; the action takes none."
    near = get_close_matches(name, declared, n=1)
    offer = f"Did you mean {near[0]}?" if near else f"There is {', '.join(declared)}."
    return f"There is no parameter {name}. {offer}"


def _convert(name: str, text: str, schema: JsonObject) -> JsonValue:
    """Return the value the text spells in the first of the schema's types that takes it."""
    fault: _UnreadableError | None = None
    for kind in _kinds(schema):
        try:
            return _convert_to(kind, name, text, schema)
        except _UnreadableError as problem:
            fault = fault or problem
    raise fault or _UnreadableError(f"{name} cannot be given as text; write {name}:=JSON.")


def _kinds(schema: JsonObject) -> list[str]:
    """Return the JSON types a value may have, text last because everything is text."""
    match schema:
        case {"type": str(kind)}:
            kinds = [kind]
        case {"type": [*several]}:
            kinds = [kind for kind in several if isinstance(kind, str)]
        case {"anyOf": [*choices]} | {"oneOf": [*choices]}:
            kinds = [kind for one in choices if isinstance(one, dict) for kind in _kinds(one)]
        case {"enum": [*values]} if not any(isinstance(value, str) for value in values):
            kinds = ["json"]
        case _:
            kinds = ["string"]
    return sorted(kinds, key=lambda kind: kind == "string")


def _convert_to(kind: str, name: str, text: str, schema: JsonObject) -> JsonValue:
    match kind:
        case "string":
            return text
        case "integer" | "number":
            return _number(name, text, whole=kind == "integer")
        case "boolean":
            return _boolean(name, text)
        case "null":
            if text in {"", "null"}:
                return None
            raise _UnreadableError(f"{name} must be null or left out.")
        case "array" if not text.startswith("["):
            items = schema.get("items")
            return [_convert(name, text, items if isinstance(items, dict) else {})]
        case _:
            return _json(name, text)


def _number(name: str, text: str, *, whole: bool) -> JsonValue:
    wanted = "a whole number" if whole else "a number"
    try:
        value = parse_json(text.strip())
    except NotJsonError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _UnreadableError(f"{name} must be {wanted}, not {text!r}.")
    return value


def _boolean(name: str, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise _UnreadableError(f"{name} must be true or false, not {text!r}.")


def _json(name: str, text: str) -> JsonValue:
    try:
        return parse_json(text)
    except NotJsonError as fault:
        raise _UnreadableError(f"{name} must be JSON: {fault}.") from None
