"""From what pydantic finds wrong with a value to a sentence that names the field."""

from collections.abc import Mapping
from typing import Final

from pydantic_core import ErrorDetails

_WHOLE: Final = "must be a whole number"
_NUMBER: Final = "must be a number"
_TRUTH: Final = "must be true or false"
_OBJECT: Final = "must be an object"
_LIST: Final = "must be a list"
_CHOICE: Final = "must be one of {expected}"

_PREDICATES: Final[Mapping[str, str]] = {
    "missing": "is required",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must not be blank",
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "list_type": _LIST,
    "tuple_type": _LIST,
}


def said_by(error: ErrorDetails) -> str:
    """Return the words of a validator of ours, or of pydantic where no table has better ones."""
    return error["msg"].removeprefix("Value error, ")


def sentence_about(field: str, error: ErrorDetails) -> str:
    """Return the sentence; a validator's words follow the name, at once if they begin so."""
    predicate = _PREDICATES.get(error["type"])
    if predicate is not None:
        return f"{field} {predicate.format_map(_bounds(error))}."
    said = said_by(error)
    return f"{field} {said}." if said.startswith("must ") else f"{field}: {said}."


def _bounds(error: ErrorDetails) -> dict[str, str]:
    """Return what the type of the error speaks of, without the quotes around choices."""
    told = {name: _plain(value) for name, value in error.get("ctx", {}).items()}
    if "expected" in told:
        told["expected"] = told["expected"].replace("'", "")
    return told


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
