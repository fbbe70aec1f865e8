"""Reading redirections and here-documents."""

import re
from dataclasses import dataclass
from typing import Final

from deftly.domain.template.placeholder import Parts
from deftly.domain.template.shell.draft import Draft
from deftly.domain.template.shell.reader import WordReader
from deftly.domain.template.shell.words import MARK, Command, Word

_REDIRECTION: Final = re.compile(r"[0-9]*(<<-|<<|<>|<&|>&|>>|>\||<|>)")
_COPIES: Final = frozenset({"<&", ">&"})
_DESCRIPTOR: Final = re.compile(r"[0-9]+|-")
_DELIMITER: Final = re.compile(
    r"(?:(\\?)([A-Za-z0-9_.+-]+)|'([^'\n\x00]*)'|\"([^\"\\$`\n\x00]*)\")(?=[ \t\n;&|()<>]|\Z)"
)
_TEXT: Final = re.compile(r"[^\\$`\n]+")


@dataclass(frozen=True, slots=True)
class _HereDocument:
    delimiter: str
    strips_tabs: bool
    is_literal: bool


@dataclass(frozen=True, slots=True)
class Redirection:
    """One redirection; ``target`` is None for a here-document.

    Attributes:
        is_input: It is what the command reads, so what was before it is not.
        is_literal_text: A here-document in which nothing is expanded.
    """

    target: Word | None
    is_input: bool
    is_literal_text: bool = False


class RedirectionReader(WordReader):
    """Reads redirections; a here-document's text is read where its line ends.

    Attributes:
        pending: Here-documents whose text is still to come.
    """

    def __init__(self, parts: Parts, path: str, inside: str = "") -> None:
        """Start at the beginning."""
        super().__init__(parts, path, inside)
        self.pending: list[_HereDocument] = []

    def redirection(self) -> Redirection | None:
        """Take the redirection that starts here, if one does."""
        found = self.match(_REDIRECTION)
        if found is None:
            return None
        is_input = found[1].startswith("<") and int(self.text[self.at : found.start(1)] or "0") == 0
        self.at = found.start(1)
        self.operator()  # refuses what only some shells have
        self.at = found.end()
        self.blanks()
        if found[1].startswith("<<"):
            is_literal = self._here_document(strips_tabs=found[1] == "<<-")
            return Redirection(None, is_input, is_literal)
        target = self.word()
        if not target.source:
            self.fail(f"{found[1]} needs a file after it.")
        if found[1] in _COPIES and not _DESCRIPTOR.fullmatch(target.source):
            self._fail_copy(found[1], target)
        return Redirection(target, is_input)

    def lines(self) -> None:
        """Skip blanks, comments and ends of lines, and the here-documents behind them."""
        self.blanks()
        while self.here == "\n":
            self.at += 1
            pending, self.pending = self.pending, []
            for one in pending:
                self._text(one)
            self.blanks()

    def _fail_copy(self, operator: str, target: Word) -> None:
        for placeholder in target.values:
            self.fail_value(placeholder, f"after {operator}", "write the descriptor's number out")
        self.fail(f"{operator} takes the number of a descriptor or -, written out.")

    def _here_document(self, *, strips_tabs: bool) -> bool:
        """Take its delimiter, and tell whether nothing in it is expanded."""
        found = self.match(_DELIMITER)
        if found is None:
            if self.here == MARK:
                self.fail_value(self.placeholder(), "as the end of a here-document", "write EOF")
            self.fail("a here-document's end is one plain word, such as EOF or 'EOF'.")
        self.at = found.end()
        is_literal = bool(found[1]) or found[2] is None
        delimiter = found[2] or found[3] or found[4] or ""
        self.pending.append(_HereDocument(delimiter, strips_tabs, is_literal))
        return is_literal

    def _text(self, document: _HereDocument) -> None:
        draft, start = Draft(), self.at
        while self.at < len(self.text):
            end = self.text.find("\n", self.at)
            end = len(self.text) if end < 0 else end
            line = self.text[self.at : end]
            if document.strips_tabs:
                line = line.lstrip("\t")
            if line == document.delimiter:
                self.at = min(end + 1, len(self.text))
                self.commands.append(Command(others=(draft.word(""),), at=start))
                return
            self.keep_free(
                self.at,
                end,
                "in a here-document",
                "give it to the command another way, such as printf '%s\\n' {{…}} | …",
            )
            if not document.is_literal:
                self._line(draft, end)
            self.at = end + 1
        self.at = start
        self.fail(f"the here-document before this line never ends with {document.delimiter}.")

    def _line(self, draft: Draft, end: int) -> None:
        """Read what is expanded in one line of a here-document."""
        while self.at < end:
            if text := self.match(_TEXT):
                self.at = text.end()
            elif self.here == "$":
                self.dollar(draft, quoted=True)
            elif self.here == "\\" and self.at + 1 < end:
                self.at += 2
            else:
                self.fail(
                    "a here-document beside placeholders cannot hold backquotes or continued "
                    "lines; quote its end, as in <<'EOF', if nothing in it is to be expanded."
                )
        if self.at > end:
            self.fail("an expansion in a here-document has to end on its line.")
