"""Compiled schemas: refused when saved if they can never work, then binding arguments quickly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

import jsonschema_rs

from deftly.domain.schema.cost import TooCostlyError, check_cost
from deftly.domain.schema.parameters import declared_properties, description_of, required_names
from deftly.domain.schema.patterns import BACKTRACKING, LINEAR, TEXT_LIMIT, harmful_pattern
from deftly.domain.schema.place import place_text, pointer
from deftly.domain.schema.plain import plain
from deftly.domain.schema.soundness import DEPTH_LIMIT, Size, UnsoundError, measure
from deftly.domain.schema.tree import REFERENCES, Location, SchemaTree, grow_tree
from deftly.domain.schema.wording import problems_of
from deftly.errors import InvalidArguments, InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue, dump_json

SCHEMA_LIMIT_BYTES: Final = 64 * 1024
PROPERTIES_LIMIT: Final = 200
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_ARGUMENT_VALUES_LIMIT: Final = 100_000
# A validator collects the faults of all branches before it tells the first, some 15 µs and
# 1 KB each; where more could come together, only the place is told.
_EXPLAINED_CHECKS_LIMIT: Final = 20_000
_BESIDE: Final = frozenset(
    {"allOf", "anyOf", "oneOf", "if", "dependentSchemas", "$ref", "$dynamicRef"}
)
_CLOSING: Final = ("additionalProperties", "unevaluatedProperties")


@dataclass(frozen=True, slots=True)
class CompiledSchema:
    """What an action's arguments have to be.

    Attributes:
        schema: As its author wrote it.
        effective: The same, of type object and closed to undeclared members.
        declared_names: Of the top-level properties, in the order written.
        required_names: Of those no valid object lacks.
    """

    schema: JsonObject
    effective: JsonObject
    declared_names: tuple[str, ...]
    required_names: tuple[str, ...]
    _descriptions: Mapping[str, str] = field(repr=False)
    _validator: jsonschema_rs.Validator = field(repr=False)
    _backtracks: bool = field(repr=False)
    _checks_per_value: int = field(repr=False)

    def bind(self, given: JsonValue) -> JsonObject:
        """Return the declared arguments, in declaration order.

        Nothing is coerced: ``"5"`` is no number. A whole number has no fraction (`plain`). A
        missing optional argument is left out.

        Raises:
            InvalidArguments: Lists every problem at once, one JSON pointer each.
        """
        if not isinstance(given, dict):
            _refuse([Problem("", "The arguments must be an object of names and values.")])
        size = self._measured(given)
        if not self._validator.is_valid(given):
            _refuse(self._problems(given, size))
        bound = {name: plain(given[name]) for name in self.declared_names if name in given}
        if len(bound) == len(given):
            return bound
        return bound | {name: plain(one) for name, one in given.items() if name not in bound}

    def _measured(self, given: JsonObject) -> Size:
        try:
            size = measure(given, values_limit=_ARGUMENT_VALUES_LIMIT)
        except UnsoundError as fault:
            subject = place_text(fault.place) or "The argument object"
            _refuse([Problem(pointer(fault.place), f"{subject} {fault}.")])
        if self._backtracks and size.characters > TEXT_LIMIT:
            _refuse([Problem("", f"The texts have over {TEXT_LIMIT} characters; send less.")])
        return size

    def _problems(self, given: JsonObject, size: Size) -> list[Problem]:
        if size.values * self._checks_per_value <= _EXPLAINED_CHECKS_LIMIT:
            problems = problems_of(self._validator.iter_errors(given), self._descriptions)
            return self._without_echoes(problems) or problems
        largest = max(given, key=lambda name: _weight(given[name]))
        return [
            Problem(
                pointer((largest,)),
                f"The arguments do not fit, and {size.values} values are too many to say where; "
                f"send fewer in {largest[:80]}.",
            )
        ]

    def _without_echoes(self, problems: list[Problem]) -> list[Problem]:
        """Drop "not a parameter" about declared names: what is wrong inside them says it."""
        declared = {pointer((name,)) for name in self.declared_names}
        return [
            problem
            for problem in problems
            if problem.path not in declared or "is not a parameter;" not in problem.message
        ]


def _weight(value: JsonValue) -> int:
    return len(dump_json(value)) if isinstance(value, dict | list) else 0


def _refuse(problems: list[Problem]) -> NoReturn:
    more = len(problems) - 1
    first = problems[0].message
    raise InvalidArguments(f"{first} ({more} more)" if more else first, details=problems)


def compile_schema(schema: JsonObject, *, path: str) -> CompiledSchema:
    """Return the compiled schema; one document, nothing is ever fetched.

    Raises:
        InvalidDefinition: It can never work, or checking it could take too long; the problem's
            path leads to the place inside it.
    """
    _check_size(schema, path)
    tree = grow_tree(schema)
    _check_document(tree, path)
    declared = declared_properties(tree, path)
    if len(declared) > PROPERTIES_LIMIT:
        _reject(path, ("properties",), f"there are more than {PROPERTIES_LIMIT}; ask for fewer")
    try:
        checks = check_cost(tree, DEPTH_LIMIT)
    except TooCostlyError as fault:
        _reject(path, fault.place, f"{fault}; refer to fewer places")
    effective = _closed(schema)
    validator, backtracks = _validator(effective, tree, path)
    return CompiledSchema(
        schema,
        effective,
        tuple(declared),
        required_names(tree),
        {name: description_of(member, tree) for name, member in declared.items()},
        validator,
        backtracks,
        checks,
    )


def _reject(path: str, place: Location, reason: str) -> NoReturn:
    where = place_text(place, path)
    sentence = f"{where}: {reason}."
    raise InvalidDefinition(sentence, details=[Problem(where, sentence)])


def _check_size(schema: JsonValue, path: str) -> None:
    if not isinstance(schema, dict):
        _reject(path, (), 'a schema is an object, such as {"type": "object", "properties": {}}')
    try:
        measure(schema, values_limit=SCHEMA_LIMIT_BYTES)
    except UnsoundError as fault:
        _reject(path, fault.place, f"this {fault}")
    if len(dump_json(schema)) > SCHEMA_LIMIT_BYTES:
        _reject(path, (), f"the schema is over {SCHEMA_LIMIT_BYTES} bytes; shorten it")


def _check_document(tree: SchemaTree, path: str) -> None:
    root = tree.root
    if root.get("type", "object") != "object":
        _reject(path, ("type",), 'arguments are an object: the type must be "object"')
    for place, schema in tree.subschemas():
        dialect = schema.get("$schema", DIALECT)
        if not isinstance(dialect, str) or dialect.rstrip("#") != DIALECT:
            reason = f"this is read as JSON Schema 2020-12; remove $schema, or write {DIALECT}"
            _reject(path, (*place, "$schema"), reason)
        if place and "$id" in schema:
            _reject(path, (*place, "$id"), "only the root may have an $id; use $anchor")
        for keyword in REFERENCES:
            _check_reference(tree, (*place, keyword), schema.get(keyword), path)


def _check_reference(tree: SchemaTree, place: Location, reference: JsonValue, path: str) -> None:
    if not isinstance(reference, str):
        return  # absent, or for the metaschema to refuse
    if not reference.startswith("#"):
        reason = "nothing is fetched: copy that schema into $defs and refer to #/$defs/…"
        _reject(path, place, reason)
    if tree.target(reference) is None:
        _reject(path, place, f"there is no schema at {reference[:80]} in this document")


def _closed(schema: JsonObject) -> JsonObject:
    """Return the schema of an object that refuses undeclared members, unless it has a say."""
    typed: JsonObject = {"type": "object", **schema}
    if any(keyword in schema for keyword in _CLOSING):
        return typed
    keyword = "unevaluatedProperties" if _BESIDE & schema.keys() else "additionalProperties"
    return {**typed, keyword: False}


def _validator(
    effective: JsonObject, tree: SchemaTree, path: str
) -> tuple[jsonschema_rs.Validator, bool]:
    """Return a validator in linear time if the patterns allow, and whether it backtracks."""
    try:
        return _build(effective, LINEAR), False
    except jsonschema_rs.ValidationError:
        pass  # a fault, or a pattern of the other engine
    try:
        validator = _build(effective, BACKTRACKING)
    except jsonschema_rs.ValidationError as fault:
        _reject(path, tuple(fault.instance_path), _schema_fault(fault))
    harmful = harmful_pattern(tree)
    if harmful:
        _reject(path, harmful[0], f"{harmful[1]}; write a plainer pattern")
    return validator, True


def _build(
    schema: JsonObject, engine: jsonschema_rs.RegexOptions | jsonschema_rs.FancyRegexOptions
) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(
        schema, retriever=_fetch_nothing, pattern_options=engine, validate_formats=True
    )


def _fetch_nothing(uri: str) -> NoReturn:
    message = f"{uri} is another document"
    raise LookupError(message)


def _schema_fault(fault: jsonschema_rs.ValidationError) -> str:
    problems = problems_of(iter([fault]), {})
    said = problems[0].message if problems else fault.message
    subject = place_text(fault.instance_path) or "The argument object"
    return f"this {said.removeprefix(subject).strip().rstrip('.')}"
