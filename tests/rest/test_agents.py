"""Agents through the API: stored as files, edited in part, refused with what is wrong."""

import pytest

from deftly.domain.access import Scope
from tests.world import running_world

AGENTS = "/api/agents"
DEFAULT = "/api/agents/default"


async def create(api, **fields):
    answer = await api.post(AGENTS, {"name": "front-desk", **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()["agent"]


async def test_one_agent_is_there_from_the_start(api, folder):
    (agent,) = (await api.get(AGENTS)).json()["agents"]

    assert (agent["name"], agent["actions"], agent["enabled"]) == ("default", "all", True)
    assert agent["publishableKey"].startswith("pk_")
    assert "model" not in agent
    assert (await api.get(DEFAULT)).json() == {"agent": agent, "warnings": []}
    assert not (folder / "agents").exists()


async def test_the_first_edit_of_the_default_agent_writes_its_file(api, folder):
    before = (await api.get(DEFAULT)).json()["agent"]

    answer = await api.put(DEFAULT, {"instructions": "Be brief."}, headers={"if-match": '"1"'})

    agent = answer.json()["agent"]
    assert agent["instructions"] == "Be brief."
    assert (agent["id"], agent["publishableKey"]) == (before["id"], before["publishableKey"])
    assert (await api.get(AGENTS)).json()["agents"] == [agent]
    assert "Be brief." in (folder / "agents" / "default.yaml").read_text()


async def test_deleting_the_default_agent_brings_back_how_it_was(api, folder):
    before = (await api.get(DEFAULT)).json()["agent"]
    await api.put(DEFAULT, {"actions": []})

    assert (await api.request("DELETE", DEFAULT)).json() == {"ok": True}

    assert (await api.get(DEFAULT)).json()["agent"] == before
    again = await api.request("DELETE", DEFAULT)
    assert (again.status_code, again.json()["code"]) == (404, "not_found")


async def test_a_created_agent_is_there_as_it_was_given(api, folder):
    given = {
        "title": "Front desk",
        "instructions": "Be brief.\n",
        "model": "none",
        "actions": ["GET_ORDER", "get_order", "create-return"],
        "greeting": "Hello!",
        "suggestedQuestions": ["Where is my order?"],
        "allowedOrigins": ["https://Shop.example.com:443/", "http://localhost:3000"],
        "x-note": {"of": "mine"},
    }

    agent = await create(api, **given)

    assert agent["actions"] == ["get_order", "create_return"]
    assert agent["allowedOrigins"] == ["https://shop.example.com", "http://localhost:3000"]
    same = ("title", "instructions", "model", "greeting", "suggestedQuestions", "x-note")
    assert {name: agent[name] for name in same} == {name: given[name] for name in same}
    assert (agent["version"], agent["enabled"]) == (1, True)
    assert agent["createdAt"] == agent["updatedAt"] == "2026-01-01T12:00:00.000Z"
    read = await api.get(f"{AGENTS}/front-desk")
    assert read.json()["agent"] == agent
    assert read.headers["etag"] == '"1"'
    names = [one["name"] for one in (await api.get(AGENTS)).json()["agents"]]
    assert names == ["default", "front-desk"]
    assert (folder / "agents" / "front-desk.yaml").exists()


async def test_everything_is_the_same_after_a_restart(folder):
    async with running_world(folder) as api:
        await create(api, instructions="Be brief.", actions=["get_order"])
        before = (await api.get(AGENTS)).json()
    async with running_world(folder) as api:
        assert (await api.get(AGENTS)).json() == before


async def test_an_edit_changes_what_it_names_and_counts_versions(api):
    before = await create(api, instructions="Old.", title="T", model="none", greeting="Hi.")
    api.clock.forward(60)

    path = f"{AGENTS}/front-desk"
    answer = await api.put(path, {"instructions": "New.", "greeting": None, "model": ""})

    agent = answer.json()["agent"]
    assert agent["updatedAt"] > before["updatedAt"]
    assert answer.headers["etag"] == '"2"'
    changed = {**before, "instructions": "New.", "version": 2, "updatedAt": agent["updatedAt"]}
    del changed["model"]
    assert agent == changed
    nothing = await api.put(path, {"instructions": "New.", "id": "x", "publishableKey": "y"})
    assert nothing.json()["agent"] == agent


async def test_an_edit_of_another_version_is_refused(api):
    await create(api)
    path = f"{AGENTS}/front-desk"

    stale = await api.put(path, {"title": "A"}, headers={"if-match": '"7"'})
    fitting = await api.put(path, {"title": "B"}, headers={"if-match": '"1"'})

    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert fitting.json()["agent"]["title"] == "B"


async def test_an_edit_keeps_comments_and_order_of_a_hand_written_file(api, folder):
    (folder / "agents").mkdir()
    text = "# ours\ngreeting: Hello!   # warm\ninstructions: |\n  Be brief.\nactions: all\n"
    (folder / "agents" / "shop.yaml").write_text(text)

    answer = await api.put(f"{AGENTS}/shop", {"greeting": "Good day!"})

    assert answer.json()["agent"]["greeting"] == "Good day!"
    after = (folder / "agents" / "shop.yaml").read_text().splitlines()
    kept = text.replace("Hello!", "Good day!").splitlines()
    assert [line for line in after if line in kept] == kept


REFUSED = [
    ({"name": None}, "name"),
    ({"name": ""}, "name"),
    ({"name": 5}, "name"),
    ({"name": "Front Desk"}, "name"),
    ({"name": "../up"}, "name"),
    ({"name": "a" * 61}, "name"),
    ({"name": "-a"}, "name"),
    ({"name": "a\n"}, "name"),
    ({"title": 5}, "title"),
    ({"title": " "}, "title"),
    ({"instructions": ["a"]}, "instructions"),
    ({"instructions": "x" * 32_001}, "instructions"),
    ({"model": 5}, "model"),
    ({"model": "openai:gpt-5"}, "model"),
    ({"model": "openai"}, "model"),
    ({"model": "http://127.0.0.1/v1"}, "model"),
    ({"model": "sk-live-0123456789"}, "model"),
    ({"actions": "some"}, "actions"),
    ({"actions": {"a": 1}}, "actions"),
    ({"actions": [1]}, "actions"),
    ({"actions": ["!!!"]}, "actions"),
    ({"greeting": 1}, "greeting"),
    ({"suggestedQuestions": "a"}, "suggestedQuestions"),
    ({"suggestedQuestions": [" "]}, "suggestedQuestions"),
    ({"suggestedQuestions": ["a"] * 21}, "suggestedQuestions"),
    ({"allowedOrigins": "https://a.example.com"}, "allowedOrigins"),
    ({"allowedOrigins": ["*"]}, "allowedOrigins"),
    ({"allowedOrigins": ["null"]}, "allowedOrigins"),
    ({"allowedOrigins": ["a.example.com"]}, "allowedOrigins"),
    ({"allowedOrigins": ["https://*.example.com"]}, "allowedOrigins"),
    ({"allowedOrigins": ["https://a.example.com/path"]}, "allowedOrigins"),
    ({"allowedOrigins": ["https://a.example.com?x"]}, "allowedOrigins"),
    ({"allowedOrigins": ["https://u@a.example.com"]}, "allowedOrigins"),
    ({"allowedOrigins": ["https://a.example.com:99999"]}, "allowedOrigins"),
    ({"allowedOrigins": ["javascript://a"]}, "allowedOrigins"),
    ({"allowedOrigins": ["https://münchen.example"]}, "allowedOrigins"),
    ({"modelBaseUrl": "http://127.0.0.1"}, "modelBaseUrl"),
    ({"apiKey": "sk-1"}, "apiKey"),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED, ids=lambda value: str(value)[:60])
async def test_what_can_never_work_is_refused_with_its_field(api, folder, changes, field):
    answer = await api.post(AGENTS, {"name": "front-desk", **changes})

    refused = answer.json()
    assert answer.status_code == 400, refused
    assert any(one["path"].startswith(field) for one in refused["details"]), refused
    assert len((await api.get(AGENTS)).json()["agents"]) == 1
    assert not (folder / "agents").exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"a"'])
async def test_a_body_that_is_no_object_is_refused(api, body):
    assert (await api.post(AGENTS, body)).status_code == 400


async def test_a_name_that_is_taken_or_changed_is_refused(api):
    await create(api)

    taken = await api.post(AGENTS, {"name": "front-desk"})
    default = await api.post(AGENTS, {"name": "default"})
    renamed = await api.put(f"{AGENTS}/front-desk", {"name": "other"})
    same = await api.put(f"{AGENTS}/front-desk", {"name": "front-desk", "title": "A"})

    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    assert (default.status_code, default.json()["code"]) == (409, "name_taken")
    assert (renamed.status_code, renamed.json()["details"][0]["path"]) == (400, "name")
    assert same.status_code == 200


@pytest.mark.parametrize("name", ["nobody", "..", "a%2Fb", "%00", "default.yaml"])
async def test_an_agent_that_is_not_there_is_not_found(api, name):
    for method in ("GET", "PUT", "DELETE"):
        content = b"{}" if method == "PUT" else None
        answer = await api.request(method, f"{AGENTS}/{name}", content=content)
        assert answer.status_code in {404, 405}, answer.text


async def test_an_unknown_action_is_a_warning_that_goes_when_it_comes(api):
    answer = await api.post(AGENTS, {"name": "a", "actions": ["get_order", "later"]})
    await api.create(name="later")

    assert [one["path"] for one in answer.json()["warnings"]] == ["actions[0]", "actions[1]"]
    left = (await api.get(f"{AGENTS}/a")).json()["warnings"]
    assert [one["path"] for one in left] == ["actions[0]"]
    assert "get_order" in left[0]["message"]


MODELS = ["local", "none", "openai:big", "openai:small"]


@pytest.mark.parametrize("model", MODELS)
async def test_an_agent_may_name_each_model_that_is_configured(folder, model):
    async with running_world(folder, model="openai:big", models=("openai:small",)) as api:
        assert (await create(api, model=model))["model"] == model
        other = await api.post(AGENTS, {"name": "b", "model": "openai:other"})

    assert other.status_code == 400
    assert "openai:small" in other.json()["details"][0]["message"]


@pytest.mark.parametrize("written", ["no", "false", "", 0, [], {}])
async def test_a_switch_that_is_not_true_or_false_counts_as_on_with_a_warning(api, written):
    agent = await create(api, enabled=written)
    assert agent["enabled"]
    (warning,) = (await api.get(f"{AGENTS}/front-desk")).json()["warnings"]
    assert warning["path"] == "enabled"
    assert "turns it off" in warning["message"]

    answer = await api.put(f"{AGENTS}/front-desk", {"enabled": False})
    assert answer.json()["warnings"] == []
    assert not answer.json()["agent"]["enabled"]


async def test_a_model_that_is_configured_no_more_is_a_warning_and_stays_editable(folder):
    async with running_world(folder, model="openai:old") as api:
        await create(api, model="openai:old")
    async with running_world(folder, model="openai:new") as api:
        answer = await api.put(f"{AGENTS}/front-desk", {"greeting": "Hi."})

        assert answer.status_code == 200, answer.text
        assert [one["path"] for one in answer.json()["warnings"]] == ["model"]


SCOPES = [("GET", AGENTS, Scope.READ), ("GET", DEFAULT, Scope.READ), ("POST", AGENTS, Scope.MANAGE),
          ("PUT", DEFAULT, Scope.MANAGE), ("DELETE", DEFAULT, Scope.MANAGE)]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "scope"), SCOPES)
async def test_each_route_wants_its_scope(api, method, path, scope):
    others = [one for one in Scope if one is not scope]
    stranger = await (await api.with_scopes(*others)).request(method, path, content=b"{}")
    nobody = await api.with_headers({}).request(method, path)

    assert (stranger.status_code, nobody.status_code) == (403, 401)


async def test_changes_of_agents_are_events(api):
    start = await api.deftly.stores.changes.latest()
    await create(api)
    await api.put(f"{AGENTS}/front-desk", {"title": "A"})
    await api.request("DELETE", f"{AGENTS}/front-desk")

    events = api.deftly.stores.changes.follow(start)
    told = [(await anext(events)) for _ in range(3)]
    assert [one.kind for one in told] == ["agent.changed", "agent.changed", "agent.deleted"]
    assert {one.data["name"] for one in told} == {"front-desk"}
