"""Hundreds of actions: a model is shown the few that matter, and finds the others."""

import itertools
from pathlib import Path

import pytest
from pydantic_ai.messages import ToolReturnPart

from deftly.agent.evaluation.reading import read_cases
from deftly.agent.evaluation.standin import Offered, RecordingEngine, compile_actions
from deftly.agent.loop import Conversation
from deftly.agent.models.retrieval import Index
from deftly.agent.models.toolcard import ToolCard
from deftly.agent.narrowing import MOST_SHOWN, SEARCH, narrow
from deftly.agent.toolset import ActionToolset, Caller
from deftly.domain.access import LOCAL_OWNER
from deftly.domain.run import Trigger
from deftly.values import JsonObject
from tests.agent.script import Script

SETS = sorted((Path(__file__).parent / "sets").glob("*.yaml"))
VERBS = "get list create update delete cancel search export approve archive".split()
NOUNS = """invoice customer project employee contract campaign warehouse shipment supplier budget
    survey license sensor dashboard webhook coupon vehicle document translation quote article
    calendar meeting expense payroll timesheet candidate interview onboarding certificate lease
    tenant property inspection policy claim audit risk incident release deployment branch server
    backup domain certificate_authority mailbox newsletter subscriber segment""".split()


def synthetic(count):
    pairs = itertools.islice(itertools.product(NOUNS, VERBS), count)
    return [
        {
            "name": f"{verb}_{noun}",
            "description": f"{verb.capitalize()} a {noun.replace('_', ' ')} of the company.",
            "parameters": [{"name": f"{noun}_id", "description": f"The {noun}'s number"}],
        }
        for noun, verb in pairs
    ]


def cards_of(snapshot):
    return [
        ToolCard(
            one.action.tool,
            one.action.description,
            one.action.input_schema,
            one.action.similes,
            tuple(example.question for example in one.action.examples),
        )
        for one in snapshot.actions
    ]


def everything():
    """Return 500 tools, those of all sets among them, and what is said for some of them."""
    actions: dict[str, JsonObject] = {}
    said: list[tuple[str, str]] = []
    for file in SETS:
        cases = read_cases(file)
        for action in cases.actions or ():
            actions.setdefault(str(action["name"]).lower(), action)
        said += [
            (step.say, call.tool.lower())
            for case in cases.cases
            for step in (case.first,)
            for call in step.calls or ()
        ]
    for action in synthetic(500):
        if len(actions) < 500:
            actions.setdefault(action["name"], action)
    return cards_of(compile_actions(actions.values())), said


def test_of_500_actions_the_wanted_one_is_among_those_shown():
    cards, said = everything()
    index = Index(cards)
    assert len(cards) == 500
    missed = [(text, tool) for text, tool in said if tool not in narrow(cards, [text], index=index)]
    assert len(said) > 120
    assert 1 - len(missed) / len(said) >= 0.95, missed


def test_few_actions_are_all_shown():
    cards = [ToolCard(f"tool_{n}", "Does something.", {}) for n in range(MOST_SHOWN)]
    assert narrow(cards, ["nothing that fits"]) == tuple(card.name for card in cards)


def test_what_was_used_before_stays_in_sight():
    cards, _ = everything()
    shown = narrow(cards, ["and the other one?"], ["get_invoice", "gone"])
    assert shown[0] == "get_invoice"
    assert "gone" not in shown
    assert len(shown) <= MOST_SHOWN


def talk_about(script, count):
    snapshot = compile_actions(synthetic(count))
    caller = Caller(LOCAL_OWNER, Trigger.CHAT, "narrowing")
    engine = RecordingEngine(snapshot, {})
    toolset = ActionToolset(engine, Offered(snapshot), caller)
    return Conversation(model=script.model, toolset=toolset), engine


def shown_in(script, step):
    return [tool.name for tool in script.offered[step].function_tools]


@pytest.mark.parametrize(("count", "narrowed"), [(MOST_SHOWN, False), (500, True)])
async def test_a_model_is_shown_no_more_than_it_can_take(count, narrowed):
    script = Script(["Hello!"])
    conversation, _ = talk_about(script, count)
    async for _ in conversation.run_turn("please archive the contract 88"):
        pass
    shown = shown_in(script, 0)
    assert len(shown) <= MOST_SHOWN
    assert (SEARCH in shown) is narrowed
    if narrowed:
        assert "archive_contract" in shown


async def test_a_model_searches_and_calls_what_it_found():
    script = Script(
        [
            [(SEARCH, {"query": "archive a contract"})],
            [("archive_contract", {"contract_id": "K-1"})],
            "Done.",
        ]
    )
    conversation, engine = talk_about(script, 500)
    async for _ in conversation.run_turn("bitte den Vertrag ablegen: K-1"):
        pass

    assert "archive_contract" not in shown_in(script, 0)
    assert "archive_contract" in shown_in(script, 1)
    assert [(one.tool, one.arguments) for one in engine.recorded] == [
        ("archive_contract", {"contract_id": "K-1"})
    ]
    found = [
        part
        for message in script.seen[1]
        for part in message.parts
        if isinstance(part, ToolReturnPart)
    ]
    assert found[0].tool_name == SEARCH
