"""A tool as the local model's own code sees it: its name, its words and its parameters."""

from dataclasses import dataclass
from typing import Final

from deftly.values import JsonObject, JsonValue

_MOST_OF_A_DESCRIPTION: Final = 300


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared input.

    Attributes:
        schema: Its JSON Schema, with ``null`` alternatives taken out.
    """

    name: str
    schema: JsonObject
    required: bool

    @property
    def description(self) -> str:
        """What the owner says about it, empty if nothing."""
        text = self.schema.get("description")
        return text if isinstance(text, str) else ""

    @property
    def kind(self) -> str:
        """Its JSON type; ``string`` if it names none."""
        match self.schema.get("type"):
            case str(kind):
                return kind
            case [str(kind), *_]:
                return kind
            case _:
                return "string"


@dataclass(frozen=True, slots=True)
class ToolCard:
    """One tool.

    Attributes:
        similes: Other names the owner gave it.
        questions: Example questions the owner gave it.
    """

    name: str
    description: str
    schema: JsonObject
    similes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters in the order they are declared."""
        properties = self.schema.get("properties")
        required = self.schema.get("required")
        names = required if isinstance(required, list) else []
        return tuple(
            Parameter(name, _plain(schema), name in names)
            for name, schema in (properties.items() if isinstance(properties, dict) else ())
            if isinstance(schema, dict)
        )

    def for_engine(self) -> JsonObject:
        """Return the form the engine reads, long texts cut: its prompt is small."""
        properties: JsonObject = {
            parameter.name: _for_engine(parameter.schema) for parameter in self.parameters
        }
        required: list[JsonValue] = [each.name for each in self.parameters if each.required]
        return {
            "name": self.name,
            "description": self.description[:_MOST_OF_A_DESCRIPTION],
            "parameters": {"type": "object", "properties": properties, "required": required},
        }


def _plain(schema: JsonObject) -> JsonObject:
    """Return the schema of a value that is given: ``X | null`` becomes ``X``."""
    kind = schema.get("type")
    if isinstance(kind, list):
        return {**schema, "type": next((each for each in kind if each != "null"), "string")}
    for union in ("anyOf", "oneOf"):
        choices = schema.get(union)
        given = [c for c in choices if c != {"type": "null"}] if isinstance(choices, list) else []
        if len(given) == 1 and isinstance(given[0], dict):
            return {**{k: v for k, v in schema.items() if k != union}, **given[0]}
    return schema


def _for_engine(schema: JsonObject) -> JsonObject:
    kept: JsonObject = {
        key: value for key, value in schema.items() if key in {"type", "enum", "format", "items"}
    }
    text = schema.get("description")
    if isinstance(text, str):
        kept["description"] = text[:_MOST_OF_A_DESCRIPTION]
    return kept
