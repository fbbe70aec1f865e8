"""``/api/widgets``: cards that conversations are shown, as they are stored and as they look."""

import asyncio

from starlette.responses import Response

from deftly.catalog.gallery import gallery
from deftly.catalog.widget_editing import SavedWidget
from deftly.catalog.widget_preview import Preview, preview_draft
from deftly.domain.widget.compiled import CompiledWidget
from deftly.errors import InvalidRequest, Problem
from deftly.rest.ask import JSON, OK, Asked, answer
from deftly.rest.body import only
from deftly.values import JsonObject, JsonValue, dump_json


async def list_widgets(ask: Asked) -> Response:
    """Return every widget, by name."""
    entries = ask.backing.widgets.current.entries
    # Templates are large: hundreds of them take longer than the loop may wait.
    told = await asyncio.to_thread(lambda: b",".join(one.noun.widget.encoded() for one in entries))
    return Response(b'{"widgets":[%b]}' % told, media_type=JSON)


async def create_widget(ask: Asked) -> Response:
    """Store a new widget and, unless ``action`` is false, an action that shows it."""
    given = await ask.body()
    with_action = given.pop("action", True)
    if not isinstance(with_action, bool):
        message = "action must be true or false: whether an action that shows the widget is added."
        raise InvalidRequest(message, details=[Problem("action", message)])
    saved = await ask.backing.widget_editor.add(given, ask.caller, with_action=with_action)
    return _saved(saved)


async def read_widget(ask: Asked, name: str) -> Response:
    """Return one widget; ``ETag`` is its version."""
    entry = ask.backing.widgets.entry(name)
    editor = ask.backing.widget_editor
    warnings = await asyncio.to_thread(editor.warnings, entry.noun)
    tools: list[JsonValue] = [*editor.showing(name)]
    body: JsonObject = {
        "widget": entry.noun.widget.wire(),
        "warnings": _told(warnings),
        "actions": tools,
        "fileProblem": entry.problem.wire() if entry.problem else None,
    }
    return answer(body, headers=_tag(entry.noun))


async def update_widget(ask: Asked, name: str) -> Response:
    """Change some fields of a widget."""
    editor = ask.backing.widget_editor
    await editor.present(name)
    patch = await ask.body()
    return _saved(await editor.change(name, patch, ask.caller, if_match=ask.header("if-match")))


async def delete_widget(ask: Asked, name: str) -> Response:
    """Delete a widget; actions that show it stay."""
    await ask.backing.widget_editor.delete(name)
    return answer(OK)


async def preview_widget(ask: Asked) -> Response:
    """Draw a widget that is not stored; nothing is kept."""
    given = await ask.body()
    only(given, "widget", "data")
    widget, data = _object(given, "widget"), given.get("data")
    shown = await asyncio.to_thread(
        preview_draft, widget, {} if data is None else _object(given, "data")
    )
    return answer(_previewed(shown))


async def list_gallery(ask: Asked) -> Response:
    """Return samples to begin with; none of them is stored."""
    del ask
    samples = await asyncio.to_thread(gallery)
    return Response(dump_json({"widgets": [*samples]}), media_type=JSON)


async def generate_widget(ask: Asked) -> Response:
    """Draft a widget from plain words, or from an Adaptive Card that is written out."""
    given = await ask.body()
    only(given, "prompt")
    draft = await ask.backing.widget_drafter.generate(given.get("prompt"))
    body: JsonObject = {
        "ok": True,
        "generated": draft.definition,
        "warnings": _told(draft.warnings),
    }
    return answer(body)


def _object(given: JsonObject, name: str) -> JsonObject:
    value = given.get(name)
    if isinstance(value, dict):
        return value
    message = f"{name} must be an object."
    raise InvalidRequest(message, details=[Problem(name, message)])


def _previewed(shown: Preview) -> JsonObject:
    body: JsonObject = {"ok": shown.card is not None, "problems": _told(shown.problems)}
    if shown.card is None:
        return {**body, "error": shown.error}
    return {**body, "card": shown.card, "spoken": shown.spoken}


def _saved(saved: SavedWidget) -> Response:
    body: JsonObject = {
        "ok": True,
        "widget": saved.live.widget.wire(),
        "warnings": _told(saved.warnings),
    }
    if saved.action is not None:
        body["action"] = saved.action.wire()
    return answer(body, headers=_tag(saved.live))


def _told(problems: tuple[Problem, ...]) -> JsonValue:
    return [{"path": one.path, "message": one.message} for one in problems]


def _tag(live: CompiledWidget) -> list[tuple[str, str]]:
    return [("etag", f'"{live.version}"')]
