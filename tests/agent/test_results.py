"""What of an answer reaches a model, however long the answer is."""

import json

import pytest
from pydantic_ai.messages import ToolReturnPart

from deftly.agent.loop import Conversation
from deftly.agent.toolset import ActionToolset, Caller
from deftly.domain.access import LOCAL_OWNER
from deftly.domain.run import Trigger
from tests.agent.script import Script
from tests.world import make_action

MOST_READ = 20_000
ROWS = [{"id": number, "text": "é" * 40} for number in range(1500)]


async def read_by_the_model(api):
    """Return what a model is shown of one call, exactly as its library holds it."""
    script = Script([[("get_order", {"order_id": "A-1"})], "Done."])
    deftly = api.deftly
    caller = Caller(LOCAL_OWNER, Trigger.CHAT, deftly.ids.new_id())
    toolset = ActionToolset(deftly.engine, deftly.catalog, caller)
    conversation = Conversation(model=script.model, toolset=toolset)
    async for _ in conversation.run_turn("where is A-1?"):
        pass
    (part,) = [
        part
        for message in script.seen[1]
        for part in message.parts
        if isinstance(part, ToolReturnPart)
    ]
    return part


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        (ROWS, None),
        ({"rows": ROWS}, "rows"),
        ({"rows": ROWS}, "rows[*].text"),
        ("x" * 300_000, None),
        ({"a": {"b": "𝄞" * 60_000}}, "a.b"),
    ],
    ids=["list", "picked", "projected", "text", "picked text"],
)
async def test_no_more_than_20_000_characters_of_an_answer_reach_a_model(
    api, upstream, answer, path
):
    given = make_action(url=upstream.url("/{{order_id}}"))
    if path is not None:
        given["handler"]["resultPath"] = path
    assert (await api.post("/api/custom-actions", given)).status_code == 200
    upstream.answers(answer)

    part = await read_by_the_model(api)

    assert part.content["truncated"] is True
    assert len(part.content["data"]) == MOST_READ
    # What its library sends is that text, and not much around it.
    assert len(json.loads(part.model_response_str())["data"]) == MOST_READ


async def test_a_result_path_is_what_the_model_reads(api, upstream):
    given = make_action(url=upstream.url("/{{order_id}}"))
    given["handler"]["resultPath"] = "rows[?id == `7`] | [0].id"
    assert (await api.post("/api/custom-actions", given)).status_code == 200
    upstream.answers({"rows": ROWS})

    part = await read_by_the_model(api)

    assert part.content == {"http_status": 200, "ok": True, "data": 7}


async def test_a_long_error_page_is_cut_as_well(api, upstream):
    assert (
        await api.post("/api/custom-actions", make_action(url=upstream.url("/{{order_id}}")))
    ).status_code == 200
    upstream.answers("<html>" + "y" * 100_000, status=500)

    part = await read_by_the_model(api)

    assert part.content["ok"] is False
    assert len(part.content["data"]) == MOST_READ
