"""Parameters, the flat view of a schema's top-level properties, and the way back."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias, cast, get_args

from pydantic import StrictBool, field_validator

from deftly.domain.model import Model
from deftly.domain.naming import parameter_name_fault
from deftly.domain.schema.place import place_text
from deftly.domain.schema.tree import SchemaTree, grow_tree, same_value
from deftly.errors import InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue

ParameterType: TypeAlias = Literal["string", "number", "integer", "boolean", "array", "object"]
_TYPE_NAMES: Final[Mapping[type, str]] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
    type(None): "null",
}
PARAMETER_TYPES: Final[tuple[ParameterType, ...]] = get_args(ParameterType)


class Parameter(Model):
    """One input an agent gathers.

    Attributes:
        description: What helps a model to fill it in.
        required: Without it nothing is sent.
    """

    name: str
    type: ParameterType = "string"
    description: str = ""
    required: StrictBool = False

    @field_validator("name")
    @classmethod
    def _nameable(cls, name: str) -> str:
        fault = parameter_name_fault(name)
        if fault:
            message = f"the name {name[:80]!r} {fault}"
            raise ValueError(message)
        return name


def parameters_to_schema(parameters: Iterable[Parameter]) -> JsonObject:
    """Return the schema of an object with these members.

    Raises:
        InvalidDefinition: Two parameters have one name.
    """
    properties: JsonObject = {}
    required: list[JsonValue] = []
    for index, parameter in enumerate(parameters):
        if parameter.name in properties:
            path = f"parameters[{index}].name"
            sentence = f"{path}: there is a parameter {parameter.name} already; keep one of them."
            raise InvalidDefinition(sentence, details=[Problem(path, sentence)])
        member: JsonObject = {"type": parameter.type}
        if parameter.description:
            member["description"] = parameter.description
        properties[parameter.name] = member
        if parameter.required:
            required.append(parameter.name)
    schema: JsonObject = {"type": "object", "properties": properties}
    return {**schema, "required": required} if required else schema


def schema_to_parameters(schema: JsonObject) -> tuple[Parameter, ...]:
    """Return the flat view: every declared property, those behind ``allOf`` or ``$ref`` too.

    Raises:
        InvalidDefinition: A property has a name no placeholder can say.
    """
    tree = grow_tree(schema)
    required = required_names(tree)
    return tuple(
        Parameter(
            name=name,
            type=_type_of(member, tree),
            description=description_of(member, tree),
            required=name in required,
        )
        for name, member in declared_properties(tree).items()
    )


def declared_properties(tree: SchemaTree, path: str = "inputSchema") -> dict[str, JsonValue]:
    """Return the top-level properties in the order written, the root's own first.

    Raises:
        InvalidDefinition: As `schema_to_parameters`.
    """
    declared: dict[str, JsonValue] = {}
    for schema, _ in same_value(tree.root, tree):
        properties = schema.get("properties")
        for name, member in properties.items() if isinstance(properties, dict) else ():
            fault = parameter_name_fault(name)
            if fault:
                place = (*tree.places[id(schema)], "properties", name)
                where = place_text(place, path)
                sentence = f"{where}: the name {name[:80]!r} {fault}."
                raise InvalidDefinition(sentence, details=[Problem(where, sentence)])
            declared.setdefault(name, member)
    return declared


def required_names(tree: SchemaTree) -> tuple[str, ...]:
    """Return the names that every valid object has, as far as the schema says so plainly."""
    names: dict[str, None] = {}
    for schema, certain in same_value(tree.root, tree):
        required = schema.get("required")
        if certain and isinstance(required, list):
            names.update((name, None) for name in required if isinstance(name, str))
    return tuple(names)


def description_of(member: JsonValue, tree: SchemaTree) -> str:
    """Return the first description of a property that holds for certain."""
    for schema, certain in same_value(member, tree) if isinstance(member, dict) else ():
        description = schema.get("description")
        if certain and isinstance(description, str):
            return description
    return ""


def types_of(member: JsonValue, tree: SchemaTree) -> tuple[str, ...]:
    """Return the JSON types a property says it may have, ``null`` included."""
    types: dict[str, None] = {}
    for schema, _ in same_value(member, tree) if isinstance(member, dict) else ():
        match schema:
            case {"type": str(name)}:
                types[name] = None
            case {"type": list(names)}:
                types.update((str(name), None) for name in names)
            case {"enum": list(choices)}:
                types.update((_type_name(choice), None) for choice in choices)
            case {"const": choice}:
                types[_type_name(choice)] = None
            case _:
                pass
    return tuple(types)


def _type_name(value: JsonValue) -> str:
    return _TYPE_NAMES.get(type(value), "string")


def _type_of(member: JsonValue, tree: SchemaTree) -> ParameterType:
    known = (name for name in types_of(member, tree) if name in PARAMETER_TYPES)
    return cast("ParameterType", next(known, "string"))
