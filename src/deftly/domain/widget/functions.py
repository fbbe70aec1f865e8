"""The functions and operators of the template language: one table of each."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from deftly.domain.widget import comparing, figures, lists, numbers, texts, times
from deftly.domain.widget.budget import Budget
from deftly.domain.widget.expression import Function
from deftly.values import JsonValue

_HOUR_S: Final = 3600


def _encoded(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return a text as one component of an address."""
    return quote(texts.text(budget, given[0]), safe="-_.!~*'()")


_LESS: Final = comparing.comparison(lambda a, b: a < b, lambda a, b: a < b)
_LESS_OR_EQUAL: Final = comparing.comparison(lambda a, b: a <= b, lambda a, b: a <= b)
_GREATER: Final = comparing.comparison(lambda a, b: a > b, lambda a, b: a > b)
_GREATER_OR_EQUAL: Final = comparing.comparison(lambda a, b: a >= b, lambda a, b: a >= b)

_TABLE: Final = (
    # Text
    Function("concat", numbers.concat, 1, None),
    Function("toUpper", texts.to_upper),
    Function("toLower", texts.to_lower),
    Function("titleCase", texts.title_case),
    Function("sentenceCase", texts.sentence_case),
    Function("trim", texts.trim),
    Function("length", lists.length),
    Function("substring", lists.substring, 2, 3),
    Function("replace", texts.replace, 3, 3),
    Function("split", texts.split, 1, 2),
    Function("startsWith", texts.starts_with, 2, 2),
    Function("endsWith", texts.ends_with, 2, 2),
    Function("indexOf", lists.index_of, 2, 2),
    Function("lastIndexOf", lists.last_index_of, 2, 2),
    Function("addOrdinal", texts.add_ordinal),
    Function("uriComponent", _encoded),
    # Lists
    Function("count", lists.count),
    Function("first", lists.first),
    Function("last", lists.last),
    Function("join", lists.join, 2, 3),
    Function("contains", lists.contains, 2, 2),
    Function("take", lists.take, 2, 2),
    Function("skip", lists.skip, 2, 2),
    Function("subArray", lists.sub_array, 2, 3),
    Function("reverse", lists.reverse),
    Function("sortBy", lists.sort_by, 1, 2),
    Function("range", lists.numbered, 2, 2),
    Function("createArray", lists.create_array, 0, None),
    # What is there, and comparing
    Function("empty", lists.empty, takes_missing=True),
    Function("exists", lists.exists, takes_missing=True),
    Function("equals", comparing.equals, 2, 2, takes_missing=True),
    Function("not", comparing.negation, takes_missing=True),
    Function("less", _LESS, 2, 2),
    Function("lessOrEquals", _LESS_OR_EQUAL, 2, 2),
    Function("greater", _GREATER, 2, 2),
    Function("greaterOrEquals", _GREATER_OR_EQUAL, 2, 2),
    # Conversion
    Function("string", texts.string),
    Function("int", figures.read_int),
    Function("float", figures.read_float),
    Function("bool", comparing.as_bool),
    Function("json", texts.read_json),
    Function("JSON.parse", texts.read_json),
    # Numbers
    Function("add", numbers.add, 2, None),
    Function("sub", numbers.sub, 2, None),
    Function("mul", numbers.mul, 2, None),
    Function("div", numbers.div, 2, None),
    Function("mod", numbers.mod, 2, 2),
    Function("min", numbers.smallest, 1, None),
    Function("max", numbers.largest, 1, None),
    Function("sum", numbers.total, 1, None),
    Function("average", numbers.average, 1, None),
    Function("round", figures.rounded, 1, 2),
    Function("floor", numbers.floor),
    Function("ceiling", numbers.ceiling),
    Function("abs", numbers.absolute),
    Function("formatNumber", figures.format_number, 2, 3),
    # Times
    Function("formatDateTime", times.format_date_time, 1, 3),
    Function("formatEpoch", times.format_epoch, 1, 3),
    Function("addDays", times.adding(24 * _HOUR_S), 2, 3),
    Function("addHours", times.adding(_HOUR_S), 2, 3),
    Function("addMinutes", times.adding(60), 2, 3),
    Function("addSeconds", times.adding(1), 2, 3),
    Function("date", times.date),
    Function("year", times.year),
    Function("month", times.month),
    Function("dayOfMonth", times.day_of_month),
    Function("dayOfWeek", times.day_of_week),
)
FUNCTIONS: Final[Mapping[str, Function]] = {one.name: one for one in _TABLE}

_SIGNS: Final[Mapping[str, Callable[[Budget, list[JsonValue]], JsonValue]]] = {
    "<": _LESS,
    "<=": _LESS_OR_EQUAL,
    ">": _GREATER,
    ">=": _GREATER_OR_EQUAL,
    "&": numbers.concat,
    "+": numbers.add,
    "-": numbers.sub,
    "*": numbers.mul,
    "/": numbers.div,
    "%": numbers.mod,
    "unary -": numbers.negative,
    "unary +": numbers.positive,
}
OPERATORS: Final[Mapping[str, Function]] = {
    **{sign: Function(sign, call) for sign, call in _SIGNS.items()},
    "==": Function("==", comparing.equals, takes_missing=True),
    "!=": Function("!=", comparing.differs, takes_missing=True),
    "unary !": Function("!", comparing.negation, takes_missing=True),
}
