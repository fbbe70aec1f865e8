"""The gate through the REST door: what must fail closed (tests/fixtures/confirm_attacks.md)."""

import asyncio
from itertools import chain, islice

import pytest

from tests.world import running_world

TOOL = "make_return"
ORDER = {"order_id": "A-1042"}


async def test_nothing_is_sent_before_somebody_confirms(held, upstream):
    assert upstream.seen == 0
    assert held["summary"]["method"] == "POST"
    assert held["summary"]["arguments"][0]["value"] == "A-1042"


async def test_a_second_confirm_gets_the_first_outcome_and_nothing_is_sent(api, held, upstream):
    first = await api.confirm(held)

    again = await api.confirm(held)
    late_denial = await api.deny(held)

    assert first.json()["status"] == "succeeded"
    assert again.json() == late_denial.json() == first.json()
    assert upstream.seen == 1


async def test_sixteen_confirms_at_once_run_once_and_all_get_the_outcome(api, held, upstream):
    answers = await asyncio.gather(*(api.confirm(held) for _ in range(16)))

    assert [answer.json() for answer in answers] == [answers[0].json()] * len(answers)
    assert answers[0].json()["status"] == "succeeded"
    assert upstream.seen == 1


async def test_of_a_confirm_and_a_denial_at_once_one_wins(api, action, upstream):
    for round_number in range(4):
        held = await api.hold(TOOL, {"order_id": str(round_number)})
        before = upstream.seen

        confirmed, denied = await asyncio.gather(api.confirm(held), api.deny(held))

        ran = upstream.seen - before
        told = {answer.json().get("status", "closed") for answer in (confirmed, denied)}
        assert told == ({"succeeded"} if ran else {"closed", "denied"})


async def test_a_confirm_after_the_expiry_is_refused(api, held, upstream):
    api.clock.forward(301)

    answer = await api.confirm(held)

    assert answer.status_code == 409
    assert answer.json()["details"] == [{"path": "status", "message": "expired"}]
    assert upstream.seen == 0


async def test_a_clock_that_is_set_back_reopens_nothing(api, held, upstream):
    api.clock.forward(301)
    api.clock.set_back(3600)

    assert (await api.confirm(held)).status_code == 409
    assert upstream.seen == 0


async def test_a_confirm_after_a_denial_is_refused(api, held, upstream):
    denied = await api.deny(held)

    answer = await api.confirm(held)

    assert denied.json()["status"] == "denied"
    assert answer.status_code == 409
    assert answer.json()["details"][0]["message"] == "denied"
    assert upstream.seen == 0


CHANGES = [
    {"executionMode": "auto"},
    {"enabled": False},
    {"description": "Something else."},
    {"handler": {"type": "http", "method": "POST", "url": "https://evil.example.com/{{order_id}}"}},
]


@pytest.mark.parametrize("patch", CHANGES, ids=lambda patch: next(iter(patch)))
async def test_an_edit_voids_what_was_asked(api, action, held, upstream, patch):
    await api.put(f"/api/custom-actions/{action['id']}", patch)

    answer = await api.confirm(held)

    assert answer.status_code == 409
    assert answer.json()["details"][0]["message"] == "void"
    assert upstream.seen == 0


async def test_a_deletion_voids_what_was_asked(api, action, held, upstream):
    await api.request("DELETE", f"/api/custom-actions/{action['id']}")

    assert (await api.confirm(held)).status_code == 409
    assert upstream.seen == 0


async def test_a_secret_may_be_rotated_meanwhile(api, upstream):
    path = "/api/secrets/SHOP_KEY"
    await api.put(path, {"value": "old-value", "hosts": ["127.0.0.1"]})
    await api.create(
        name=TOOL, url=upstream.url("/"), method="POST", parameters=[], executionMode="confirm",
        headers={"X-Key": "{{secrets.SHOP_KEY}}"},
    )  # fmt: skip
    held = await api.hold(TOOL)
    await api.put(path, {"value": "new-value"})

    answer = await api.confirm(held)

    assert answer.json()["status"] == "succeeded"
    assert upstream.requests[0].headers["x-key"] == "new-value"


async def test_questions_that_pile_up_are_refused_and_never_approved(api, action, upstream):
    answers = [
        await api.call(TOOL, {"order_id": str(number)}, conversationId="c1") for number in range(8)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    assert "retry-after" in answers[-1].headers
    assert upstream.seen == 0


async def test_a_denied_call_is_not_asked_again_at_once(api, action, upstream):
    first = await api.call(TOOL, ORDER, conversationId="c1")
    await api.deny(first.json()["confirmation"])

    again = await api.call(TOOL, ORDER, conversationId="c1")

    assert again.status_code == 429
    assert upstream.seen == 0


async def test_hidden_characters_are_shown_to_the_person(api, action):
    held = await api.hold(TOOL, {"order_id": "A\u202e2401\u200b"})

    shown = held["summary"]["arguments"][0]["value"]
    assert "\u202e" not in shown
    assert "\u200b" not in shown
    assert "202E" in shown


async def test_a_redirect_leads_a_confirmed_call_to_no_other_host(api, upstream):
    upstream.answers(b"", status=302, Location="https://evil.example.com/")
    await api.create(name=TOOL, url=upstream.url("/"), parameters=[], executionMode="confirm")
    held = await api.hold(TOOL)

    outcome = (await api.confirm(held)).json()

    assert outcome["status"] == "failed"
    assert outcome["error"]["code"].startswith("blocked")
    assert upstream.seen == 1


async def test_a_confirmed_call_that_failed_is_not_sent_again(api, upstream):
    upstream.open.clear()
    await api.create(
        name=TOOL, url=upstream.url("/"), parameters=[], executionMode="confirm", timeoutS=0.3
    )
    held = await api.hold(TOOL)

    first = await api.confirm(held)
    upstream.open.set()
    again = await api.confirm(held)

    assert first.json()["error"]["code"] == "timeout"
    assert again.json() == first.json()
    assert upstream.seen == 1


async def test_a_question_survives_a_restart_and_so_does_its_answer(folder, upstream):
    async with running_world(folder, upstream=upstream, confirm_expires_s=3600) as api:
        await api.create(name=TOOL, url=upstream.url("/"), parameters=[], executionMode="confirm")
        held = await api.hold(TOOL)
        headers = api.headers
    async with running_world(folder, upstream=upstream, confirm_expires_s=3600) as api:
        first = await api.with_headers(headers).confirm(held)
    async with running_world(folder, upstream=upstream, confirm_expires_s=3600) as api:
        replayed = await api.with_headers(headers).confirm(held)

    assert first.json()["status"] == "succeeded"
    assert replayed.json() == first.json()
    assert upstream.seen == 1


async def test_two_processes_on_one_folder_confirm_once(folder, upstream):
    async with running_world(folder, upstream=upstream) as one:
        await one.create(name=TOOL, url=upstream.url("/"), parameters=[], executionMode="confirm")
        held = await one.hold(TOOL)
        async with running_world(folder, upstream=upstream) as two:
            other = two.with_headers(one.headers)
            pairs = ((one.confirm(held), other.confirm(held)) for _ in range(8))
            answers = await asyncio.gather(*islice(chain.from_iterable(pairs), 16))

    assert {answer.json()["status"] for answer in answers} == {"succeeded"}
    assert upstream.seen == 1
