"""Reading what the shell expands: ``$x``, ``${…}``, ``$(…)``, ``$((…))`` and backquotes.

Only forms that every shell reads alike are read; a placeholder may stand in a command inside
``$(…)`` and nowhere else in here.
"""

import re
from typing import Final, NoReturn

from deftly.domain.template.placeholder import Parts
from deftly.domain.template.shell.cursor import Cursor
from deftly.domain.template.shell.draft import Draft, Sum
from deftly.domain.template.shell.words import MARK, Assignment, Command

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPECIAL: Final = re.compile(r"[0-9@*#?$!-]")
_PARAMETER: Final = re.compile(r"#?([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])")
_PARAMETER_OPERATOR: Final = re.compile(r":?[-=?+]|%%?|##?")
_IN_PARAMETER: Final = re.compile(r"[^'\"\\`{}$()<>\n\x00]+")
_IN_ARITHMETIC: Final = re.compile(r"[A-Za-z0-9_ \t\n+*/%<>=!&|^~?:,-]+")
_NOT_IN_BACKQUOTES: Final = re.compile(r"['\"\\#]")
_COUNT_ELSEWHERE: Final = "use expr, or awk -v n={{…}} 'BEGIN { print n + 1 }'"


class ExpansionReader(Cursor):
    """Reads expansions; what reads words and commands is built on it.

    Attributes:
        commands: Every command so far, those inside a substitution before the one around it.
        sums: Every ``$((…))`` so far.
        quoted: Offsets of the placeholders that stand in double quotes.
        in_backquotes: A backquote ends what is read now.
    """

    def __init__(self, parts: Parts, path: str, inside: str = "") -> None:
        """Start at the beginning."""
        super().__init__(parts, path, inside)
        self.commands: list[Command] = []
        self.sums: list[Sum] = []
        self.quoted: set[int] = set()
        self.in_backquotes = False

    def commands_until(self, end: str) -> None:
        """Read commands up to the end of a substitution, and take it."""
        raise NotImplementedError

    def expansion(self, draft: Draft, *, quoted: bool) -> None:
        """Take the expansion or placeholder that starts here."""
        match self.here:
            case "$":
                self.dollar(draft, quoted=quoted)
            case "`":
                self._backquotes(draft, quoted=quoted)
            case _:
                draft.value(self.placeholder())
                if quoted:
                    self.quoted.add(self.at)
                self.at += 1

    def dollar(self, draft: Draft, *, quoted: bool) -> None:
        """Take a ``$`` and what it expands."""
        self.keep_free(self.at, self.at + 2, "right after a $", "write it without the $")
        self.at += 1
        if self.follows("(("):
            self._arithmetic(draft, quoted=quoted)
        elif self.here == "(":
            self._substitution(draft, ")", quoted=quoted)
        elif self.here == "{":
            self._parameter(draft, quoted=quoted)
        elif found := self.match(_NAME) or self.match(_SPECIAL):
            draft.name(found[0], quoted=quoted)
            self.at = found.end()
        elif self.here == "[" or self.follows("\\\n") or (self.here in {"'", '"'} and not quoted):
            self.fail(f"${self.here} is read differently by different shells; write it without $.")
        else:
            draft.text("$")

    def _substitution(self, draft: Draft, end: str, *, quoted: bool) -> None:
        self.enter()
        first = len(self.commands)
        self.at += 1
        self.commands_until(end)
        draft.dynamic(splits=not quoted)
        draft.inner += [word for one in self.commands[first:] for word in one.every_word]
        self.leave()

    def _backquotes(self, draft: Draft, *, quoted: bool) -> None:
        end = self.text.find("`", self.at + 1)
        if end < 0:
            self.fail("a ` is never closed.")
        self.keep_free(self.at, end, "in backquotes", "write $( … ) instead of them")
        if _NOT_IN_BACKQUOTES.search(self.text, self.at, end):
            self.fail("quotes inside backquotes are ambiguous; write $( … ) instead.")
        self.in_backquotes = True
        self._substitution(draft, "`", quoted=quoted)
        self.in_backquotes = False

    # -- ${…}

    def _parameter(self, draft: Draft, *, quoted: bool) -> None:
        self.enter()
        self.at += 1
        parameter = self.match(_PARAMETER) or self._fail_parameter()
        self.at = parameter.end()
        name = parameter[1]
        if parameter[0] != name:  # a length, which is a number
            draft.dynamic(splits=not quoted)
            name = ""
        else:
            draft.name(name, quoted=quoted)
        if not self.follows("}"):
            self._parameter_word(draft, name, quoted=quoted)
        self.at += 1
        self.leave()

    def _parameter_word(self, draft: Draft, name: str, *, quoted: bool) -> None:
        operator = self.match(_PARAMETER_OPERATOR)
        if operator is None or not name:
            self._fail_parameter()
        self.at = operator.end()
        start, word, in_quotes = self.at, Draft(), False
        while self.here != "}" or in_quotes:
            if text := self.match(_IN_PARAMETER):
                self.at = text.end()
            elif self.here == '"':
                in_quotes = not in_quotes
                self.at += 1
            elif self.here == "$":
                self.dollar(word, quoted=quoted or in_quotes)
            else:
                self._fail_parameter()
        if operator[0].endswith("="):
            value = word.word(self.text[start : self.at])
            self.commands.append(Command(assignments=(Assignment(name, value),)))
        draft.take_in(word)

    def _fail_parameter(self) -> NoReturn:
        if self.here == MARK:
            self.fail_value(self.placeholder(), "inside ${…}", "write it outside the braces")
        self.fail(
            "only the simple forms of ${…} can stand beside placeholders, such as ${x}, "
            "${x:-text} and ${x%.*}; quotes in them can only be double."
        )

    # -- $((…))

    def _arithmetic(self, draft: Draft, *, quoted: bool) -> None:
        self.enter()
        start, counted, depth = self.at, Draft(), 0
        self.at += 2
        while depth or not self.follows("))"):
            if text := self.match(_IN_ARITHMETIC):
                counted.names.update(_NAME.findall(text[0]))
                self.at = text.end()
            elif self.here == "$":
                self.dollar(counted, quoted=True)
            elif self.here in {"(", ")"} and (self.here == "(" or depth):
                depth += 1 if self.here == "(" else -1
                self.at += 1
            else:
                self._fail_arithmetic(start)
        self.sums.append(Sum(start, frozenset(counted.names), tuple(counted.inner)))
        self.at += 2
        draft.dynamic(splits=not quoted)
        self.leave()

    def _fail_arithmetic(self, start: int) -> NoReturn:
        if self.here == MARK:
            self.fail_value(self.placeholder(), "inside $((…))", _COUNT_ELSEWHERE)
        if not self.here:
            self.at = start
            self.fail("a $(( is never closed.")
        self.fail(f"{self.here!r} cannot stand in $((…)) here; commands are written $( ( … ) ).")
