"""Scheme and authority of a URL template: nothing in them is a value's to choose.

The one exception is a whole host label, where the author has admitted one and a written
domain follows it.
"""

import re
from typing import Final

from deftly.domain.template.placeholder import (
    Parts,
    Placeholder,
    placeholders_in,
    refuse,
    split_parts,
)
from deftly.domain.template.scope import refuse_value

_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_AUTHORITY_END: Final = re.compile(r"[/?#]")
_STATIC_HOST: Final = re.compile(
    r"https?://(?:[^/?#@\\]*@)?(\[[^\]/?#@\\]*\]|[^/?#@:\\\[\]]+)(?::[0-9]*)?(?=[/?#]|\Z)",
    re.IGNORECASE,
)
# RFC 1123 section 2.1; hyphens in the third and fourth place are IDNA's own (RFC 5891).
_LDH_LABEL: Final = re.compile(r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LAST_LABEL: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_STATIC_LABELS_AFTER: Final = 2


def host_of(url: str) -> str | None:
    """Return the host as written, in lower case; None when it cannot be told for certain."""
    match = _STATIC_HOST.match(url)
    return match[1].lower() if match else None


def cut_origin(parts: Parts, path: str) -> tuple[Parts, Parts]:
    """Return scheme and authority, and what follows them.

    Raises:
        InvalidDefinition: The scheme is not written out, or is not one of the two.
    """
    first = parts[0]
    scheme = _SCHEME.match(first) if isinstance(first, str) else None
    if scheme is None:
        refuse(path, "the URL must start with http:// or https://, written out.")
    start = scheme.end()
    for index, part in enumerate(parts):
        end = _AUTHORITY_END.search(part, start) if isinstance(part, str) else None
        if end and isinstance(part, str):
            cut = end.start()
            return _joined(parts[:index], part[:cut]), _joined((), part[cut:], parts[index + 1 :])
        start = 0
    return parts, ()


def _joined(before: Parts, text: str, after: Parts = ()) -> Parts:
    return (*before, text, *after) if text else (*before, *after)


def check_origin(origin: Parts, path: str, *, allowed: bool) -> None:
    """Check that values cannot choose where the request goes.

    Raises:
        InvalidDefinition: There is no host, or a placeholder in user name, host or port; where
            ``allowed``, one host label may be an argument.
    """
    placeholder = next(placeholders_in(origin), None)
    if placeholder is None:
        if host_of("".join(map(str, origin))) is None:
            refuse(path, "there is no host between the scheme and the path.")
        return
    if any("@" in part for part in origin if isinstance(part, str)):
        refuse(path, f"{placeholder} stands beside a user name; use an Authorization header.")
    _, authority = _cut_scheme(origin)
    # The colons of an IPv6 address lead to no port.
    is_bracketed = str(authority[0]).startswith("[")
    host, *port = [authority] if is_bracketed else split_parts(authority, ":", 1)
    if port and any(placeholders_in(port[0])):
        refuse(path, f"{placeholder} stands in the port, which no value may choose.")
    if not allowed or any(one.argument is None for one in placeholders_in(host)):
        refuse(
            path,
            f"{placeholder} stands in or touches the host, which no value may choose. Write a / "
            "before a path; allowHostParameter admits an argument as one whole label.",
        )
    _check_labels(split_parts(host, "."), placeholder, path)


def _cut_scheme(origin: Parts) -> tuple[str, Parts]:
    scheme, _, rest = str(origin[0]).partition("//")
    return scheme, _joined((), rest, origin[1:])


def _check_labels(labels: list[Parts], placeholder: Placeholder, path: str) -> None:
    held = [index for index, label in enumerate(labels) if any(placeholders_in(label))]
    if len(held) != 1 or labels[held[0]] != (placeholder,) or placeholder.filter:
        refuse(
            path,
            f"{placeholder} must be one whole label of the host, alone between dots and "
            "without a filter, such as https://{{region}}.example.com/.",
        )
    after = ["".join(map(str, label)) for label in labels[held[0] + 1 :]]
    if len(after) < _STATIC_LABELS_AFTER or not _LAST_LABEL.fullmatch(after[-1]):
        refuse(
            path,
            f"{placeholder} must be followed by the name of a domain, such as .example.com: "
            "else the value chooses whose server it is.",
        )


def encode_host_label(placeholder: Placeholder, text: str) -> str:
    """Return the text as it is, if it is one label.

    Raises:
        InvalidArguments: It is not.
    """
    if not _LDH_LABEL.fullmatch(text):
        refuse_value(
            placeholder,
            "must be one label of a host name: letters, digits and inner hyphens, 63 at most.",
        )
    return text
