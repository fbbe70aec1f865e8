"""A command line as bash and its like read it: quotes, escapes, variables, operators."""

import re
from typing import Final, NoReturn

from deftly.catalog.porting.curl.words import Words, refuse

_VARIABLE: Final = re.compile(
    r"\$(?:\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)(?P<rest>[^}]{0,200})\}|(?P<plain>[A-Za-z_][A-Za-z0-9_]*))"
)
_ESCAPES: Final = {
    "a": 7, "b": 8, "e": 27, "E": 27, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11,
}  # fmt: skip
_CODES: Final = re.compile(
    r"x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<u>[0-9A-Fa-f]{1,4})|U(?P<U>[0-9A-Fa-f]{1,8})"
    r"|(?P<octal>[0-7]{1,3})"
)
_OPERATORS: Final = "\n|&;<>"
_REDIRECT: Final = re.compile(r"[0-9]*(?:&>>?|>>?(?:&[0-9-]|\|)?)")
_TARGET: Final = re.compile(r"[ \t]*[^\s|;&<>]*")


class Posix:
    """One pass over a command as bash and its like read it."""

    def __init__(self, text: str, found: Words) -> None:
        """Take the text, and where its words go."""
        self._text = text
        self._at = 0
        self._found = found
        self._word: list[str] | None = None

    def read(self) -> None:
        """Take the words of the first command."""
        while self._at < len(self._text):
            if not self._step(self._text[self._at]):
                break
        self._end_word()

    def _step(self, character: str) -> bool:
        """Take what begins here; False ends the command."""
        if character in _OPERATORS:
            return self._operator(character)
        if character == "$":
            self._dollar(quoted=False)
            return True
        if character == "#" and self._word is None:
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end
            return True
        self._take(character)
        self._at += 1
        return True

    def _take(self, character: str) -> None:
        following = self._text[self._at + 1 : self._at + 2]
        match character:
            case " " | "\t":
                self._end_word()
            case "\\" | "`" if following == "\n":
                self._at += 1  # the line goes on; the second is PowerShell's way
            case "\\":
                self._at += 1
                self._add(following)
            case "'":
                self._single()
            case '"':
                self._double()
            case "`":
                refuse("a `…` in it is a command of its own; put its output there.")
            case _:
                self._add(character)

    def _operator(self, character: str) -> bool:
        redirect = _REDIRECT.match(self._text, self._at)
        if redirect:
            self._end_word(descriptor=True)
            return self._skip_target(redirect.end())
        rest = self._text[self._at :]
        self._end_word()
        if character == "<":
            refuse("it reads standard input (<); write the data behind -d.")
        if character == "\n" and not self._found.words:
            self._at += 1
            return True
        if character == "&" and len(rest) > 1 and not rest[1].isspace() and rest[1] != "&":
            refuse("an & outside quotes ends the command in a shell; put quotes around the URL.")
        self._found.leave_out(rest)
        return False

    def _skip_target(self, start: int) -> bool:
        end = _TARGET.match(self._text, start)
        self._at = end.end() if end else start
        return True

    def _end_word(self, *, descriptor: bool = False) -> None:
        if self._word is not None:
            word = "".join(self._word)
            if not (descriptor and word.isdigit()):
                self._found.words.append(word)
        self._word = None

    def _add(self, text: str) -> None:
        if self._word is None:
            self._word = []
        self._word.append(text)

    def _closing(self, quote: str) -> NoReturn:
        refuse(f"a {quote} is never closed; paste the whole command.")

    def _single(self) -> None:
        end = self._text.find("'", self._at + 1)
        if end < 0:
            self._closing("'")
        self._add(self._text[self._at + 1 : end])
        self._at = end

    def _double(self) -> None:
        self._add("")
        self._at += 1
        while self._at < len(self._text):
            character = self._text[self._at]
            match character:
                case '"':
                    return
                case "\\" if self._text[self._at + 1 : self._at + 2] in set('$`"\\\n'):
                    self._at += 1
                    escaped = self._text[self._at]
                    self._add("" if escaped == "\n" else escaped)
                case "`":
                    refuse("a `…` in it is a command of its own; put its output there.")
                case "$":
                    self._dollar(quoted=True)
                    continue
                case _:
                    self._add(character)
            self._at += 1
        self._closing('"')

    def _dollar(self, *, quoted: bool) -> None:
        """Take what a dollar begins; the position is behind it afterwards."""
        following = self._text[self._at + 1 : self._at + 2]
        if following == "(":
            refuse("a $(…) in it is a command of its own; put its output there.")
        if following == "'" and not quoted:
            self._at += 2
            self._ansi()
            return
        if following == '"' and not quoted:
            self._at += 1
            return
        variable = _VARIABLE.match(self._text, self._at)
        if variable is None:
            self._add("$")
            self._at += 1
            return
        if variable["rest"]:
            refuse(f"{variable[0]} is worked out by a shell; write the value, or ${{NAME}}.")
        self._add(self._found.placeholder(variable["braced"] or variable["plain"]))
        self._at = variable.end()

    def _ansi(self) -> None:
        """Take the rest of a $'…' text (bash, ANSI-C quoting)."""
        raw = bytearray()
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == "'":
                self._at += 1
                self._add(_utf8(raw))
                return
            self._at += 1
            if character == "\\" and self._at < len(self._text):
                self._at = _take_escape(self._text, self._at, raw)
            else:
                raw += character.encode("utf-8", "surrogatepass")
        self._closing("$'")


def _utf8(raw: bytearray) -> str:
    """Return the text; halves of surrogate pairs that belong together become one character."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        refuse("a text in it is not UTF-8, which no action can send.")


def _take_escape(text: str, at: int, raw: bytearray) -> int:
    """Add what an escape means, and return where it ends."""
    code = _CODES.match(text, at)
    if code is None:
        known = _ESCAPES.get(text[at])
        plain = text[at] if text[at] in "\\'\"?" else f"\\{text[at]}"
        raw += bytes([known]) if known is not None else plain.encode()
        return at + 1
    if code["hex"] or code["octal"]:
        raw.append(int(code["hex"], 16) if code["hex"] else int(code["octal"], 8) & 0xFF)
        return code.end()
    number = int(code["u"] or code["U"], 16)
    if number > 0x10FFFF:  # noqa: PLR2004 - the last code point there is
        refuse(f"\\{code[0]} is no character.")
    raw += chr(number).encode("utf-8", "surrogatepass")
    return code.end()
