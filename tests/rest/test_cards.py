"""Actions that show a widget: what comes with the outcome, what is kept, what the owner is told."""

import json

import pytest

from tests.cards import ORDER_CARD, add_widget, card, remove_widget, text

ORDER = {"id": "A-1", "status": "in transit"}
ONLY_DATA = "The card could not be shown"


@pytest.fixture
async def shows(api, upstream):
    """An API with a widget that fits its answer."""
    await add_widget(api.deftly, "order_card", ORDER_CARD)
    upstream.answers(ORDER)
    await api.create(url=upstream.url("/orders/{{order_id}}"), widget="order_card")
    return lambda **arguments: api.call("get_order", arguments or {"order_id": "A-1"})


async def run_of(api, outcome):
    return (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]


def texts_of(shown):
    return [one["text"] for one in shown["body"]]


async def test_an_answer_is_shown_as_a_card(api, shows):
    outcome = (await shows()).json()

    assert outcome["status"] == "succeeded"
    assert outcome["result"]["data"] == ORDER
    assert outcome["result"]["shown"].startswith("The person sees the card Order: ")
    assert "in transit" in outcome["result"]["shown"]
    shown = outcome["widget"]
    assert (shown["name"], shown["cardId"]) == ("order_card", outcome["runId"])
    assert texts_of(shown["card"]) == ["Order A-1", "Status: in transit"]
    kept = await run_of(api, outcome)
    assert kept["card"]["card"] == shown["card"]
    assert "note" not in kept
    assert all("card" not in one for one in (await api.get("/api/runs")).json()["runs"])


async def test_the_card_is_made_of_the_whole_answer_and_not_of_what_is_cut(api, upstream, shows):
    upstream.answers({**ORDER, "history": ["x" * 100] * 1_000})

    outcome = (await shows()).json()

    assert outcome["result"]["truncated"]
    assert texts_of(outcome["widget"]["card"]) == ["Order A-1", "Status: in transit"]
    assert "in transit" in outcome["result"]["shown"]


async def test_an_answer_comes_before_the_arguments_and_these_before_the_example(api, upstream):
    widget = {
        "template": card(text("${id} ${order_id} ${lang} ${response.id}")),
        "exampleData": {"id": "example", "order_id": "example", "lang": "en"},
    }
    await add_widget(api.deftly, "mixed", widget)
    upstream.answers({"id": "answer"})
    await api.create(url=upstream.url("/orders/{{order_id}}"), widget="mixed")

    outcome = (await api.call("get_order", {"order_id": "argument"})).json()

    assert texts_of(outcome["widget"]["card"]) == ["answer argument en answer"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"error": "no such order"}, 404),
        ("down for maintenance", 503),
        ([], 500),
    ],
)
async def test_an_error_of_the_api_shows_no_card(api, upstream, shows, answer, status):
    upstream.answers(answer, status=status)

    outcome = (await shows()).json()

    assert outcome["status"] == "succeeded"
    assert outcome["result"] == {"http_status": status, "ok": False, "data": answer}
    assert "widget" not in outcome
    assert "note" not in await run_of(api, outcome)


UNFIT = [
    ({"orders": []}, "nothing that the template names"),
    ([], "nothing that the template names"),
    (["A-1"], "nothing that the template names"),
    ("all is well", "nothing that the template names"),
    (0, "nothing that the template names"),
]


@pytest.mark.parametrize(("answer", "why"), UNFIT, ids=lambda one: json.dumps(one)[:20])
async def test_an_answer_that_does_not_fit_is_told_as_text_and_its_owner_why(
    api, upstream, shows, answer, why
):
    upstream.answers(answer)

    outcome = (await shows()).json()

    assert outcome["status"] == "succeeded"
    assert outcome["result"]["data"] == answer
    assert outcome["result"]["shown"].startswith(ONLY_DATA)
    assert "widget" not in outcome
    kept = await run_of(api, outcome)
    assert why in kept["note"]
    assert "card" not in kept


@pytest.mark.parametrize(
    "answer",
    [{"id": "A-1"}, {"id": "A-1", "status": None}, {"id": 1, "status": "x"}, {"status": "x"}],
    ids=json.dumps,
)
async def test_the_example_stands_in_for_nothing_that_the_schema_requires(api, upstream, answer):
    schema = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "status": {"type": "string"}},
        "required": ["id", "status"],
    }
    await add_widget(api.deftly, "strict", {**ORDER_CARD, "dataSchema": schema})
    upstream.answers(answer)
    await api.create(url=upstream.url("/orders/{{order_id}}"), widget="strict")

    outcome = (await api.call("get_order", {"order_id": "A-1"})).json()

    assert "widget" not in outcome
    assert "dataSchema" in (await run_of(api, outcome))["note"]


async def test_a_value_that_is_missing_is_told_to_the_owner_beside_the_card(api, upstream):
    widget = {"template": card(text("${id}"), text("${carrier}"))}
    await add_widget(api.deftly, "order_card", widget)
    upstream.answers(ORDER)
    await api.create(url=upstream.url("/orders/{{order_id}}"), widget="order_card")

    outcome = (await api.call("get_order", {"order_id": "A-1"})).json()

    assert outcome["widget"]["card"]
    assert "carrier" in (await run_of(api, outcome))["note"]


async def test_a_widget_that_is_gone_leaves_the_data(api, shows):
    await remove_widget(api.deftly, "order_card")

    outcome = (await shows()).json()

    assert outcome["result"]["data"] == ORDER
    assert outcome["result"]["shown"].startswith(ONLY_DATA)
    assert "widget" not in outcome
    assert "order_card" in (await run_of(api, outcome))["note"]


async def test_a_changed_widget_is_shown_from_the_next_call_on(api, shows):
    await add_widget(api.deftly, "order_card", {"template": card(text("No. ${id}"))})

    assert texts_of((await shows()).json()["widget"]["card"]) == ["No. A-1"]


async def test_a_held_call_is_shown_once_it_is_confirmed(api, upstream):
    await add_widget(api.deftly, "order_card", ORDER_CARD)
    upstream.answers(ORDER)
    fields = {"method": "POST", "executionMode": "confirm", "widget": "order_card"}
    await api.create(url=upstream.url("/orders/{{order_id}}"), **fields)
    held = await api.hold("get_order", {"order_id": "A-1"})
    assert "widget" not in held["summary"]

    first = (await api.confirm(held)).json()
    second = (await api.confirm(held)).json()

    assert texts_of(first["widget"]["card"]) == ["Order A-1", "Status: in transit"]
    assert second["widget"] == first["widget"]
    assert upstream.seen == 1


async def test_a_repeated_idempotency_key_gets_the_same_card(api, upstream, shows):
    given = {"arguments": {"order_id": "A-1"}, "idempotencyKey": "k"}
    first = (await api.post("/api/tools/get_order/call", given)).json()
    second = (await api.post("/api/tools/get_order/call", given)).json()

    assert second["widget"] == first["widget"]
    assert upstream.seen == 1


@pytest.fixture
async def only(api):
    """An action that only shows a widget."""
    await add_widget(api.deftly, "order_card", ORDER_CARD)
    parameters = [
        {"name": "id", "description": "Its number", "required": True},
        {"name": "status", "description": "Where it is", "required": False},
    ]
    await api.create(
        name="show order", handler={"type": "widget"}, widget="order_card", parameters=parameters
    )


async def test_a_widget_alone_is_filled_by_who_calls(api, only):
    outcome = (await api.call("show_order", {"id": "B-2"})).json()

    assert outcome["status"] == "succeeded"
    assert texts_of(outcome["widget"]["card"]) == ["Order B-2", "Status: shipped"]
    assert outcome["result"].startswith("The person sees the card Order: ")
    assert "B-2" in outcome["result"]
    assert [one["name"] for one in (await api.get("/api/tools")).json()["tools"]] == ["show_order"]


async def test_a_widget_alone_that_cannot_be_drawn_fails_with_the_reason(api, only):
    await remove_widget(api.deftly, "order_card")

    outcome = (await api.call("show_order", {"id": "B-2"})).json()

    assert outcome["status"] == "failed"
    assert outcome["error"]["code"] == "widget_failed"
    assert "order_card" in outcome["error"]["message"]
    assert "widget" not in outcome


async def test_a_test_run_shows_the_card_and_what_its_author_should_know(api, upstream, shows):
    (action,) = (await api.get("/api/custom-actions")).json()["actions"]
    path = f"/api/custom-actions/{action['id']}/test"

    good = (await api.post(path, {"params": {"order_id": "A-1"}})).json()
    upstream.answers({"orders": []})
    unfit = (await api.post(path, {"params": {"order_id": "A-1"}})).json()

    assert texts_of(good["widget"]["card"]) == ["Order A-1", "Status: in transit"]
    assert "widget" not in unfit
    assert "template" in unfit["note"]


async def test_a_preview_of_a_widget_tells_what_would_fill_it(api, only):
    (action,) = (await api.get("/api/custom-actions")).json()["actions"]

    told = (
        await api.post(f"/api/custom-actions/{action['id']}/preview", {"params": {"id": "B"}})
    ).json()

    assert told["request"] == {"widget": "order_card", "arguments": {"id": "B"}}


async def test_an_action_that_names_no_live_widget_is_stored_with_a_warning(api):
    answer = await api.post(
        "/api/custom-actions",
        {"name": "x", "description": "x", "handler": {"type": "widget"}, "widget": "nowhere"},
    )

    assert answer.status_code == 200
    assert any("nowhere" in one["message"] for one in answer.json()["warnings"])
