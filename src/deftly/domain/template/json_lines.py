"""Bodies of one JSON text a line (``application/x-ndjson``): a value stays inside its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from deftly.domain.template.json_body import (
    JsonBody,
    NotJsonTemplateError,
    Tree,
    compile_json,
    compile_json_text,
)
from deftly.domain.template.placeholder import Placeholder
from deftly.domain.template.scope import RenderScope
from deftly.values import JsonValue


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Compiled lines."""

    lines: tuple[JsonBody, ...]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Those of all lines."""
        return tuple(one for line in self.lines for one in line.placeholders)

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the rendered lines, each with its end: JSON spells line breaks in values out.

        Raises:
            InvalidArguments: As `JsonBody.chunks`.
        """
        for line in self.lines:
            yield from line.chunks(scope)
            yield b"\n"


def compile_json_lines(body: JsonValue, *, path: str) -> JsonLines:
    """Return the compiled lines of a text, empty ones left out, or one for each element.

    Raises:
        NotJsonTemplateError: A line is not JSON; its number is told.
        InvalidDefinition: A string holds braces that are no placeholder.
    """
    if not isinstance(body, str):
        values = body if isinstance(body, list) else [body]
        return JsonLines(tuple(compile_json(cast("Tree", one), path=path) for one in values))
    lines: list[JsonBody] = []
    for number, line in enumerate(body.split("\n"), 1):
        try:
            if line.strip():
                lines.append(compile_json_text(line, path=path))
        except NotJsonTemplateError as fault:
            raise NotJsonTemplateError(f"line {number}: {fault}") from None
    return JsonLines(tuple(lines))
