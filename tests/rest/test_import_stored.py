"""What is imported can be stored, one by one, and taken elsewhere."""

import copy

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
