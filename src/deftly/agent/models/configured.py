"""The models an operator has configured: which of them an agent may name, each built once."""

import asyncio
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from deftly.agent.models.keys import NO_KEY, ModelKey
from deftly.agent.models.providers import PROVIDERS, build, provider_of
from deftly.agent.models.wish import DEFAULT_PATIENCE, Built, Patience, Wish
from deftly.domain.agent import Agent
from deftly.errors import InvalidSettings, ModelUnavailable

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from deftly.agent.models.local import LocalModel

NO_MODEL: Final = "none"
_ALWAYS: Final = frozenset({"local", NO_MODEL})


class Models:
    """Gives agents their models; what it has given stays usable until it is closed.

    Key and base URL belong to one provider. An agent names a model and never brings
    either, so no key can be sent to a server its operator did not mean.
    """

    def __init__(
        self,
        default: str,
        further: Sequence[str] = (),
        *,
        base_url: str | None = None,
        key: ModelKey = NO_KEY,
        patience: Patience = DEFAULT_PATIENCE,
    ) -> None:
        """Take the settings ``model``, ``models``, ``model_base_url``, ``model_api_key``.

        Raises:
            InvalidSettings: ``models`` names what cannot be, or models of two providers.
        """
        _check(default, further)
        self.default = default.strip()
        self.names = frozenset({self.default, *further}) | _ALWAYS
        self._base_url = base_url
        self._key = key
        self._patience = patience
        self._built: dict[str, Built] = {}
        self._building = threading.Lock()

    def name_for(self, agent: Agent) -> str:
        """Return the name of the agent's model.

        Raises:
            ModelUnavailable: The operator has not configured it.
        """
        if agent.model is None:
            return self.default
        if agent.model in self.names:
            return agent.model
        message = (
            f"The agent {agent.name} names the model {agent.model}, which is not configured. "
            "Add it to the setting models, or give the agent another one."
        )
        raise ModelUnavailable(message)

    def chosen(self, name: str) -> "Model":
        """Return a configured model by its name.

        Raises:
            ModelUnavailable: It is not configured, or cannot be here; the message says what to
                set.
        """
        if name in self.names:
            return self.named(name)
        message = (
            f"The model {name} was chosen for this conversation and is not configured any more. "
            "Choose another, or add it to the setting models."
        )
        raise ModelUnavailable(message)

    async def why_not(self, name: str) -> str | None:
        """Return why a configured model cannot answer here; nothing is connected to find out."""
        try:
            await asyncio.to_thread(self.named, name)
        except ModelUnavailable as fault:
            return fault.message
        return None

    async def prewarm(self, name: str) -> None:
        """Import what a model needs and, of the local one, load it.

        Raises:
            ModelUnavailable: It cannot be here; the message says what to set.
        """
        model = await asyncio.to_thread(self.named, name)
        if provider_of(name) == "local":
            await cast("LocalModel", model).prewarm()

    def for_agent(self, agent: Agent) -> "Model":
        """Return the agent's model, the same object for the same name.

        Raises:
            ModelUnavailable: It is not configured, or cannot be here; the message says what
                to set.
        """
        return self.named(self.name_for(agent))

    def named(self, name: str) -> "Model":
        """Return a model that an operator names, configured or not.

        Raises:
            ModelUnavailable: It cannot be here; the message says what to set.
        """
        # From threads, too: importing a provider's library takes a second.
        with self._building:
            built = self._built.get(name)
            if built is None:
                wish = Wish(name, self._base_url, self._key, self._patience, keep_alive=True)
                built = self._built[name] = build(wish)
        return built.model

    async def close(self) -> None:
        """End every connection, and the process of the local model."""
        built, self._built = list(self._built.values()), {}
        for one in built:
            await one.close()


def _check(default: str, further: Sequence[str]) -> None:
    for name in further:
        provider, _, model = name.partition(":")
        if name not in _ALWAYS and (provider not in PROVIDERS or not model):
            known = ", ".join(one for one in PROVIDERS if one != "local")
            message = (
                f"models holds {name!r}, which is no model; write local, or provider:NAME with "
                f"one of the providers {known}."
            )
            raise InvalidSettings(message)
    providers = {provider_of(name) for name in (default, *further)} - _ALWAYS
    if len(providers - {""}) > 1:
        message = (
            f"model and models name several providers ({', '.join(sorted(providers))}), but there "
            "is one model_api_key and one model_base_url; keep the models of one provider."
        )
        raise InvalidSettings(message)
