"""Values of a shell command: what no value may hold, however it is used."""

import re
from typing import Final

from deftly.domain.template.placeholder import Placeholder
from deftly.domain.template.scope import RenderScope, refuse_value, text_value

VALUE_LIMIT_BYTES: Final = 8_192

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OPTION_STARTS: Final = ("-", "@")


def shell_value(placeholder: Placeholder, scope: RenderScope, allow_options: frozenset[str]) -> str:
    """Return what the placeholder's variable is set to.

    Raises:
        InvalidArguments: A control character but newline and tab, half of a surrogate pair,
            more than 8 KiB, a ``-`` or ``@`` in front that the definition does not admit, or an
            object or array without a filter.
    """
    text = text_value(placeholder, scope)
    if fault := _CONTROL.search(text):
        refuse_value(
            placeholder,
            f"holds a control character ({fault[0]!a}); only line breaks and tabs may be sent.",
        )
    if text.startswith(_OPTION_STARTS) and placeholder.argument not in allow_options:
        refuse_value(
            placeholder,
            f"begins with {text[0]}, which programs read as an option or the name of a file; "
            f"{_way_out(placeholder)}",
        )
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        refuse_value(placeholder, "holds half of a surrogate pair, which is no text.")
    if size > VALUE_LIMIT_BYTES:
        refuse_value(placeholder, f"is over {VALUE_LIMIT_BYTES} bytes; send less.")
    return str(text)


def _way_out(placeholder: Placeholder) -> str:
    if placeholder.argument is None:
        return "such a value cannot be used in a command."
    return f"the definition can admit that with allowOptions: [{placeholder.argument}]."
