"""The schema of a widget's data where its author wrote none: what the example data looks like."""

from deftly.domain.widget.widget import Widget
from deftly.values import JsonObject, JsonValue


def schema_of(widget: Widget) -> JsonObject:
    """Return the schema of the data a widget is filled with.

    Without one of its own it is that of the example, all of it required: what is left out
    would be filled from the example, and that must not be taken for the truth.
    """
    if widget.data_schema is not None:
        return widget.data_schema
    return _schema(dict(widget.example_data))


def _schema(value: JsonValue) -> JsonObject:
    match value:
        case bool():
            return {"type": "boolean"}
        case int() | float():
            return {"type": "number"}
        case str():
            return {"type": "string"}
        case list():
            return {"type": "array", **({"items": _schema(value[0])} if value else {})}
        case dict():
            properties: JsonObject = {name: _schema(one) for name, one in value.items()}
            required: list[JsonValue] = list(value)
            return {"type": "object", "properties": properties, "required": required}
        case None:
            return {}
