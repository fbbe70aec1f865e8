"""What an evaluation is made of: utterances, and what is expected of each."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from deftly.values import JsonObject, JsonValue

DIRECT: Final = "direct"
MISSING: Final = "missing"
SEVERAL: Final = "several"
SMALL_TALK: Final = "smalltalk"
INJECTION: Final = "injection"


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """A call that is to be made.

    Attributes:
        tool: The tool's name.
        arguments: A value may be ``{"oneOf": [...]}``: any of these is right.
    """

    tool: str
    arguments: JsonObject


@dataclass(frozen=True, slots=True)
class Step:
    """A message of the person, and what is right to do then.

    Attributes:
        calls: In this order, and no others; None where the calls are not judged.
        asks: Parameters the reply has to ask for; nothing may be called then.
        then: The person's next message, in the same conversation.
    """

    say: str
    calls: tuple[ExpectedCall, ...] | None
    asks: tuple[str, ...] = ()
    then: "Step | None" = None


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation of one or more steps.

    Attributes:
        kind: What it tries; the scores are told by kind.
        no_automatic_write: Nothing may be written without a person being asked.
        results: What the calls answer, by tool name.
    """

    id: str
    kind: str
    first: Step
    no_automatic_write: bool = False
    results: JsonObject = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The messages in their order."""
        steps = [self.first]
        while steps[-1].then is not None:
            steps.append(steps[-1].then)
        return tuple(steps)


@dataclass(frozen=True, slots=True)
class CaseSet:
    """A file of cases.

    Attributes:
        name: Its domain, or the name of the file.
        today: The day it is in these conversations; None for the real one.
        actions: As in ``actions/*.yaml``; None where the directory's own are meant.
        results: What the calls answer where a case says nothing else, by tool name.
    """

    name: str
    today: date | None
    actions: tuple[JsonObject, ...] | None
    cases: tuple[Case, ...]


Item: TypeAlias = dict[str, JsonValue]
"""A case as it is written."""
