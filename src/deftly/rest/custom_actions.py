"""``/api/custom-actions``: definitions, their history, trying them out."""

import asyncio

from starlette.responses import Response

from deftly.catalog.compile import CompiledAction
from deftly.catalog.editing import Saved
from deftly.domain.action import Action
from deftly.errors import InvalidRequest, NotFound, Problem
from deftly.rest.ask import JSON, OK, Ask, Asked, answer
from deftly.store.revisions import Revision
from deftly.values import JsonObject, JsonValue


async def list_actions(ask: Asked) -> Response:
    """Return every action, enabled or not."""
    actions = ask.backing.catalog.snapshot.actions
    # Thousands of actions take longer than the loop may wait.
    told = await asyncio.to_thread(lambda: b",".join(one.action.encoded() for one in actions))
    return Response(b'{"actions":[%b]}' % told, media_type=JSON)


async def create_action(ask: Asked) -> Response:
    """Store a new action; it is live at once if it is enabled."""
    given = await ask.body()
    given.pop("handlerType", None)  # what a generated draft says beside its handler
    saved = await ask.backing.editor.create(given, ask.caller)
    return _saved(saved)


async def read_action(ask: Asked, action_id: str) -> Response:
    """Return one action; ``ETag`` is its version."""
    entry = ask.backing.catalog.snapshot.entry_by_id.get(action_id)
    if entry is None:
        raise NotFound("Action not found")
    action = entry.compiled.action
    problem = entry.problem.wire() if entry.problem else None
    return answer({"action": action.wire(), "fileProblem": problem}, headers=_tag(action))


async def update_action(ask: Asked, action_id: str) -> Response:
    """Change some fields of an action."""
    _find(ask, action_id)
    saved = await ask.backing.editor.update(
        action_id, await ask.body(), ask.caller, if_match=ask.header("if-match")
    )
    return _saved(saved)


async def delete_action(ask: Asked, action_id: str) -> Response:
    """Delete an action."""
    _find(ask, action_id)
    await ask.backing.editor.delete(action_id, ask.caller)
    return answer(OK)


async def test_action(ask: Asked, action_id: str) -> Response:
    """Run an action now, whatever its mode and even when it is disabled."""
    compiled = _find(ask, action_id)
    given = await ask.body(optional=True)
    report = await ask.backing.engine.test(compiled, given.get("params"), ask.caller, stored=True)
    return answer(report.wire())


async def test_draft(ask: Asked) -> Response:
    """Run a definition that is not stored; nothing is kept."""
    given = await ask.body()
    compiled = await ask.backing.editor.draft(_draft_in(given), ask.caller)
    report = await ask.backing.engine.test(compiled, given.get("params"), ask.caller, stored=False)
    return answer(report.wire())


async def preview_draft(ask: Asked) -> Response:
    """Render the request a definition that is not stored would send; nothing is sent or kept."""
    given = await ask.body()
    compiled = await ask.backing.editor.draft(_draft_in(given), ask.caller)
    return answer({"request": ask.backing.engine.preview(compiled, given.get("params"))})


async def preview_action(ask: Asked, action_id: str) -> Response:
    """Render the request an action would send; nothing is sent."""
    compiled = _find(ask, action_id)
    given = await ask.body(optional=True)
    return answer({"request": ask.backing.engine.preview(compiled, given.get("params"))})


async def list_revisions(ask: Asked, action_id: str) -> Response:
    """Return every stored version of an action, a deleted one's too."""
    revisions = await ask.backing.editor.history(action_id)
    if not revisions:
        raise NotFound("Action not found")
    return answer({"revisions": [_told(one) for one in revisions]})


async def restore_revision(ask: Asked, action_id: str, version: str) -> Response:
    """Make an earlier version the current one."""
    _find(ask, action_id)
    if not version.isdecimal() or len(version) > 9:  # noqa: PLR2004 - beyond any version
        raise NotFound("There is no such version of this action.")
    saved = await ask.backing.editor.restore(action_id, int(version), ask.caller)
    return _saved(saved)


def _find(ask: Ask, action_id: str) -> CompiledAction:
    compiled = ask.backing.catalog.snapshot.by_id.get(action_id)
    if compiled is None:
        raise NotFound("Action not found")
    return compiled


def _saved(saved: Saved) -> Response:
    warnings: JsonValue = [{"path": one.path, "message": one.message} for one in saved.warnings]
    body: JsonObject = {"ok": True, "action": saved.action.wire(), "warnings": warnings}
    return answer(body, headers=_tag(saved.action))


def _tag(action: Action) -> list[tuple[str, str]]:
    return [("etag", f'"{action.version}"')]


def _draft_in(given: JsonObject) -> JsonObject:
    action = given.get("action")
    if isinstance(action, dict):
        return action
    message = "action is required and must be an object: the definition to test."
    raise InvalidRequest(message, details=[Problem("action", message)])


def _told(revision: Revision) -> JsonObject:
    return {
        "version": revision.version,
        "at": revision.at,
        "author": revision.author,
        "kind": revision.kind.value,
        "definition": revision.definition,
    }
