"""Who may decide which host a stored secret is sent to."""

import pytest

from deftly.domain.access import ROLES, Role
from deftly.domain.handler import HttpHandler
from deftly.egress.client import GuardedClient
from deftly.egress.policy import Policy
from deftly.errors import EgressDenied
from deftly.handlers.handler import Invocation
from deftly.handlers.http import HttpTools, compile_http
from tests.world import make_action

ACTIONS = "/api/custom-actions"
VALUE = "s3cret-value"
KEY = {"X-Key": "{{secrets.SHOP_KEY}}"}
TYPED = {"X-Api-Key": VALUE}
UNBOUND = "SHOP_KEY is not bound to a host yet; set it with hosts"


@pytest.fixture
async def editor(api):
    return await api.with_scopes(*ROLES[Role.EDITOR])


async def hosts_and_version(api, name):
    secrets = (await api.get("/api/secrets")).json()["secrets"]
    return next((one["hosts"], one["version"]) for one in secrets if one["name"] == name)


@pytest.mark.parametrize(
    ("host", "may"), [("{{order_id}}.example.com", False), ("api.example.com", True)]
)
async def test_a_host_from_a_parameter_binds_no_secret(host, may):
    asked = []

    class PublicNames:
        async def resolve(self, host: str, port: int) -> tuple[str, ...]:
            return ("93.184.215.14",)

    async def reveal(name, place, *, may_bind):
        asked.append((name, may_bind))
        raise EgressDenied("blocked_host", place)

    handler = HttpHandler(
        type="http", url=f"https://{host}/", headers=KEY, allow_host_parameter=True
    )
    client = GuardedClient(policy=Policy(), resolver=PublicNames())
    plan = compile_http(handler, HttpTools(client, reveal))
    with pytest.raises(EgressDenied):
        await plan.prepare(Invocation(run_id="r", arguments={"order_id": "eu"})).execute()
    await client.close()

    assert asked == [("SHOP_KEY", may)]


async def test_a_draft_binds_a_secret_for_an_owner_alone(api, editor, upstream):
    await api.put("/api/secrets/SHOP_KEY", {"value": VALUE})
    draft = make_action(url=upstream.url("/"), headers=KEY, parameters=[])

    refused = (await editor.post(f"{ACTIONS}/test", {"action": draft})).json()

    assert not refused["ok"]
    assert UNBOUND in refused["error"]
    assert upstream.seen == 0
    assert (await api.post(f"{ACTIONS}/test", {"action": draft})).json()["ok"]
    assert (await editor.post(f"{ACTIONS}/test", {"action": draft})).json()["ok"]
    bound, _ = await hosts_and_version(api, "SHOP_KEY")
    assert bound == [f"127.0.0.1:{upstream.port}"]


async def test_a_refused_definition_leaves_the_secret_as_it_was(api):
    await api.create(headers=TYPED)
    kept = (["api.example.com"], 1)
    taken = make_action(headers=TYPED)
    assert (await api.post(ACTIONS, taken)).status_code == 409
    too_long = make_action(name="too long", headers={**TYPED, "X-Token": "x" * 9000})
    assert (await api.post(ACTIONS, too_long)).status_code == 400

    assert await hosts_and_version(api, "GET_ORDER_X_API_KEY") == kept
    assert len((await api.get("/api/secrets")).json()["secrets"]) == 1


async def test_an_editor_changes_a_value_but_not_where_it_goes(api, editor):
    action = await api.create(headers=TYPED)
    path = f"{ACTIONS}/{action['id']}"
    handler = make_action(headers={"X-Api-Key": "rotated-value"})["handler"]
    assert (await editor.put(path, {"handler": handler})).status_code == 200
    assert await hosts_and_version(api, "GET_ORDER_X_API_KEY") == (["api.example.com"], 2)

    moved = {**handler, "url": "https://evil.example/{{order_id}}"}
    refused = await editor.put(path, {"handler": moved})

    assert refused.status_code == 403, refused.text
    assert "handler.headers.X-Api-Key" in refused.text
    assert "deftly secrets set GET_ORDER_X_API_KEY --host evil.example" in refused.text
    assert await hosts_and_version(api, "GET_ORDER_X_API_KEY") == (["api.example.com"], 2)
    assert (await api.put(path, {"handler": moved})).status_code == 200
    assert await hosts_and_version(api, "GET_ORDER_X_API_KEY") == (["evil.example"], 3)
