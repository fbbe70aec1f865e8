"""What is imported can be stored, one by one, and taken elsewhere."""

import copy

import pytest

from tests.rest.test_import_openapi import document, drafts_of
from tests.world import EVERYTHING


async def test_stored_drafts_are_live_and_a_taken_name_is_told(api):
    paths = {"/a": {"get": {"operationId": "one"}}, "/b": {"get": {"operationId": "two"}}}
    given = document(paths)
    await drafts_of(api, given, save=True, select=["one"])

    told = await drafts_of(api, given, save=True)

    assert [one["action"]["name"] for one in told["created"]] == ["TWO"]
    assert [(one["source"], one["code"]) for one in told["refused"]] == [("one", "name_taken")]
    assert told["ok"] is False
    tools = (await api.get("/api/tools")).json()["tools"]
    assert {tool["name"] for tool in tools} == {"one", "two"}


async def test_an_export_is_what_an_import_takes(api):
    await api.create(name="one", headers={"Authorization": "Bearer abcdefgh"})
    before = (await api.get("/api/custom-actions/export")).json()
    for action in (await api.get("/api/custom-actions")).json()["actions"]:
        await api.request("DELETE", f"/api/custom-actions/{action['id']}")

    told = await api.post("/api/custom-actions/import", {**copy.deepcopy(before), "save": True})

    assert told.json()["ok"], told.text
    assert (await api.get("/api/custom-actions/export")).json() == before


async def test_an_import_needs_the_scope(api):
    reader = await api.with_scopes(*(one for one in EVERYTHING if one.value != "manage"))

    assert (await reader.post("/api/custom-actions/import", {"curl": "curl x"})).status_code == 403


async def test_a_command_is_stored_as_it_was_changed_and_its_secret_is_named_after_it(api):
    changes = {"name": "find order", "description": "Finds one.", "executionMode": "confirm"}
    command = "curl -H 'Authorization: Bearer abcdefgh12345' https://api.example.com/orders/1"
    given = {"curl": command, "save": True, "changes": changes}

    draft = (await api.post("/api/custom-actions/import", {**given, "save": False})).json()
    told = (await api.post("/api/custom-actions/import", given)).json()

    assert [one["keeps"] for one in draft["drafts"]] == [["FIND_ORDER_AUTHORIZATION"]]
    (created,) = told["created"]
    assert created["warnings"] == []
    action = created["action"]
    assert [action[name] for name in changes] == ["FIND_ORDER", "Finds one.", "confirm"]
    placeholder = "Bearer {{secrets.FIND_ORDER_AUTHORIZATION}}"
    assert action["handler"]["headers"] == {"Authorization": placeholder}
    secrets = (await api.get("/api/secrets")).json()["secrets"]
    assert [one["name"] for one in secrets] == ["FIND_ORDER_AUTHORIZATION"]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"curl": "curl https://x.example", "changes": ["name"]}, "changes"),
        ({"curl": "curl https://x.example", "changes": {"handler": {}}}, "handler"),
        ({"curl": "curl https://x.example", "changes": {"name": 7}}, "name"),
        ({"actions": [], "changes": {"name": "x"}}, "changes"),
    ],
)
async def test_changes_that_nothing_could_take_are_refused_at_their_place(api, given, path):
    told = await api.post("/api/custom-actions/import", given)

    assert told.status_code == 400
    assert [one["path"] for one in told.json()["details"]] == [path]
