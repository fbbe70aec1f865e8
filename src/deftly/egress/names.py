"""Names and ports that are refused whatever DNS says about them."""

import re
from typing import Final

# Cloud metadata services by name; no exception of the operator lifts these.
METADATA_NAMES: Final = frozenset(
    {
        "metadata.google.internal",
        "metadata.goog",
        "metadata.azure.internal",
        "instance-data.ec2.internal",
        "metadata.tencentyun.com",
        "metadata.oraclecloud.com",
        "metadata.platformequinix.com",
        "metadata.packet.net",
    }
)

# Top-level names that are reserved (RFC 2606, 6761, 6762, 7686, 8375, 9476), kept for private
# use, or so common inside networks that they were never delegated.
_PRIVATE_SUFFIXES: Final = frozenset(
    {
        "alt",
        "arpa",
        "consul",
        "corp",
        "example",
        "home",
        "home.arpa",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localdomain6",
        "localhost",
        "mail",
        "onion",
        "private",
        "svc",
        "test",
        "workgroup",
    }
)

# Every top-level domain is letters alone, or an A-label (RFC 1123 section 2.1, ICANN). What ends
# otherwise (127.0.0.0o1, 127.0.0.1e0, 127.0.0.1_) is a number to some reader.
_TOP_LEVEL: Final = re.compile(r"[a-z]+|xn--[a-z0-9-]+")

# "Bad port" in the WHATWG Fetch standard: services that can be spoken to by way of HTTP.
BAD_PORTS: Final = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179),
        *(389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601),
        *(636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000),
        *(6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
    }
)


def refused_name(host: str) -> str | None:
    """Return a sentence about why the name is refused, None for a public one.

    Args:
        host: A canonical name, not an address.
    """
    labels = host.split(".")
    if len(labels) == 1:
        return "The host is a single label, which only means something inside a network."
    for start in range(len(labels)):
        suffix = ".".join(labels[start:])
        if suffix in _PRIVATE_SUFFIXES:
            return f"The host ends in .{suffix}, which is not part of the public internet."
    if not _TOP_LEVEL.fullmatch(labels[-1]):
        return f"The host ends in .{labels[-1]}, which is no top-level domain: those are letters."
    return None
