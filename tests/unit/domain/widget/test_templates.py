"""How templates are refused, repeated, dropped and spliced."""

from typing import Any

import pytest

from deftly.errors import InvalidDefinition, WidgetDoesNotFit
from tests.unit.domain.widget.literals import compile_template

ROWS: dict[str, Any] = {
    "rows": [{"n": 1}, {"n": 2}, {"n": 3}],
    "none": [],
    "on": True,
    "text": "true",
}

EXPANDED = [
    ({"i": [{"$data": "${none}", "t": 1}]}, {"i": []}),
    ({"i": [{"$data": "${missing}", "t": 1}]}, {"i": []}),
    ({"i": {"$data": "${none}", "t": 1}}, {}),
    ({"i": {"$data": "${rows}", "t": "${n}"}}, {"i": [{"t": 1}, {"t": 2}, {"t": 3}]}),
    ({"i": [{"$data": "${rows}", "$when": "${n > 2}", "t": "${n}"}]}, {"i": [{"t": 3}]}),
    ({"i": [{"$data": "${rows[0]}", "t": "${n}${$root.on}"}]}, {"i": [{"t": "1true"}]}),
    ({"i": [{"$when": "${on}", "t": 1}, {"$when": "${text}", "t": 2}]}, {"i": [{"t": 1}]}),
    ({"i": [{"$when": False, "t": 1}, {"$when": True, "t": 2}]}, {"i": [{"t": 2}]}),
    ({"i": [{"$when": "${text > 1}", "t": 1}]}, {"i": []}),
    ({"i": ["${rows}", "z"]}, {"i": [*ROWS["rows"], "z"]}),
    ({"i": [[1, 2], [3]]}, {"i": [[1, 2], [3]]}),
    ({"i": "${rows[0]}"}, {"i": {"n": 1}}),
    ({"__proto__": {"x": "${text}"}}, {"__proto__": {"x": "true"}}),
    ({"i": [{"$data": [1, 2], "t": "${$data}/${$index}"}]}, {"i": [{"t": "1/0"}, {"t": "2/1"}]}),
]


@pytest.mark.parametrize(("template", "card"), EXPANDED, ids=lambda one: str(one)[:40])
def test_elements_are_repeated_dropped_and_spliced(template, card):
    assert compile_template(template).expand(ROWS) == card


def test_inner_loops_count_for_themselves_and_outer_ones_go_on():
    template = {
        "i": [
            {"$data": "${a}", "j": [{"$data": "${b}", "t": "${$index}${$data}"}], "k": "${$index}"}
        ]
    }

    card = compile_template(template).expand({"a": [{"b": [7, 8]}, {"b": [9]}]})

    assert card == {"i": [{"j": [{"t": "07"}, {"t": "18"}], "k": 0}, {"j": [{"t": "09"}], "k": 1}]}


def test_what_data_holds_is_never_read_as_an_expression():
    template = {"t": "${x}", "u": "v ${x}", "o": "${o}"}
    data = {"x": "${secret}", "secret": "s", "o": {"$when": "${secret}", "$data": [1, 2]}}

    card = compile_template(template).expand(data)

    assert card == {"t": "${secret}", "u": "v ${secret}", "o": data["o"]}


REFUSED = [
    ({"body": [{"text": "Hi ${name"}]}, "template.body[0].text", "closing }"),
    ({"t": "${}"}, "template.t", "empty"),
    ({"t": "${1 +}"}, "template.t", "ends too early"),
    ({"t": "${a b}"}, "template.t", "b cannot stand"),
    ({"t": "${a = 1}"}, "template.t", "write =="),
    ({"t": "${'a}"}, "template.t", "no closing '"),
    ({"t": "${2 ^ 3}"}, "template.t", "^ cannot stand"),
    ({"t": "${toUper(a)}"}, "template.t", "toUpper"),
    ({"t": "${eval('1')}"}, "template.t", "no function"),
    ({"t": "${a.b('1')}"}, "template.t", "cannot stand"),
    ({"t": "${if(a, 1)}"}, "template.t", "takes 3 values"),
    ({"t": "${toUpper()}"}, "template.t", "takes 1 values"),
    ({"t": "${foreach(a, 1, 2)}"}, "template.t", "item.title"),
    ({"t": "${$host.x}"}, "template.t", "$host"),
    ({"$when": "{price > 30}"}, "template.$when", "${price > 30}"),
    ({"$when": "a ${b}"}, "template.$when", "one expression"),
    ({"$when": 1}, "template.$when", "one expression"),
    ({"$data": "{items}"}, "template.$data", "${items}"),
    ({"t": "${" + "(" * 200 + "1" + ")" * 200 + "}"}, "template.t", "levels deep"),
    ({"t": "${" + "-" * 200 + "1}"}, "template.t", "operators"),
    ({"t": "${" + "+".join("1" * 200) + "}"}, "template.t", "operators"),
    ({"t": "${[" + ",".join("1" * 999) + "]}"}, "template.t", "parts"),
    ({"t": "${" + "a" * 9999 + "}"}, "template.t", "4000 characters"),
    ({"t": "x" * 300_000}, "template", "bytes"),
    ({"t": float("nan")}, "template", "no JSON"),
    ({"t": "\ud800"}, "template", "no JSON"),
    ({"l": ["${" + "+".join(["n"] * 90) + "}"] * 400}, "template", "20000 parts"),
    ({"type": "${kind}"}, "template.type", "write it out"),
    ({"type": "Action.Submit", "data": "${d}"}, "template.data", "write the object out"),
    ({"type": "Action.Submit", "data": {"deftly": "${d}"}}, "template.data", "write the object"),
    (
        {"type": "Action.Submit", "data": {"deftly": {"type": "action", "action": "${x}"}}},
        "template.data.deftly.action",
        "write it out",
    ),
]


@pytest.mark.parametrize(("template", "path", "words"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_can_never_work_is_refused_with_its_path_and_what_to_do(template, path, words):
    with pytest.raises(InvalidDefinition) as refused:
        compile_template(template)

    (problem,) = refused.value.details
    assert problem.path == path
    assert problem.message.startswith(path)
    assert words in problem.message
    assert problem.message.endswith(".")


def test_every_problem_is_told_at_once():
    with pytest.raises(InvalidDefinition) as refused:
        compile_template({"a": "${", "b": ["${nope()}"]}, path="widget.template")

    assert [one.path for one in refused.value.details] == [
        "widget.template.a",
        "widget.template.b[0]",
    ]


@pytest.mark.parametrize(
    "template", [{"$data": "${rows}", "t": 1}, {"$data": "${none}"}, {"$when": "${!on}"}]
)
def test_a_template_makes_one_card(template):
    with pytest.raises(WidgetDoesNotFit, match="must leave one"):
        compile_template(template).expand(ROWS)


def test_what_a_button_sends_is_left_out_where_its_value_is_missing():
    says = {"type": "action", "action": "x", "arguments": {"id": "${id}", "a": "${a}", "b": "${b}"}}
    template = {"type": "Action.Submit", "title": "${title}", "data": {"deftly": says}}

    made = compile_template(template).expand({"id": 5, "a": {"type": "Action.Submit"}})

    assert made["title"] == "${title}"
    assert made["data"]["deftly"]["arguments"] == {"id": 5, "a": {"type": "Action.Submit"}}
