"""The Template language as its public documentation shows it.

learn.microsoft.com/adaptive-cards/templating/language and .../sdk
"""

from typing import Any

import pytest

from tests.unit.domain.widget.literals import compile_template

EMPLOYEE = {
    "employee": {
        "name": "Matt",
        "manager": {"name": "Thomas"},
        "peers": [{"name": "Andrew"}, {"name": "Lei"}, {"name": "Mary Anne"}, {"name": "Adam"}],
    }
}
ABOUT_EMPLOYEE = [
    "Hi ${employee.name}! Here's a bit about your org...",
    "Your manager is: ${employee.manager.name}",
    "3 of your peers are: " + ", ".join(f"${{employee.peers[{n}].name}}" for n in range(3)),
]
WRITTEN = [
    "Hi Matt! Here's a bit about your org...",
    "Your manager is: Thomas",
    "3 of your peers are: Andrew, Lei, Mary Anne",
]


def blocks(*texts, **more):
    return [{"type": "TextBlock", "text": text, **more} for text in texts]


def expanded(template, data):
    return compile_template(template).expand(data)


@pytest.mark.parametrize("inline", [True, False])
def test_data_is_inline_or_apart(inline):
    template: dict[str, Any] = {"type": "AdaptiveCard", "body": blocks(*ABOUT_EMPLOYEE)}
    if inline:
        template["$data"] = EMPLOYEE

    card = expanded(template, {} if inline else EMPLOYEE)

    assert card == {"type": "AdaptiveCard", "body": blocks(*WRITTEN)}


def test_an_element_has_data_of_its_own_and_reaches_the_root():
    container = {
        "type": "Container",
        "$data": "${mySubObject}",
        "items": blocks("scoped to ${mySubObjectProperty}", "the root: ${$root.title}"),
    }

    made = expanded(container, {"title": "T", "mySubObject": {"mySubObjectProperty": "S"}})

    assert made == {"type": "Container", "items": blocks("scoped to S", "the root: T")}


@pytest.mark.parametrize(
    ("data", "text", "words"),
    [
        ([{"name": "Matt"}, {"name": "David"}, {"name": "Thomas"}], "${name}", None),
        (["Matt", "David", "Thomas"], "${$data}", None),
        ("${people}", "${name}", None),
        ("${people}", "${$index}: ${name}", ["0: Matt", "1: David", "2: Thomas"]),
    ],
)
def test_an_element_bound_to_a_list_is_repeated(data, text, words):
    block = {"type": "TextBlock", "$data": data, "text": text}
    people = {"people": [{"name": "Matt"}, {"name": "David"}, {"name": "Thomas"}]}

    made = expanded({"type": "Container", "items": [block]}, people)

    assert made["items"] == blocks(*(words or ["Matt", "David", "Thomas"]))


@pytest.mark.parametrize(("change", "color"), [(1, "good"), (0, "good"), (-1, "attention")])
def test_if_picks_one_of_two(change, color):
    block = {"type": "TextBlock", "color": "${if(priceChange >= 0, 'good', 'attention')}"}

    assert expanded(block, {"priceChange": change})["color"] == color


@pytest.mark.parametrize("function", ["json", "JSON.parse"])
def test_json_within_a_text_is_read(function):
    message = '{"type":"Deployment","releaseId":"129","releaseName":"Release-104"}'
    block = {"type": "TextBlock", "text": f"${{{function}(message).releaseName}}"}

    made = expanded(block, {"id": "1291525457129548", "message": message})

    assert made == {"type": "TextBlock", "text": "Release-104"}


@pytest.mark.parametrize(
    ("price", "shown"),
    [("35", "This thing is pricy!"), (35, "This thing is pricy!"), (30, "Dang, this is cheap!")],
)
def test_when_drops_an_element(price, shown):
    card = {
        "type": "AdaptiveCard",
        "$data": {"price": price},
        "body": [
            *blocks("This thing is pricy!", **{"$when": "${price > 30}"}),
            *blocks("Dang, this is cheap!", **{"$when": "${price <= 30}"}),
        ],
    }

    assert expanded(card, {})["body"] == blocks(shown)


def test_an_expression_without_a_value_stays_as_written():
    template = {"type": "TextBlock", "text": "${firstName} ${lastName}", "color": "${tone}"}

    filled = compile_template(template).fill({"firstName": "David", "tone": None})

    assert filled.card == {"type": "TextBlock", "text": "David ${lastName}", "color": "${tone}"}
    assert filled.missing == ("${lastName}", "${tone}")


def test_the_example_of_the_engine_itself():
    template = {
        "type": "AdaptiveCard",
        "version": "1.2",
        "body": [
            {"type": "TextBlock", "text": "${firstName} ${lastName}"},
            {"type": "TextBlock", "$data": "${children}", "text": "${fullName} (${age})"},
        ],
    }
    data = {
        "firstName": "John",
        "lastName": "Doe",
        "children": [{"fullName": "Jane Doe", "age": 9}, {"fullName": "Alex Doe", "age": 12}],
    }

    card = expanded(template, data)

    assert card["body"] == blocks("John Doe", "Jane Doe (9)", "Alex Doe (12)")
    assert card["version"] == "1.2"
