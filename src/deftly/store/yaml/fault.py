"""What is wrong with a YAML text: the fault, and sentences for what the parser says."""

import re
from typing import Final

import yaml

_NOT_YAML: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNQUOTED_TEMPLATE: Final = re.compile(r"(?:^|[:,\[-])\s*\{\{")

_QUOTE_TEMPLATE: Final = (
    "A value that begins with '{{' is read as a mapping.",
    "Put quotes around the whole value.",
)
_TEXT_AFTER_VALUE: Final = (
    "More text follows after a value on this line.",
    "Put quotes around the whole value; inside single quotes, write a single quote twice.",
)
# What the parser says in front of such text.
_NOTHING_MORE: Final = ("expected key", "expected <block end>")

# What the parser says (in part) -> the sentence and the fix. The first that fits is taken.
_SENTENCES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "mapping values are not allowed",
        "A ':' stands where no key can be.",
        "Put quotes around a value that contains ': ', or correct the indentation.",
    ),
    (
        "could not find expected ':'",
        "A key has no ':' after it.",
        "Write 'key: value', indented like the lines around it.",
    ),
    (
        "expected comment or line break",
        "More text follows the '|' or '>' on its line.",
        "Begin the text on the next line, indented.",
    ),
    (
        "expected ',' or",
        "A bracket is not closed, or a comma is missing.",
        "Close the bracket and put commas between the members.",
    ),
    (
        "expected node content",
        "A value is missing between brackets.",
        "Remove the extra comma, or close the bracket.",
    ),
    (
        "expected key",
        "This line does not fit the mapping above it.",
        "Indent it like the other keys, and close quotes and brackets before it.",
    ),
    (
        "expected <block end>",
        "This line does not fit the lines above it.",
        "Indent it like its neighbours, and close quotes and brackets before it.",
    ),
    (
        "expected '-' indicator",
        "This line does not fit the list above it.",
        "Begin it with '- ', or indent it differently.",
    ),
    (
        "block sequence entries are not allowed",
        "A list item stands where no list can be.",
        "Put the list on lines of its own below its key.",
    ),
    (
        "unexpected end of stream",
        "A quoted text is not closed.",
        "Add the closing quote.",
    ),
    (
        "unexpected document indicator",
        "A quoted text is not closed.",
        "Add the closing quote.",
    ),
    (
        "unknown escape character",
        "A backslash in double quotes does not begin an escape.",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "hexdecimal number",
        "An escape such as \\u00e9 has too few hexadecimal digits.",
        "Complete it, or use single quotes.",
    ),
    (
        "invalid Unicode character escape",
        "An escape names half of a surrogate pair, which is no character.",
        "Write the character itself, or \\U and eight digits.",
    ),
    (
        "<document start>",
        "More text follows after the end of the definition.",
        "Keep one mapping of 'key: value' lines in a file.",
    ),
    (
        "undefined tag handle",
        "A value begins with '!', which makes it a tag.",
        "Put quotes around it.",
    ),
    (
        "a tab character",
        "A tab is used for indentation.",
        "Indent with spaces.",
    ),
)

# What a plain value may not begin with -> the sentence and the fix.
_FIRST_CHARACTERS: Final = {
    "\t": ("A tab is used for indentation.", "Indent with spaces."),
    "@": ("A value begins with '@', which YAML reserves.", "Put quotes around it."),
    "`": ("A value begins with '`', which YAML reserves.", "Put quotes around it."),
    "%": ("A value begins with '%', which YAML reserves.", "Put quotes around it."),
}


class YamlFault(ValueError):
    """The text is not a definition.

    Attributes:
        line: Counted from 1; None when it is about the whole text.
        message: A sentence that says what is wrong.
        fix: A sentence that says what to do.
    """

    def __init__(self, line: int | None, message: str, fix: str) -> None:
        """Keep the three apart, for whoever lists problems."""
        place = "" if line is None else f"line {line}: "
        super().__init__(f"{place}{message} {fix}")
        self.line = line
        self.message = message
        self.fix = fix


def check_characters(text: str) -> None:
    """Refuse control characters, which YAML takes only as escapes.

    Raises:
        YamlFault: With the line of the first one.
    """
    found = _NOT_YAML.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found[0]):04X}"
        message = f"The control character {code} cannot stand in a YAML file."
        raise YamlFault(line, message, "Remove it, or write it as an escape in double quotes.")


def fault_of(error: yaml.YAMLError, text: str) -> YamlFault:
    """Return what the parser's error means to the author of the text."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return YamlFault(None, f"The YAML cannot be read: {error}.", "Check the file's contents.")
    length = len(text.rstrip())
    offset = min(error.problem_mark.index, length)
    if offset == length and error.context_mark is not None:
        offset = min(error.context_mark.index, length)
    message, fix = _sentence(error.problem or "", offset, text)
    return YamlFault(text.count("\n", 0, offset) + 1, message, fix)


def template_fault(line: int) -> YamlFault:
    """Return the fault of a value that begins with ``{{`` and has no quotes."""
    return YamlFault(line, *_QUOTE_TEMPLATE)


def _sentence(problem: str, offset: int, text: str) -> tuple[str, str]:
    line_start = text.rfind("\n", 0, offset) + 1
    if _UNQUOTED_TEMPLATE.search(text[line_start:].partition("\n")[0]):
        return _QUOTE_TEMPLATE
    if "cannot start any token" in problem and text[offset : offset + 1] in _FIRST_CHARACTERS:
        return _FIRST_CHARACTERS[text[offset]]
    if any(part in problem for part in _NOTHING_MORE) and text[line_start:offset].strip():
        return _TEXT_AFTER_VALUE
    for part, message, fix in _SENTENCES:
        if part in problem:
            return message, fix
    message = f"The YAML is not well-formed: {problem}."
    return message, "Check the indentation, the colons and the quotes around this line."
