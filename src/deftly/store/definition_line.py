"""Where in a definition's file a field stands, for whoever has to mend it."""

from pathlib import Path

from deftly.store.files import read_bytes
from deftly.store.yaml.fault import YamlFault
from deftly.store.yaml.line import line_of_field
from deftly.store.yaml.node import LIMIT_BYTES
from deftly.values import sha256_hex


def line_in(path: Path, field: str, *, expected_sha256: str) -> int | None:
    """Return the field's line, counted from 1; None for one that does not stand in the file.

    A file that is another one by now says nothing: it will be looked at again.
    """
    try:
        data = read_bytes(path, LIMIT_BYTES)
        if data is None or sha256_hex(data) != expected_sha256:
            return None
        return line_of_field(data, field)
    except (OSError, YamlFault):
        return None
