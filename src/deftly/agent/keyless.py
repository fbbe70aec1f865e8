"""A model's proposal as a draft without keys: it may have been told one, or have made one up."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from deftly.catalog.porting.credentials import Taken
from deftly.catalog.porting.draft import Draft
from deftly.catalog.porting.keylike import has_key, without_keys
from deftly.domain.credential import without_credentials
from deftly.errors import InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue, NotJsonError, depth_of, dump_json, parse_json

if TYPE_CHECKING:
    from deftly.agent.proposal import Proposal

_DEPTH_LIMIT: Final = 64
_LEFT_OUT: Final = "(a key was left out here)"
# Where words are for people and models alone, and a key is worth nothing.
_WORDS: Final = ("description", "similes", "parameters")


def keyless_draft(proposal: "Proposal") -> Draft:
    """Return the draft of a proposal: a placeholder stands for each key that was written out.

    Raises:
        InvalidDefinition: A key stands where no placeholder of a secret may.
    """
    definition, _ = without_credentials(proposal.definition())
    told: JsonObject = {
        name: _without_words(definition[name]) for name in _WORDS if name in definition
    }
    definition = {**definition, **told}
    handler = definition.get("handler")
    if isinstance(handler, dict):
        definition = {**definition, "handler": _without_values(str(definition["name"]), handler)}
    _refuse_keys(definition)
    return Draft(definition, "prompt")


def _without_words(value: JsonValue) -> JsonValue:
    match value:
        case str():
            return without_keys(value, lambda _: _LEFT_OUT)
        case list():
            return [_without_words(one) for one in value]
        case dict():
            # A parameter's name is no words: it is refused if it holds a key.
            return {
                key: one if key == "name" else _without_words(one) for key, one in value.items()
            }
        case _:
            return value


def _without_values(name: str, handler: JsonObject) -> JsonObject:
    taken = Taken(name)
    kept = dict(handler)
    headers, url, body = (handler.get(part) for part in ("headers", "url", "body"))
    if isinstance(headers, dict):
        kept["headers"] = {key: _header(taken, key, str(one)) for key, one in headers.items()}
    if isinstance(url, str):
        address, question, query = taken.url(url).partition("?")
        kept["url"] = f"{address}{question}{without_keys(query, _as(taken, 'query'))}"
    if isinstance(body, str):
        kept["body"] = _body_without_values(body, taken)
    return kept


def _header(taken: Taken, name: str, text: str) -> str:
    return without_keys(taken.header(name, text), _as(taken, name))


def _as(taken: Taken, name: str) -> Callable[[str], str]:
    return lambda key: taken.take(name, key)


def _body_without_values(body: str, taken: Taken) -> str:
    """Return a body without its credentials; as it was written where it holds none."""
    try:
        tree = parse_json(body)
    except NotJsonError:
        return without_keys(taken.pairs(body), _as(taken, "body"))
    if depth_of(tree) > _DEPTH_LIMIT:
        return without_keys(body, _as(taken, "body"))
    kept = _tree_without_keys(taken.json(tree), taken)
    return body if kept == tree else dump_json(kept).decode()


def _tree_without_keys(value: JsonValue, taken: Taken, name: str = "body") -> JsonValue:
    match value:
        case str():
            return without_keys(value, _as(taken, name))
        case list():
            return [_tree_without_keys(one, taken, name) for one in value]
        case dict():
            return {key: _tree_without_keys(one, taken, key) for key, one in value.items()}
        case _:
            return value


def _refuse_keys(definition: Mapping[str, JsonValue]) -> None:
    """Refuse what still holds a key: names, a path, code, a command, a member's name."""
    problems = [
        Problem(path, _holds(path)) for path, text in _texts(definition, "") if has_key(text)
    ]
    if problems:
        raise InvalidDefinition(problems[0].message, details=problems)


def _holds(path: str) -> str:
    return (
        f"{path} holds a key. Leave it out: a value of a header, query or body may be "
        "{{secrets.NAME}} instead."
    )


def _texts(value: JsonValue | Mapping[str, JsonValue], path: str) -> list[tuple[str, str]]:
    """Return every text in a value, names of members included, and which field it is in."""
    match value:
        case str():
            return [(path, value)]
        case list():
            return [found for one in value for found in _texts(one, path)]
        case dict():
            inner = [found for key, one in value.items() for found in _texts(one, _at(path, key))]
            return [*inner, *((path, key) for key in value)]
        case _:
            return []


def _at(path: str, key: str) -> str:
    return path if has_key(key) else f"{path}.{key}".lstrip(".")
