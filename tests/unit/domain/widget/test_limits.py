"""Templates and data that would take forever, or fill the memory, end with an error instead."""

import time
from itertools import repeat
from typing import Any

import pytest

from deftly.errors import WidgetDoesNotFit
from tests.unit.domain.widget.literals import checked, compile_template

# Some ten times what each takes on a slow machine; without limits they take minutes.
CPU_S = 1.0
BIG = [{"n": number, "t": "x" * 10} for number in range(100_000)]


def nested(depth):
    value: dict[str, Any] = {}
    for _ in repeat(None, depth):
        value = {"a": [value]}
    return value


def called(function, times, *, start="'aaaaaaaaaa'", rest=""):
    text = start
    for _ in range(times):
        text = f"{function}({text}{rest})"
    return f"${{{text}}}"


LONG_TWINS = {"a": "x" * 400_000 + "a", "b": "x" * 400_000 + "b"}
ENDLESS = [
    ({"$data": "${big}", "text": "${n}"}, {"big": BIG}),
    ({"$data": "${big}", "$when": "${false}", "text": "x"}, {"big": BIG}),
    ({"$data": "${big}", "$when": "${toUpper(n)}", "text": "x"}, {"big": BIG}),
    ({"text": called("replace", 25, rest=",'a','aaaaaaaaaa'")}, {}),
    ({"text": called("concat", 25, start="x", rest=",x")}, {"x": "a" * 100_000}),
    ({"text": "${" + " + ".join(["x"] * 80) + "}"}, {"x": "a" * 100_000}),
    ({"text": "${count(foreach(a, x, foreach(a, y, foreach(a, z, z))))}"}, {"a": [1] * 1000}),
    ({"text": "${string($root)}"}, {"big": BIG}),
    ({"text": "${equals(big, $root.big)}"}, {"big": BIG}),
    ({"text": "${contains(big, 'x')}"}, {"big": BIG}),
    ({"text": "${count(sortBy(big, 'n'))}"}, {"big": BIG}),
    ({"text": "${count(range(1, 1000000000000))}"}, {}),
    ({"text": "${join(foreach(range(1, 900), x, $root.big), '')}"}, {"big": BIG[:5000]}),
    ({"text": "${string(foreach(range(1, 900), x, $root.big))}"}, {"big": BIG[:5000]}),
    ({"text": "${foreach(range(1, 900), x, $root.big)}"}, {"big": BIG[:5000]}),
    ({"text": "${lastIndexOf(s, concat('aba', s))}!${s}"}, {"s": "a" * 300_000}),
    ({"text": "${sortBy(foreach(range(1, 900), x, if(x % 2 == 0, a, b)))}"}, LONG_TWINS),
    ({"text": "${json(s)}"}, {"s": "[" * 900_000}),
    ({"text": "${big}"}, {"big": BIG}),
    ({"text": "${deep}"}, {"deep": nested(400)}),
    ({"text": "${" + "*".join(["n"] * 80) + "}"}, {"n": 10**100}),
    ({"text": "${n * n}"}, {"n": 1e200}),
    ({"text": "${n}!"}, {"n": 10**4000}),
    ({"text": "${n}"}, {"n": float("nan")}),
    ({"text": "${n + 1}"}, {"n": float("-inf")}),
    ({"text": "${o}"}, {"o": {"a": [float("inf")]}}),
    ({"text": "${s}${s}"}, {"s": "x" * 600_000}),
]


@pytest.mark.parametrize(("block", "data"), ENDLESS, ids=lambda one: str(one)[:60])
def test_what_would_not_end_ends_soon_with_a_sentence_for_the_owner(block, data):
    template = compile_template({"type": "AdaptiveCard", "body": [{"type": "TextBlock", **block}]})

    started = time.process_time()
    with pytest.raises(WidgetDoesNotFit) as refused:
        template.expand(data)

    assert time.process_time() - started < CPU_S
    assert refused.value.message.startswith("The card cannot be drawn: template")
    assert len(refused.value.message) < 500


@pytest.mark.parametrize("levels", [3, 23])
def test_loops_within_loops_share_one_limit(levels):
    block: dict[str, Any] = {"type": "TextBlock", "text": "x"}
    for _ in range(levels):
        block = {"type": "Container", "$data": "${$root.a}", "items": [block]}
    template = compile_template({"type": "AdaptiveCard", "body": [block]})

    with pytest.raises(WidgetDoesNotFit):
        template.expand({"a": list(range(300))})


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ({"body": [{"type": "TextBlock", "text": "x"}] * 2_000}, "2000 elements"),
        ({"body": [{"type": "FactSet", "facts": [{"title": "x"}] * 2_000}]}, "2000 elements"),
        ({"body": [{"type": "TextBlock", "text": "x" * 19_000}] * 20}, "bytes"),
        ({"type": "Container"}, "type must be AdaptiveCard"),
    ],
)
def test_a_card_over_a_limit_is_refused(card, words):
    with pytest.raises(WidgetDoesNotFit, match=words):
        checked(card)


def test_a_card_nested_too_deep_is_refused():
    block: dict[str, Any] = {"type": "TextBlock", "text": "x"}
    for _ in range(200):
        block = {"type": "Container", "items": [block]}

    with pytest.raises(WidgetDoesNotFit, match="levels deep"):
        checked({"body": [block]})


def test_the_deepest_template_with_the_deepest_expression_is_drawn():
    text = "${" + "(1 + " * 28 + "n" + ")" * 28 + " + n" * 70 + "}"
    block: dict[str, Any] = {"type": "TextBlock", "text": text}
    for _ in range(23):
        block = {"type": "Container", "$when": "${true}", "items": [block]}
    template = compile_template({"type": "AdaptiveCard", "body": [block]})

    assert ": '99'" in str(checked(template.expand({"n": 1})).card)


def test_a_large_card_of_many_expressions_is_drawn():
    rows = [{"name": f"Shoe {number}", "price": number + 0.5} for number in range(800)]
    line = "${toUpper(name)}: ${formatNumber(price, 2)}"
    block = {"type": "TextBlock", "$data": "${rows}", "text": line, "wrap": True}
    template = compile_template({"type": "AdaptiveCard", "body": [block]})

    card = checked(template.expand({"rows": rows})).card

    assert card["body"][799]["text"] == "SHOE 799: 799.50"
