"""What part a parameter plays, read from its schema, its name and its description."""

import re
from enum import StrEnum
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.choices import choices_of
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
    "phone": Kind.PHONE,
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
    "phone": Kind.PHONE,
    "telephone": Kind.PHONE,
    "mobile": Kind.PHONE,
}
_OF_EMAIL: Final = re.compile(r"e-?mail", re.IGNORECASE)
_DATE_HINT: Final = re.compile(
    r"\bYYYY-MM-DD\b|\bISO(?: 8601)? date\b|^(?:the )?(?:\w+ ){0,2}(?:day|date)\b", re.IGNORECASE
)
_TIME_HINT: Final = re.compile(
    r"\bHH:MM\b|\btime of day\b|\b(?:12|24)-hour\b|\b(?:[01]?\d|2[0-3]):[0-5]\d\b", re.IGNORECASE
)
_NUMBER_HINT: Final = re.compile(
    r"\b(?:number|id|code|digits|identifier|barcode|isbn)\b", re.IGNORECASE
)
_PERSON_HINT: Final = re.compile(
    r"^who(?:m|se)?\b|^for whom\b|\b(?:login|user ?name|name of (?:the |a )?(?:person|guest|user"
    r"|customer|patient|member|employee|doctor|colleague|recipient|trainer))\b",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(r"\bwhat (?:the |a |an )?\w+ is called\b", re.IGNORECASE)
_TOLD_HINT: Final = re.compile(
    r"\bwhat (?:is wrong|happened|went wrong|it is about|it says|to (?:say|write|add|note))\b"
    r"|\b(?:text|message|note|comment|wording)\b",
    re.IGNORECASE,
)
_IDENTIFIER_WORDS: Final = frozenset(
    "id ids number no nr num code sku ref reference key identifier slug".split()
)
_ROLE_WORDS: Final[tuple[tuple[Role, frozenset[str]], ...]] = (
    (Role.QUERY, frozenset("query search q term terms keyword keywords phrase".split())),
    (Role.REASON, frozenset("reason why cause motive explanation".split())),
    (
        Role.PLACE,
        frozenset(
            """city place location country town region destination origin area station airport
            stop""".split()
        ),
    ),
    (
        Role.PERSON,
        frozenset(
            """person recipient assignee guest contact attendee user username login employee
            colleague trainer doctor teacher driver author artist owner friend payee
            beneficiary patient customer host staff""".split()
        ),
    ),
    (
        Role.MESSAGE,
        frozenset(
            """message text body note notes comment content title subject description details
            summary feedback remark remarks memo caption issue problem question""".split()
        ),
    ),
)
_OF_PERSONS: Final = frozenset(
    "first last full given family guest user customer patient member employee contact".split()
)
_LOGIN: Final = re.compile(r"\b(?:login|user ?name|user|handle|account name)\b", re.IGNORECASE)
_MOST_WORDS: Final = frozenset("max maximum highest most upper limit ceiling cheaper".split())
_LEAST_WORDS: Final = frozenset("min minimum lowest least lower floor".split())
_EXAMPLE_ID: Final = re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z]{0,8}[-_]?\d+(?:[-_]\w+)*(?![\w-])")


def role_of(parameter: Parameter) -> Role:
    """Return the part the parameter plays."""
    if choices_of(parameter):
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
    described = parameter.description
    told = _TOLD_HINT.search(described) is not None
    if name and name[-1] in _IDENTIFIER_WORDS and not (told and name[-1] == "reference"):
        return Role.IDENTIFIER
    if example_of(parameter) is not None:
        return Role.IDENTIFIER
    by_name = next((role for role, telling in _ROLE_WORDS if telling.intersection(name)), None)
    return by_name or _role_by_description(name, described, told=told)


def _role_by_description(name: list[str], described: str, *, told: bool) -> Role:
    if _PERSON_HINT.search(described) or _CALLED.search(described) or name == ["name"]:
        return Role.PERSON
    if _NUMBER_HINT.search(described) and not told and "address" not in name:
        return Role.IDENTIFIER
    if name[-1:] == ["name"]:
        return Role.TEXT if len(name) > 1 and name[0] not in _OF_PERSONS else Role.PERSON
    return Role.MESSAGE if told else Role.TEXT


def wants_login(parameter: Parameter) -> bool:
    """Say whether the person is meant by a login name, which looks like no name."""
    return bool(_LOGIN.search(f"{' '.join(wording.words(parameter.name))} {parameter.description}"))


def kind_of(parameter: Parameter) -> Kind | None:
    """Return the kind of value its format or its name asks for, None if neither does."""
    wanted = parameter.schema.get("format")
    if isinstance(wanted, str) and wanted in _KIND_OF_FORMAT:
        return _KIND_OF_FORMAT[wanted]
    last = wording.words(parameter.name)[-1:]
    if last == ["address"] and _OF_EMAIL.search(f"{parameter.name} {parameter.description}"):
        return Kind.EMAIL
    if last and last[0] in _KIND_OF_WORD:
        return _KIND_OF_WORD[last[0]]
    if _DATE_HINT.search(parameter.description):
        return Kind.DATE
    return Kind.TIME if _TIME_HINT.search(parameter.description) else None


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
