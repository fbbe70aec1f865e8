"""What part a parameter plays, read from its schema, its name and its description."""

import re
from enum import StrEnum
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Kind
from deftly.agent.models.toolcard import Parameter


class Role(StrEnum):
    """How a value for the parameter is looked for."""

    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    TYPED = "typed"
    IDENTIFIER = "identifier"
    LIST = "list"
    QUERY = "query"
    REASON = "reason"
    PLACE = "place"
    PERSON = "person"
    MESSAGE = "message"
    TEXT = "text"
    OTHER = "other"


class Bound(StrEnum):
    """Whether a number is the most or the least that is asked for."""

    MOST = "most"
    LEAST = "least"
    NONE = "none"


_KIND_OF_FORMAT: Final = {
    "email": Kind.EMAIL,
    "idn-email": Kind.EMAIL,
    "uri": Kind.URL,
    "url": Kind.URL,
    "date": Kind.DATE,
    "date-time": Kind.DATE,
    "time": Kind.TIME,
    "uuid": Kind.UUID,
}
_KIND_OF_WORD: Final = {
    "email": Kind.EMAIL,
    "mail": Kind.EMAIL,
    "url": Kind.URL,
    "link": Kind.URL,
    "website": Kind.URL,
    "date": Kind.DATE,
    "day": Kind.DATE,
    "deadline": Kind.DATE,
    "time": Kind.TIME,
}
_IDENTIFIER_WORDS: Final = frozenset(
    "id ids number no nr num code sku ref reference key identifier slug".split()
)
_ROLE_WORDS: Final[tuple[tuple[Role, frozenset[str]], ...]] = (
    (Role.QUERY, frozenset("query search q term terms keyword keywords phrase".split())),
    (Role.REASON, frozenset("reason why cause motive explanation".split())),
    (Role.PLACE, frozenset("city place location country town region destination origin".split())),
    (Role.PERSON, frozenset("person recipient assignee guest contact attendee".split())),
    (
        Role.MESSAGE,
        frozenset("message text body note notes comment content title subject description".split()),
    ),
)
_MOST_WORDS: Final = frozenset("max maximum highest most upper limit ceiling cheaper".split())
_LEAST_WORDS: Final = frozenset("min minimum lowest least lower floor".split())
_EXAMPLE_ID: Final = re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z]{0,8}[-_]?\d+(?:[-_]\w+)*(?![\w-])")


def role_of(parameter: Parameter) -> Role:
    """Return the part the parameter plays."""
    if parameter.schema.get("enum"):
        return Role.CHOICE
    match parameter.kind:
        case "boolean":
            return Role.FLAG
        case "integer" | "number":
            return Role.NUMBER
        case "array":
            return Role.LIST
        case "string":
            return _role_of_text(parameter)
        case _:
            return Role.OTHER


def _role_of_text(parameter: Parameter) -> Role:
    if kind_of(parameter) is not None:
        return Role.TYPED
    name = wording.words(parameter.name)
    if name and (name[-1] in _IDENTIFIER_WORDS or example_of(parameter) is not None):
        return Role.IDENTIFIER
    for role, telling in _ROLE_WORDS:
        if telling.intersection(name):
            return role
    return Role.PERSON if name[-1:] == ["name"] else Role.TEXT


def kind_of(parameter: Parameter) -> Kind | None:
    """Return the kind of value its format or its name asks for, None if neither does."""
    wanted = parameter.schema.get("format")
    if isinstance(wanted, str) and wanted in _KIND_OF_FORMAT:
        return _KIND_OF_FORMAT[wanted]
    last = wording.words(parameter.name)[-1:]
    return _KIND_OF_WORD.get(last[0]) if last else None


def example_of(parameter: Parameter) -> str | None:
    """Return an identifier the schema shows, such as ``A-1042`` in the description."""
    shown = parameter.schema.get("examples")
    for text in (*(shown if isinstance(shown, list) else ()), parameter.description):
        match = _EXAMPLE_ID.search(text) if isinstance(text, str) else None
        if match is not None and not match.group().isdigit():
            return match.group()
    return None


def subjects_of(parameter: Parameter) -> frozenset[str]:
    """Return the stems that name what an identifier is of: ``order`` for ``order_id``."""
    name = wording.words(parameter.name)
    return frozenset(wording.stem(word) for word in name if word not in _IDENTIFIER_WORDS)


def bound_of(parameter: Parameter) -> Bound:
    """Return whether the number limits something from above or from below."""
    for text in (parameter.name, parameter.description):
        spoken = set(wording.words(text))
        if spoken & _MOST_WORDS:
            return Bound.MOST
        if spoken & _LEAST_WORDS:
            return Bound.LEAST
    return Bound.NONE
