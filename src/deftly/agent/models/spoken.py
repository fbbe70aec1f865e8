"""Sentences about tools: what they do, and what is missing for them."""

import re
from collections.abc import Sequence
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.toolcard import Parameter, ToolCard

_MOST_LISTED: Final = 8
_NEW_THINGS: Final = frozenset("create add make open start register book schedule".split())
_NAME_PARTS: Final = re.compile(r"_|(?<=[a-z0-9])(?=[A-Z])")
_WANTS_NUMBER: Final = re.compile(r"\bids?$")
_ASKS_BY_ITSELF: Final = re.compile(r"(?:why|when|where|who|how many|how much)\b")
_FORMAT: Final = re.compile(r"[,:]?\s*(?:as |in )?\(?\b(?:YYYY-MM-DD|HH:MM)\b\)?")
_NUMBER_WORDS: Final = frozenset("number id code reference digits".split())
_ONLY_EXAMPLES: Final = re.compile(r"(?:such as|like|e\.g|for example)\b", re.IGNORECASE)
_LEADING_VERBS: Final = frozenset(
    """add adjust ask assign book borrow browse cancel change check close count create delete
    describe edit fetch find get issue list look make mark modify move open place post read
    refund register remove rename request reschedule return run save schedule search send
    set show start stop submit track update upload verify view write""".split()
)


def purpose_of(tool: ToolCard) -> str:
    """Return the tool's name as a phrase with a verb: ``create a return``."""
    spoken = wording.words(tool.name)
    if not spoken or not (spoken[0] in _LEADING_VERBS or wording.acts(tool.name)):
        return f"use “{' '.join(spoken) or tool.name}”"
    verb, rest = spoken[0], spoken[1:]
    if not rest:
        return verb
    plural = rest[-1].endswith("s") and not rest[-1].endswith(("ss", "us"))
    if plural:
        return " ".join(spoken)
    article = "the" if verb not in _NEW_THINGS else "an" if rest[0][0] in "aeiou" else "a"
    return " ".join((verb, article, *rest))


def starts_with_verb(name: str) -> bool:
    """Say whether a name starts with a verb: ``track_order`` does, ``ticket_refund`` does not."""
    return next(iter(wording.words(name)), "") in _LEADING_VERBS


def ability_of(tool: ToolCard) -> str:
    """Return what the tool does in the owner's words: the start of its description."""
    first = re.split(r"[:.;\n(]|\s[-–—]\s", tool.description.strip(), maxsplit=1)[0].strip()
    if not first or wording.words(first)[:1] == ["use"]:
        return purpose_of(tool)
    return _lower_start(first)


def abilities(tools: Sequence[ToolCard]) -> str:
    """Return one sentence that lists what the tools do."""
    if not tools:
        return "No actions are set up yet."
    listed = [ability_of(tool) for tool in tools[:_MOST_LISTED]]
    more = len(tools) - len(listed)
    if more:
        listed.append(f"do {more} more thing{'s' if more > 1 else ''}")
    return f"I can {_joined(listed, 'and')}."


def question_for(tool: ToolCard, missing: Sequence[Parameter]) -> str:
    """Return the sentence that asks for the missing arguments."""
    return f"{_opening(tool)}{_joined([label_of(each) for each in missing], 'and')}."


def asks_for(text: str, tool: ToolCard) -> bool:
    """Say whether a text is one of the questions ``question_for`` asks about the tool."""
    return text.startswith(_opening(tool))


def label_of(parameter: Parameter) -> str:
    """Return how a person would name the parameter: its description, else its name."""
    described = _FORMAT.sub("", parameter.description.strip())
    first = re.split(r"[.;\n]", described, maxsplit=1)[0].strip()
    choices = parameter.schema.get("enum")
    label = _lower_start(first)
    name = " ".join(re.findall(r"[a-z]+|\d+", " ".join(_NAME_PARTS.split(parameter.name)).lower()))
    plain = set(re.findall(r"[a-z]+", label.lower()))
    if not label or _ONLY_EXAMPLES.match(label):
        label = ", ".join(filter(None, (f"the {name}", label)))
    elif plain.isdisjoint(name.split()) and not _ASKS_BY_ITSELF.match(label):
        # What it is called may tell more than how it is described.
        label = f"{label} ({name})"
    elif _WANTS_NUMBER.search(name) and not plain & _NUMBER_WORDS:
        subject, _, rest = label.partition(",")
        label = f"{subject} {_WANTS_NUMBER.sub('number', name).split()[-1]}" + (rest and f",{rest}")
    if isinstance(choices, list) and choices:
        label += f" ({_joined([str(each) for each in choices], 'or')})"
    return label


def _opening(tool: ToolCard) -> str:
    return f"To {purpose_of(tool)}, please tell me "


def _lower_start(text: str) -> str:
    """Lower the first letter, unless the first word is an abbreviation."""
    if not text:
        return ""
    return text if text[1:2].isupper() else text[0].lower() + text[1:]


def _joined(items: Sequence[str], word: str) -> str:
    if len(items) < 2:  # noqa: PLR2004  # nothing to join
        return "".join(items)
    separator = ", " if not any("," in item for item in items) else "; "
    before = ", " if separator == "; " else " "
    return f"{separator.join(items[:-1])}{before}{word} {items[-1]}"
