"""``/api/custom-actions/import``, ``/export``, ``/generate``: definitions come and go."""

import asyncio
from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

from deftly.catalog.editing import Saved
from deftly.catalog.porting.draft import Draft, Drafts, Refused
from deftly.catalog.porting.importing import CHANGEABLE, SOURCES, Stored, Wanted, exported
from deftly.catalog.porting.openapi.reading import read_body
from deftly.domain.schema import schema_to_parameters
from deftly.errors import InvalidRequest, Problem
from deftly.rest.ask import JSON, Asked, answer
from deftly.rest.body import only, optional_text, read_bytes, texts
from deftly.values import JsonObject, JsonValue, dump_json

# Published documents of large APIs have up to 14 MB; every other body is at most 1 MiB.
IMPORT_LIMIT_BYTES: Final = 16 * 1024 * 1024
_URL_LIMIT: Final = 2_000


async def import_actions(ask: Asked) -> Response:
    """Make drafts of an OpenAPI document, a cURL command or an export, and store them if asked."""
    request = ask.request
    raw = await read_bytes(
        request.scope["headers"], request.receive, limit_bytes=IMPORT_LIMIT_BYTES
    )
    wanted, save = await asyncio.to_thread(_wanted, raw)
    del raw
    importer = ask.backing.importer
    drafts = await importer.read(wanted)
    del wanted
    if save:
        return answer(_stored(await importer.save(drafts, ask.caller)))
    # Thousands of drafts take longer to encode than the loop may wait.
    return Response(await asyncio.to_thread(_encoded, drafts), media_type=JSON)


async def export_actions(ask: Asked) -> Response:
    """Return every definition in the form an import takes."""
    actions = ask.backing.catalog.snapshot.actions
    wires: list[JsonValue] = await asyncio.to_thread(
        lambda: [exported(one.action) for one in actions]
    )
    return answer({"actions": wires})


async def generate_action(ask: Asked) -> Response:
    """Draft an action from plain words, a cURL command or an OpenAPI operation."""
    given = await ask.body()
    only(given, "prompt")
    draft = await ask.backing.drafter.generate(given.get("prompt"))
    definition = draft.definition
    handler = definition.get("handler")
    kind = handler.get("type") if isinstance(handler, dict) else None
    schema = definition.get("inputSchema")
    generated: JsonObject = {**definition, "handlerType": kind}
    if isinstance(schema, dict):
        generated["parameters"] = [one.wire() for one in schema_to_parameters(schema)]
    return answer({"ok": True, "generated": generated, "warnings": draft.wire()["warnings"]})


def _wanted(raw: bytes) -> tuple[Wanted, bool]:
    if not raw.strip():
        raise InvalidRequest("The body is empty; send a JSON object.")
    given = read_body(raw)
    if not isinstance(given, dict):
        raise InvalidRequest("The body must be a JSON object: {…}.")
    only(given, *SOURCES, "select", "save", "baseUrl", "changes")
    kinds = [kind for kind in SOURCES if given.get(kind) is not None]
    if len(kinds) != 1:
        message = f"Send exactly one of {', '.join(SOURCES)}."
        raise InvalidRequest(message, details=[Problem(kinds[-1] if kinds else "openapi", message)])
    save = given.get("save", False)
    if not isinstance(save, bool):
        message = "save must be true or false."
        raise InvalidRequest(message, details=[Problem("save", message)])
    select = texts(given, "select") if given.get("select") is not None else None
    if select == ():
        message = "select is empty; leave it out to import everything."
        raise InvalidRequest(message, details=[Problem("select", message)])
    base_url = optional_text(given, "baseUrl", most=_URL_LIMIT)
    changes = _changes(given, kinds[0])
    return Wanted(kinds[0], given[kinds[0]], select, base_url, changes), save


def _changes(given: JsonObject, kind: str) -> JsonObject:
    """Return what the caller wants otherwise than a cURL command says it."""
    changes = given.get("changes")
    if changes is None:
        return {}
    if not isinstance(changes, dict) or kind != "curl":
        message = "changes must be an object, and go with curl: change other drafts themselves."
        raise InvalidRequest(message, details=[Problem("changes", message)])
    only(changes, *CHANGEABLE)
    return {name: changes[name] for name in CHANGEABLE if changes.get(name) is not None}


def _stored(stored: Stored) -> JsonObject:
    created: list[JsonValue] = [_created(one) for one in stored.created]
    refused: list[JsonValue] = [one.wire() for one in stored.refused]
    return {"ok": not refused, "created": created, "refused": refused}


def _created(saved: Saved) -> JsonObject:
    warnings: JsonValue = [{"path": one.path, "message": one.message} for one in saved.warnings]
    return {"action": saved.action.wire(), "warnings": warnings}


def _encoded(drafts: Drafts) -> bytes:
    ok = b"false" if drafts.refused else b"true"
    return b'{"ok":%b,"drafts":%b,"refused":%b}' % (
        ok,
        _list(drafts.drafts),
        _list(drafts.refused),
    )


def _list(told: Iterable[Draft | Refused]) -> bytes:
    return b"[%b]" % b",".join(dump_json(one.wire()) for one in told)
