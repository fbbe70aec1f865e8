"""Reading commands: lists, pipelines, compound commands, functions (POSIX sh, section 2.10)."""

import re
from typing import Final, NoReturn

from deftly.domain.template.shell.redirections import RedirectionReader
from deftly.domain.template.shell.words import POSITIONAL, Assignment, Command, Word

_END: Final = ""
_RESERVED_WORD: Final = re.compile(r"(?:[a-z]+|!|\{|\}|\[\[)(?=[ \t\n;&|()<>`]|\Z)")
_RESERVED: Final = frozenset(
    "! { } case do done elif else esac fi for if in then until while".split()
)
# Words of some shells' grammar that are commands' names in others.
_FOREIGN: Final = frozenset("[[ coproc function select time".split())
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?=[ \t\n;]|\Z)")
_ASSIGNMENT: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_FUNCTION: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*[ \t]*\([ \t]*\)")
_AND_OR: Final = frozenset({"&&", "||"})
_SEPARATORS: Final = frozenset({";", "&"})
_OPENING: Final = frozenset("{ if while until for case".split())


class ScriptReader(RedirectionReader):
    """Reads a whole script."""

    def script(self) -> None:
        """Read to the end.

        Raises:
            InvalidDefinition: Anything that cannot be told for certain.
        """
        self._list(frozenset({_END}))
        if self.pending:
            self.fail(f"the here-document never ends with {self.pending[0].delimiter}.")

    def commands_until(self, end: str) -> None:
        """Read commands up to the end of a substitution, and take it."""
        start, outer, self.pending = self.at, self.pending, []
        self._list(frozenset({end}))
        if self.pending or (outer and "\n" in self.text[start : self.at]):
            self.fail("a here-document and a $( … ) cannot share a line here; use two.")
        self.pending = outer
        self.at += 1

    # -- lists

    def _list(self, ends: frozenset[str]) -> str:
        """Read commands up to one of the ends, and return it."""
        while True:
            self.lines()
            end = self._end(ends)
            if end is not None:
                return end
            self._pipelines()
            if self.operator() in _SEPARATORS:
                self.at += 1
            elif self.here != "\n" and self._end(ends) is None:
                self._fail_here()

    def _end(self, ends: frozenset[str]) -> str | None:
        if not self.here and _END not in ends:
            self.fail(f"the script ends before {' or '.join(sorted(ends))}.")
        for end in (self._reserved() or self.here, self.text[self.at : self.at + 2]):
            if end in ends:
                return end
        return None

    def _pipelines(self) -> None:
        while True:
            while self._reserved() == "!":
                self.at += 1
                self.blanks()
            self._command()
            self.blanks()
            operator = self.operator()
            if operator not in _AND_OR and operator != "|":
                return
            self.at += len(operator)
            self.lines()

    # -- commands

    def _command(self) -> None:
        word = self._reserved()
        if word in _FOREIGN:
            self.fail(
                f"{word} is read differently by different shells, so it cannot stand beside "
                "placeholders; write it as POSIX sh has it, such as [ … ] for [[ … ]]."
            )
        if word in _OPENING or self.here == "(":
            self._compound(word)
        elif word in _RESERVED:
            self._fail_here()
        elif function := self.match(_FUNCTION):
            self.at = function.end()
            self.lines()
            word = self._reserved()
            if word not in _OPENING and self.here != "(":
                self.fail("a function's body has to stand in { … }.")
            self._compound(word)
        else:
            self._simple()

    def _compound(self, word: str) -> None:
        self.enter()
        self.at += len(word)
        match word:
            case "{":
                self._body("}")
            case "if":
                self._if()
            case "while" | "until":
                self._body("do")
                self._body("done")
            case "for":
                self._for()
            case "case":
                self._case()
            case _:
                self._subshell()
        self.leave()
        others: list[Word] = []
        self.blanks()
        while (found := self.redirection()) is not None:
            others += [found.target] if found.target else []
            self.blanks()
        self.commands.append(Command(others=tuple(others), at=self.at))

    def _body(self, end: str) -> None:
        """Read commands up to a reserved word, and take it."""
        self._list(frozenset({end}))
        self.at += len(end)

    def _subshell(self) -> None:
        if self.follows("(("):
            self.fail("(( is read differently by different shells; write $((…)) or ( ( … ) ).")
        self.at += 1
        self._body(")")

    def _if(self) -> None:
        branch = ""
        while branch != "fi":
            if branch != "else":
                self._body("then")
            branch = self._list(frozenset({"fi"} if branch == "else" else {"elif", "else", "fi"}))
            self.at += len(branch)

    def _for(self) -> None:
        self.blanks()
        name = self.match(_NAME)
        if name is None:
            self.keep_free(self.at, self.at + 1, "as the name of a variable", "write the name out")
            self.fail("for needs the name of a variable.")
        start, self.at = self.at, name.end()
        self.lines()
        listed: list[Word] = []
        if self._reserved() == "in":
            self.at += len("in")
            self.blanks()
            while (word := self.word()).source:
                listed.append(word)
                self.blanks()
        else:
            listed.append(Word("", None, names=frozenset({POSITIONAL})))
        if self.here == ";":
            self.at += 1
        elif self.here != "\n" and self._reserved() != "do":
            self._fail_here()
        taken = tuple(Assignment(name[0], word) for word in listed)
        self.commands.append(Command(assignments=taken, listed=tuple(listed), at=start))
        self.lines()
        self._expect("do")
        self._body("done")

    def _case(self) -> None:
        self.blanks()
        start, subject = self.at, self.word()
        self.lines()
        self._expect("in")
        self.lines()
        patterns: list[Word] = []
        while self._reserved() != "esac":
            patterns += self._patterns()
            if self._list(frozenset({";;", "esac"})) == ";;":
                self.at += len(";;")
                self.lines()
        self.at += len("esac")
        self.commands.append(Command(others=(subject, *patterns), at=start))

    def _patterns(self) -> list[Word]:
        found: list[Word] = []
        if self.here == "(":
            self.at += 1
        while True:
            self.blanks()
            pattern = self.word()
            for placeholder in pattern.values:
                self.fail_value(
                    placeholder, "in a pattern of case", 'compare it with [ "$x" = {{…}} ]'
                )
            if not pattern.source:
                self._fail_here()
            found.append(pattern)
            self.blanks()
            operator = self.operator()
            if operator not in {"|", ")"}:
                self._fail_here()
            self.at += 1
            if operator == ")":
                return found

    def _simple(self) -> None:
        start = self.at
        assignments: list[Assignment] = []
        words: list[Word] = []
        others: list[Word] = []
        has_text = False
        while True:
            if (redirection := self.redirection()) is not None:
                if redirection.is_input:
                    has_text = redirection.is_literal_text
                others += [redirection.target] if redirection.target else []
            elif not words and (assigned := self.match(_ASSIGNMENT)):
                self.at = assigned.end()
                assignments.append(Assignment(assigned[1], self.word()))
            elif (word := self.word()).source:
                words.append(word)
                if word.source.startswith("{") and self.here in {"<", ">"}:
                    self._fail_here()
            else:
                break
            self.blanks()
        if self.at == start or self.here == "(":
            self._fail_here()
        self.commands.append(
            Command(tuple(assignments), tuple(words), (), tuple(others), has_text, start)
        )

    # -- words of the grammar

    def _reserved(self) -> str:
        """Return the word of the grammar that comes next, empty if none does."""
        found = self.match(_RESERVED_WORD)
        word = found[0] if found else ""
        return word if word in _RESERVED or word in _FOREIGN else ""

    def _expect(self, word: str) -> None:
        if self._reserved() != word:
            self._fail_here()
        self.at += len(word)

    def _fail_here(self) -> NoReturn:
        if not self.here:
            self.fail("the script ends too early.")
        self.keep_free(self.at, self.at + 1, "where no value may", "write it as an argument")
        what = self._reserved() or self.operator() or self.here
        shown = "the end of the line" if what == "\n" else what
        self.fail(f"{shown} cannot be placed here; check the quotes and brackets before it.")
