"""Who did it is in the record, by an id that has a name."""

from tests.rest.test_users import add, sign_in
from tests.world import make_action


async def test_whoever_reads_learns_the_names_behind_ids_and_no_address(api):
    user = await add(api, role="viewer")
    await api.post("/api/custom-actions", make_action())
    browser = await sign_in(api)

    told = await browser.get("/api/principals")
    names = {one["id"]: one["name"] for one in told.json()["principals"]}

    assert names["local"] == "local owner"
    assert names[f"user:{user['id']}"] == "Ada"
    assert "example.com" not in told.text


async def test_what_a_user_changes_and_answers_is_theirs_in_the_record(api, upstream):
    user = await add(api, role="editor")
    browser = await sign_in(api)
    mine = f"user:{user['id']}"

    action = await browser.create(
        url=upstream.url("/orders/{{order_id}}"), method="POST", executionMode="confirm"
    )
    held = await browser.hold("get_order", {"order_id": "A-1"})
    listed = (await browser.get("/api/confirmations")).json()["confirmations"]
    await browser.confirm(held)

    (revision,) = (await api.get(f"/api/custom-actions/{action['id']}/revisions")).json()[
        "revisions"
    ]
    (run,) = (await api.get("/api/runs")).json()["runs"]
    assert (revision["author"], run["principal"]) == (mine, mine)
    assert [one["requester"] for one in listed] == [mine]
