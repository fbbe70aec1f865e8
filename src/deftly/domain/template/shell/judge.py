"""Judging commands: a value may only get into arguments that are data."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from deftly.domain.template.shell.arguments import Arguments
from deftly.domain.template.shell.commands import (
    CHANGES_READING,
    EXPORTS,
    FIND_ENDS,
    FIND_RUNS,
    NAME_OPTIONS,
    RUNNERS,
    TAKES_CODE,
)
from deftly.domain.template.shell.names import is_harmless
from deftly.domain.template.shell.operands import Operands
from deftly.domain.template.shell.programs import WRAPPERS, interpreter_of, unversioned
from deftly.domain.template.shell.refusing import ELSEWHERE, Call, Refusals
from deftly.domain.template.shell.words import Assignment, Command, Word
from deftly.domain.template.shell.wrapping import Unwrapping

_ASSIGNED: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")


class Judge(Refusals):
    """Judges the commands of one script."""

    def command(self, command: Command) -> None:
        """Refuse a command in which a value may be more than data.

        Raises:
            InvalidDefinition: It may.
        """
        self.script.at = command.at
        for assignment in command.assignments:
            self._assignment(assignment)
        for word in (*command.words, *command.listed):
            self.refuse_split(word)
        if command.words:
            self._call(Call(command.words, command.has_text))

    def sum(self, at: int, word: Word) -> None:
        """Refuse a ``$((…))`` that counts with a value: bash computes indices in it.

        Raises:
            InvalidDefinition: It does.
        """
        self.script.at = at
        if self.flow.of(word):
            self.refuse(word, "inside $((…))", "count with expr or awk, which take it as data")

    def _assignment(self, assignment: Assignment) -> None:
        if self.flow.of(assignment.value) and not is_harmless(assignment.name):
            self.refuse(
                assignment.value,
                f"in {assignment.name}, which programs act on",
                "use a name of the script's own, in lower case",
            )

    def _call(self, call: Call) -> None:
        head, arguments = call.words[0], call.words[1:]
        if self.flow.of(head):
            self.refuse(head, "as the name of a command", "write the command out")
        held = self.holds(arguments)
        if head.literal is not None:
            self._named(head.literal.rpartition("/")[2], call, held)
        elif held is not None:
            self.refuse(held, f"behind {head.source}", "write the name of the command out")

    def _named(self, name: str, call: Call, held: Word | None) -> None:
        """Judge a command whose name is written out; ``held`` is what of it holds a value."""
        interpreter = interpreter_of(name)
        if name in CHANGES_READING or call.words[0].literal == call.replaced:
            self.script.fail(f"{name} cannot stand beside placeholders; write commands out.")
        if interpreter:
            Operands(self, name, interpreter, call).check()
        elif name in WRAPPERS:
            if inner := Unwrapping(self, name, WRAPPERS[name], self._assignment).inner(call):
                self._call(inner)
        else:
            self._other(name, call, held)

    def _other(self, name: str, call: Call, held: Word | None) -> None:
        Arguments(self, name, call).check()
        if name == "find":
            self._find(call.words[1:], call)
        elif held is not None:
            self._arguments(name, call.words[1:], held)
        elif name == "eval":
            self._check_written(call.words[1:])
        for inner in _interpreters(call, is_certain=name in RUNNERS):
            self._call(inner)

    def _arguments(self, name: str, arguments: tuple[Word, ...], held: Word) -> None:
        """Judge the arguments of a command that runs no other."""
        if unversioned(name) in TAKES_CODE or name in RUNNERS:
            self.refuse(held, f"as an argument of {name}, which runs it or acts on it", ELSEWHERE)
        if name in EXPORTS:
            self._exports(name, arguments)
        options = NAME_OPTIONS.get(name)
        if options and any(options.fullmatch(word.prefix) for word in arguments):
            self.refuse(held, f"beside an option of {name} that takes a variable", ELSEWHERE)
        if name == "set" and (arguments[0].literal or "") != "--":
            self.refuse(held, "as an option of set", "write set -- in front of it")

    def _check_written(self, words: tuple[Word, ...]) -> None:
        if any(word.literal is None for word in words):
            self.script.fail("eval beside placeholders takes only what is written out.")

    def _exports(self, name: str, arguments: tuple[Word, ...]) -> None:
        for word in arguments:
            assigned = _ASSIGNED.match(word.source)
            if assigned:
                self._assignment(Assignment(assigned[1], word))
            elif self.flow.of(word) or word.prefix.startswith("-"):
                held = self.holds(arguments) or word
                self.refuse(held, f"in the names that {name} takes", f"write {name} x=… alone")

    def _find(self, arguments: tuple[Word, ...], call: Call) -> None:
        for index, word in enumerate(arguments):
            if word.literal not in FIND_RUNS:
                continue
            rest = arguments[index + 1 :]
            ends = (at for at, one in enumerate(rest) if one.literal in FIND_ENDS)
            inner = rest[: next(ends, len(rest))]
            if inner:
                self._call(replace(call, words=inner, replaced="{}", appends=False))
        for word in arguments:
            if self.may_be_option(word):
                self.refuse(
                    word, "where find takes tests and commands", "take it out of allowOptions"
                )


def _interpreters(call: Call, *, is_certain: bool) -> Iterator[Call]:
    """Yield the calls of interpreters that may stand in the arguments of another command."""
    for at, word in enumerate(call.words[1:], 1):
        kind = interpreter_of((word.literal or "").rpartition("/")[2])
        rest = call.words[at:]
        if kind and (is_certain or any(re.fullmatch(kind.code, one.prefix) for one in rest)):
            yield replace(call, words=rest)
