"""What an operation takes, as parameters of an action and templates of its request."""

from dataclasses import dataclass, field
from typing import Final

from deftly.catalog.porting.naming import parameter_name, short_text
from deftly.catalog.porting.openapi.document import Document, InexpressibleError
from deftly.domain.schema.compiled import PROPERTIES_LIMIT
from deftly.domain.template.header import compile_header
from deftly.errors import InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue

_DESCRIPTION_LIMIT: Final = 300


@dataclass(slots=True)
class Request:
    """The request of one operation while it is put together.

    Attributes:
        members: Schemas of the parameters, as the document has them, by our names.
        query: Pairs behind the question mark, written out.
        omits: Something in it may be left out of the request.
    """

    document: Document
    members: dict[str, JsonValue] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    path_names: dict[str, str] = field(default_factory=dict)
    query: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    body: JsonValue = None
    omits: bool = False
    warnings: list[Problem] = field(default_factory=list)

    def warn(self, path: str, sentence: str) -> None:
        """Note what the owner should know."""
        self.warnings.append(Problem(path, sentence))

    def add(
        self,
        given: str,
        schema: JsonValue,
        *,
        required: bool,
        description: JsonValue = None,
        prefix: str = "",
    ) -> str:
        """Declare a parameter and return its name here."""
        if len(self.members) >= PROPERTIES_LIMIT:
            raise InexpressibleError(f"It has over {PROPERTIES_LIMIT} parameters.")
        name = parameter_name(given, self.members, prefix)
        text = short_text(description, _DESCRIPTION_LIMIT)
        if isinstance(schema, dict):
            schema = {**schema, "description": text} if text else schema
        else:
            schema = {"description": text} if text else {}
        if name != given:
            said = schema.get("description")
            where = f"{said} (sent as {given})" if isinstance(said, str) else f"Sent as {given}"
            schema = {**schema, "description": where}
        self.members[name] = schema
        if required:
            self.required.append(name)
        return name

    def set_header(self, name: str, text: str) -> None:
        """Add a header, unless it can never be sent from here."""
        if any(known.lower() == name.lower() for known in self.headers):
            return
        try:
            compile_header(name, text, path=f"handler.headers.{name}")
        except InvalidDefinition as fault:
            raise InexpressibleError(fault.message) from None
        self.headers[name] = text

    def finish_cookies(self) -> None:
        """Join the cookies into their header."""
        if self.cookies:
            self.headers["Cookie"] = "; ".join(self.cookies)


def as_object(value: JsonValue) -> JsonObject:
    """Return an object, empty where the value is none."""
    return value if isinstance(value, dict) else {}
