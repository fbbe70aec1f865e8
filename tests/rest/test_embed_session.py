"""A page begins a visit, and the same browser is the same visitor again."""

import pytest

from tests.visiting import SHOP, as_visitor, ask_in, embed_agent, enter, signed
from tests.world import running_world

OTHER = "https://other.example.com"
MONTH_S = 30 * 24 * 3600


@pytest.fixture
async def agent(api):
    return await embed_agent(
        api,
        SHOP,
        OTHER,
        title="Front desk",
        instructions="Never tell the discount code DEAL-77.",
        greeting="Hello!",
        suggestedQuestions=["Where is my order?"],
        embed={"color": "#0f766e", "language": "de", "strings": {"placeholder": "Frag mich"}},
    )


async def test_a_page_is_told_what_it_needs_and_no_more(api, agent):
    session = await enter(api, agent)

    assert session["agent"] == {
        "name": "front-desk",
        "title": "Front desk",
        "greeting": "Hello!",
        "suggestedQuestions": ["Where is my order?"],
        "pageContext": False,
        "embed": {"color": "#0f766e", "language": "de", "strings": {"placeholder": "Frag mich"}},
    }
    assert session["identified"] is False
    assert session["expiresAt"] == "2026-01-01T12:15:00.000Z"
    assert "DEAL-77" not in str(session)
    assert agent["id"] not in str({**session, "token": "", "resume": ""})


async def test_the_same_browser_is_the_same_visitor(api, agent):
    first = await enter(api, agent)
    api.clock.forward(MONTH_S - 1)
    again = await enter(api, agent, resume=first["resume"])

    assert again["visitorId"] == first["visitorId"]
    assert again["token"] != first["token"]


async def test_two_browsers_are_two_visitors(api, agent):
    first, second = await enter(api, agent), await enter(api, agent)

    assert first["visitorId"] != second["visitorId"]


async def test_a_visitor_who_was_away_for_a_month_is_another(api, agent):
    first = await enter(api, agent)
    api.clock.forward(MONTH_S)

    assert (await enter(api, agent, resume=first["resume"]))["visitorId"] != first["visitorId"]


async def test_a_resume_token_of_another_page_is_ignored(api, agent):
    first = await enter(api, agent, SHOP)

    there = await enter(api, agent, OTHER, resume=first["resume"])

    assert there["visitorId"] != first["visitorId"]


async def test_a_resume_token_of_another_agent_is_ignored(api, agent):
    first = await enter(api, agent)
    other = await embed_agent(api, name="back-office")

    assert (await enter(api, other, resume=first["resume"]))["visitorId"] != first["visitorId"]


@pytest.mark.parametrize("resume", ["dr1.x.y", "nonsense", "a" * 4_000])
async def test_a_broken_resume_token_is_ignored(api, agent, resume):
    assert (await enter(api, agent, resume=resume))["visitorId"]


async def test_a_visitor_s_token_resumes_nothing(api, agent):
    first = await enter(api, agent)

    assert (await enter(api, agent, resume=first["token"]))["visitorId"] != first["visitorId"]


async def test_visits_go_on_over_a_restart(folder):
    async with running_world(folder) as api:
        agent = await embed_agent(api)
        first = await enter(api, agent)
    async with running_world(folder) as api:
        visitor = as_visitor(api, first)

        assert (await visitor.get("/api/conversations")).status_code == 200
        again = await enter(api, agent, resume=first["resume"])

    assert again["visitorId"] == first["visitorId"]


INVALID = [
    {},
    {"publishableKey": ""},
    {"publishableKey": 1},
    {"publishableKey": "{key}", "resume": 1},
    {"publishableKey": "{key}", "resume": "a" * 5_000},
    {"publishableKey": "{key}", "identity": "ada"},
    {"publishableKey": "{key}", "identity": {}},
    {"publishableKey": "{key}", "identity": {"user_id": "ada"}},
    {"publishableKey": "{key}", "identity": {"user_id": 1, "user_hash": "x"}},
    {"publishableKey": "{key}", "identity": {"user_id": "", "user_hash": "x"}},
    {"publishableKey": "{key}", "identity": {"user_id": "a" * 201, "user_hash": "x"}},
    {"publishableKey": "{key}", "identity": {"user_id": "{}", "user_hash": "x"}},
    {"publishableKey": "{key}", "identity": {"user_id": "ada", "user_hash": "x", "more": 1}},
    {"publishableKey": "{key}", "more": 1},
]


@pytest.mark.parametrize("given", INVALID, ids=str)
async def test_a_request_that_makes_no_sense_is_refused_with_a_sentence(api, agent, given):
    key = agent["publishableKey"]
    given = {name: key if value == "{key}" else value for name, value in given.items()}

    answer = await api.with_headers({"origin": SHOP}).post("/api/embed/session", given)

    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize("key", ["pk_unknown_unknown", "front-desk", "pk_", "../x"])
async def test_an_unknown_key_names_nobody(api, agent, key):
    answer = await ask_in(api, {"publishableKey": key})

    assert answer.status_code == 404
    assert agent["name"] not in answer.text.replace(key, "")


async def test_a_disabled_agent_is_as_if_it_were_not_there(api, agent):
    await api.put("/api/agents/front-desk", {"enabled": False})

    disabled, unknown = await ask_in(api, agent), await ask_in(api, {"publishableKey": "pk_x"})

    assert disabled.status_code == 404
    assert disabled.json() == unknown.json()


async def test_a_body_that_is_too_large_is_refused(api, agent):
    answer = await ask_in(api, agent, page={"title": "x" * 70_000})

    assert answer.status_code == 413
    assert "64 KiB" in answer.json()["error"]


async def test_one_address_begins_so_many_visits(folder):
    async with running_world(folder, visitor_sessions_per_minute=3) as api:
        agent = await embed_agent(api)
        for _ in range(3):
            assert (await ask_in(api, agent)).status_code == 200

        refused = await ask_in(api, agent)

        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "20"
        assert refused.headers["access-control-allow-origin"] == SHOP
        assert "retry-after" in refused.headers["access-control-expose-headers"]
        api.clock.forward(20)
        assert (await ask_in(api, agent)).status_code == 200


async def test_wrong_guesses_count_too(folder):
    async with running_world(folder, visitor_sessions_per_minute=3) as api:
        agent = await embed_agent(api)
        identity = {**await signed(api, agent, "ada"), "user_hash": "0" * 64}
        answers = [await ask_in(api, agent, identity=identity) for _ in range(4)]

    assert [one.status_code for one in answers] == [403, 403, 403, 429]


BAD_LOOKS = [
    ({"embed": {"color": "red; } body { display: none"}}, "embed.color"),
    ({"embed": {"color": "#fff"}}, "embed.color"),
    ({"embed": {"position": "top"}}, "embed.position"),
    ({"embed": {"theme": "pink"}}, "embed.theme"),
    ({"embed": {"language": "german"}}, "embed.language"),
    ({"embed": {"launcherText": " "}}, "embed.launcherText"),
    ({"embed": {"strings": {"a b": "x"}}}, "embed.strings"),
    ({"embed": {"more": 1}}, "embed.more"),
    ({"identityVersion": 0}, "identityVersion"),
    ({"allowPageContext": "perhaps"}, "allowPageContext"),
]


@pytest.mark.parametrize(("change", "path"), BAD_LOOKS, ids=str)
async def test_a_look_that_cannot_be_is_refused_at_its_field(api, agent, change, path):
    answer = await api.put(f"/api/agents/{agent['name']}", change)

    assert answer.status_code == 400
    assert path in {one["path"] for one in answer.json()["details"]}, answer.text
