"""What runs on visitors' pages or on this machine is the owners' to store, by whatever door."""

import pytest

from deftly.domain.access import ROLES, Role
from tests.world import make_action

SHELL = {"type": "shell", "command": "echo hello"}
CLIENT = {"type": "client", "code": "window.scrollTo(0, 0)"}
CODE = {"type": "code", "code": "return 1"}
WRITES = {"executionMode": "auto", "acknowledgeWrites": True}

DANGEROUS = {
    "shell": {"handler": SHELL, "executionMode": "confirm"},
    "shell that writes": {"handler": SHELL, **WRITES},
    "client": {"handler": CLIENT, "executionMode": "confirm"},
    "client that writes": {"handler": CLIENT, **WRITES},
}
ACTIONS = "/api/custom-actions"


def definition(**fields):
    return {"name": "do it", "description": "Do it.", **fields}


@pytest.fixture
async def editor(api):
    return await api.with_scopes(*ROLES[Role.EDITOR])


def refused(answer) -> bool:
    return answer.status_code == 403 and "only an owner" in answer.json()["error"]


@pytest.mark.parametrize("fields", DANGEROUS.values(), ids=DANGEROUS)
async def test_an_editor_does_not_create_it_and_an_owner_does(api, editor, fields):
    answer = await editor.post(ACTIONS, definition(**fields))

    assert refused(answer)
    assert (await api.get(ACTIONS)).json()["actions"] == []
    assert (await api.post(ACTIONS, definition(**fields))).status_code == 200


@pytest.mark.parametrize("fields", DANGEROUS.values(), ids=DANGEROUS)
async def test_an_editor_does_not_make_it_of_a_harmless_one(api, editor, fields):
    action = await api.create()

    answer = await editor.put(f"{ACTIONS}/{action['id']}", fields)

    assert refused(answer)
    (now,) = (await api.get(ACTIONS)).json()["actions"]
    assert now["version"] == action["version"]
    assert now["handler"]["type"] == "http"


@pytest.mark.parametrize("fields", DANGEROUS.values(), ids=DANGEROUS)
@pytest.mark.parametrize(
    "patch",
    [{"description": "Another."}, {"enabled": False}, {"handler": None}, {"executionMode": "auto"}],
    ids=str,
)
async def test_an_editor_does_not_touch_an_owner_s(api, editor, fields, patch):
    action = (await api.post(ACTIONS, definition(**fields))).json()["action"]

    answer = await editor.put(f"{ACTIONS}/{action['id']}", patch)
    deleted = await editor.request("DELETE", f"{ACTIONS}/{action['id']}")

    assert refused(answer)
    assert refused(deleted)
    assert (await api.get(f"{ACTIONS}/{action['id']}")).json()["action"] == action


@pytest.mark.parametrize("fields", DANGEROUS.values(), ids=DANGEROUS)
async def test_an_editor_does_not_bring_it_back(api, editor, fields):
    action = (await api.post(ACTIONS, definition(**fields))).json()["action"]
    path = f"{ACTIONS}/{action['id']}"
    harmless = {**make_action(), "executionMode": "confirm", "acknowledgeWrites": False}
    saved = await api.put(path, {"handler": harmless["handler"], "executionMode": "confirm"})
    assert saved.status_code == 200, saved.text
    version = saved.json()["action"]["version"]

    answer = await editor.post(f"{path}/revisions/{action['version']}/restore")

    assert refused(answer)
    assert (await api.get(path)).json()["action"]["version"] == version


@pytest.mark.parametrize("fields", DANGEROUS.values(), ids=DANGEROUS)
async def test_an_editor_does_not_import_it(api, editor, fields):
    given = {"actions": [definition(**fields), make_action()], "save": True}

    await editor.post(f"{ACTIONS}/import", given)

    stored = (await api.get(ACTIONS)).json()["actions"]
    assert {one["handler"]["type"] for one in stored} <= {"http"}


@pytest.mark.parametrize("fields", DANGEROUS.values(), ids=DANGEROUS)
async def test_an_editor_does_not_try_it_as_a_draft(editor, fields):
    answer = await editor.post(f"{ACTIONS}/test", {"action": definition(**fields), "params": {}})

    assert refused(answer)


POST = {"type": "http", "method": "POST", "url": "https://api.example.com/orders"}


@pytest.mark.parametrize("acknowledged", [True, False, None])
@pytest.mark.parametrize("handler", [CODE, POST], ids=["code", "http"])
async def test_what_may_write_unasked_is_an_editor_s_with_a_warning(editor, handler, acknowledged):
    """Code sends what an HTTP action can send, through the same guard: one rule for both."""
    given = definition(handler=handler, executionMode="auto", acknowledgeWrites=acknowledged)

    answer = await editor.post(ACTIONS, given)

    assert answer.status_code == 200, answer.text
    assert [one["message"] for one in answer.json()["warnings"] if one["path"] == "executionMode"]


async def test_an_editor_may_store_code_that_asks(editor):
    answer = await editor.post(ACTIONS, definition(handler=CODE, executionMode="confirm"))

    assert answer.status_code == 200, answer.text
    assert "executionMode" not in [one["path"] for one in answer.json()["warnings"]]
