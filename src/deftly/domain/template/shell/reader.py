"""Reading one word: its quotes, and where in it a placeholder may stand."""

import re
from typing import Final

from deftly.domain.template.shell.draft import Draft
from deftly.domain.template.shell.expansions import ExpansionReader
from deftly.domain.template.shell.words import MARK, Word

_WORD_END: Final = frozenset(" \t\n;&|()<>")
_IN_QUOTES: Final = re.compile(r"[^\"\\$`\x00]+")
# A pair of braces without a comma behind it is text everywhere.
_PLAIN: Final = re.compile(r"(?:[^ \t\n;&|()<>'\"\\$`\x00*?\[{~]|\{\}(?![^ \t\n;&|()<>]*,))+")
# What looks like a pattern and is none when it stands alone.
_LONE: Final = re.compile(r"(\[|\{\})(?=[ \t\n;&|()<>]|\Z)")
_EXPANDED: Final = frozenset(("$", "`", MARK))
_BRACKETS: Final = frozenset("[{")
_ESCAPED_IN_QUOTES: Final = frozenset('$`"\\')
_OUTSIDE: Final = (
    "write it outside the quotes, or give it to a script inside them as an operand: "
    "sh -c '… \"$1\"' _ {{…}}"
)


class WordReader(ExpansionReader):
    """Reads words; what reads commands is built on it."""

    def word(self) -> Word:
        """Return the word that starts here, empty if none does."""
        start, draft = self.at, Draft()
        while not self._is_word_end():
            match self.here:
                case "'":
                    self._single_quotes(draft)
                case '"':
                    self._double_quotes(draft)
                case "\\":
                    self._escape(draft)
                case here if here in _EXPANDED:
                    self.expansion(draft, quoted=False)
                case _:
                    self._plain(draft, is_start=self.at == start)
        if draft.values and draft.has_brackets:
            self.fail_value(
                draft.values[0],
                "in a word with an unquoted [ or {",
                "put the whole word into double quotes",
            )
        return draft.word(self.text[start : self.at])

    def _is_word_end(self) -> bool:
        here = self.here
        return not here or here in _WORD_END or (here == "`" and self.in_backquotes)

    def _plain(self, draft: Draft, *, is_start: bool) -> None:
        """Take unquoted text, or one character that stands for other text."""
        plain = self.match(_PLAIN) or (self.match(_LONE) if is_start else None)
        if plain is not None:
            draft.text(plain[0])
            self.at = plain.end()
            return
        draft.has_brackets |= self.here in _BRACKETS
        draft.dynamic(splits=True)
        self.at += 1

    def _single_quotes(self, draft: Draft) -> None:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            self.fail("a ' is never closed.")
        self.keep_free(self.at, end, "in single quotes", _OUTSIDE)
        draft.text(self.text[self.at + 1 : end])
        self.at = end + 1

    def _double_quotes(self, draft: Draft) -> None:
        start = self.at
        self.at += 1
        while self.here != '"':
            if text := self.match(_IN_QUOTES):
                draft.text(text[0])
                self.at = text.end()
            elif self.here == "\\":
                self._escape_in_quotes(draft)
            elif self.here:
                self.expansion(draft, quoted=True)
            else:
                self.at = start
                self.fail('a " is never closed.')
        self.at += 1

    def _escape(self, draft: Draft) -> None:
        if self.follows("\\\n"):
            self.continued_line()
        else:
            draft.text(self._escaped())

    def _escape_in_quotes(self, draft: Draft) -> None:
        if self.follows("\\\n"):
            if self.text[self.at - 1] not in " \t\n":
                self.fail("a \\ at the end of a line in double quotes needs a blank before it.")
            self.at += 2
            return
        escaped = self._escaped()
        draft.text(escaped if escaped in _ESCAPED_IN_QUOTES else f"\\{escaped}")

    def _escaped(self) -> str:
        self.keep_free(self.at, self.at + 2, "right after a \\", "write it without the \\")
        escaped = self.text[self.at + 1 : self.at + 2]
        if not escaped:
            self.fail("the script ends in a \\.")
        self.at += 2
        return escaped
