"""From what an author wrote to a widget, and from an edit to what is written next."""

import uuid
from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import ValidationError

from deftly.domain.definition import problems_of, unusable
from deftly.domain.schema import compile_schema
from deftly.domain.widget.elements import ROOT
from deftly.domain.widget.expanding import compile_template
from deftly.domain.widget.widget import Widget
from deftly.errors import InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue

SERVER_KEYS: Final = ("id", "name", "version", "createdAt", "updatedAt")
_KEY_ORDER: Final = (
    "id", "name", "title", "description", "template", "dataSchema", "exampleData",
    "version", "createdAt", "updatedAt",
)  # fmt: skip
_CLEARED_BY_EMPTY_TEXT: Final = frozenset({"title", "description", "dataSchema"})


class WidgetIdentity(NamedTuple):
    """What the server, not the author, decides about a widget."""

    id: str
    name: str
    version: int = 1
    created_at: str | None = None
    updated_at: str | None = None

    def wire(self) -> JsonObject:
        """Return it as the fields of a definition."""
        return dict(zip(SERVER_KEYS, self, strict=True))


def parse_widget(authored: Mapping[str, JsonValue], identity: WidgetIdentity) -> Widget:
    """Return the widget an authored definition describes; its template is known to compile.

    Raises:
        InvalidDefinition: Lists every problem found, each with its path and what to do.
    """
    server = {key: value for key, value in identity.wire().items() if value is not None}
    given = authored_widget(authored)
    problems = [*_template_problems(given.get("template")), *_schema_problems(given)]
    try:
        widget = Widget.model_validate({**given, **server})
    except ValidationError as fault:
        raise unusable([*problems_of(fault), *problems]) from None
    if problems:
        raise unusable(problems)
    return widget


def _template_problems(template: JsonValue) -> tuple[Problem, ...]:
    if not isinstance(template, dict):
        return ()
    if template.get("type") != ROOT:
        message = f"template.type must be {ROOT}: the template is a whole card."
        return (Problem("template.type", message),)
    try:
        compile_template(template)
    except InvalidDefinition as fault:
        return fault.details
    return ()


def _schema_problems(given: Mapping[str, JsonValue]) -> tuple[Problem, ...]:
    schema = given.get("dataSchema")
    if isinstance(schema, dict):
        try:
            compile_schema(schema, path="dataSchema")
        except InvalidDefinition as fault:
            return fault.details
    return ()


def authored_widget(given: Mapping[str, JsonValue]) -> JsonObject:
    """Return what an author decides; an empty text stands for an optional one left out."""
    return {
        key: value
        for key, value in given.items()
        if value is not None
        and key not in SERVER_KEYS
        and not (key in _CLEARED_BY_EMPTY_TEXT and value == "")
    }


def edited_widget(authored: JsonObject, patch: Mapping[str, JsonValue]) -> JsonObject:
    """Return the authored definition after a partial edit; ``null`` leaves a field unchanged.

    Raises:
        InvalidDefinition: The edit would give it another name.
    """
    name = patch.get("name")
    if name is not None and name != authored["name"]:
        message = "name cannot be changed; create another widget and delete this one."
        raise InvalidDefinition(message, details=[Problem("name", message)])
    changes = {k: v for k, v in patch.items() if v is not None and k not in SERVER_KEYS}
    return authored_widget({**authored, **changes})


def stamped_widget(authored: Mapping[str, JsonValue], widget: Widget) -> JsonObject:
    """Return the authored definition with the server's own fields, as it goes into its file."""
    wire = widget.wire()
    server: JsonObject = {key: wire[key] for key in SERVER_KEYS if key in wire}
    definition: JsonObject = {**authored, **server}
    known: JsonObject = {key: definition[key] for key in _KEY_ORDER if key in definition}
    rest: JsonObject = {key: value for key, value in definition.items() if key not in known}
    return {**known, **rest}


def widget_id_of_name(name: str) -> str:
    """Return the id of a hand-written definition that has none: the same name, the same id."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"deftly:widget:{name}"))
