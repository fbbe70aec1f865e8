"""What a visitor's token opens: the rows of the table that say so, and nothing else."""

import re

import pytest

from deftly.domain.access import Scope
from deftly.domain.visitor import VisitorSigner
from deftly.rest.route import Access
from deftly.rest.routes import ROUTES
from tests.visiting import TOKEN_S, as_visitor, embed_agent, enter, visitor
from tests.world import BASE_URL, EVERYTHING, running_world

CLOSED = [route for route in ROUTES if route.scope is not Access.ANYONE]
FOREIGN = [route for route in CLOSED if not route.visitors]
OPEN = [route for route in CLOSED if route.visitors]
SOMEWHERE = "5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10"
CALL = "/api/tools/get_order/call"


def name_of(route) -> str:
    return f"{route.method} {route.path}"


def path_of(route, agent: str = "front-desk") -> str:
    path = route.path.replace("{agent}", agent).replace("{name}", agent)
    return re.sub(r"\{\w+\}", SOMEWHERE, path)


@pytest.fixture
async def agent(api):
    return await embed_agent(api)


@pytest.mark.parametrize("route", FOREIGN, ids=name_of)
async def test_a_visitor_is_kept_out_wherever_the_table_does_not_let_them_in(api, agent, route):
    caller = await visitor(api, agent)

    answer = await caller.request(route.method, path_of(route), content=b"{}")

    assert answer.status_code == 403, answer.text
    assert answer.json()["code"] == "not_allowed"
    assert answer.json().keys() == {"error", "code"}


CARRIED = [("authorization", "Bearer {}"), ("authorization", "bearer  {}"), ("x-api-key", "{}")]


@pytest.mark.parametrize(("header", "form"), CARRIED)
async def test_not_even_where_everybody_else_is_the_owner(folder, header, form):
    async with running_world(folder, no_auth=True) as api:
        session = await enter(api, await embed_agent(api))
        caller = api.with_headers({header: form.format(session["token"])})
        for route in FOREIGN:
            answer = await caller.request(route.method, path_of(route), content=b"{}")
            assert answer.status_code == 403, (name_of(route), answer.text)


def test_few_routes_are_open_to_visitors():
    opened = {name_of(route) for route in OPEN}
    allowed = re.compile(
        r"POST /api/chat/\{agent\}(/prepare)?"
        r"|POST /api/confirmations/\{confirmation_id\}/(token|confirm|deny)"
        r"|GET /api/conversations(/\{conversation_id\}(/events)?)?"
        r"|POST /api/conversations/\{conversation_id\}/stop"
        r"|POST /api/conversations/\{conversation_id\}/cards/\{card_id\}/submit"
        r"|POST /api/conversations/\{conversation_id\}/client-calls/\{call_id\}/(start|finish)"
    )

    assert [name for name in opened if not allowed.fullmatch(name)] == []
    assert not any(route.visitors for route in ROUTES if route.raw)


def test_an_open_route_asks_no_more_than_visitors_hold():
    assert {route.scope for route in OPEN} <= {Scope.RUN, Scope.CONFIRM}


@pytest.mark.parametrize(
    "route",
    [route for route in OPEN if "{" in route.path and "{agent}" not in route.path],
    ids=name_of,
)
async def test_what_is_not_theirs_is_not_there(api, agent, route):
    caller = await visitor(api, agent)

    answer = await caller.request(
        route.method, path_of(route), content=b'{"token":"' + b"a" * 43 + b'"}'
    )

    assert answer.status_code in {400, 404}, answer.text
    assert answer.json()["error"]


@pytest.mark.parametrize("route", [one for one in OPEN if "{agent}" in one.path], ids=name_of)
@pytest.mark.parametrize("other", ["default", "back-office", "nobody", "front-desk%20"])
async def test_another_agent_than_theirs_is_not_there(api, agent, route, other):
    await embed_agent(api, name="back-office")
    caller = await visitor(api, agent)

    answer = await caller.request(
        route.method,
        path_of(route, other),
        content=b'{"threadId":"t","messages":[{"role":"user","content":"hi"}]}',
    )

    assert answer.status_code == 404, answer.text


async def test_a_call_goes_through_no_visitor_s_hands(api, agent, upstream):
    await api.create(url=upstream.url("/orders/{{order_id}}"))
    caller = await visitor(api, agent)

    answer = await caller.post(CALL, {"arguments": {"order_id": "A-1042"}})

    assert answer.status_code == 403
    assert upstream.seen == 0
    assert (await caller.get("/api/tools")).status_code == 403


async def test_a_visitor_sees_no_conversation_but_their_own(api, agent):
    caller = await visitor(api, agent)
    conversations = api.deftly.stores.conversations
    theirs = await conversations.open("front-desk", "visitor:somebody-else", "t")

    listed = await caller.get("/api/conversations")
    everybody = await caller.get("/api/conversations?everybody=true")

    assert listed.json()["conversations"] == []
    assert everybody.status_code == 403
    for path in ("", "/events"):
        answer = await caller.get(f"/api/conversations/{theirs.id}{path}")
        assert answer.status_code == 404
    assert (await caller.post(f"/api/conversations/{theirs.id}/stop", {})).status_code == 404


@pytest.mark.parametrize("answered", ["token", "confirm", "deny"])
async def test_a_visitor_answers_no_question_of_somebody_else(api, agent, upstream, answered):
    await api.create(
        name="make_return",
        url=upstream.url("/returns/{{order_id}}"),
        method="POST",
        executionMode="confirm",
    )
    held = await api.hold("make_return", {"order_id": "A-1042"})
    caller = await visitor(api, agent)

    path = f"/api/confirmations/{held['id']}/{answered}"
    given = {} if answered == "token" else {"token": held["token"]}
    answer = await caller.post(path, given)
    unknown = await caller.post(path.replace(held["id"], SOMEWHERE), given)

    assert answer.status_code == unknown.status_code == 404
    assert answer.json() == unknown.json()
    assert upstream.seen == 0


def broken(token: str) -> dict[str, str]:
    prefix, body, signature = token.split(".")
    return {
        "truncated": token[:-1],
        "tampered": f"{prefix}.{body[:-2]}AA.{signature}",
        "another version": f"dv2.{body}.{signature}",
        "a resume token's prefix": f"dr1.{body}.{signature}",
        "unsigned": f"{prefix}.{body}.",
        "nothing behind": "dv1.",
    }


@pytest.mark.parametrize("how", broken("dv1.aaaa.bbbb"))
@pytest.mark.parametrize("path", ["/api/conversations", "/api/agents", "/api/tools"])
async def test_a_broken_token_is_nobody_s(api, agent, how, path):
    session = await enter(api, agent)

    caller = as_visitor(api, {"token": broken(session["token"])[how]})

    assert (await caller.get(path)).status_code == 401


async def test_a_resume_token_lets_nobody_in(api, agent):
    session = await enter(api, agent)

    caller = as_visitor(api, {"token": session["resume"]})

    assert (await caller.get("/api/conversations")).status_code == 401


async def test_a_token_ends_after_a_quarter_of_an_hour(api, agent):
    caller = await visitor(api, agent)

    api.clock.forward(TOKEN_S - 1)
    assert (await caller.get("/api/conversations")).status_code == 200
    api.clock.forward(1)
    assert (await caller.get("/api/conversations")).status_code == 401


async def test_a_token_of_another_installation_is_nobody_s(api, agent, tmp_path):
    key = VisitorSigner(b"another key, of 32 bytes as well")
    api.deftly.visiting.signer, own = key, api.deftly.visiting.signer
    session = await enter(api, agent)
    api.deftly.visiting.signer = own

    assert (await as_visitor(api, session).get("/api/conversations")).status_code == 401


async def test_a_token_ends_with_its_agent_even_if_the_name_comes_back(api, agent):
    caller = await visitor(api, agent)

    await api.request("DELETE", f"/api/agents/{agent['name']}")
    assert (await caller.get("/api/conversations")).status_code == 401
    await embed_agent(api)

    assert (await caller.get("/api/conversations")).status_code == 401


async def test_the_owner_s_cookie_beside_a_token_changes_nothing(api, agent):
    session = await enter(api, agent)
    link = await api.deftly.login_link()
    opened = await api.with_headers({}).post("/api/session", {"token": link.partition("#")[2]})
    cookie = opened.headers["set-cookie"].partition(";")[0]

    both = api.with_headers({"cookie": cookie, "authorization": f"Bearer {session['token']}"})

    assert (await both.get("/api/agents")).status_code == 403
    assert (await both.get("/api/conversations")).status_code == 200


async def test_a_key_that_may_everything_is_still_no_visitor(api, agent):
    owner = await api.with_scopes(*EVERYTHING)

    answer = await owner.get("/api/session")

    assert answer.json()["principal"]["id"].startswith("key:")
    assert (await owner.get("/api/conversations", headers={"origin": BASE_URL})).status_code == 200
