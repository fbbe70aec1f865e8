"""What a model of a provider is built from, and what comes of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from deftly.agent.models.keys import NO_KEY, Credential, ModelKey

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

    from deftly.agent.models.transport import Client


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a provider is waited for, and how often it is asked again.

    Attributes:
        timeout_s: From a request to the first piece of its answer, further attempts and the
            waits between them included; and the longest silence after that.
        retries: Further attempts where the server cannot be reached, says 429, or fails
            (5xx), after half a second and then twice as long each time, or what it asks for.
    """

    timeout_s: float = 60.0
    retries: int = 2

    @property
    def settings(self) -> "ModelSettings":
        """Return it as pydantic-ai spells it."""
        return {
            "timeout": self.timeout_s,
            "first_event_timeout": self.timeout_s,
            "max_retries": self.retries,
        }


DEFAULT_PATIENCE: Final = Patience()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a model is to be built from.

    Attributes:
        name: ``local``, ``none``, or ``provider:model``.
        base_url: Another address than the provider's own; None for that.
        keep_alive: Connections stay open between requests, until ``Built.close``.
    """

    name: str
    base_url: str | None = None
    key: ModelKey = NO_KEY
    patience: Patience = DEFAULT_PATIENCE
    keep_alive: bool = False

    @property
    def model(self) -> str:
        """The provider's name for the model."""
        return self.name.strip().partition(":")[2]

    def client(self, base_url: str, credential: Credential) -> "Client":
        """Return the client for requests to the address."""
        from deftly.agent.models.transport import client_for

        patience_s = self.patience.timeout_s
        return client_for(
            base_url, self.key, credential, timeout_s=patience_s, keep_alive=self.keep_alive
        )


async def _nothing_to_close() -> None:
    return


@dataclass(frozen=True, slots=True)
class Built:
    """A model, and how its connections or its process are ended."""

    model: "Model"
    close: Callable[[], Awaitable[None]] = _nothing_to_close
