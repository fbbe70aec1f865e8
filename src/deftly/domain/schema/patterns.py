"""Patterns: which engine they need, and how the ones that backtrack are kept harmless.

A pattern without look-around and back-references runs in linear time, however it is nested.
The others run under a step limit. A validator takes "out of steps" for "does not match", so
they may only stand where a mismatch refuses the value, and only small texts are checked.
"""

import re
from collections.abc import Iterator
from typing import Final

import jsonschema_rs

from deftly.domain.schema.tree import Location, SchemaTree

BACKTRACK_LIMIT: Final = 10_000
# A step may look at the whole text: 25 ms for 4,096 characters at the limit, 240 for 30,000.
TEXT_LIMIT: Final = 8_192

LINEAR: Final = jsonschema_rs.RegexOptions()
BACKTRACKING: Final = jsonschema_rs.FancyRegexOptions(backtrack_limit=BACKTRACK_LIMIT)

_MISMATCH_ACCEPTS: Final = ("not", "if", "oneOf", "maxContains")
_LITERAL: Final = re.compile(r"(?<!\\)[A-Za-z0-9 @_.-]")
_PROBE_LENGTH: Final = 128
_PROBE_CHARACTERS: Final = 12


def harmful_pattern(tree: SchemaTree) -> tuple[Location, str] | None:
    """Return the first pattern that needs the step limit and must not stand there, and why."""
    inverting = {
        word for _, schema in tree.subschemas() for word in _MISMATCH_ACCEPTS if word in schema
    }
    for place, pattern in _patterns(tree):
        if _compiles(pattern, LINEAR):
            continue
        if place[-2] == "patternProperties" or inverting:
            beside = "patternProperties" if place[-2] == "patternProperties" else min(inverting)
            return place, f"look-around and back-references cannot stand in a schema with {beside}"
        if _runs_away(pattern):
            return place, "checking it can take very long; avoid one repetition inside another"
    return None


def _patterns(tree: SchemaTree) -> Iterator[tuple[Location, str]]:
    for place, schema in tree.subschemas():
        pattern = schema.get("pattern")
        if isinstance(pattern, str):
            yield (*place, "pattern"), pattern
        members = schema.get("patternProperties")
        for name in members if isinstance(members, dict) else ():
            yield (*place, "patternProperties", name), name


def _compiles(
    pattern: str, engine: jsonschema_rs.RegexOptions | jsonschema_rs.FancyRegexOptions
) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=engine)
    except jsonschema_rs.ValidationError:
        return False
    return True


def _runs_away(pattern: str) -> bool:
    """Return whether texts made of the pattern's own characters use up the steps."""
    validator = jsonschema_rs.Draft202012Validator(
        {"pattern": pattern}, pattern_options=BACKTRACKING
    )
    characters = list(dict.fromkeys([*_LITERAL.findall(pattern), "a", "0", " "]))
    for character in characters[:_PROBE_CHARACTERS]:
        for text in (character * _PROBE_LENGTH, character * _PROBE_LENGTH + "\n!"):
            if any(
                isinstance(fault.kind, jsonschema_rs.ValidationErrorKind.BacktrackLimitExceeded)
                for fault in validator.iter_errors(text)
            ):
                return True
    return False
