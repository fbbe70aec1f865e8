"""Finding the command that another command runs: ``env``, ``timeout``, ``xargs`` and their kind."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from deftly.domain.template.shell.programs import Wrapper, interpreter_of
from deftly.domain.template.shell.refusing import Call, Refusals
from deftly.domain.template.shell.words import Assignment, Word

_ASSIGNED: Final = re.compile(r"([^=]*)=")
_REPLACED: Final = re.compile(r"(?:-[0rtxp]*[Ii]|--replace=?)(.*)")
_LOOKS_UP: Final = frozenset({"-v", "-V"})


class Unwrapping:
    """Takes away what stands in front of a command's name."""

    def __init__(
        self,
        refusals: Refusals,
        name: str,
        wrapper: Wrapper,
        assign: Callable[[Assignment], None],
    ) -> None:
        """Know the outer command; ``assign`` judges variables it sets for the inner one."""
        self._refusals = refusals
        self._name = name
        self._wrapper = wrapper
        self._assign = assign

    def inner(self, call: Call) -> Call | None:
        """Return the command that is run, or None if there is none a value may get into.

        Raises:
            InvalidDefinition: A value is where the inner command cannot be told from options.
        """
        left = list(call.words[1:])
        if self._name == "command" and left and left[0].literal in _LOOKS_UP:
            return None
        replaced = self._options(left)
        if replaced is None:
            return None
        while self._wrapper.assigns and left and (found := _ASSIGNED.match(left[0].prefix)):
            self._assign(Assignment(found[1], left.pop(0)))
        for word in left[: self._wrapper.operands]:
            self._check_operand(word)
        words = tuple(left[self._wrapper.operands :])
        if not words:
            self._check_appended(call)
            return None
        if words[0].splits and (held := self._refusals.holds(words)):
            self._refusals.refuse(
                held, f"behind {words[0].source}", "write the name of the command out"
            )
        appends = call.appends or self._wrapper.appends
        return replace(call, words=words, replaced=replaced or call.replaced, appends=appends)

    def _options(self, left: list[Word]) -> str | None:
        """Take the options; return what items are put for, or None if they cannot be told."""
        replaced = ""
        while left and left[0].prefix.startswith("-"):
            word = left.pop(0)
            option = word.literal or word.prefix
            if word.literal is None:
                self._unknown(option, [word, *left])
                return None
            if option == "--":
                break
            takes = re.fullmatch(self._wrapper.takes, option) and left
            if self._wrapper.appends and (found := _REPLACED.fullmatch(option)):
                replaced = (left[0].literal if takes else found[1] or "{}") or ""
                if not replaced:
                    self._unknown(option, left)
            if takes:
                self._check_written(left.pop(0))
            elif not re.fullmatch(self._wrapper.flags, option):
                self._unknown(option, left)
                return None
        return replaced

    def _check_appended(self, call: Call) -> None:
        if call.appends:
            self._refusals.script.fail(
                f"{self._name} runs what it is given here, and that can be a value; write the "
                "command out."
            )

    def _check_written(self, word: Word) -> None:
        """Refuse what an option takes if it is not surely one word that no value is in."""
        if self._refusals.flow.of(word):
            self._refusals.refuse(word, f"among the options of {self._name}", "write them out")
        if word.splits:
            self._refusals.script.fail(
                f"{word.source} stands among the options of {self._name}; quote it."
            )

    def _check_operand(self, word: Word) -> None:
        if word.splits or self._refusals.may_be_option(word):
            self._check_written(word)

    def _unknown(self, option: str, left: list[Word]) -> None:
        held = self._refusals.holds(left)
        fix = f"keep to the plain options of {self._name}"
        if held is not None:
            self._refusals.refuse(
                held, f"behind {self._name} {option}, where the command it runs cannot be told", fix
            )
        if self._wrapper.appends or any(_runs_code(word) for word in left):
            self._refusals.script.fail(
                f"the command that {self._name} runs cannot be told behind {option}; {fix}."
            )


def _runs_code(word: Word) -> bool:
    return interpreter_of((word.literal or "").rpartition("/")[2]) is not None
