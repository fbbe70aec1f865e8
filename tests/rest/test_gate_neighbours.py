"""What lies beside the attacks of confirm_attacks.md: repeats, edits, bodies, places, origins."""

import asyncio
import codecs
import json

import pytest

from deftly.domain.access import Scope

TOOL = "make_return"
ORDER = {"order_id": "A-1042"}
KEYED = {"idempotencyKey": "k1"}
ACTIONS = "/api/custom-actions"
OURS = "http://127.0.0.1:8484"


def path_of(held, answer="confirm"):
    return f"/api/confirmations/{held['id']}/{answer}"


async def status_of(api, held):
    return (await api.get(f"/api/confirmations/{held['id']}")).json()["confirmation"]["status"]


async def test_a_repeat_of_an_open_question_asks_the_same_question(api, action, upstream):
    agent = await api.with_scopes(Scope.RUN)

    mine = [(await api.call(TOOL, ORDER, **KEYED)).json()["confirmation"] for _ in range(2)]
    theirs = [(await agent.call(TOOL, ORDER, **KEYED)).json()["confirmation"] for _ in range(2)]

    assert mine[0]["id"] == mine[1]["id"] != theirs[0]["id"] == theirs[1]["id"]
    assert mine[0]["token"] != mine[1]["token"]
    assert not [one for one in theirs if "token" in one]
    assert upstream.seen == 0


async def deny(api, action, held):
    token = (await api.post(path_of(held, "token"), {})).json()["token"]
    await api.deny(held | {"token": token})


async def edit(api, action, held):
    await api.put(f"{ACTIONS}/{action['id']}", {"description": "Something else."})


async def wait(api, action, held):
    api.clock.forward(301)


@pytest.mark.parametrize("scopes", [(Scope.RUN,), (Scope.RUN, Scope.CONFIRM)], ids=str)
@pytest.mark.parametrize(("end", "status"), [(deny, "denied"), (edit, "void"), (wait, "expired")])
async def test_a_repeat_of_a_closed_question_is_told_how_it_ended(
    api, action, upstream, scopes, end, status
):
    caller = await api.with_scopes(*scopes)
    held = (await caller.call(TOOL, ORDER, **KEYED)).json()["confirmation"]
    await end(api, action, held)

    again = await caller.call(TOOL, ORDER, **KEYED)

    assert (again.status_code, again.json()["status"]) == (200, status)
    assert "confirmation" not in again.json()
    assert upstream.seen == 0


EDITS = [
    {"handler": {"url": "http://127.0.0.1:1/other"}},
    {"handler": {"headers": {"X-A": "1"}}},
    {"handler": {"body": '{"a":1}'}},
    {"handler": {"timeoutS": 3}},
    {"handler": {"resultPath": "a"}},
    {"handler": {"idempotencyHeader": "Idempotency-Key"}},
    {"handler": {"method": "DELETE"}},
    {"parameters": [{"name": "order_id", "description": "Another word", "required": True}]},
    {"limits": {"callsPerMinute": 5}},
    {"name": "make refund"},
    {"enabled": False},
]


@pytest.mark.parametrize("patch", EDITS, ids=str)
async def test_an_edit_that_was_taken_back_reopens_nothing(api, action, held, upstream, patch):
    path = f"{ACTIONS}/{action['id']}"
    handler = {"handler": {**action["handler"], **patch["handler"]}} if "handler" in patch else {}
    assert (await api.put(path, {**patch, **handler})).status_code == 200
    back = {name: action.get(name) for name in patch}
    assert (await api.put(path, back)).status_code == 200

    answer = await api.confirm(held)

    assert answer.status_code == 409
    assert answer.json()["details"][0]["message"] == "void"
    assert upstream.seen == 0


WORDS = [
    {"similes": ["REFUND"]},
    {"examples": [{"question": "Return A-1", "params": {"order_id": "A-1"}}]},
]


@pytest.mark.parametrize("patch", WORDS, ids=str)
async def test_words_that_change_nothing_of_a_call_leave_it_open(api, action, held, patch):
    assert (await api.put(f"{ACTIONS}/{action['id']}", patch)).status_code == 200

    assert (await api.confirm(held)).json()["status"] == "succeeded"


async def test_an_action_deleted_and_made_again_owes_nothing(api, action, held, upstream):
    await api.request("DELETE", f"{ACTIONS}/{action['id']}")
    await api.create(name=TOOL, url=upstream.url("/"), method="POST", executionMode="confirm")

    assert (await api.confirm(held)).status_code == 409
    assert upstream.seen == 0


async def test_of_a_confirm_and_an_edit_at_once_one_wins(api, upstream):
    for number in range(4):
        name = f"{TOOL}_{number}"
        fields = {"method": "POST", "parameters": [], "executionMode": "confirm"}
        action = await api.create(name=name, url=upstream.url("/asked"), **fields)
        held = await api.hold(name)
        before = upstream.seen
        edited = {"handler": {**action["handler"], "url": upstream.url("/edited")}}

        confirmed, _ = await asyncio.gather(
            api.confirm(held), api.put(f"{ACTIONS}/{action['id']}", edited)
        )

        ran = upstream.requests[before:]
        assert [one.path for one in ran] == ["/asked"] * len(ran)
        assert (confirmed.status_code, len(ran)) in {(200, 1), (409, 0)}


BODIES = [
    b"", b"[]", b"null", b'"$"', b"{", b'{"token": "$"} x', b"token=$", b'["$"]',
    codecs.BOM_UTF16_LE + '{"token": "x"}'.encode("utf-16-le"), b'{"token": "\\ud800"}',
    b'{"token": NaN}', b'{"Token": "$"}', b'{"token": "$", "confirmed": true}',
    b'{"tokens": ["$"]}', b'{"token": {"value": "$"}}', b'{"token\\u0000": "$"}',
    b'{"__proto__": {"token": "$"}}', b'{"token": "$", "token": "x"}',
    b'{"token": ' + b"[" * 5000 + b"]" * 5000 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("answer", ["confirm", "deny"])
async def test_a_body_of_another_shape_answers_nothing(api, held, upstream, body, answer):
    refused = await api.post(path_of(held, answer), body.replace(b"$", held["token"].encode()))

    assert refused.status_code in {400, 404}
    assert held["token"] not in refused.text
    assert await status_of(api, held) == "confirm_required"
    assert upstream.seen == 0


PLACES = [
    "{id}/confirm/", "{id}//confirm", "/{id}/confirm", "{id}/Confirm", "{id}/confirm%20",
    "{id}/confirm;x", "{upper}/confirm", "{id}%00/confirm", "{id}/confirm/{token}",
    "{id}/{token}", "{id},{id}/confirm",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
async def test_a_place_spelled_otherwise_answers_nothing(api, held, upstream, place):
    path = place.format(id=held["id"], upper=held["id"].upper(), token=held["token"])

    refused = await api.post(f"/api/confirmations/{path}", {"token": held["token"]})

    assert refused.status_code == 404
    assert await status_of(api, held) == "confirm_required"
    assert upstream.seen == 0


async def test_the_token_is_taken_from_the_body_alone(api, held, upstream):
    token = held["token"]
    elsewhere = [
        {"params": {"token": token}},
        {"headers": {"x-token": token}},
        {"headers": {"cookie": f"token={token}"}},
    ]
    for options in elsewhere:
        assert (await api.post(path_of(held), {}, **options)).status_code == 400
    overridden = await api.get(path_of(held), headers={"x-http-method-override": "POST"})

    assert overridden.status_code == 405
    assert upstream.seen == 0


FOREIGN = [
    *("http://127.0.0.1:8485", "http://127.0.0.1", "http://evil.example.com:8484", "file://", ""),
    *(f"{OURS}.evil.example.com", f"{OURS}@evil.example.com", "http://user@127.0.0.1:8484"),
    *(f"{OURS}, http://evil.example.com", f"{OURS}/", "chrome-extension://abc", "null"),
]
FOREIGN_SITES = ["same-site", "cross-site", "CROSS-SITE", "x", "same-origin, cross-site"]
STRANGE = [{"origin": one} for one in FOREIGN] + [{"sec-fetch-site": one} for one in FOREIGN_SITES]


@pytest.mark.parametrize("headers", STRANGE, ids=str)
async def test_a_page_of_another_place_answers_nothing(api, held, upstream, headers):
    refused = await api.post(path_of(held), {"token": held["token"]}, headers=headers)

    assert refused.status_code == 403
    assert upstream.seen == 0


OWN = [{"origin": OURS}, {"origin": OURS.upper()}, {"sec-fetch-site": "same-origin"}]


@pytest.mark.parametrize("headers", [*OWN, {"sec-fetch-site": "none"}], ids=str)
async def test_our_own_pages_may_answer(api, held, headers):
    answer = await api.post(path_of(held), {"token": held["token"]}, headers=headers)

    assert answer.json()["status"] == "succeeded"


async def test_a_token_is_its_principal_s_alone(api, held, upstream):
    other = await api.with_scopes(*Scope)

    for answer in ("confirm", "deny"):
        refused = await other.post(path_of(held, answer), {"token": held["token"]})
        assert refused.status_code == 404
    assert await status_of(api, held) == "confirm_required"
    assert upstream.seen == 0


async def test_a_key_that_was_revoked_answers_nothing(api, action, upstream):
    made, key = await api.deftly.stores.keys.create("short", tuple(Scope))
    caller = api.with_headers({"authorization": f"Bearer {key}"})
    held = await caller.hold(TOOL, ORDER)
    assert (await api.request("DELETE", f"/api/keys/{made.id}")).status_code == 200

    assert (await caller.confirm(held)).status_code == 401
    assert upstream.seen == 0


async def test_a_number_spelled_otherwise_is_the_same_call(api, upstream):
    number = {"name": "amount", "type": "number", "description": "How much", "required": True}
    await api.create(
        name=TOOL, url=upstream.url("/"), method="POST", parameters=[number],
        executionMode="confirm",
    )  # fmt: skip
    asked = await api.call(TOOL, {"amount": 1}, conversationId="c1", **KEYED)
    repeat = await api.call(TOOL, {"amount": 1.0}, conversationId="c1", **KEYED)
    await api.deny(asked.json()["confirmation"])

    again = await api.call(TOOL, {"amount": 1.0}, conversationId="c1")

    assert repeat.json()["confirmation"]["id"] == asked.json()["confirmation"]["id"]
    assert again.status_code == 429


@pytest.mark.parametrize("change", ["bound elsewhere", "deleted"])
async def test_a_secret_that_may_not_go_there_any_more_stays(api, upstream, change):
    path = "/api/secrets/SHOP_KEY"
    await api.put(path, {"value": "old-value", "hosts": ["127.0.0.1"]})
    await api.create(
        name=TOOL, url=upstream.url("/"), method="POST", parameters=[], executionMode="confirm",
        headers={"X-Key": "{{secrets.SHOP_KEY}}"},
    )  # fmt: skip
    held = await api.hold(TOOL)
    if change == "deleted":
        await api.request("DELETE", path)
    else:
        await api.put(path, {"value": "new-value", "hosts": ["other.example.com"]})

    assert (await api.confirm(held)).json()["status"] == "failed"
    assert upstream.seen == 0


@pytest.mark.parametrize(
    "arguments", [[ORDER, ORDER], [], "A", 5, True, json.dumps(ORDER)], ids=str
)
async def test_a_list_of_calls_is_no_call(api, action, upstream, arguments):
    refused = await api.post(f"/api/tools/{TOOL}/call", {"arguments": arguments})

    assert refused.status_code == 422
    assert upstream.seen == 0
