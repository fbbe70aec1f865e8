"""Who may try what: others than owners try an owner's action as far as they could call it."""

import pytest

from deftly.domain.access import ROLES, Role, Scope
from tests.world import EVERYTHING, make_action, running_world

ACTIONS = "/api/custom-actions"
MANAGE = (Scope.READ, Scope.MANAGE)
WHO = {
    "owner": EVERYTHING,
    "editor": tuple(ROLES[Role.EDITOR]),
    "key that manages": MANAGE,
    "key that manages and runs": (*MANAGE, Scope.RUN),
}
OWNERS = {
    "shell": {"type": "shell", "command": "echo hello"},
    "client": {"type": "client", "code": "window.scrollTo(0, 0)"},
}
EDITORS = {
    "http": make_action(parameters=[])["handler"],
    "code": {"type": "code", "code": "return 1"},
    "widget": {"type": "widget"},
}
WAYS = ("stored", "off", "unsaved")
# Everybody who manages may try the rest in every way: they could store it themselves.
MAY_TRY_AN_OWNERS = {("owner", way) for way in WAYS} | {("editor", "stored")}


def definition(handler, **fields):
    given = {"name": "do it", "description": "Do it.", "handler": handler, **fields}
    return {**given, "widget": "card"} if handler["type"] == "widget" else given


@pytest.fixture
async def api(folder):
    """An installation where nothing that is tried gets anywhere."""
    async with running_world(folder) as owner:
        yield owner


async def tried(api, who, handler, way):
    """Return the answer to somebody's trial of what an owner stored, or of their own draft."""
    tester = await api.with_scopes(*WHO[who])
    if way == "unsaved":
        return await tester.post(f"{ACTIONS}/test", {"action": definition(handler)})
    stored = await api.post(ACTIONS, definition(handler, enabled=way == "stored"))
    assert stored.status_code == 200, stored.text
    return await tester.post(f"{ACTIONS}/{stored.json()['action']['id']}/test", {"params": {}})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("handler", OWNERS.values(), ids=OWNERS)
@pytest.mark.parametrize("who", WHO)
async def test_an_owners_action_is_tried_by_who_could_call_it(api, who, handler, way):
    answer = await tried(api, who, handler, way)

    if (who, way) in MAY_TRY_AN_OWNERS:
        assert answer.status_code == 200, answer.text
        assert "ok" in answer.json()
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert (await api.get("/api/runs")).json()["runs"] == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("handler", EDITORS.values(), ids=EDITORS)
@pytest.mark.parametrize("who", WHO)
async def test_what_an_editor_may_store_whoever_manages_may_try(api, who, handler, way):
    answer = await tried(api, who, handler, way)

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("handler", OWNERS.values(), ids=OWNERS)
async def test_a_preview_runs_nothing_and_is_for_whoever_manages(api, handler):
    editor = await api.with_scopes(*WHO["editor"])

    answer = await editor.post(f"{ACTIONS}/preview", {"action": definition(handler)})

    assert answer.status_code == 200, answer.text
    assert (await api.get("/api/runs")).json()["runs"] == []
