"""Judging the command line of an interpreter: a value may only be where it is data."""

import re
from typing import Final

from deftly.domain.template.shell.programs import DATA_MODULES, TELLS_ONLY, Interpreter
from deftly.domain.template.shell.refusing import Call, Refusals
from deftly.domain.template.shell.words import Word

# Code of Perl that opens its operands, and so runs an operand such as "command |".
_OPENS_OPERANDS: Final = re.compile(r"<>|<<>>|ARGV>|readline|eof")
_FIX: Final = "give it after the code, as an operand of its own"
_OPTION: Final = "-"
_INPUTS: Final = ("/dev/", "/proc/")


class Operands:
    """Reads one command line from left to right."""

    def __init__(self, refusals: Refusals, name: str, kind: Interpreter, call: Call) -> None:
        """Start behind the interpreter's name."""
        self._refusals = refusals
        self._name = name
        self._kind = kind
        self._call = call
        self._left = list(call.words[1:])
        self._has_code = False
        self._options_end = False

    def check(self) -> None:
        """Refuse the command if a value may become code or an option.

        Raises:
            InvalidDefinition: It may.
        """
        while self._left and not (self._has_code and self._options_end):
            if not self._step():
                return
        if not self._has_code:
            self._without_code()
        elif self._call.appends and not self._options_end:
            self._refusals.script.fail(
                f"what xargs gives {self._name} can be a value, and an option of {self._name}; "
                "write -- in front of what xargs adds."
            )

    def _step(self) -> bool:
        """Take the next word and what belongs to it; False when it cannot be told."""
        word = self._left.pop(0)
        text = word.literal
        starts = (_OPTION, "+") if self._kind.has_plus else (_OPTION,)
        if self._options_end or text is None or not text.startswith(starts):
            return self._operand(word)
        if text == _OPTION:
            return self._input()
        kind = self._kind
        if text == "--":
            self._options_end = True
        elif re.fullmatch(kind.code, text):
            return self._code(text)
        elif re.fullmatch(kind.pairs, text):
            self._skip(2)
        elif re.fullmatch(kind.data, text):
            self._skip(1)
        elif TELLS_ONLY.fullmatch(text):
            return False
        elif not (re.fullmatch(f"{kind.flags}|{kind.inline}", text)):
            return self._unknown(text)
        return True

    def _skip(self, count: int) -> None:
        for word in self._left[:count]:
            if word.splits:
                self._unknown(word.source)
            if self._refusals.may_be_option(word):
                self._refusals.refuse(word, f"after an option of {self._name}", _NOT_ALLOWED)
        del self._left[:count]

    def _operand(self, word: Word) -> bool:
        is_inline = word.literal is None and re.match(self._kind.inline, word.prefix)
        if not self._has_code and not is_inline:
            self._check_code(word, is_operand=True)
            self._has_code = True
            self._options_end |= not self._kind.permutes
            return True
        if word.splits or (word.prefix.startswith(_OPTION) and not is_inline):
            return self._unknown(word.prefix or "an unquoted expansion")
        if not self._options_end and self._refusals.may_be_option(word):
            self._refusals.refuse(word, f"where {self._name} takes options", _NOT_ALLOWED)
        self._options_end |= not (self._kind.permutes or is_inline)
        return True

    def _input(self) -> bool:
        """Take ``-``: the code comes from the input."""
        if not self._has_code and self._kind.reads_input:
            self._has_code = self._call.has_text
            self._options_end = True
            return True
        return self._operand(Word(_OPTION, _OPTION, "")) if self._has_code else True

    def _code(self, option: str) -> bool:
        if self._kind.ends_at_code:
            self._skip_flags()
        if not self._left:
            return True
        word = self._left.pop(0)
        self._check_code(word, is_operand=False)
        between = "=" if option.startswith("--") else ""
        if not self._kind.reads_input and self._asks(f"{option}{between}{word.literal}"):
            self._runs_input()
        self._has_code = True
        self._options_end |= self._kind.ends_at_code
        if option.endswith("m") and word.literal not in DATA_MODULES:
            return self._unknown(f"-m {word.literal}")
        return True

    def _skip_flags(self) -> None:
        """Skip options between ``-c`` and the code, which shells allow."""
        while self._left and re.fullmatch(
            rf"--?|{self._kind.flags}", self._left[0].literal or "code"
        ):
            self._left.pop(0)

    def _check_code(self, word: Word, *, is_operand: bool) -> None:
        """Refuse code that a value is in, or that may not be there at all."""
        refusals, replaced = self._refusals, self._call.replaced
        if refusals.flow.of(word):
            refusals.refuse(word, f"in the code that {self._name} runs", _FIX)
        if replaced and replaced in (word.literal or replaced):
            refusals.script.fail(
                f"{replaced} in the code that {self._name} runs can be a value; {_FIX}."
            )
        if (word.literal or "").startswith(_INPUTS):
            self._without_code()
        if is_operand:
            is_certain = word.literal is not None or (word.prefix and not word.splits)
        else:
            is_certain = not word.splits
        if not is_certain and (held := refusals.holds(self._left)):
            refusals.refuse(held, f"after code of {self._name} that may not be there", _QUOTE)
        if self._name == "perl" and _OPENS_OPERANDS.search(word.literal or "") and self._left:
            held = refusals.holds(self._left)
            if held is not None:
                refusals.refuse(held, "where Perl opens it as a command", "open the file by name")

    def _unknown(self, option: str) -> bool:
        held = self._refusals.holds((*self._left, *self._call.words[1:]))
        if held is not None:
            self._refusals.refuse(
                held,
                f"in a command line of {self._name} that cannot be told apart ({option})",
                f"keep to the plain options of {self._name}",
            )
        if any(self._asks(word.prefix) for word in self._call.words):
            self._runs_input()
        if not any(_is_operand(word) for word in self._left):
            self._without_code()
        return False

    def _asks(self, option: str) -> bool:
        return re.fullmatch(self._kind.asks, option) is not None

    def _without_code(self) -> None:
        if self._kind.reads_input or self._call.appends:
            self._runs_input()

    def _runs_input(self) -> None:
        if self._call.has_text and not self._call.appends:
            return
        self._refusals.script.fail(
            f"{self._name} runs what it reads here, and that can be a value; write the code out: "
            f"{self._name} -c '…' or a here-document that ends in 'EOF'."
        )


def _is_operand(word: Word) -> bool:
    return not word.prefix.startswith(_OPTION)


_NOT_ALLOWED: Final = "take it out of allowOptions"
_QUOTE: Final = "write the code or its file out"
