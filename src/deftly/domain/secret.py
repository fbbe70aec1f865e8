"""Secrets: stored credentials, written once, shown never."""

from deftly.domain.model import Model


class SecretInfo(Model):
    """What may be told of a secret.

    Attributes:
        hosts: The only hosts its value is sent to.
        version: Grows with every new value.
    """

    name: str
    hosts: tuple[str, ...]
    version: int
    created_at: str
    updated_at: str


MASK_OPEN = "‹secret "
MASK_CLOSE = "›"


def mask(name: str) -> str:
    """Return what stands for a secret's value wherever a person or a log looks."""
    return f"{MASK_OPEN}{name}{MASK_CLOSE}"
