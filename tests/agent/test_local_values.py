"""What the local model reads out of everyday wording, without its engine."""

from datetime import date

import pytest

from deftly.agent.models.clauses import clauses_of
from deftly.agent.models.found import Kind, find_values
from deftly.agent.models.planner import Call, Say, Turn, next_step
from deftly.agent.models.retrieval import Index
from deftly.agent.models.toolcard import ToolCard

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("on the second of April", Kind.DATE, "2026-04-02"),
        ("March the thirtieth please", Kind.DATE, "2026-03-30"),
        ("is the twenty-seventh free? or rather on the twenty-seventh", Kind.DATE, "2026-03-27"),
        ("Monday the 16th", Kind.DATE, "2026-03-16"),
        ("a week from today", Kind.DATE, "2026-03-17"),
        ("in a fortnight", Kind.DATE, "2026-03-24"),
        ("on staurday", Kind.DATE, "2026-03-14"),
        ("tommorow", Kind.DATE, "2026-03-11"),
        ("half past six in the evening", Kind.TIME, "18:30"),
        ("quarter to five in the afternoon", Kind.TIME, "16:45"),
        ("ten past nine", Kind.TIME, "09:10"),
        ("at 10 please", Kind.TIME, "10:00"),
        ("12 am", Kind.TIME, "00:00"),
        ("four and a half kilos", Kind.NUMBER, 4.5),
        ("half a dozen", Kind.NUMBER, 6),
        ("two hundred and fifty", Kind.NUMBER, 250),
        ("three... no, 4", Kind.NUMBER, 4),
        ("a 4-star place", Kind.NUMBER, 4),
        ("ring 0161 496 0233", Kind.PHONE, "0161 496 0233"),
    ],
)
def test_a_value_in_words_is_read_as_one_value(text, kind, value):
    assert [each.value for each in find_values(text, TUESDAY) if each.kind is kind] == [value]


@pytest.mark.parametrize("text", ["the second one", "the money must match", "one of them, sunny"])
def test_words_that_look_alike_are_no_values(text):
    assert find_values(text, TUESDAY) == ()


def card(name, description, required, **properties):
    return ToolCard(name, description, {"properties": properties, "required": required})


PARCEL = {"type": "string", "description": "The number of the parcel, such as PX-11"}
LOCKER = {"type": "string", "description": "The number of the locker, such as L-200"}
DAY = {"type": "string", "format": "date"}
TOOLS = (
    card("get_parcel", "Show one parcel.", ["parcel_id"], parcel_id=PARCEL),
    card("rent_locker", "Rent a locker.", ["locker_id", "day"], locker_id=LOCKER, day=DAY),
    card("release_locker", "Give a locker up.", ["locker_id"], locker_id=LOCKER),
    card("find_rides", "Find rides.", ["origin", "destination"], origin={}, destination={}),
)
INDEX = Index(TOOLS)


async def step_of(text):
    async def silent(_text, _tools):
        return ()

    return await next_step(Turn((), text), TOOLS, INDEX, silent, TUESDAY)


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        ("anything new with px12?", "get_parcel", {"parcel_id": "PX-12"}),
        (
            "I need a locker on friday, L-7",
            "rent_locker",
            {"locker_id": "L-7", "day": "2026-03-13"},
        ),
        ("rides Delft to Leiden", "find_rides", {"origin": "Delft", "destination": "Leiden"}),
        (
            "rides between Delft and Leiden",
            "find_rides",
            {"origin": "Delft", "destination": "Leiden"},
        ),
    ],
)
async def test_the_action_that_has_a_place_for_every_value_is_meant(text, tool, arguments):
    step = await step_of(text)
    assert isinstance(step, Call)
    assert (step.tool.name, step.arguments) == (tool, arguments)


async def test_an_action_is_asked_about_when_the_text_holds_a_part_of_what_it_needs():
    step = await step_of("I would like to rent L-7")
    assert isinstance(step, Say)
    assert "day" in step.text


def test_identifiers_side_by_side_are_requests_of_their_own():
    assert clauses_of("show parcel PX-1 and PX-2", INDEX) == (
        "show parcel PX-1",
        "show parcel PX-2",
    )
