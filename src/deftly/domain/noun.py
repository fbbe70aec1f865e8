"""What definitions of every kind have: an id, and digests of what their author can change."""

import uuid
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator

from deftly.domain.model import Model
from deftly.values import canonical_json, sha256_hex

# What the server decides, under its names on the wire.
IDENTITY: Final = frozenset({"id", "version", "createdAt", "updatedAt"})


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        message = "must be a UUID; remove the line to get one"
        raise ValueError(message) from None


DefinitionId: TypeAlias = Annotated[str, AfterValidator(_uuid)]


def digest_without(noun: Model, keys: frozenset[str]) -> str:
    """Return SHA-256 of the canonical definition without some of its keys."""
    return sha256_hex(canonical_json({k: v for k, v in noun.wire().items() if k not in keys}))
