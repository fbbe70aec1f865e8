"""Models by name: ``local``, OpenAI and servers that speak like it, Anthropic, Google.

A provider's libraries are imported when one of its models is built, and never before. They
see a placeholder for the key: ``transport`` puts in the real one.
"""

import difflib
import importlib.util
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from deftly.agent.models.engine import is_local_model_installed, why_not_here
from deftly.agent.models.keys import BEARER, PLACEHOLDER, Credential, ModelKey
from deftly.agent.models.wish import DEFAULT_PATIENCE, Built, Patience, Wish
from deftly.errors import ModelUnavailable

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from deftly.agent.models.transport import Client

__all__ = ["build_model", "is_local_model_installed"]

_OPENAI_URL: Final = "https://api.openai.com/v1"
_ANTHROPIC_URL: Final = "https://api.anthropic.com"
_GOOGLE_URL: Final = "https://generativelanguage.googleapis.com"
_CHOICES: Final = (
    "Set the model to `local` (offline, Linux x86_64), to `openai:NAME` with a key, or to "
    "`openai:NAME` with the base URL of an OpenAI-compatible server such as Ollama, vLLM or "
    "llama.cpp."
)


def build_model(
    name: str,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    patience: Patience = DEFAULT_PATIENCE,
) -> "Model":
    """Return the model a name stands for; nothing is connected yet, nothing stays connected.

    Args:
        name: ``local``, ``none``, or ``provider:model``.
        base_url: Another address than the provider's own.
        api_key: The provider's key; the environment is not searched for one.
        patience: How long one request to a provider may take.

    Raises:
        ModelUnavailable: No such model here; the message says what to configure.
    """
    return build(Wish(name, base_url, ModelKey(api_key or ""), patience)).model


def build(wish: Wish) -> Built:
    """Return the model, to be closed by the caller; nothing is connected yet.

    Raises:
        ModelUnavailable: No such model here; the message says what to configure.
    """
    provider = provider_of(wish.name)
    if provider in {"", "none"}:
        raise ModelUnavailable(f"No model is configured. {_CHOICES}")
    builder = _BUILDERS.get(provider)
    if builder is None:
        raise ModelUnavailable(_unknown(provider))
    if provider != "local" and not wish.model:
        raise ModelUnavailable(
            f"The model {wish.name!r} names a provider alone. Write `{provider}:NAME` with the "
            "name of one of its models."
        )
    return builder(wish)


def provider_of(name: str) -> str:
    """Return the part of a model's name that says who runs it."""
    return name.strip().partition(":")[0]


def _unknown(provider: str) -> str:
    near = difflib.get_close_matches(provider.lower(), _BUILDERS, n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"There is no model provider {provider!r}.{hint} {_CHOICES}"


def _local(wish: Wish) -> Built:
    if wish.model:
        raise ModelUnavailable(
            f"There is one local model, so `local:{wish.model}` names none. Write `local`."
        )
    reason = why_not_here()
    if reason:
        raise ModelUnavailable(reason)
    from deftly.agent.models.local import LocalModel

    model = LocalModel()
    return Built(model, model.close)


def _openai(wish: Wish) -> Built:
    _need_key(wish, "openai", unless_url=True)
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    url = wish.base_url or _OPENAI_URL
    client = wish.client(url, BEARER)
    provider: OpenAIProvider | OpenAICompatibleProvider
    if url.rstrip("/") == _OPENAI_URL:
        provider = OpenAIProvider(base_url=url, api_key=PLACEHOLDER, http_client=client)
    else:
        provider = OpenAICompatibleProvider(
            "openai-compatible", base_url=url, api_key=PLACEHOLDER, http_client=client
        )
    model = OpenAIChatModel(wish.model, provider=provider, settings=wish.patience.settings)
    return _careful(model, client)


def _anthropic(wish: Wish) -> Built:
    _need_package("anthropic", "anthropic")
    _need_key(wish, "anthropic")
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    url = wish.base_url or _ANTHROPIC_URL
    client = wish.client(url, Credential("x-api-key"))
    provider = AnthropicProvider(api_key=PLACEHOLDER, base_url=url, http_client=client)
    model = AnthropicModel(wish.model, provider=provider, settings=wish.patience.settings)
    return _careful(model, client)


def _google(wish: Wish) -> Built:
    _need_package("google", "google.genai")
    _need_key(wish, "google")
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    url = wish.base_url or _GOOGLE_URL
    client = wish.client(url, Credential("x-goog-api-key"))
    provider = GoogleProvider(api_key=PLACEHOLDER, base_url=url, http_client=client)
    model = GoogleModel(wish.model, provider=provider, settings=wish.patience.settings)
    return _careful(model, client)


def _careful(model: "Model", client: "Client") -> Built:
    from deftly.agent.models.careful import CarefulModel

    return Built(CarefulModel(model), client.aclose)


def _need_key(wish: Wish, provider: str, *, unless_url: bool = False) -> None:
    if wish.key or (unless_url and wish.base_url is not None):
        return
    other = ", or model_base_url to the address of a compatible server" if unless_url else ""
    raise ModelUnavailable(
        f"The model `{provider}:{wish.model}` needs a key: set model_api_key to it or to "
        f"`secret:NAME`{other}."
    )


def _need_package(provider: str, module: str) -> None:
    parent = module.partition(".")[0]
    if importlib.util.find_spec(parent) is None or importlib.util.find_spec(module) is None:
        raise ModelUnavailable(
            f"Models of `{provider}` need a package that is not installed. Install it with "
            f"`pip install 'deftly[{provider}]'`, or configure another model."
        )


_BUILDERS: Final[dict[str, Callable[[Wish], Built]]] = {
    "local": _local,
    "openai": _openai,
    "anthropic": _anthropic,
    "google": _google,
}
PROVIDERS: Final = tuple(_BUILDERS)
