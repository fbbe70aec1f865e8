"""Whether what a model did is what was expected."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from deftly.agent.evaluation.cases import ExpectedCall, Step
from deftly.agent.evaluation.standin import Recorded
from deftly.agent.models import wording
from deftly.agent.models.roles import Role, role_of
from deftly.agent.models.toolcard import Parameter
from deftly.values import JsonValue

_NUMBER_WORDS: Final = frozenset(
    map(wording.stem, "number id code reference ref which identifier sku digits".split())
)
_ASKING: Final = re.compile(
    r"\?|\b(?:please|tell me|give me|let me know|provide|share|need|what|which|could you)\b",
    re.IGNORECASE,
)


def same_calls(expected: Sequence[ExpectedCall], made: Sequence[Recorded]) -> bool:
    """Say whether exactly these calls were made, in this order, with these arguments."""
    return same_tools(expected, made) and all(
        same_arguments(one.arguments, other.arguments)
        for one, other in zip(expected, made, strict=True)
    )


def same_tools(expected: Sequence[ExpectedCall], made: Sequence[Recorded]) -> bool:
    """Say whether these actions were called in this order, whatever the arguments."""
    return [one.tool.lower() for one in expected] == [one.tool for one in made]


def same_arguments(expected: Mapping[str, JsonValue], given: Mapping[str, JsonValue]) -> bool:
    """Say whether the arguments are the same; ``null`` is as good as not given."""
    told = {name: value for name, value in given.items() if value is not None}
    return expected.keys() == told.keys() and all(
        same_value(expected[name], value) for name, value in told.items()
    )


def same_value(expected: JsonValue, given: JsonValue) -> bool:
    """Say whether a value is the expected one.

    Words may differ in case and in the blanks around them; a text with a digit in it (an
    identifier, a date) may not, nor may a number.
    """
    match expected, given:
        case {"oneOf": [*choices]}, _:
            same = any(same_value(each, given) for each in choices)
        case str(), str():
            same = _same_text(expected.strip(), given.strip())
        case bool(), _:
            same = expected is given
        case ((int() | float()), (int() | float())):
            same = not isinstance(given, bool) and expected == given
        case [*_], [*_]:
            same = len(expected) == len(given) and all(map(same_value, expected, given))
        case {}, {}:
            same = same_arguments(expected, given)
        case _:
            same = expected == given
    return same


def _same_text(expected: str, given: str) -> bool:
    if any(character.isdigit() for character in expected):
        return expected == given
    return expected.casefold() == given.casefold()


def asks_for(reply: str, parameter: Parameter, tool_name: str) -> bool:
    """Say whether a reply asks for the parameter, judged by its words.

    For an identifier the reply has to speak of a number, a code or "which", for everything
    else to use a word of the parameter's name or description.
    """
    if not _ASKING.search(reply):
        return False
    spoken = {wording.stem(word) for word in re.findall(r"[^\W\d_]+", reply.lower())}
    named = set(wording.terms(parameter.name)) or {parameter.name.lower()}
    described = set(wording.terms(parameter.description)) - set(wording.terms(tool_name))
    if role_of(parameter) is Role.IDENTIFIER:
        return bool(spoken & _NUMBER_WORDS) and bool(spoken & (named | described))
    return bool(spoken & (named | described))


def is_right(step: Step, made: Sequence[Recorded], *, asked_for: bool) -> bool:
    """Say whether a step went as expected."""
    if step.asks:
        return not made and asked_for
    return step.calls is None or same_calls(step.calls, made)
