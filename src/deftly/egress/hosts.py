"""The host of a URL: one spelling is accepted, every other spelling of the same host is refused.

Parsers disagree on almost every unusual spelling (octal octets, short addresses, full-width
digits, ideographic dots). Nothing here folds, guesses or repairs: a host is a canonical dotted
quad, an IPv6 address, or DNS labels, and it leaves in the one form that is sent and dialled.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final, TypeAlias

import idna

IPAddress: TypeAlias = IPv4Address | IPv6Address

MAX_NAME_LENGTH: Final = 253  # RFC 1035 section 2.3.4, without the trailing dot
MAX_LABEL_LENGTH: Final = 63

# Underscores stand in real host names, even though RFC 952 never allowed them.
_ASCII_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
# What any parser in use takes for the end of an IPv4 address (WHATWG URL, "ends in a number").
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OCTET: Final = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_DOTTED_QUAD: Final = re.compile(rf"{_OCTET}(\.{_OCTET}){{3}}")
_IPV6_CHARACTERS: Final = re.compile(r"[0-9A-Fa-f:.]+")
_ASCII_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


class HostFault(ValueError):
    """The text is no host; the message is a sentence."""


def canonical_host(text: str) -> tuple[str, IPv4Address | None]:
    """Return the host as it is sent, and its address when it is a dotted quad.

    Args:
        text: A host as it stands in a URL, IPv6 excluded.

    Raises:
        HostFault: The host is empty, ambiguous or not valid.
    """
    name = text.translate(_ASCII_LOWER)
    if _DOTTED_QUAD.fullmatch(name):
        return name, IPv4Address(name)
    name = name.removesuffix(".")
    if not name:
        raise HostFault("The URL has no host.")
    labels = [_ascii_label(label) for label in name.split(".")]
    if _NUMBER.fullmatch(labels[-1]):
        raise HostFault(
            "The host ends in a number without being an IPv4 address in its usual form; "
            "write four decimal numbers without leading zeros, such as 192.0.2.1."
        )
    name = ".".join(labels)
    if len(name) > MAX_NAME_LENGTH:
        raise HostFault(f"The host is longer than {MAX_NAME_LENGTH} characters.")
    return name, None


def _ascii_label(label: str) -> str:
    if not label:
        raise HostFault("The host has an empty label (two dots in a row, or a dot in front).")
    if len(label) > MAX_LABEL_LENGTH:
        raise HostFault(f"A label of the host is longer than {MAX_LABEL_LENGTH} characters.")
    if not label.isascii() or label.startswith("xn--"):
        return _international_label(label)
    if not _ASCII_LABEL.fullmatch(label):
        raise HostFault(
            "A label of the host holds something other than letters, digits, hyphens and "
            "underscores, or begins or ends with a hyphen."
        )
    return label


def _international_label(label: str) -> str:
    """Return the A-label of a label that is valid under IDNA 2008 (RFC 5891) as it stands."""
    try:
        encoded = idna.alabel(idna.ulabel(label)).decode("ascii")
    except UnicodeError:
        raise HostFault(
            "A label of the host is not valid under IDNA 2008; write international names in "
            "lower case and without look-alike digits or dots."
        ) from None
    if label.isascii() and encoded != label:
        raise HostFault("A label of the host starts with xn-- but encodes no international name.")
    return encoded


def parse_ipv6(text: str) -> IPv6Address:
    """Return the address between the brackets of a URL.

    Raises:
        HostFault: It is no IPv6 address, or it carries a zone.
    """
    if not _IPV6_CHARACTERS.fullmatch(text) or ":" not in text:
        raise HostFault("Brackets hold an IPv6 address without a zone, and nothing else.")
    try:
        return IPv6Address(text)
    except AddressValueError:
        raise HostFault("The text in brackets is not an IPv6 address.") from None
