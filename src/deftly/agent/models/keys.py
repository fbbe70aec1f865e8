"""The key of a provider: where it comes from, and how it is kept out of everything else.

The library that speaks for a provider is given a placeholder. The key is put into a
request right before it leaves, so that no library can log it or send it elsewhere.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from deftly.engine.redaction import NOTHING_TO_HIDE, Redactor
from deftly.errors import EgressDenied, ModelUnavailable, NotFound

SECRET_PREFIX: Final = "secret:"  # noqa: S105 - what a setting's value begins with
PLACEHOLDER: Final = "set-when-sent"

Reveal: TypeAlias = Callable[[str, str], Awaitable[str]]
"""From a secret's name and the host (with port) it will be sent to, to its value."""


@dataclass(frozen=True, slots=True)
class ModelKey:
    """A key as the settings spell it.

    Attributes:
        spelled: The key itself, or ``secret:NAME`` for a stored secret; empty for none.
        reveal: Opens stored secrets.
    """

    spelled: str = field(default="", repr=False)
    reveal: Reveal | None = None

    def __bool__(self) -> bool:
        """Tell whether there is one."""
        return bool(self.spelled)

    async def value(self, host: str) -> str:
        """Return the key for a request to the host; an empty text where there is none.

        A secret that is bound to no host yet is bound to this one.

        Raises:
            ModelUnavailable: The secret is not there, or belongs to other hosts.
        """
        if not self.spelled.startswith(SECRET_PREFIX):
            return self.spelled
        name = self.spelled.removeprefix(SECRET_PREFIX).strip()
        if self.reveal is None:
            raise ModelUnavailable("model_api_key names a secret, and there are none here.")
        try:
            return await self.reveal(name, host)
        except NotFound:
            message = (
                f"model_api_key names the secret {name}, which is not there; set it with: "
                f"deftly secrets set {name}"
            )
            raise ModelUnavailable(message) from None
        except EgressDenied as fault:
            message = (
                f"The secret {name} in model_api_key belongs to other hosts; allow it with: "
                f"deftly secrets set {name} --host {host}"
            )
            raise ModelUnavailable(message, internal=fault.internal) from None


NO_KEY: Final = ModelKey()


@dataclass(frozen=True, slots=True)
class Credential:
    """How a provider wants its key.

    Attributes:
        header: Its lower-case name.
        before: What stands in the header before the key.
    """

    header: str
    before: str = ""


BEARER: Final = Credential("authorization", "Bearer ")


def redactor_of(key: str) -> Redactor:
    """Return what takes the key out of a provider's own words."""
    hidden: Mapping[str, str] = {"model_api_key": key}
    return Redactor(hidden) if key else NOTHING_TO_HIDE
