"""What expressions are worth: operators, then every function of the table."""

import re
from pathlib import Path

import pytest

from deftly.domain.widget.calls import NAMES
from deftly.errors import WidgetDoesNotFit
from tests.unit.domain.widget.literals import compile_template

DOCS = Path(__file__).parents[4] / "docs" / "widgets.md"
DATA = {
    "a": [3, 1, 2],
    "n": 7,
    "half": 0.5,
    "rows": [{"n": 2, "t": "b"}, {"n": 1, "t": "a"}],
    "o": {"x y": 1, "none": None, "deep": {"er": [10, 20]}},
    "name": "Ann",
    "yes": True,
    "list": "length",
}
WORTH = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 - 2 - 1", 4),
    ("3 - -2", 5),
    ("-n", -7),
    ("11 / 5", 2),
    ("10 / 4.0", 2.5),
    (".5 + half", 1.0),
    ("10 % 3", 1),
    ("'a' + 1", "a1"),
    ("'a' & 1 & true", "a1true"),
    ("1 < 2 && 2 <= 2", True),
    ("1 > 2 || 2 >= 3", False),
    ("!yes", False),
    ("!missing", True),
    ("1 == 1.0", True),
    ("1 == '1'", False),
    ("true == 1", False),
    ("null == missing", True),
    ("name != 'Bob'", True),
    ("'x' < 'y'", True),
    ("'35' > 4", True),
    ("missing ?? 'd'", "d"),
    ("yes ? 1 : 2", 1),
    ("0 ? 1 : 2", 1),
    ("false || missing", False),
    ("a[1]", 1),
    ("o['x y']", 1),
    ("o.deep.er[1]", 20),
    ("o[list]", None),
    ("$root.n + $data.n", 14),
    ("[1, n, 'x']", [1, 7, "x"]),
    ("'it\\'s'", "it's"),
    ('"dou\\"ble"', 'dou"ble'),
    ("'a}b'", "a}b"),
    ("'a\\nb'", "a\nb"),
    ("concat('Hello', 1, true)", "Hello1true"),
    ("toUpper('Hello World')", "HELLO WORLD"),
    ("toLower('Hello World')", "hello world"),
    ("titleCase('the qUick fox')", "The Quick Fox"),
    ("sentenceCase('abc DEF')", "Abc def"),
    ("trim(' Hello World  ')", "Hello World"),
    ("length('hello')", 5),
    ("substring('hello world', 6, 5)", "world"),
    ("substring('hello', 1)", "ello"),
    ("substring('abc', 1, 9)", "bc"),
    ("replace('the old string', 'old', 'new')", "the new string"),
    ("split('a**b**c', '**')", ["a", "b", "c"]),
    ("startsWith('hello world', 'hello')", True),
    ("endsWith('hello world', 'hello')", False),
    ("indexOf('hello world', 'world')", 6),
    ("indexOf(createArray('abc', 'def'), 'def')", 1),
    ("lastIndexOf('hello', 'l')", 3),
    ("lastIndexOf('hello', 'xy')", -1),
    ("lastIndexOf([1, 2, 1], 1)", 2),
    ("addOrdinal(11) & addOrdinal(22) & addOrdinal(3)", "11th22nd3rd"),
    ("uriComponent('https://contoso.com/a b')", "https%3A%2F%2Fcontoso.com%2Fa%20b"),
    ("count('abc') + count(a) + count(o)", 9),
    ("first('hello')", "h"),
    ("first(a)", 3),
    ("last(createArray(0, 1, 2))", 2),
    ("join(createArray('a', 'b', 'c'), '.')", "a.b.c"),
    ("join([1, 2, 3], ', ', ' and ')", "1, 2 and 3"),
    ("contains('hello world', 'world')", True),
    ("contains(a, 3)", True),
    ("contains(a, '3')", False),
    ("contains(o, 'deep')", True),
    ("take(a, 2)", [3, 1]),
    ("skip('hello', 3)", "lo"),
    ("subArray(createArray('H', 'e', 'l', 'l', 'o'), 2, 5)", ["l", "l", "o"]),
    ("reverse(a)", [2, 1, 3]),
    ("sortBy(a)", [1, 2, 3]),
    ("first(sortBy(rows, 't')).n", 1),
    ("range(1, 4)", [1, 2, 3, 4]),
    ("foreach(rows, row, row.n)", [2, 1]),
    ("select(a, x, x * 2)", [6, 2, 4]),
    ("count(where(a, x, x > 1))", 2),
    ("any(a, x, x > 2)", True),
    ("all(a, x, x > 2)", False),
    ("join(foreach(rows, r, concat(r.t, foreach(a, x, x + r.n))), ';')", "b[5,3,4];a[4,2,3]"),
    ("empty('') && empty([]) && empty(missing) && !empty('x')", True),
    ("exists(n) && !exists(o.none) && !exists(missing.a.b)", True),
    ("equals(o, $root.o)", True),
    ("not(false)", True),
    ("and(true, 'a', 1)", True),
    ("or(false, true)", True),
    ("less(5, 10)", True),
    ("lessOrEquals(10, 10)", True),
    ("greater('apple', 'banana')", False),
    ("greaterOrEquals(2, 3)", False),
    ("coalesce(missing, null, 'd')", "d"),
    ("if(equals(1, 1), 'yes', 'no')", "yes"),
    ("if(false, 1 / 0, 'safe')", "safe"),
    ("string(10) & string(1.0) & string(1.5)", "1011.5"),
    ("string(o.deep)", '{"er":[10,20]}'),
    ("int('10') + int(12.7) + int('-3.9')", 19),
    ("float('10.333')", 10.333),
    ("bool(1) && !bool(0) && !bool('false')", True),
    ("json('{\"a\": [5]}').a[0]", 5),
    ("add(1, 1.5)", 2.5),
    ("sub(10.3, .3)", 10.0),
    ("mul(1, 2, 3)", 6),
    ("div(11, 5)", 2),
    ("mod(3, 2)", 1),
    ("min(3, 1) + max(a)", 4),
    ("sum(createArray(1, 1.5))", 2.5),
    ("average(createArray(1, 2, 3))", 2.0),
    ("round(3.51)", 4),
    ("round(3.55, 1)", 3.6),
    ("round(2.675, 2)", 2.68),
    ("round(1234567890123456.5, 15)", 1234567890123456.5),
    ("round(-2.5)", -3),
    ("floor(-1.5) & ceiling(0.333) & abs(-2)", "-212"),
    ("formatNumber(12000.3, 4)", "12,000.3000"),
    ("formatNumber(1.555, 2)", "1.56"),
    ("formatNumber(12000.3, 2, 'fr-FR')", "12\u00a0000,30"),
    ("formatNumber('-1234.5', 2, 'de-DE')", "-1.234,50"),
    ("formatDateTime('2018-03-15')", "2018-03-15T00:00:00.000Z"),
    ("formatDateTime('2018-03-15T13:00:00+02:00', 'HH:mm')", "11:00"),
    (
        "formatDateTime('2018-03-15T13:00:00.0000000Z', 'dddd, MMMM d, yyyy h:mm tt')",
        "Thursday, March 15, 2018 1:00 PM",
    ),
    ("formatDateTime('2018-03-15', 'd')", "3/15/2018"),
    ("formatDateTime('2018-03-15', \"d 'de' MM\")", "15 de 03"),
    ("formatEpoch(1521118800, 'yyyy-MM-dd')", "2018-03-15"),
    ("addDays('2018-03-15T13:00:00.000Z', 10)", "2018-03-25T13:00:00.000Z"),
    ("addHours('2018-03-15T00:00:00Z', 10, 'h tt')", "10 AM"),
    ("addMinutes('2018-03-15T00:00:00Z', -1, 'ddd HH:mm')", "Wed 23:59"),
    ("addSeconds('2018-03-15T00:00:00Z', 10)", "2018-03-15T00:00:10.000Z"),
    ("date('2018-03-15T13:00:00.000Z')", "3/15/2018"),
    ("year(d ?? '2018-03-15') & month('2018-03-15') & dayOfMonth('2018-03-15')", "2018315"),
    ("dayOfWeek('2018-03-18')", 0),
]
MISSING = object()
FAILING = [
    "1 / 0",
    "5 % 0",
    "toUpper(5)",
    "n - 'a'",
    "'a' < 1",
    "yes > false",
    "foreach(n, x, x)",
    "count(5)",
    "substring('abc', -1)",
    "replace('abc', '', 'x')",
    "int('abc')",
    "float('nan')",
    "float('1e999')",
    "1.5 * float('1e308') * 10",
    "formatDateTime('yesterday')",
    "formatDateTime('2018-03-15', 'yyyyyyy')",
    "addDays('9999-12-31', 5)",
    "formatEpoch(99999999999999999)",
    "formatNumber(1, 99)",
    "json('{')",
    "json('NaN')",
    "sortBy([1, 'a'])",
    "range(1, -1)",
]


def worth(expression, data=DATA):
    template = {"type": "X", "value": f"${{{expression}}}"}
    filled = compile_template(template).fill(data)
    return MISSING if filled.missing else filled.card["value"]


@pytest.mark.parametrize(("expression", "value"), WORTH, ids=[row[0] for row in WORTH])
def test_an_expression_alone_keeps_the_type_of_its_value(expression, value):
    found = worth(expression)

    assert found == (MISSING if value is None else value)
    assert value is None or type(found) is type(value)


@pytest.mark.parametrize("expression", ["missing", "o.none", "n.a.b", "a[9]", "a[-1]", "a.length"])
@pytest.mark.parametrize("around", ["%s", "toUpper(%s)", "1 + %s", "%s > 1", "foreach(%s, x, x)"])
def test_what_is_made_of_something_missing_is_missing(expression, around):
    assert worth(around % expression) is MISSING


@pytest.mark.parametrize("expression", FAILING)
def test_what_does_not_work_out_is_told_with_place_and_expression(expression):
    with pytest.raises(WidgetDoesNotFit) as refused:
        worth(expression)

    (problem,) = refused.value.details
    assert problem.path == "template.value"
    assert f"${{{expression}}}" in problem.message
    assert problem.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("v ${n}", "v 7"),
        ("${half}${yes}${a}", "0.5true[3,1,2]"),
        ("${1.0} ${o.none}", "1 ${o.none}"),
        ("\\${n} is ${n}", "${n} is 7"),
        ("costs $5 {n}", "costs $5 {n}"),
        ("${'${n}'}${n}", "${n}7"),
    ],
)
def test_expressions_in_a_text_are_written_into_it(text, written):
    assert compile_template({"v": text}).expand(DATA) == {"v": written}


@pytest.mark.parametrize(
    "name", ["__proto__", "constructor", "__class__", "toString", "$root.keys"]
)
def test_nothing_but_the_data_can_be_reached(name):
    assert worth(name) is MISSING
    assert worth(f"o.{name.strip('$')}") is MISSING


def test_the_documentation_lists_every_function():
    listed = set(re.findall(r"`(\w[\w.]*)\(", DOCS.read_text(encoding="utf-8")))

    assert NAMES - {"JSON.parse"} <= listed
    assert {name for name in listed if name[0].islower()} <= NAMES
