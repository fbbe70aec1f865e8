"""A pasted command line as words, whichever shell it was written for."""

import re
from typing import Final

from deftly.catalog.porting.curl.posix import Posix
from deftly.catalog.porting.curl.windows import Windows
from deftly.catalog.porting.curl.words import Words

_WINDOWS: Final = re.compile(r'\^[ \t]*\n|\^"')


def split_command(text: str) -> Words:
    """Return the words of the first command in the text.

    Raises:
        InvalidRequest: A quote is not closed, or a shell would have to run something.
    """
    text = text.strip().removeprefix("$ ").removeprefix("> ").replace("\r\n", "\n")
    found = Words()
    shell = Windows if _WINDOWS.search(text) else Posix
    shell(text, found).read()
    return found
