"""From what an author wrote to an action, and from an edit to what is written next.

An authored definition is a JSON object in the form its author chose: ``parameters`` or
``inputSchema``, with or without an id. A parsed one is an ``Action``.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from deftly.domain.action import Action
from deftly.domain.handler import HANDLER_KINDS
from deftly.domain.naming import action_name
from deftly.domain.schema import Parameter, parameters_to_schema, schema_to_parameters
from deftly.domain.validation import said_by, sentence_about
from deftly.errors import DeftlyError, InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue, canonical_json

SERVER_KEYS: Final = ("id", "version", "createdAt", "updatedAt")
_KEY_ORDER: Final = (
    "id", "name", "description", "similes", "parameters", "inputSchema", "handler",
    "executionMode", "acknowledgeWrites", "widget", "examples", "limits", "enabled",
    "version", "createdAt", "updatedAt",
)  # fmt: skip


class Identity(NamedTuple):
    """What the server, not the author, decides about a definition."""

    id: str
    version: int
    created_at: str
    updated_at: str


def parse_action(authored: Mapping[str, JsonValue], identity: Identity) -> Action:
    """Return the action an authored definition describes.

    Raises:
        InvalidDefinition: Lists every problem found, each with its path and what to do.
    """
    given = {k: v for k, v in authored.items() if v is not None and k not in SERVER_KEYS}
    problems: list[Problem] = []
    fields: dict[str, JsonValue] = {
        **given,
        "id": identity.id,
        "version": identity.version,
        "createdAt": identity.created_at,
        "updatedAt": identity.updated_at,
    }
    fields["name"] = _name(given.get("name"), problems)
    schema = _schema(given, problems)
    fields["inputSchema"] = schema
    fields["parameters"] = [one.wire() for one in _flat_view(schema, problems)]
    action = _validate(fields, problems)
    if problems or action is None:
        raise unusable(problems)
    return action


def _name(given: JsonValue, problems: list[Problem]) -> str:
    if not isinstance(given, str) or not given.strip():
        problems.append(Problem("name", "name is required: a text such as get_order_status."))
        return "UNNAMED"
    with _Collect(problems):
        return action_name(given)
    return "UNNAMED"


def _schema(given: Mapping[str, JsonValue], problems: list[Problem]) -> JsonObject:
    schema = given.get("inputSchema")
    if schema is not None:
        if isinstance(schema, dict):
            return schema
        problems.append(Problem("inputSchema", "inputSchema must be a JSON Schema object."))
        return {}
    with _Collect(problems):
        return parameters_to_schema(read_parameters(given.get("parameters", [])))
    return {}


def _flat_view(schema: JsonObject, problems: list[Problem]) -> tuple[Parameter, ...]:
    with _Collect(problems):
        return schema_to_parameters(schema)
    return ()


class _Collect:
    """Keep the problems of a refused part, so that the other parts are looked at too."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> bool:
        if not isinstance(fault, DeftlyError):
            return False
        self._problems.extend(fault.details or [Problem("", fault.message)])
        return True


def read_parameters(given: JsonValue) -> tuple[Parameter, ...]:
    """Return the declared parameters.

    Raises:
        InvalidDefinition: It is not a list of objects with a name each.
    """
    if not isinstance(given, list):
        message = "parameters must be a list of objects: name, type, description, required."
        raise InvalidDefinition(message, details=[Problem("parameters", message)])
    problems: list[Problem] = []
    read: list[Parameter] = []
    for index, one in enumerate(given):
        if not isinstance(one, dict):
            path = f"parameters[{index}]"
            problems.append(Problem(path, f"{path} must be an object with a name."))
            continue
        try:
            read.append(Parameter.model_validate({k: v for k, v in one.items() if v is not None}))
        except ValidationError as fault:
            problems.extend(problems_of(fault, ("parameters", index)))
    if problems:
        raise unusable(problems)
    return tuple(read)


def _validate(fields: dict[str, JsonValue], problems: list[Problem]) -> Action | None:
    try:
        return Action.model_validate(fields)
    except ValidationError as fault:
        problems.extend(problems_of(fault))
        return None


def problems_of(fault: ValidationError, prefix: Sequence[str | int] = ()) -> list[Problem]:
    """Return what is wrong with a definition, each with its path."""
    return [
        problem
        for error in fault.errors(include_url=False)
        for problem in _problem_of(error, prefix)
    ]


def _problem_of(error: ErrorDetails, prefix: Sequence[str | int]) -> list[Problem]:
    parts = [*prefix, *error["loc"]]
    if parts[:1] == ["handler"] and len(parts) > 1 and parts[1] in HANDLER_KINDS:
        del parts[1]  # the union's tag is no field
    path = _path_text(parts)
    said = said_by(error)
    if said.startswith("unknown:"):
        return [_unknown_key(path, key) for key in said.removeprefix("unknown:").split(",")]
    match error["type"]:
        case "extra_forbidden":
            return [_unknown_key(_path_text(parts[:-1]), str(parts[-1]))]
        case "union_tag_not_found":
            return [_kind(path, "is required: one of")]
        case "union_tag_invalid":
            return [_kind(path, "must be one of")]
        case _:
            return [Problem(path, sentence_about(path or "The definition", error))]


def _kind(path: str, verb: str) -> Problem:
    where = f"{path}.type"
    return Problem(where, f"{where} {verb} {', '.join(HANDLER_KINDS)}.")


def _unknown_key(path: str, key: str) -> Problem:
    where = f"{path}.{key}" if path else key
    return Problem(where, f"{where} is not a known key; notes of your own start with x-.")


def _path_text(parts: Sequence[str | int]) -> str:
    text = ""
    for part in parts:
        match part:
            case int():
                text += f"[{part}]"
            case _ if text:
                text += f".{part}"
            case _:
                text = str(part)
    return text


def unusable(problems: Sequence[Problem]) -> InvalidDefinition:
    """Return the refusal of a definition; each sentence begins with the field it is about."""
    named = [Problem(one.path, _named(one)) for one in problems]
    first = named[0].message if named else "The definition is not usable."
    more = len(named) - 1
    headline = first if more < 1 else f"{first} ({more} more in details)"
    return InvalidDefinition(headline, details=named)


def _named(problem: Problem) -> str:
    if not problem.path or problem.message.startswith(problem.path):
        return problem.message
    return f"{problem.path}: {problem.message}"


def authored_form(given: Mapping[str, JsonValue]) -> JsonObject:
    """Return a new definition as it will be written: server keys dropped, one form of inputs."""
    authored: JsonObject = {
        k: v for k, v in given.items() if v is not None and k not in SERVER_KEYS
    }
    if "inputSchema" in authored:
        authored.pop("parameters", None)
    return _ordered(authored)


def edited(authored: JsonObject, action: Action, patch: Mapping[str, JsonValue]) -> JsonObject:
    """Return the authored definition after a partial edit; ``null`` leaves a field unchanged.

    The inputs keep the form their author chose unless the edit really changes them.
    """
    changes: JsonObject = {k: v for k, v in patch.items() if v is not None and k not in SERVER_KEYS}
    _settle_inputs(changes, action)
    result: JsonObject = {**authored, **changes}
    if "inputSchema" in changes:
        result.pop("parameters", None)
    elif "parameters" in changes:
        result.pop("inputSchema", None)
    return _ordered(result)


def _settle_inputs(changes: JsonObject, action: Action) -> None:
    """Drop the inputs that say what is stored already, and the view beside a schema."""
    if "inputSchema" in changes:
        changes.pop("parameters", None)
        if _same(changes["inputSchema"], action.input_schema):
            del changes["inputSchema"]
    elif "parameters" in changes and read_parameters(changes["parameters"]) == action.parameters:
        del changes["parameters"]


def _same(one: JsonValue, other: JsonValue) -> bool:
    return canonical_json(one) == canonical_json(other)


def stamped(authored: JsonObject, action: Action) -> JsonObject:
    """Return the authored definition with the server's own fields, as it goes into its file."""
    server: JsonObject = {
        "id": action.id,
        "name": action.name,
        "version": action.version,
        "createdAt": action.created_at,
        "updatedAt": action.updated_at,
    }
    return _ordered({**authored, **server})


def _ordered(definition: JsonObject) -> JsonObject:
    known = {key: definition[key] for key in _KEY_ORDER if key in definition}
    rest = {key: value for key, value in definition.items() if key not in known}
    return cast("JsonObject", {**known, **rest})
