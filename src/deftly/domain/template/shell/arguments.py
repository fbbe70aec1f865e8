"""Judging the arguments of programs that take some of them, or their input, for code."""

import re
from itertools import takewhile
from typing import Final

from deftly.domain.template.shell.commands import (
    CODE_OPTIONS,
    GIT_RUNS,
    GIT_TAKES,
    INPUT_NAMES,
    RUNS_INPUT,
    TAKES_CODE,
)
from deftly.domain.template.shell.programs import unversioned
from deftly.domain.template.shell.refusing import ELSEWHERE, Call, Refusals
from deftly.domain.template.shell.words import Word

_FIND: Final = "find"
_END: Final = "--"
_FROM_INPUT: Final = re.compile(rf"(?:\A|=|\A-[A-Za-z]*K)(?:{INPUT_NAMES.pattern})\Z")


class Arguments:
    """Judges one command line."""

    def __init__(self, refusals: Refusals, name: str, call: Call) -> None:
        """Take a call of a program that is no interpreter and no wrapper."""
        self._refusals = refusals
        self._name = name
        self._call = call
        self._words = call.words[1:]

    def check(self) -> None:
        """Refuse the call if a value may be code.

        Raises:
            InvalidDefinition: It may.
        """
        options = CODE_OPTIONS.get(self._name)
        if options or self._name == _FIND:
            self._check_splitting()
        if options or self._name == _FIND or unversioned(self._name) in TAKES_CODE:
            self._check_items()
        before = Word("")
        for word in self._words:
            if options and (options.has(before) or options.has(word)):
                self._option(word)
            before = word
        if self._name == "tar":
            self._tar()
        if self._name == "git":
            self._git()
        self._input()

    def _option(self, word: Word) -> None:
        place = f"in an option of {self._name} that names a command"
        if self._refusals.flow.of(word):
            self._refusals.refuse(word, place, ELSEWHERE)
        if _FROM_INPUT.search(word.literal or ""):
            self._refusals.script.fail(
                f"{self._name} reads options from its input here, and that can be a value; write "
                "them out."
            )

    def _check_splitting(self) -> None:
        """Refuse what a value can make several words of: some would be options."""
        for word in self._words:
            if word.literal == _END and self._name != _FIND:
                return
            if self._refusals.flow.is_cut(word):
                place = f"unquoted where {self._name} takes options"
                self._refusals.refuse(word, place, "put it into double quotes")

    def _check_items(self) -> None:
        """Refuse what xargs adds where it may be an option."""
        options = CODE_OPTIONS.get(self._name)
        ends = options is not None and any(one.literal == _END for one in self._before_items())
        if not self._call.appends or ends or not self._may_be_option():
            return
        fix = "write -- in front of what xargs adds" if options else ELSEWHERE
        self._refusals.script.fail(
            f"what xargs gives {self._name} can be a value, and an option of {self._name}; {fix}."
        )

    def _before_items(self) -> list[Word]:
        return list(takewhile(lambda word: not self._is_item(word), self._words))

    def _is_item(self, word: Word) -> bool:
        return bool(self._call.replaced) and self._call.replaced in word.source

    def _may_be_option(self) -> bool:
        """Tell whether an item begins a word, or is not kept within one."""
        items = [word for word in self._words if self._is_item(word)]
        if not self._call.replaced or self._name not in CODE_OPTIONS:
            return bool(items) or not self._call.replaced
        begins = ("-", self._call.replaced)
        return any(not word.prefix or word.prefix.startswith(begins) for word in items)

    def _tar(self) -> None:
        """Read the options of old, which stand first and without a dash."""
        first = self._words[0].prefix if self._words else ""
        if first.startswith("-") or {"I", "F"}.isdisjoint(first.partition("=")[0]):
            return
        held = self._refusals.holds(self._words)
        if held is not None and first.isalpha():
            self._refusals.refuse(held, "beside an option of tar that names a command", ELSEWHERE)

    def _git(self) -> None:
        words = list(self._words)
        while words and words[0].prefix.startswith("-"):
            takes = words.pop(0).literal in GIT_TAKES
            del words[: int(takes)]
        if words and self._refusals.flow.of(words[0]):
            self._refusals.refuse(words[0], "as the name of a command of git", "write it out")
        held = self._refusals.holds(words)
        if held is not None and words[0].literal in GIT_RUNS:
            place = f"as an argument of git {words[0].literal}, which runs it or acts on it"
            self._refusals.refuse(held, place, ELSEWHERE)

    def _input(self) -> None:
        """Refuse a program that runs its input, which can be a value."""
        enough = RUNS_INPUT.get(unversioned(self._name), RUNS_INPUT.get(self._name))
        if enough is None or self._call.has_text:
            return
        literals = [word.literal or "" for word in self._words]
        operands = sum(not one.startswith("-") for one in literals)
        if operands < enough or any(INPUT_NAMES.fullmatch(one) for one in literals):
            self._refusals.script.fail(
                f"{self._name} runs what it reads here, and that can be a value; write it out in a "
                "here-document that ends in 'EOF'."
            )
